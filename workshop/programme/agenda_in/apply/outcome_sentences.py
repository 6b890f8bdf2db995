"""What an import does, in sentences for the organiser."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from workshop.programme.agenda.formats import FORMAT_LABELS, PART_LABELS, PERSPECTIVE_LABELS, Format, Part, Perspective
from workshop.programme.papers.models import KIND_LABELS, Kind

from ..models import Of
from .merging import Facts, shown

LABELS: dict[str, tuple[Callable[[Any], Any], Mapping[Any, str]]] = {
    "format": (Format, FORMAT_LABELS),
    "perspective": (Perspective, PERSPECTIVE_LABELS),
    "part": (Part, PART_LABELS),
    "kind": (Kind, KIND_LABELS),
}


def tell(what: str, of: Of, facts: Facts, name: str = "", before: Any = None, after: Any = None) -> str:
    """ "added", "changed", "edited" (changed here since and kept) or "differs" (typed here and kept)."""
    whom = called(of, facts)
    if what == "added":
        return str(_("%(what)s is added", what=whom))
    said = {"what": whom, "field": field_label(name), "before": value(name, before), "after": value(name, after)}
    if what == "changed":
        return str(_("%(what)s, %(field)s: “%(before)s” becomes “%(after)s”", **said))
    if what == "edited":
        return str(
            _(
                "%(what)s, %(field)s: “%(before)s” was changed here since the last import and is kept; the file says “%(after)s”.",
                **said,
            )
        )
    return str(_("%(what)s, %(field)s: “%(before)s” was typed here and is kept; the file says “%(after)s”.", **said))


def called(of: Of, facts: Facts) -> str:
    match of:
        case Of.SESSION:
            return str(_("Session “%(title)s”", title=shown(facts["title"])))
        case Of.ITEM:
            return str(_("Item “%(title)s”", title=shown(facts["title"] or facts["role_label"])))
        case Of.PERSON:
            return f"{facts['name']} ({value('part', facts['part'])})"
        case Of.DOCUMENT:
            return f"{value('kind', facts['kind'])} ({facts['place']})"
    return str(_("Break-out group “%(topic)s”", topic=shown(facts["topic"])))


def field_label(name: str) -> str:
    return str(
        {
            "title": _("title"),
            "subtitle": _("subtitle"),
            "note": _("note"),
            "lens": _("instruction to the groups"),
            "format": _("format"),
            "room": _("room"),
            "questions": _("guiding questions"),
            "time": _("time"),
            "role_label": _("role of the speaker"),
            "perspective": _("perspective"),
            "minutes": _("minutes"),
            "name": _("name"),
            "function": _("function"),
            "organisation": _("organisation"),
            "country": _("country"),
            "honorific": _("form of address"),
            "part": _("part"),
            "kind": _("kind"),
            "provided": _("provided"),
            "topic": _("topic"),
        }.get(name, name)
    )


def value(name: str, said: Any) -> str:
    if name in LABELS and said:
        kind, labels = LABELS[name]
        return str(labels[kind(said)])
    if name == "time" and said:
        return f"{said[0][:16].replace('T', ' ')}–{said[1][11:16]} UTC"
    if name == "provided":
        return str(_("yes") if said else _("no"))
    return shown(said)
