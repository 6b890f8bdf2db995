"""How long a list of 5,000 people takes to be read, taken in, and taken in again."""

import sys
import time

from benchmarks.figures import Figure, empty_workshop, show
from workshop.platform.db import db
from workshop.secretariat.register import queries as register_queries
from workshop.secretariat.rosters import queries
from workshop.secretariat.rosters.roster_entries import read_entries
from workshop.secretariat.rosters.roster_files import read_roster
from workshop.secretariat.rosters.rules import KnownOrganisations, Merging, merge_list
from workshop.secretariat.series.models import Workshop

ROWS = 5_000


def table() -> bytes:
    rows = [
        f"Person{n};Example{n} (sample);person{n}@example.org;Office {n % 600};Head;Tunisia;Accepted"
        for n in range(ROWS)
    ]
    return "\n".join(["First name;Last name;Email address;Organisation;Function;Country;RSVP", *rows]).encode()


def measure() -> list[Figure]:
    with empty_workshop("en") as workshop:
        return [
            Figure("List of 5,000 people, read and taken in", taken(workshop), "s", 20),
            Figure("the same again, when nothing changes", taken(workshop), "s", 20),
        ]


def taken(workshop: Workshop) -> float:
    """Seconds from the file to the saved contacts."""
    begun = time.perf_counter()
    file = read_roster(table(), name="list.csv")
    entries = read_entries(file.rows, file.fields({}), {"Accepted"})
    with db.session.no_autoflush:
        known = KnownOrganisations.of(
            db.session.scalars(register_queries.organisations()), db.session.scalars(register_queries.aliases()), "en"
        )
        merging = Merging(workshop, known, list(db.session.scalars(queries.contacts(workshop))), {})
        merge_list(merging, entries)
    db.session.add_all(merging.added)
    db.session.commit()
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(not show(measure()))
