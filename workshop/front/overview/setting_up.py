"""The steps from an empty workshop to a public one, in the order in which they go fastest."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import ScalarSelect, Select, func, select

from workshop.consultation.questionnaires.models import Questionnaire
from workshop.programme.agenda.models import Room, Session
from workshop.programme.speakers.models import Invitation
from workshop.secretariat.members.queries import colleagues_count
from workshop.secretariat.series.models import Visibility, Workshop


@dataclass(frozen=True)
class SetupStep:
    """One step: done or open, with where to do it."""

    what: str
    hint: str
    done: bool
    endpoint: str


def counts(workshop: Workshop) -> Select[*tuple[int, ...]]:
    """How much there is of each kind of thing that a step makes, in one row."""

    def of(table: type[Room | Session | Invitation | Questionnaire]) -> ScalarSelect[int]:
        return select(func.count(table.id)).where(table.workshop_id == workshop.id).scalar_subquery()

    return select(
        colleagues_count(workshop).label("colleagues"),
        of(Room).label("rooms"),
        of(Session).label("sessions"),
        of(Invitation).label("invitations"),
        of(Questionnaire).label("questionnaires"),
    )


def steps(workshop: Workshop, there: Mapping[str, int]) -> list[SetupStep]:
    """The steps of a workshop, given what `counts` found."""
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
