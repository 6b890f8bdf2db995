"""Where something is noted: a break-out group, or a session in plenary. Both have questions, a mode and an end."""

from dataclasses import dataclass
from datetime import datetime

from workshop.platform.db import Words
from workshop.programme.agenda.formats import Format
from workshop.programme.agenda.models import GuidingQuestion, Session
from workshop.programme.groups.models import Group, GroupQuestion
from workshop.programme.groups.rules import mode_of
from workshop.secretariat.series.models import MeetingMode, Workshop

from .models import Point, SessionPoint

Question = GroupQuestion | GuidingQuestion
Noted = Point | SessionPoint
WITHOUT_NOTES = (Format.REGISTRATION, Format.COFFEE, Format.BREAKOUT)


@dataclass(frozen=True)
class Place:
    """A group or a session as its notes see it. `kind` stands in its address."""

    owner: Group | Session

    @property
    def kind(self) -> str:
        return "breakouts" if isinstance(self.owner, Group) else "sessions"

    @property
    def group(self) -> Group | None:
        return self.owner if isinstance(self.owner, Group) else None

    @property
    def session(self) -> Session:
        return self.owner.session if isinstance(self.owner, Group) else self.owner

    @property
    def workshop(self) -> Workshop:
        return self.owner.workshop

    @property
    def number(self) -> int:
        return self.owner.number

    @property
    def title(self) -> Words:
        return self.owner.topic if isinstance(self.owner, Group) else self.owner.title

    @property
    def questions(self) -> list[Question]:
        return list(self.owner.questions)

    @property
    def mode(self) -> MeetingMode:
        if isinstance(self.owner, Group):
            return mode_of(self.owner)
        return self.owner.mode or self.owner.workshop.mode

    @property
    def starts_at(self) -> datetime | None:
        return (self.group.starts_at if self.group else None) or self.session.starts_at

    @property
    def ends_at(self) -> datetime | None:
        return (self.group.ends_at if self.group else None) or self.session.ends_at

    @property
    def room(self) -> str:
        if isinstance(self.owner, Group):
            return self.owner.room
        return self.owner.room.name if self.owner.room else ""

    @property
    def asks_for_names(self) -> bool:
        """Who spoke is asked of plenary sessions on record, and nowhere else."""
        return self.group is None and self.mode is MeetingMode.ON_RECORD

    def question_at(self, position: int) -> Question | None:
        return next((question for question in self.questions if question.position == position), None)
