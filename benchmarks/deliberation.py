"""Seats for 400 people in 10 groups, beside the best there is where all can be tried; and what it takes to keep a point."""

import random
import sys
import time

from sqlalchemy import select

from benchmarks.figures import WORKSHOP, Figure, demonstration, show
from tests import cast
from workshop.deliberation.allocation.seat_search import seat_all, step_by_step
from workshop.deliberation.allocation.seating import Delegations, Sitter, Table, Wanted, cost, units
from workshop.platform.db import db
from workshop.secretariat.accounts.models import User

PEOPLE, GROUPS, LISTS, POINTS = 400, 10, 60, 40
NOTES = f"{WORKSHOP}/breakouts/2/notes"


def measure() -> list[Figure]:
    before = time.process_time()
    seated = seat_all(hall_of(PEOPLE, GROUPS, random.Random(1)), seed=1)
    took = time.process_time() - before
    assert seated is not None
    return [
        Figure("Seats: CPU, 400 people in 10 groups by 6 attributes", took, "s", 2),
        Figure("Seats: cost beside the best, 60 lists of 8 people", beside_the_best(), "times", 1.05),
        Figure("Notes: CPU, a point kept", point_kept(), "ms", 5),
    ]


def hall_of(people: int, groups: int, chance: random.Random) -> Wanted:
    def traits() -> dict[str, str]:
        kinds = {"category": 8, "region": 6, "sex": 2, "seniority": 3, "language": 3, "origin": 2}
        return {name: str(chance.randrange(values)) for name, values in kinds.items()}

    sitters = [
        Sitter(
            id=id,
            delegation=f"d{id % max(people * 3 // 10, 4)}",
            languages=frozenset(chance.sample(["en", "fr", "es"], 2)),
            traits=traits(),
            wishes=tuple(chance.sample(range(1, groups + 1), min(2, groups))) if id % 3 == 0 else (),
        )
        for id in range(people)
    ]
    spoken = (frozenset({"en", "fr"}), frozenset({"en", "es"}))
    tables = [Table(n, -(-people // groups) + 2, spoken[n % 2]) for n in range(1, groups + 1)]
    return Wanted(sitters, tables, Delegations.SPLIT)


def beside_the_best() -> float:
    """What the step-by-step search costs, all lists together, as a multiple of the best found by trying everything."""
    found = best = 0
    for number in range(LISTS):
        wanted = hall_of(8, 3, random.Random(number))
        exact = seat_all(wanted, seed=1)
        quick = step_by_step(wanted, units(wanted), seed=1)
        if exact is not None and quick is not None:
            found, best = found + cost(wanted, quick), best + cost(wanted, exact)
    return found / best


def point_kept() -> float:
    with demonstration() as app:
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            client = app.test_client()
            user = db.session.scalars(select(User).where(User.email == "organiser@example.org")).one()
            token = cast.signed_in(user)
            db.session.commit()
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = token, True
        took = []
        for number in range(POINTS):
            data = {
                "question": 1,
                "kind": "issue",
                "text": f"Point {number}",
                "voices": 1,
                "language": "en",
                "perspective": "",
            }
            before = time.process_time()
            answer = client.post(NOTES, data=data | {"client_key": str(number)}, headers={"Accept": "application/json"})
            took.append(time.process_time() - before)
            assert answer.status_code == 200, answer.text[:300]
    return sorted(took)[len(took) // 2] * 1000


if __name__ == "__main__":
    sys.exit(not show(measure()))
