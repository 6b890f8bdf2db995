from datetime import UTC, datetime, timedelta

from tests import factories as make
from workshop.front.public import people_list, programme_days
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Session
from workshop.programme.releases.released import ReleasedSession, sessions_of
from workshop.programme.releases.rules import as_published

LATE = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)


def session(number: int = 1, starts_at: datetime | None = LATE) -> Session:
    row = make.session(number=number, starts_at=starts_at)
    row.id, row.ends_at = number + 1, starts_at and starts_at + timedelta(hours=1)
    return row


def released(*rows: Session) -> list[ReleasedSession]:
    return sessions_of(as_published(rows))


def test_days_are_those_of_the_place() -> None:
    [(day, _blocks)] = programme_days.days(released(session()), [], zone="Pacific/Auckland")
    assert str(day) == "2026-03-03"


def test_sessions_of_a_day_are_in_order_of_time() -> None:
    agenda = released(session(), session(2, LATE - timedelta(hours=14)))
    [(_day, blocks)] = programme_days.days(agenda, [], zone="UTC")
    assert [block.session.number for block in blocks] == [2, 1]


def test_what_has_no_time_comes_last() -> None:
    days = programme_days.days(released(session(0, None), session()), [], zone="UTC")
    assert [day for day, _ in days][-1] is None


def test_people_are_listed_once_with_every_appearance() -> None:
    ines, first, second = make.person(), session(), session(2)
    ines.id = 7
    first.appearances.append(make.appearance(person=ines))
    second.appearances.append(make.appearance(person=ines, part=Part.CHAIR))
    [one] = people_list.people(released(first, second), [], "en")
    assert [each.number for _, each in one.appearances] == [1, 2]
