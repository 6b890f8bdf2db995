"""Who may run the speakers' list, in which order it calls, and what becomes of a request.

No database, no request, no clock.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Session
from workshop.programme.session_roles.models import SessionRole
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import MeetingMode, Role

from .models import Floor, FloorRequest, RequestState

READERS = (Role.ORGANISER, Role.PROGRAMME, Role.CHAIR, Role.MODERATOR, Role.RAPPORTEUR, Role.NOTE_TAKER)
RUNNING = {Role.ORGANISER, Role.PROGRAMME, Role.CHAIR, Role.MODERATOR, Role.NOTE_TAKER}
RUNNING_A_SESSION = {Part.CHAIR, Part.MODERATOR, Part.NOTE_TAKER}
CALLED_NEXT = 3  # so many names are read out


@dataclass(frozen=True)
class SpeakingTime:
    """How often and how long people of one category spoke; `share` of all the time, in whole per cent."""

    category: Category
    turns: int
    seconds: int
    share: int


def may_run(session: Session, roles: Collection[Role], limited: Collection[Role], own: Iterable[SessionRole]) -> bool:
    """Chairs, moderators, note-takers and the secretariat; who serves single sessions does so in these."""
    if any(role in RUNNING and role not in limited for role in roles):
        return True
    return any(each.session_id == session.id and each.role in RUNNING_A_SESSION for each in own)


def may_read(session: Session, roles: Collection[Role], limited: Collection[Role], own: Iterable[SessionRole]) -> bool:
    if any(role in READERS and role not in limited for role in roles):
        return True
    return any(each.session_id == session.id for each in own)


def ask_for_floor(
    floor: Floor,
    requests: Sequence[FloorRequest],
    *,
    category: Category,
    name: str,
    for_a_group: bool,
    mode: MeetingMode,
    at: datetime,
) -> FloorRequest:
    """A request behind those that were made before. Raises RuleBroken."""
    if floor.is_closed:
        raise RuleBroken(_("The list is closed. Reopen it first."))
    if name and any(each.name.casefold() == name.casefold() and is_on_list(each) for each in requests):
        raise RuleBroken(_("“%(name)s” is on the list already.", name=name), "name")
    number = max((each.number for each in requests), default=0) + 1
    return FloorRequest(
        floor=floor, number=number, category=category, name=name, for_a_group=for_a_group, mode=mode, asked_at=at
    )


def is_on_list(request: FloorRequest) -> bool:
    return request.state in (RequestState.WAITING, RequestState.SPEAKING)


def in_turn(floor: Floor, requests: Iterable[FloorRequest]) -> list[FloorRequest]:
    """Those waiting, the next one first: whom the chair put first, then the categories that go first, then the rest;
    within these in the order in which they asked.
    """
    ranks = {category: rank for rank, category in enumerate(floor.first)}

    def place(each: FloorRequest) -> tuple[int, int, int]:
        return -each.called_first, ranks.get(each.category.value, len(ranks)), each.number

    return sorted((each for each in requests if each.state is RequestState.WAITING), key=place)


def speaker(requests: Iterable[FloorRequest]) -> FloorRequest | None:
    return next((each for each in requests if each.state is RequestState.SPEAKING), None)


def give_floor(request: FloorRequest, requests: Sequence[FloorRequest], mode: MeetingMode, *, at: datetime) -> None:
    """This one speaks now; who had the floor has spoken. Raises RuleBroken."""
    if request.state is not RequestState.WAITING:
        raise RuleBroken(_("This person is no longer waiting."))
    if before := speaker(requests):
        end_turn(before, mode, at=at)
    request.state, request.started_at, request.ended_at = RequestState.SPEAKING, at, None


def end_turn(request: FloorRequest, mode: MeetingMode, *, at: datetime) -> None:
    """The floor is free again. Raises RuleBroken."""
    if request.state is not RequestState.SPEAKING:
        raise RuleBroken(_("This person does not have the floor."))
    request.state, request.ended_at = RequestState.SPOKEN, at
    forget_name(request, mode)


def take_off(request: FloorRequest, state: RequestState, mode: MeetingMode) -> None:
    """Withdrawn, or handed in as a text because there was no time left. Raises RuleBroken."""
    if request.state is not RequestState.WAITING:
        raise RuleBroken(_("This person is no longer waiting."))
    request.state = state
    forget_name(request, mode)


def put_back(request: FloorRequest) -> None:
    """On the list again in its place, as if nothing had been pressed; time that was used is not counted."""
    request.state, request.started_at, request.ended_at = RequestState.WAITING, None, None


def put_first(request: FloorRequest, requests: Iterable[FloorRequest]) -> None:
    """The chair calls this one next, whatever the order."""
    request.called_first = max(each.called_first for each in requests) + 1


def forget_name(request: FloorRequest, mode: MeetingMode) -> None:
    if mode is not MeetingMode.ON_RECORD:
        request.name = ""


def name_shown(request: FloorRequest, mode: MeetingMode) -> str:
    """What the chair calls; nothing that was typed while a freer mode held."""
    return request.name if request.mode is mode else ""


def speaking_time(requests: Iterable[FloorRequest], *, at: datetime) -> list[SpeakingTime]:
    """A line for each category that spoke, in the order of protocol."""
    spoken = [each for each in requests if each.started_at]
    total = sum(each.seconds(at) for each in spoken)
    found = []
    for category in Category:
        own = [each for each in spoken if each.category is category]
        seconds = sum(each.seconds(at) for each in own)
        if own:
            found.append(SpeakingTime(category, len(own), seconds, round(100 * seconds / total) if total else 0))
    return found


def minutes_and_seconds(seconds: int) -> str:
    """As a clock shows it: "3:05"."""
    return f"{seconds // 60}:{seconds % 60:02}"
