"""The list of participants of 1,500 people, their badges, and checking one of them in."""

import contextlib
import os
import resource
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from werkzeug.test import EnvironBuilder

from benchmarks.figures import Figure, answered, demonstration, show
from tests.conftest import count_statements
from workshop.participation.attendance import badge_print, rules
from workshop.participation.attendance.models import Badge
from workshop.participation.delegations.models import Delegation, Participant
from workshop.participation.delegations.statuses import DelegationPart, ParticipantStatus
from workshop.participation.registration.listing import list_print, participants_list
from workshop.participation.registration.models import ListEdition, ListKind
from workshop.participation.registration.queries import LISTED
from workshop.platform.db import Words, db, now
from workshop.secretariat.register.countries import Kind, countries
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import Workshop

PEOPLE, ROUNDS = 1500, 9
SLUG = "migration-and-development-2005"


def measure() -> list[Figure]:
    with demonstration() as app, Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        with app.app_context():
            edition = fill(app)
        page = EnvironBuilder(path=f"/workshops/{SLUG}/participants").get_environ()
        answered(app, page)
        with count_statements() as statements:
            assert answered(app, page).status.startswith("200")
        cpu = best(lambda: answered(app, page))
        with app.test_request_context():
            workshop = db.session.scalars(select(Workshop).where(Workshop.slug == SLUG)).one()
            kept = db.session.get(ListEdition, edition)
            assert kept is not None
            parts = participants_list.in_language([participants_list.line_of(each) for each in kept.entries], "en")
            pdf = seconds(lambda: list_print.make_pdf(workshop, kept, parts))
            badges = list(db.session.scalars(select(Badge).where(Badge.workshop_id == workshop.id)))[-PEOPLE:]
            with MemoryOfChildren() as memory:
                printing = seconds(lambda: badge_print.make_pdf(workshop, badges))
            arrival = best(lambda: arrive(badges[-1].participant))
    return [
        Figure("List of 1,500 participants: SQL statements", len(statements), "", 6),
        Figure("List of 1,500 participants: CPU", cpu, "ms", 60),
        Figure("List of 1,500 participants as PDF", pdf, "s", 5),
        Figure("1,500 badges as PDF", printing, "s", 30),
        Figure("1,500 badges: memory of the renderer", memory.most, "MB", 250),
        Figure("Check-in: CPU of the decision and its statements", arrival, "ms", 8),
    ]


def arrive(who: Participant) -> None:
    db.session.add(rules.check_in(who, None, client_key="benchmark", by=None, at=now()))
    db.session.flush()
    db.session.rollback()


def fill(app: Flask) -> int:
    """Everybody with a seat and a badge, in delegations of eight; the number of the published list."""
    workshop = db.session.scalars(select(Workshop).where(Workshop.slug == SLUG)).one()
    states = [code for code, country in countries().items() if country.kind is Kind.MEMBER]
    delegations = [
        Delegation(workshop=workshop, category=Category.STATE_MEMBER, country=code, body="benchmark") for code in states
    ]
    people = []
    for number in range(PEOPLE):
        delegation = delegations[number % len(delegations)]
        who = Participant(workshop=workshop, category=Category.STATE_MEMBER, country=delegation.country)
        who.delegation, who.position, who.number = delegation, number // len(delegations) + 1, 1000 + number
        who.part = DelegationPart.HEAD if who.position == 1 else DelegationPart.ADVISER
        who.given_name, who.family_name = "Ada", f"Sample {number}"
        who.function, who.institution = Words(en="Director", fr="Directrice"), "Ministry of Examples"
        who.standing = ParticipantStatus.APPROVED
        people.append(who)
    db.session.add_all([*delegations, *people])
    db.session.add_all(rules.issue(who, [], at=now()) for who in people)
    db.session.flush()
    rows = db.session.execute(LISTED, {"workshop": workshop.id})
    entries = [participants_list.line_of(dict(row._mapping)).as_json() for row in rows]
    at = now()
    edition = ListEdition(
        workshop=workshop,
        number=2,
        kind=ListKind.FINAL,
        entries=entries,
        published_at=at,
        as_of=at.date() + timedelta(1),
    )
    db.session.add(edition)
    db.session.commit()
    return edition.id


def best(act: Callable[[], object]) -> float:
    """Milliseconds of CPU: the best of nine rounds, since noise only ever adds."""
    found = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        act()
        found = min(found, time.process_time() - start)
    return found * 1000


def seconds(act: Callable[[], object]) -> float:
    """CPU time with that of the renderers."""
    before = spent()
    act()
    return spent() - before


class MemoryOfChildren:
    """The most memory that any child process held meanwhile, in MB, read from the system while it works. What the system
    reports of children that have ended counts the memory of the parent they were forked from.
    """

    most = 0.0

    def __enter__(self) -> "MemoryOfChildren":
        self.over = threading.Event()
        self.watch = threading.Thread(target=self._look)
        self.watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.watch.join()

    def _look(self) -> None:
        own = Path("/proc/self/task")
        while not self.over.wait(0.05):
            for task in own.iterdir():
                for child in (task / "children").read_text().split():
                    with contextlib.suppress(OSError):
                        if b"workshop.platform.pdf" not in Path(f"/proc/{child}/cmdline").read_bytes():
                            continue  # not begun yet: still a copy of ourselves
                        held = int(Path(f"/proc/{child}/statm").read_text().split()[1])
                        self.most = max(self.most, held * os.sysconf("SC_PAGE_SIZE") / 1024**2)


def spent() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in both)


if __name__ == "__main__":
    sys.exit(not show(measure()))
