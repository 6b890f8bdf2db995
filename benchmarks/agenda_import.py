"""How long an agenda of 120 sessions, 600 items and 300 people takes to be read, taken in, and taken in again."""

import sys
import time

from benchmarks.figures import Figure, empty_workshop, show
from workshop.platform.db import db, now
from workshop.programme.agenda_in import queries
from workshop.programme.agenda_in.reading.recognition import read
from workshop.programme.agenda_in.rules import take_in
from workshop.secretariat.series.models import Workshop

HEADINGS = "Number,Day,Start,End,Room,Session,Item,Speaker,Function,Organisation,Document"


def table() -> bytes:
    rows = [
        f"{n},2026-03-02,{9 + n % 8:02}:00,{9 + n % 8:02}:45,Room {n % 12},Matter {n},Talk {n}.{m},"
        f"Person{(5 * n + m) % 300} Example (synthetic),Director,Office {n % 60},Statement"
        for n in range(1, 121)
        for m in range(5)
    ]
    return "\n".join([HEADINGS, *rows]).encode()


def measure() -> list[Figure]:
    with empty_workshop("en", "fr", "es") as workshop:
        return [
            Figure("Agenda of 120 sessions from a table of 600 rows, CPU", taken(workshop), "s", 3),
            Figure("the same again, when nothing changes", taken(workshop), "s", 2),
        ]


def taken(workshop: Workshop) -> float:
    """Seconds of CPU from the file to the saved draft."""
    begun = time.process_time()
    agenda = read(table(), queries.setting(db.session, workshop))
    with db.session.no_autoflush:
        taking = take_in(agenda, queries.known_of_workshop(db.session, workshop), at=now())
    db.session.add_all(taking.added)
    db.session.commit()
    return time.process_time() - begun


if __name__ == "__main__":
    sys.exit(not show(measure()))
