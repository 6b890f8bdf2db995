"""Whoever seizes the disk lays two orders side by side, of invitations used and of answers sent, and links no better than
chance; the way that was usual, one transaction for both, is found by the same search.

SQLite here; what PostgreSQL keeps in hidden columns is looked at in `tests/consultation/questionnaires/test_tally.py`.
"""

import random
import re
import struct
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select, text

from tests import factories as make
from tests.consultation.questions.documents import asks, document
from tests.endurance.test_contention import own_app
from workshop.consultation.questionnaires import tally
from workshop.consultation.questionnaires.models import Questionnaire, Recipient
from workshop.consultation.questionnaires.states import Anonymity
from workshop.platform.db import db, now

from . import FULL, note

__all__ = ["own_app"]
pytestmark = pytest.mark.on_one_database("the log of SQLite, read as bytes")
PEOPLE = 200 if FULL else 30
Order = list[int]


def frames(wal: bytes) -> list[bytes]:
    """The pages in the log of changes, in the order in which they were written; those of earlier rounds come first."""
    size = struct.unpack(">I", wal[8:12])[0] if wal else 0
    starts = range(32, len(wal) - 24, size + 24) if wal else ()
    found = [(struct.unpack(">I", wal[at + 8 : at + 12])[0], at, wal[at + 24 : at + 24 + size]) for at in starts]
    return [page for _round, _at, page in sorted(found)]


def varint(page: bytes, at: int) -> tuple[int, int]:
    """A number as SQLite writes it, and where it ends."""
    value = 0
    for step in range(8):
        value = value << 7 | page[at + step] & 127
        if page[at + step] < 128:
            return value, at + step + 1
    return value << 8 | page[at + 8], at + 9


def rows(page: bytes) -> Iterator[bytes]:
    """The rows of a leaf of a table, each whole: a bit that changes is seen."""
    for number in range(struct.unpack(">H", page[3:5])[0] if page[0] == 13 else 0):
        (at,) = struct.unpack(">H", page[8 + 2 * number : 10 + 2 * number])
        size, at = varint(page, at)
        _rowid, at = varint(page, at)
        yield page[at : at + size]


def rows_of_people(page: bytes) -> Iterator[tuple[int, bytes]]:
    for row in rows(page):
        if hit := re.search(rb"n(\d+)@example\.org", row):
            yield int(hit[1]), row


def at_first(folder: Path) -> dict[int, bytes]:
    """The list of those invited before anybody answers, as any early backup has it."""
    file = next(folder.glob("*.sqlite")).read_bytes()
    size = struct.unpack(">H", file[16:18])[0]
    pages = (file[at : at + size] for at in range(size, len(file), size))
    return dict(each for page in pages for each in rows_of_people(page))


def orders(folder: Path, seen: dict[int, bytes]) -> tuple[dict[str, Order], dict[str, Order]]:
    """Every order that the disk gives of invitations used, and of answers."""
    wal = next(folder.glob("*.sqlite-wal"))
    used, answers = dict[int, int](), dict[int, int]()
    for number, page in enumerate(frames(wal.read_bytes())):
        for person, row in rows_of_people(page):
            if seen[person] != row:
                used.setdefault(person, number)
        for hit in re.finditer(rb"said by (\d+)\.", page):
            answers.setdefault(int(hit[1]), number)
    by_row = db.session.execute(text("SELECT answers FROM response ORDER BY rowid")).scalars().all()
    by_hash = db.session.execute(text("SELECT answers FROM response ORDER BY token_hash")).scalars().all()
    marked = [each.id for each in db.session.scalars(select(Recipient).order_by(Recipient.id))]
    people = {
        "log": sorted(used, key=lambda person: used[person]),
        "list": list(range(len(marked))),
        "address": sorted(range(len(marked)), key=lambda n: f"n{n}@"),
    }
    return people, {
        "log": sorted(answers, key=lambda person: answers[person]),
        "row": [said(each) for each in by_row],
        "name": [said(each) for each in by_hash],
    }


def said(answers: str) -> int:
    found = re.search(r"said by (\d+)\.", answers)
    return int(found[1]) if found else -1


def linked(people: dict[str, Order], answers: dict[str, Order]) -> tuple[int, str]:
    """The best of all guesses: an answer tells by its text whose it is, which only the judge reads."""
    tried = [
        (sum(a == b for a, b in zip(one, turned, strict=False)), f"{name} and {other}")
        for name, one in people.items()
        for other, those in answers.items()
        for turned in (those, those[::-1])
    ]
    return max(tried)


def chance(people: dict[str, Order], answers: dict[str, Order]) -> int:
    """The best that the same search finds in 400 shuffled truths, but for one in a hundred."""
    lot, best = random.Random(5), []
    names = list(range(PEOPLE))
    for _ in range(400):
        lot.shuffle(names)
        best.append(linked(people, {key: [names[each] for each in order] for key, order in answers.items()})[0])
    return sorted(best)[int(0.99 * len(best))]


def keep_the_whole_log() -> None:
    """No connection writes over what the log says: the attacker has luck."""
    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", lambda raw, _record: raw.execute("PRAGMA wal_autocheckpoint=0"))


def answer_all(app: Flask, folder: Path, *, as_was_usual: bool) -> dict[int, bytes]:
    """Everybody in an order of their own; what the list of those invited looked like before."""
    asked = make.questionnaire(anonymity=Anonymity.ANONYMOUS, opens_at=now() - timedelta(days=3))
    invited = [
        Recipient(questionnaire=asked, name=f"N{n}", email=f"n{n}@example.org", language="en", invited=True)
        for n in range(PEOPLE)
    ]
    db.session.add_all([make.version(document(asks("Q1", "text")), questionnaire=asked), *invited])
    db.session.flush()
    links = {n: f"/q/{each.current_link('key')}" for n, each in enumerate(invited)}
    db.session.commit()
    tally.make_room(asked)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    keep_the_whole_log()
    before, order = at_first(folder), list(links)
    random.Random(7).shuffle(order)
    for n in order:
        client: Any = app.test_client()
        own = client.post(f"{links[n]}/begin").headers["Location"].partition("?")[0]
        client.post(f"{own}/A", data={"Q1": f"said by {n}.", "go": "next"})
        client.post(f"{own}/submit")
        if as_was_usual:
            mark = text("UPDATE recipient SET answered = true WHERE email = :email")
            db.session.execute(mark, {"email": f"n{n}@example.org"})
            db.session.commit()
    return before


@pytest.mark.parametrize("as_was_usual", [False, True], ids=["as built", "as was usual"])
def test_who_said_what_cannot_be_told_from_the_disk(own_app: Flask, tmp_path: Path, as_was_usual: bool) -> None:
    before = answer_all(own_app, tmp_path, as_was_usual=as_was_usual)
    assert len(before) == PEOPLE
    people, answers = orders(tmp_path, before)
    assert len(answers["log"]) == PEOPLE, "what was answered is found in the log, or nothing is proved"
    hits, how = linked(people, answers)
    luck = chance(people, answers)
    note(f"seized before the first reminder: {hits} of {PEOPLE} linked ({how}); chance, 99 %: {luck}")
    if as_was_usual:
        assert hits > PEOPLE * 0.9, "the search finds what there is to find"
        return
    assert people["log"] == [], "nothing of an invitation was written"
    assert hits <= luck
    assert tally.carry_over(db.session.scalars(select(Questionnaire)).one()) == PEOPLE
    people, answers = orders(tmp_path, before)
    (hits, how), luck = linked(people, answers), chance(people, answers)
    note(f"seized after carrying over: {hits} of {PEOPLE} linked ({how}); chance, 99 %: {luck}")
    assert hits <= luck
