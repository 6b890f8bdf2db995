"""What a group is asked and who plays which part in it. No database, no request, no clock."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import on_day
from workshop.programme.agenda import times
from workshop.programme.agenda.formats import Format, Part
from workshop.programme.agenda.models import Session
from workshop.programme.agenda.question_wordings import QuestionText, in_order
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import MeetingMode, Role

from .models import Group, GroupQuestion, GroupRole

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no I, O, 0, 1
CODE_LENGTH, CODE_BLOCK = 12, 4  # 60 bit
NO_PASSWORD = "-"  # noqa: S105 no password hashes to it
PARTS = {
    Part.MODERATOR: Role.MODERATOR,
    Part.RAPPORTEUR: Role.RAPPORTEUR,
    Part.NOTE_TAKER: Role.NOTE_TAKER,
}  # what one does in a group, and the role in the workshop that comes with it


def serves(group: Group, servants: Sequence[GroupRole], parts: Sequence[Part], user: User) -> bool:
    """Whether this person plays one of these parts in the group. `servants` may be those of several groups."""
    return any(
        servant.group_id == group.id and servant.user_id == user.id and servant.role in parts for servant in servants
    )


def mode_of(group: Group) -> MeetingMode:
    """How what is said in the group may be attributed: its own mode, else its session's, else that of the workshop."""
    return group.mode or group.session.mode or group.workshop.mode


@dataclass(frozen=True)
class GroupText:
    """What an organiser writes about a group. `start` and `end` are times of day on the day of its session."""

    topic: Words
    room: str = ""
    seats: int | None = None
    languages: Sequence[str] = ()
    start: time | None = None
    end: time | None = None
    mode: MeetingMode | None = None


def form_group(session: Session, text: GroupText, *, taken: Iterable[int]) -> Group:
    """A group after the others of the workshop. Raises RuleBroken."""
    group = Group(workshop=session.workshop, session=session, number=max(taken, default=0) + 1, topic=text.topic)
    edit_group(group, session, text)
    return group


def edit_group(group: Group, session: Session, text: GroupText) -> None:
    """Put the text in place of what was there. Raises RuleBroken."""
    if not text.topic:
        raise RuleBroken(_("Give the topic in at least one language."), "topic")
    if session.format is not Format.BREAKOUT:
        raise RuleBroken(_("Groups belong to a session of the format “Break-out groups”."), "session")
    group.starts_at, group.ends_at = times_of(session, text)
    group.session, group.topic, group.room, group.seats = session, text.topic, text.room, text.seats
    group.languages, group.mode = list(text.languages), text.mode


def times_of(session: Session, text: GroupText) -> times.Span:
    """Its own times, where they are not those of its session."""
    if text.start is None and text.end is None:
        return None, None
    if session.starts_at is None:
        raise RuleBroken(_("The session has no day yet, so its groups have no times of their own."), "start")
    day = on_day(session.starts_at, session.workshop.zone)
    return times.span(day, text.start, text.end, session.workshop)


def refuse_to_remove(*, depending: int) -> None:
    """A group in which something was noted or reported stays."""
    if depending:
        message = _("This group has points or a report, so it cannot be removed. Nothing was changed.")
        raise RuleBroken(message)


def refuse_to_move(*, depending: int) -> None:
    """Points are cited by the number of their group: once there are any, numbers stay."""
    if depending:
        raise RuleBroken(_("Points have been noted, so the groups keep their numbers."))


def neighbour(groups: Sequence[Group], group: Group, *, up: bool) -> Group | None:
    """The one before or after it; none at either end."""
    near = [each for each in groups if (each.number < group.number if up else each.number > group.number)]
    return (max if up else min)(near, key=lambda each: each.number, default=None)


def give_part(group: Group, user: User, part: Part, *, roles: Iterable[GroupRole]) -> GroupRole:
    """This person serves the group from now on. Raises RuleBroken where she does already."""
    if serves(group, list(roles), (part,), user):
        message = _("%(name)s is already %(part)s of this group.", name=user.name, part=str(part.label).lower())
        raise RuleBroken(message, "member")
    return GroupRole(group=group, user=user, role=part)


def guest(name: str, *, key: str, at: datetime) -> User:
    """Somebody who came in by a code. The address cannot receive anything, and no password opens the account."""
    return User(email=f"{key}@guest.invalid", name=name, password_hash=NO_PASSWORD, created_at=at, is_guest=True)


def ask(group: Group, typed: Sequence[QuestionText], *, resting: Mapping[int, int]) -> None:
    """Put the questions in place of those that were asked. `resting` counts what belongs to each: points, reports.

    As soon as anything was noted, numbers stay: note-takers' pages, also those without a line, go by them.
    Raises RuleBroken for a question that would be removed with what was noted under it.
    """
    for question in group.questions:
        gone = any(each.id == question.id and not each.text for each in typed)
        if gone and resting.get(question.id):
            message = ngettext(
                "Question %(number)s cannot be removed: something was noted under it. Reword it instead.",
                "Question %(number)s cannot be removed: %(num)s points and parts of reports depend on it. Reword "
                "it instead.",
                resting[question.id],
                number=question.position,
            )
            raise RuleBroken(message, "questions")
    numbers = {question.id: question.position for question in group.questions}
    if resting:
        typed = [replace(each, place=None) for each in typed]
    asked = in_order(group.questions, typed, GroupQuestion)
    if resting:
        last = max(numbers.values(), default=0)
        fresh = [question for question in asked if question.id not in numbers]
        for position, question in enumerate(fresh, last + 1):
            question.position = position
        for question in asked:
            question.position = numbers.get(question.id, question.position)
    group.questions[:] = asked


def question_at(group: Group, position: int) -> GroupQuestion | None:
    return next((question for question in group.questions if question.position == position), None)


def new_code() -> str:
    """A code as it is shown: "K7QF-2M9P-XH4T"."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_LENGTH))
    return "-".join(letters[start : start + CODE_BLOCK] for start in range(0, CODE_LENGTH, CODE_BLOCK))


def code_as_typed(code: str) -> str:
    """The code without what people add or leave out when they type it: spaces, dashes, small letters."""
    return "".join(letter for letter in code.upper() if letter.isalnum())
