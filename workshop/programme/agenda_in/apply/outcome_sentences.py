"""What an import does, in sentences for the organiser."""

from flask_babel import gettext as _

from workshop.platform.labels import Labelled
from workshop.programme.agenda.formats import Format, Part, Perspective
from workshop.programme.papers.models import Kind

from ..models import Of
from .merging import Facts, value_in_words

LABELLED: dict[str, type[Labelled]] = {"format": Format, "perspective": Perspective, "part": Part, "kind": Kind}


def tell(what: str, of: Of, facts: Facts, name: str = "", before: object = None, after: object = None) -> str:
    """ "added", "changed", "edited" (changed here since and kept) or "differs" (typed here and kept)."""
    whom = name_in_sentence(of, facts)
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


def name_in_sentence(of: Of, facts: Facts) -> str:
    match of:
        case Of.SESSION:
            return str(_("Session “%(title)s”", title=value_in_words(facts["title"])))
        case Of.ITEM:
            return str(_("Item “%(title)s”", title=value_in_words(facts["title"] or facts["role_label"])))
        case Of.PERSON:
            return f"{facts['name']} ({value('part', facts['part'])})"
        case Of.DOCUMENT:
            return f"{value('kind', facts['kind'])} ({facts['place']})"
    return str(_("Break-out group “%(topic)s”", topic=value_in_words(facts["topic"])))


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


def value(name: str, said: object) -> str:
    if name in LABELLED and isinstance(said, str) and said:
        return str(LABELLED[name](said).label)
    if name == "time" and isinstance(said, list) and said:
        return f"{said[0][:16].replace('T', ' ')}–{said[1][11:16]} UTC"
    if name == "provided":
        return str(_("yes") if said else _("no"))
    return value_in_words(said)
