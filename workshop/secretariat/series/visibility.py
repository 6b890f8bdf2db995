"""Who can see a workshop: private, announced, public, archived. What is not ready is told first; a person decides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import language_name
from workshop.platform.providers import Provided
from workshop.platform.rendering import comma

from .models import OPEN, Visibility, Workshop

ORDER = list(Visibility)


@dataclass(frozen=True)
class Readiness:
    """One thing to look at before everybody can. `tone` is good, warn or bad; bad holds the publication up.

    `endpoint` and `values` say where to see to it.
    """

    what: str
    state: str
    tone: str
    endpoint: str
    values: Mapping[str, object] = field(default_factory=dict)


readiness = Provided[[Workshop], list[Readiness]]("What of a workshop is ready for everybody, and what is not.")


def readiness_of(workshop: Workshop) -> list[Readiness]:
    """What there is to look at before the workshop goes public, in the order of its life."""
    return [*facts_ready(workshop), *(each for found in readiness(workshop) for each in found)]


def facts_ready(workshop: Workshop) -> list[Readiness]:
    """Its facts: complete in each language, and somebody to write to."""
    found = []
    missing = [language_name(code) for code in workshop.languages if not workshop.title.get(code)]
    texts = _("missing in: %(languages)s", languages=comma().join(missing)) if missing else _("in every language")
    found.append(Readiness(_("Title"), texts, "warn" if missing else "good", "settings.about"))
    introduced = bool(workshop.introduction)
    state = _("written") if introduced else _("not written yet")
    found.append(Readiness(_("Introduction"), state, "good" if introduced else "warn", "settings.about"))
    reachable = bool(workshop.contact_email or workshop.contact_phone)
    state = workshop.contact_email or workshop.contact_phone or _("required")
    found.append(Readiness(_("Contact for the public"), state, "good" if reachable else "bad", "settings.contact"))
    return found


def change_visibility(workshop: Workshop, to: Visibility, ready: Iterable[Readiness] = ()) -> None:
    """Let others see it, or see it no longer. `ready` is what `readiness_of` found. Raises RuleBroken."""
    if to is workshop.visibility:
        raise RuleBroken(_("The workshop is already %(state)s.", state=to.label.lower()))
    if to is Visibility.ARCHIVED and workshop.visibility is not Visibility.PUBLIC:
        raise RuleBroken(
            _("Only a public workshop can be archived. A workshop that is no longer needed can be removed.")
        )
    if to is Visibility.ANNOUNCED and not workshop.place:
        raise RuleBroken(_("An announcement says where the workshop takes place. Fill in the place first."))
    if to in OPEN and workshop.visibility not in OPEN:
        lacking = [each.what for each in ready if each.tone == "bad"]
        if lacking:
            raise RuleBroken(_("Before the workshop can be public, complete: %(what)s.", what=comma().join(lacking)))
    workshop.visibility = to
    workshop.changed_in_public()


def may_become(workshop: Workshop) -> list[Visibility]:
    """The states that an organiser can choose from here, the next step first."""
    if workshop.visibility is Visibility.ARCHIVED:
        return [Visibility.PUBLIC]
    here = ORDER.index(workshop.visibility)
    later = [
        each for each in ORDER[here + 1 :] if each is not Visibility.ARCHIVED or here == ORDER.index(Visibility.PUBLIC)
    ]
    return [*later, *reversed(ORDER[:here])]
