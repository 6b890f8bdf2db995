"""Whose invitation was used stands in no order anywhere: not in statements, not in the files of the database."""

import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select, text

from tests import factories as make
from tests.conftest import CheckedClient
from tests.consultation.questions.documents import asks, document
from workshop.consultation.questionnaires import tally
from workshop.consultation.questionnaires.models import Questionnaire, Recipient, Response
from workshop.consultation.questionnaires.recipients import Progress, progress
from workshop.consultation.questionnaires.states import Anonymity, ResponseState
from workshop.consultation.sending.tasks import close_tallies
from workshop.platform.db import db, now
from workshop.platform.tally_sheet import HeldSheet

PEOPLE = 24


@pytest.fixture
def links(app: Flask) -> dict[int, str]:
    """Those asked, each with the address of the invitation."""
    asked = make.questionnaire(anonymity=Anonymity.ANONYMOUS, opens_at=now() - timedelta(days=3))
    people = [
        Recipient(questionnaire=asked, name=f"N{n}", email=f"n{n}@example.org", language="en", invited=True)
        for n in range(PEOPLE)
    ]
    db.session.add_all([make.version(document(asks("Q1", "text")), questionnaire=asked), *people])
    db.session.flush()
    found = {each.id: f"/q/{each.current_link('key')}" for each in people}
    db.session.commit()
    tally.make_room(asked)
    return found


def asked() -> Questionnaire:
    db.session.expire_all()
    return db.session.scalars(select(Questionnaire)).one()


def sheet() -> Path:
    return Path(str(tally.sheet_of(asked()).path))


def answer(client: CheckedClient, link: str, said: str = "yes") -> str:
    """Look, begin, save, look again, send; the answers' own address."""
    client.get(link, follow_redirects=True)
    own = begin(client, link).headers["Location"].partition("?")[0]
    client.post(f"{own}/save", data={"question": "Q1", "Q1": said})
    client.post(f"{own}/A", data={"Q1": said, "go": "next"})
    client.post(f"{own}/submit")
    client.get(f"{own}/thanks")
    return str(own)


def begin(client: CheckedClient, link: str, form: str = "") -> Any:
    return client.application.test_client().post(f"{link}/begin", data={"csrf_token": form} if form else {})


def states() -> list[ResponseState]:
    db.session.expire_all()
    return [each.state for each in db.session.scalars(select(Response))]


@contextmanager
def statements() -> Iterator[list[str]]:
    said: list[str] = []

    def note(*args: Any) -> None:
        said.append(args[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_no_invitation_is_written_or_locked_while_people_answer(client: CheckedClient, links: dict[int, str]) -> None:
    with statements() as said:
        for link in list(links.values())[:5]:
            answer(client, link)
    assert states() == [ResponseState.SUBMITTED] * 5
    about = [each for each in said if re.search(r"\brecipient\b", each)]
    assert about, "it is read"
    assert [each for each in about if not each.startswith("SELECT") or "FOR UPDATE" in each] == []


def test_the_files_of_the_database_hold_no_trace_of_who_began(client: CheckedClient, links: dict[int, str]) -> None:
    """SQLite: the log of changes, page by page. PostgreSQL: what tells when a row was written or locked, and where it lies."""
    empty_log()
    before = traces()
    for link in reversed(list(links.values())):
        answer(client, link)
    assert traces() == before
    assert asked().tally
    db.session.execute(text("UPDATE recipient SET answered = true WHERE name = 'N3'"))
    db.session.commit()
    assert traces() != before, "what is looked for would be found"


def empty_log() -> None:
    db.session.commit()
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def traces() -> object:
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        hidden = "SELECT id, xmin::text, xmax::text, ctid::text FROM recipient ORDER BY id"
        return [tuple(row) for row in db.session.execute(text(hidden))]
    roots = set(db.session.scalars(text("SELECT rootpage FROM sqlite_master WHERE tbl_name = 'recipient'")))
    db.session.commit()
    wal = Path(f"{db.engine.url.database}-wal").read_bytes()
    size = struct.unpack(">I", wal[8:12])[0] if wal else 0
    frames = range(32, len(wal), size + 24) if wal else ()
    return sorted({struct.unpack(">I", wal[at : at + 4])[0] for at in frames} & roots)


def test_an_invitation_begins_once_even_when_the_form_is_sent_again_after_a_fault(
    client: CheckedClient, links: dict[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    link = links[min(links)]

    def fail(*_: object) -> None:
        raise OSError("the power went")

    with monkeypatch.context() as broken:
        broken.setattr(HeldSheet, "mark", fail)
        assert begin(client, link, "form").status_code == 500
    first = begin(client, link, "form").headers["Location"]
    assert begin(client, link, "form").headers["Location"] == first, "a lost reply shuts nobody out"
    assert states() == [ResponseState.BEGUN]
    assert "were already begun with this invitation" in begin(client, link, "another").text


def test_the_database_learns_of_ten_or_more_at_once(client: CheckedClient, links: dict[int, str]) -> None:
    people = list(links)
    for person in people[:9]:
        answer(client, links[person])
    assert tally.carry_over(asked()) == 0
    answer(client, links[people[9]])
    assert tally.carry_over(asked()) == 10
    known = db.session.scalars(select(Recipient.id).where(Recipient.answered)).all()
    assert set(known) == set(people[:10])
    shown = [progress(db.session.get_one(Recipient, person)) for person in (people[0], people[-1])]
    assert shown == [Progress.STARTED, Progress.INVITED], "whether they have sent is not known"
    assert tally.carry_over(asked()) == 0
    sheet().unlink()
    assert "were already begun with this invitation" in begin(client, links[people[0]]).text


def test_without_its_sheet_nobody_begins_rather_than_somebody_twice(
    client: CheckedClient, links: dict[int, str]
) -> None:
    link = links[min(links)]
    answer(client, link)
    sheet().unlink()
    assert "the list of used invitations is missing" in begin(client, link).text
    tally.rebuild([asked()])
    assert begin(client, link).status_code == 302, "the price: who began since the last reminder may begin again"


def test_a_place_on_the_list_is_not_inherited(client: CheckedClient, links: dict[int, str]) -> None:
    last = max(links)
    answer(client, links[last])
    gone = db.session.get_one(Recipient, last)
    tally.forget(gone)
    db.session.delete(gone)
    db.session.commit()
    new = Recipient(questionnaire=asked(), name="New", email="new@example.org", language="en")
    new.id = last  # as SQLite numbers it
    db.session.add(new)
    db.session.flush()
    link = f"/q/{new.current_link('key')}"
    db.session.commit()
    assert begin(client, link).status_code == 302


def test_the_sheet_goes_when_the_links_have_expired(client: CheckedClient, links: dict[int, str]) -> None:
    for person in list(links)[:12]:
        answer(client, links[person])
    path = sheet()
    assert (path.stat().st_mode & 0o777, path.stat().st_size % 4096) == (0o600, 0)
    asked().closes_at = now() - timedelta(days=2)
    db.session.commit()
    close_tallies()
    assert len(db.session.scalars(select(Recipient.id).where(Recipient.answered)).all()) == 12
    assert path.exists(), "a link may be given more time"
    asked().closes_at = now() - timedelta(days=31)
    db.session.commit()
    close_tallies()
    assert not path.exists()
    assert asked().tally == ""
