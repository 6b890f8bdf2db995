"""What is kept until the rows that it was worked out of say something else."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests import factories as make
from tests.cast import Company
from workshop.platform.db import Words, db
from workshop.platform.kept_results import ResultStore, digest, text_of
from workshop.programme.agenda.models import Room, Session


def said(workshop_id: int) -> str:
    rooms, sessions = (
        text_of(Room, Room.workshop_id == workshop_id),
        text_of(Session, Session.workshop_id == workshop_id),
    )
    return digest(tuple(db.session.execute(select(rooms, sessions)).one()))


@pytest.mark.parametrize(
    "values", [{"lens": Words(fr="Développement")}, {"expected": 12}, {"interpreted": True}, {"starts_at": make.NOON}]
)
def test_rows_have_another_name_after_any_change_however_it_is_made(
    app: Flask, company: Company, values: dict[str, object]
) -> None:
    row = make.session(workshop=company.workshop)
    db.session.add(row)
    db.session.flush()
    before = said(company.workshop.id)
    assert said(company.workshop.id) == before
    statement = update(Session.__table__).where(Session.__table__.c.id == row.id)  # type: ignore[arg-type]
    db.session.execute(statement.values(**values))  # past the session of objects, which sees nothing of it
    assert said(company.workshop.id) != before


def test_what_belongs_to_another_workshop_changes_nothing(app: Flask, company: Company) -> None:
    before = said(company.workshop.id)
    db.session.add(make.session(workshop=company.other_workshop))
    db.session.flush()
    assert said(company.workshop.id) == before


def test_nothing_and_an_empty_text_are_two_things(app: Flask, company: Company) -> None:
    db.session.add(Room(workshop=company.workshop, name="Hall", seats=None))
    db.session.flush()
    before = said(company.workshop.id)
    db.session.execute(update(Room).values(seats=0))
    assert said(company.workshop.id) != before


def test_the_one_longest_not_asked_for_makes_room() -> None:
    store = ResultStore(room=2)
    store.put("a", 1)
    store.put("b", 2)
    assert store.get("a") == 1
    store.put("c", 3)
    assert [store.get(name) for name in "abc"] == [1, None, 3]
    assert [store.find(name, lambda: 4) for name in "ab"] == [1, 4]
    assert store.get("c") is None
    store.forget()
    assert store.get("a") is None
