"""A workshop made from an earlier one, or from an outline: what each package gives is asked of it.

What is copied is chosen part by part; people come only with the part that says so. Dates move along by whole days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from workshop.platform.db import Database, Model
from workshop.platform.labels import Labelled
from workshop.platform.providers import Provided

from .models import Membership, Milestone, Workshop
from .outlines import Outline


class CopyPart(Labelled):
    """What a copy may take over."""

    AGENDA = "agenda", _l("Agenda, rooms and groups, without people")
    QUESTIONNAIRES = "questionnaires", _l("Questionnaires, as drafts without answers")
    LETTERS = "letters", _l("Texts of letters and reminders")
    MEMBERS = "members", _l("Members with their roles")
    SETTINGS = "settings", _l("Settings: introduction, objectives, contact, funders, stages")


@dataclass(frozen=True)
class Copy:
    """From one workshop to another, which is new and has none of it yet."""

    source: Workshop
    target: Workshop
    parts: frozenset[CopyPart]

    @property
    def days(self) -> timedelta:
        """How far dates move."""
        return self.target.starts_on - self.source.starts_on

    def moment(self, at: datetime) -> datetime:
        """The same time of day at the place, as many days on."""
        there = at.astimezone(ZoneInfo(self.source.zone)) + self.days
        return there.replace(tzinfo=ZoneInfo(self.target.zone))


copied = Provided[[Database, Copy, list[Model]], None](
    "Puts the rows that a copy takes over, made anew and not saved, beside those of earlier packages."
)
laid_out = Provided[[Workshop, Outline, list[Model]], None](
    "Puts the rows with which an outline begins a workshop beside those of earlier packages."
)

SETTINGS = (
    *("introduction", "objectives", "outcomes", "themes", "goals", "venue", "opens_at", "closes_at"),
    *("funders", "disclaimer", "notice", "mode", "hard_stops", "interpreter_teams", "clash_levels"),
    *("contact_name", "contact_email", "contact_phone", "retention_months"),
)


def copy(session: Database, wanted: Copy) -> list[Model]:
    """Everything the copy takes over, to be added with the new workshop."""
    rows = [*own_rows(session, wanted)]
    copied(session, wanted, rows)
    return rows


def own_rows(session: Database, wanted: Copy) -> Iterable[Model]:
    source, target = wanted.source, wanted.target
    if CopyPart.SETTINGS in wanted.parts:
        for name in SETTINGS:
            setattr(target, name, getattr(source, name))
        for each in session.query(Milestone).where(Milestone.workshop_id == source.id):
            due_on = each.due_on + wanted.days if each.due_on else None
            yield Milestone(workshop=target, stage=each.stage, due_on=due_on)
    if CopyPart.MEMBERS in wanted.parts:
        for member in session.query(Membership).where(Membership.workshop_id == source.id):
            yield Membership(user=member.user, workshop=target, role=member.role)


def lay_out(workshop: Workshop, outline: Outline) -> list[Model]:
    """Everything the outline begins the workshop with."""
    rows: list[Model] = [
        Milestone(workshop=workshop, stage=stage, due_on=workshop.starts_on + timedelta(days=days))
        for stage, days in outline.stages.items()
    ]
    workshop.mode = outline.mode
    laid_out(workshop, outline, rows)
    return rows
