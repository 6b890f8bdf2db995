"""Lists and searches of the desk at once, ten times and a hundred times the size, beside a bare application in the same run.

Exit status 1 where a page grows past its limit. WORKSHOP_DATABASE_URL chooses the database, an empty one.
"""

import sys
from collections.abc import Iterator

from flask import Flask
from sqlalchemy import insert, select

from benchmarks.desk import cookie_of
from benchmarks.figures import WORKSHOP
from benchmarks.ratios import Ratio, asking, demonstration, silence
from tests import factories as make
from workshop.consultation.questionnaires.models import QuestionnaireVersion, Response
from workshop.consultation.questionnaires.states import Channel, Publication, ResponseState
from workshop.platform.db import db, now
from workshop.programme.papers.models import State
from workshop.secretariat.series.models import Workshop

ANSWERS, PAPERS = (1_000, 10_000, 100_000), (22, 222, 2_220)
PLAIN = "/plain"  # the floor's agenda as plain rows, which took 1.6 ms where the limits of 15 ms were set
WANTED = 15 / 1.6


def add_answers(version: QuestionnaireVersion, count: int, first: int) -> None:
    at = now()
    rows: list[dict[str, object]] = [
        {
            "id": 10_000 + number,
            "version_id": version.id,
            "token_hash": f"t{number}",
            "key": f"k{number}",
            "language": ("en", "fr", "es")[number % 3],
            "begun_at": at,
            "submitted_at": at,
            "state": ResponseState.SUBMITTED,
            "answers": {"A1": "edu"},
            "publication": Publication.TOTALS,
            "channel": Channel.ONLINE,
            "drafts": {},
            "done": [],
            "consent": {},
            "is_synthetic": True,
            "revision": 1,
        }
        for number in range(first, first + count)
    ]
    for start in range(0, len(rows), 5_000):
        db.session.execute(insert(Response), rows[start : start + 5_000])
    db.session.commit()


def add_papers(workshop: Workshop, count: int) -> None:
    session = make.session(workshop=workshop, number=500 + count, starts_at=make.NOON)
    db.session.add_all(
        make.document(workshop=workshop, session=session, item=None, state=State.EXPECTED) for _ in range(count)
    )
    db.session.commit()


def pages(app: Flask, floor: Flask, cookie: str, size: str) -> Iterator[Ratio]:
    beside = asking(floor, PLAIN)
    desk = f"{WORKSHOP}/desk"
    for name, path, most in (
        ("list of answers", f"{desk}/questionnaires/diaspora/responses", 12),
        ("questionnaires", f"{desk}/questionnaires", 10),
        ("papers", f"{desk}/papers", 100),  # reads all of them for each page of the list
        ("reminders of papers", f"{desk}/papers/reminders", 10),
        ("overview", f"{desk}/", 20),
    ):
        yield Ratio(f"desk, {name}, {size}", asking(app, path, Cookie=cookie), beside, WANTED, most)


def measure(rounds: int = 4, requests: int = 3) -> list[Ratio]:
    found: list[Ratio] = []
    with demonstration() as (app, floor, _token), silence():
        answers = papers = 0
        for times, more_answers, more_papers in zip(("×1", "×10", "×100"), ANSWERS, PAPERS, strict=True):
            with app.app_context():
                version = db.session.scalars(
                    select(QuestionnaireVersion).where(QuestionnaireVersion.questionnaire.has(slug="diaspora"))
                ).one()
                add_answers(version, more_answers - answers, answers)
                add_papers(
                    db.session.scalars(select(Workshop).where(Workshop.slug == WORKSHOP.split("/")[2])).one(),
                    more_papers - papers,
                )
                cookie = cookie_of(app)
            answers, papers = more_answers, more_papers
            for each in pages(app, floor, cookie, times):
                each.ours()
                for _ in range(rounds):
                    each.measure(requests)
                found.append(each)
    return found


def main() -> int:
    found = measure()
    print(f"{'':<44}{'ours':>11}{'floor':>11}")
    for each in sorted(found, key=lambda each: each.name.rpartition(",")[0]):
        print(each.line())
    return int(any(each.ratio > each.most for each in found))


if __name__ == "__main__":
    sys.exit(main())
