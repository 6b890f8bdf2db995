"""A workshop of 120 sessions and 300 people: comparing two releases, seeing whom they touch, a day's expected times."""

import copy
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from benchmarks.figures import Figure, demonstration, show
from workshop.programme.releases.changes import find_changes
from workshop.programme.releases.released import StoredItem, StoredPerson, StoredSession, sessions_of
from workshop.programme.runsheet.expected_times import Slot, expect_times

SESSIONS, ITEMS, ROUNDS = 120, 3, 15
NINE = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def measure() -> list[Figure]:
    before, after = two_releases()
    with demonstration() as app, app.test_request_context("/?lang=fr"):
        compared = cpu(
            lambda: find_changes(sessions_of(before), sessions_of(after), zone="Europe/Zurich", language="fr")
        )
    stops = [NINE + timedelta(hours=hours) for hours in (4, 9)]
    slots = [Slot(NINE + timedelta(minutes=4 * n), NINE + timedelta(minutes=4 * n + 4)) for n in range(SESSIONS)]
    slots[0] = Slot(slots[0].starts_at, slots[0].ends_at, began=NINE)
    return [
        Figure("Changes between two releases of 120 sessions: CPU", compared, "ms", 50),
        Figure(
            "Expected times of a day of 120 items: CPU",
            cpu(lambda: expect_times(slots, stops, NINE + timedelta(minutes=30))),
            "ms",
            30,
        ),
    ]


def two_releases() -> tuple[list[StoredSession], list[StoredSession]]:
    """Every session moves, a third of them to another room, and in each an item has another speaker."""
    before = [session(number) for number in range(1, SESSIONS + 1)]
    after = copy.deepcopy(before)
    for each in after:
        each["starts_at"], each["ends_at"] = _later(each["starts_at"]), _later(each["ends_at"])
        each["room"] = "Room 99" if each["number"] % 3 == 0 else each["room"]
        each["items"][0]["people"] = [person(each["number"] + 1000)]
    return before, after


def _later(moment: str | None) -> str | None:
    return (datetime.fromisoformat(moment) + timedelta(minutes=15)).isoformat() if moment else None


def session(number: int) -> StoredSession:
    start = NINE + timedelta(hours=number // 12)
    words = {"en": f"Session {number}", "fr": f"Séance {number}"}
    items: list[StoredItem] = [
        {
            "id": number * 10 + place,
            "title": words,
            "perspective": None,
            "role_label": {},
            "minutes": 20,
            "people": [person((number * ITEMS + place) % 300)],
        }
        for place in range(ITEMS)
    ]
    return {
        "id": number,
        "number": number,
        "title": words,
        "subtitle": {},
        "note": {},
        "lens": {},
        "format": "panel",
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(hours=1)).isoformat(),
        "mode": "on_record",
        "room": f"Room {number % 12}",
        "questions": [words],
        "items": items,
        "people": [person(number % 300, "chair")],
        "sequence": 0,
    }


def person(id: int, part: str = "speaker") -> StoredPerson:
    return {
        "id": id,
        "name": f"Person {id} (synthetic)",
        "family_name": f"Person {id}",
        "part": part,
        "function": {},
        "organisation": {},
        "country": "",
        "country_inferred": False,
    }


def cpu(work: Callable[[], object]) -> float:
    """Milliseconds of CPU: the best of fifteen rounds, since noise only ever adds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best * 1000


if __name__ == "__main__":
    sys.exit(not show(measure()))
