"""The steps from an empty workshop to a public one, in the order in which they go fastest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from workshop.secretariat.series.models import Visibility, Workshop


@dataclass(frozen=True)
class SetupStep:
    """One step: done or open, with where to do it."""

    what: str
    hint: str
    done: bool
    endpoint: str


def steps(workshop: Workshop, there: Mapping[str, int]) -> list[SetupStep]:
    """The steps of a workshop, given what `queries.facts` found."""
    translated = all(workshop.title.get(code) for code in workshop.languages)
    seen = workshop.visibility is not Visibility.PRIVATE
    named: list[tuple[str, str, bool, str]] = [
        (_("Title and purpose"), _("In one language first"), bool(workshop.introduction), "settings.about"),
        (_("Dates and place"), _("Hours and venue can follow"), bool(workshop.place), "settings.dates"),
        (_("Languages"), _("Forms ask for these and no others"), translated, "settings.languages"),
        (_("Colleagues"), _("Invite them, each with roles"), there["colleagues"] > 0, "members.members"),
        (_("Rooms"), _("One plenary hall is enough to begin"), bool(there["rooms"]), "agenda.rooms"),
        (_("Agenda"), _("Write it, or import a file"), bool(there["sessions"]), "agenda.desk"),
        (_("Speakers"), _("Letters leave only when you send them"), bool(there["invitations"]), "speakers.desk"),
        (_("Questionnaire"), _("Before the meeting"), bool(there["questionnaires"]), "designing.desk"),
        (_("Going public"), _("You see first what is not ready"), seen, "settings.visibility"),
    ]
    return [SetupStep(*each) for each in named]


def shown_steps(workshop: Workshop, there: Mapping[str, int], may_open: Callable[[str], bool]) -> list[SetupStep]:
    """Those that the reader can take; none once an organiser has put them away, or all of them are done."""
    if workshop.steps_put_away:
        return []
    found = [step for step in steps(workshop, there) if may_open(step.endpoint)]
    return [] if all(step.done for step in found) else found
