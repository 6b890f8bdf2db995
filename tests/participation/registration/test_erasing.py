"""Erasing a participant: a canary planted wherever a name can stand is found in no table and no file afterwards."""

from typing import Any

from flask import Flask
from sqlalchemy import Column, ColumnElement, Text, cast, func, inspect, select

from tests.conftest import SignedIn
from tests.fetching import fetched
from tests.participation.registration.conftest import DESK, Invited, somebody
from workshop.participation.attendance.models import BadgePrint
from workshop.participation.delegations.models import FormerHolder, Participant
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.participation.registration import erasing, tasks
from workshop.participation.registration.models import ListEdition, ListPrint, ParticipantNeeds
from workshop.platform import erasure, files
from workshop.platform.db import Base, Words, db, now
from workshop.platform.made_files import MadeFile
from workshop.platform.mail import Message
from workshop.secretariat.activity.models import Change

CANARY = "CANARYBIRD"


def everything() -> str:
    """Every cell of every table."""
    db.session.rollback()
    there = set(inspect(db.engine).get_table_names())
    tables = [each for each in Base.metadata.sorted_tables if each.name in there]
    return "\n".join(repr(tuple(row)) for each in tables for row in db.session.execute(select(*map(cell, each.c))))


def cell(column: Column[Any]) -> ColumnElement[str]:
    return cast(column, Text)


def with_traces(invited: Invited, as_: SignedIn) -> Participant:
    """Somebody who was written to, listed, printed, checked in and changed."""
    who = somebody(invited.workshop, family_name=CANARY, email=f"{CANARY}@example.org", institution=CANARY)
    db.session.add_all([who, ParticipantNeeds(participant=who, diet=CANARY)])
    at = now()
    db.session.add(FormerHolder(participant=who, name=CANARY, function=Words(), reason=CANARY, replaced_at=at))
    db.session.commit()
    ana = as_("ana")
    ana.post(f"{DESK}/decide", data={"who": who.id, "decision": "approve"})
    ana.post("/workshops/w/desk/badges/issue")
    ana.post(f"/workshops/w/desk/check-in/{who.id}")
    ana.post(f"{DESK}/list/publish", data={"kind": "provisional"})
    edition = db.session.scalars(select(ListEdition)).one()
    stored = [files.put_apart(CANARY.encode(), "participants"), files.put_apart(CANARY.encode(), "badges")]
    made: dict[str, Any] = {"workshop": invited.workshop, "language": "en", "fingerprint": "1"}
    db.session.add(ListPrint(edition=edition, stored_as=stored[0], **made))
    db.session.add(BadgePrint(badge_ids=[1], stored_as=stored[1], **made))
    db.session.commit()
    return who


def test_nothing_personal_is_left_in_any_table_or_file(invited: Invited, as_: SignedIn, app: Flask) -> None:
    who = with_traces(invited, as_)
    assert fetched(as_("ana"), f"{DESK}.xlsx").status_code == 200
    [workbook] = db.session.scalars(select(MadeFile.stored_as))
    assert workbook in files.names_in("made")
    stored = [*db.session.scalars(select(ListPrint.stored_as)), *db.session.scalars(select(BadgePrint.stored_as))]
    assert everything().count(CANARY) > 10
    as_("ana").post(f"{DESK}/{who.id}/erase")
    assert CANARY.casefold() not in everything().casefold()
    assert len(stored) == 2
    assert workbook not in files.names_in("made"), "nor the workbook that named them"
    assert not set(stored) & {*files.names_in("participants"), *files.names_in("badges")}
    kept = db.session.get_one(Participant, who.id)
    assert (kept.standing, kept.number, kept.category.value) == (ParticipantStatus.APPROVED, 1, "ngo")
    assert db.session.scalars(select(func.count()).select_from(Change)).one() > 2  # that something changed stays
    for page in (DESK, f"{DESK}/{who.id}", f"{DESK}/list", "/workshops/w/desk/activity"):
        assert as_("ana").get(page).status_code == 200


def test_a_restored_backup_does_not_bring_somebody_back(invited: Invited, as_: SignedIn) -> None:
    who = with_traces(invited, as_)
    other = somebody(invited.workshop, family_name="Stays", email="stays@example.org")
    db.session.add(other)
    db.session.commit()
    tasks.erase_again({erasing.name_on_list(who)})
    db.session.commit()
    assert CANARY.casefold() not in everything().casefold()
    assert other.family_name == "Stays"
    as_("ana").post(f"{DESK}/{other.id}/erase")
    names = {name for kind, name in erasure.read(erasure.list_path()) if kind == erasing.KIND}
    assert erasing.name_on_list(other) in names
    assert db.session.scalars(select(Message).where(Message.recipient.ilike("stays%"))).all() == []
