"""The run sheet as those on stage use it. The workshop is on 2 and 3 March 2026, and now is a test's own time."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from werkzeug.test import TestResponse

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from workshop.platform.db import Words, db
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Session
from workshop.programme.papers.models import State
from workshop.programme.runsheet import views
from workshop.programme.runsheet.models import Run, StageNote
from workshop.programme.session_roles.models import SessionRole

DESK = "/workshops/w/desk/run-sheet"
DAY = f"{DESK}/2026-03-02"
TEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # ten o'clock in Geneva


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.at = TEN - timedelta(days=30)

    def __call__(self) -> datetime:
        self.at += timedelta(microseconds=1)  # no two presses are at the same moment
        return self.at

    def set(self, minutes: float) -> None:
        self.at = TEN + timedelta(minutes=minutes)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(views, "now", clock)
    return clock


@pytest.fixture
def morning(company: Company) -> list[Session]:
    """10:00 a panel of 60 and 90 minutes, 12:30 a wrap-up until the interpreters leave at 13:00, 14:30 the afternoon."""
    panel = make.session(
        workshop=company.workshop,
        number=1,
        title=Words(en="Panel"),
        starts_at=TEN,
        ends_at=TEN + timedelta(minutes=150),
    )
    panel.items = [make.item(position=1, minutes=60), make.item(position=2, minutes=90, title=Words(en="Second talk"))]
    panel.appearances = [make.appearance(part=Part.CHAIR), make.appearance(item=panel.items[1], position=2)]
    sessions = [panel]
    for number, title, begin, end in ((2, "Wrap-up", 150, 180), (3, "Afternoon", 270, 330)):
        sessions.append(
            make.session(
                workshop=company.workshop,
                number=number,
                title=Words(en=title),
                starts_at=TEN + timedelta(minutes=begin),
                ends_at=TEN + timedelta(minutes=end),
            )
        )
    db.session.add_all([*sessions, make.session(workshop=company.workshop, number=9, title=Words(en="No time yet"))])
    db.session.add(make.document(workshop=company.workshop, session=panel, item=panel.items[1], state=State.EXPECTED))
    db.session.commit()
    return sessions


def form(page: str, verb: str, key: str = "") -> dict[str, str]:
    """The hidden fields of a press, as a browser would send them."""
    mark = f'action="{DAY}/{verb}"' + (f' class="inline" data-key="{key}"' if key else "")
    part = " ".join(page.split()).split(mark, 1)[1].split("</form>")[0]
    return {
        piece.split('"')[1]: piece.split('value="')[1].split('"')[0]
        for piece in part.split("<input")[1:]
        for piece in [piece.split("name=")[1]]
    }


def press(client: FlaskClient, verb: str = "begin", key: str = "n") -> TestResponse:
    return client.post(f"{DAY}/{verb}", data=form(client.get(DAY).text, verb, key))


def spans() -> list[tuple[int | None, int | None]]:
    runs = db.session.scalars(db.select(Run).order_by(Run.started_at)).all()
    return [(minute(run.started_at), minute(run.ended_at)) for run in runs]


def minute(moment: datetime | None) -> int | None:
    return None if moment is None else int((moment - TEN).total_seconds() // 60)


def test_the_sheet_shows_what_is_planned_who_is_due_and_what_is_awaited(
    as_: SignedIn, clock: Clock, morning: list[Session]
) -> None:
    page = as_("eva").get(DAY).text
    for words in (
        "10:00–11:00",
        "11:00–12:30",
        "14:30–15:30",
        "Second talk",
        "Ines Synthetic",
        "(Chair)",
        "awaited",
        "Statement",
    ):
        assert words in page
    assert "No time yet" not in page
    assert "Nothing has begun yet." in page


def test_the_front_page_leads_to_today_or_to_the_first_day(as_: SignedIn, clock: Clock, morning: list[Session]) -> None:
    morning[2].starts_at, morning[2].ends_at = TEN + timedelta(days=1), TEN + timedelta(days=1, hours=1)
    ana = as_("ana")
    assert ana.get(DESK).location == DAY
    clock.set(24 * 60)
    assert ana.get(DESK).location == f"{DESK}/2026-03-03"
    assert "Afternoon" in ana.get(f"{DESK}/2026-03-03").text
    for day in ("2026-03-04", "tomorrow"):
        assert ana.get(f"{DESK}/{day}").status_code == 404


def test_without_sessions_it_says_what_to_do(as_: SignedIn, company: Company) -> None:
    assert "No session of this day has a time yet." in as_("ana").get(DAY).text


def test_one_press_ends_what_runs_and_begins_the_next(as_: SignedIn, clock: Clock, morning: list[Session]) -> None:
    ana = as_("ana")
    clock.set(2)
    press(ana)
    clock.set(70)
    press(ana)
    assert spans() == [(2, 70), (70, None)]
    page = ana.get(DAY).text
    assert "since 11:10, until about 12:40" in page
    assert "10 minutes late" in page
    press(ana, "end", "e")
    assert spans() == [(2, 70), (70, 70)]
    press(ana, "undo", "u")
    press(ana, "undo", "u")
    assert spans() == [(2, None)]
    press(ana, "undo", "u")
    assert spans() == []


def test_what_no_longer_fits_is_named_and_the_afternoon_keeps_its_time(
    as_: SignedIn, clock: Clock, morning: list[Session]
) -> None:
    ana = as_("ana")
    clock.set(0)
    press(ana)
    clock.set(75)
    press(ana)
    clock.set(120)
    page = ana.get(DAY).text
    assert "One item no longer fits before 13:00: Wrap-up." in page
    assert page.count("no longer fits</span>") == 1
    afternoon = page.split("<b>Afternoon</b>")[0].rsplit("<tr", 1)[1]
    assert "14:30–15:30" in afternoon
    assert "late" not in afternoon


def test_whoever_presses_a_moment_too_late_changes_nothing(as_: SignedIn, clock: Clock, morning: list[Session]) -> None:
    clock.set(0)
    ana, eva = as_("ana"), as_("eva")
    sent = form(eva.get(DAY).text, "begin", "n")
    press(ana)
    answer = eva.post(f"{DAY}/begin", data=sent, follow_redirects=True)
    assert "Someone else has just pressed a button." in answer.text
    assert spans() == [(0, None)]
    eva.post(f"{DAY}/undo", data={"seen": sent["seen"]})
    assert spans() == [(0, None)]


def test_several_who_press_at_once_begin_it_once(
    as_: SignedIn, app: Flask, clock: Clock, morning: list[Session]
) -> None:
    clock.set(0)
    clients = [as_("ana") for _ in range(4)]
    sent = form(clients[0].get(DAY).text, "begin", "n")

    def begin(client: FlaskClient) -> int:
        with app.app_context():
            return client.post(f"{DAY}/begin", data=sent).status_code

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(begin, clients)) == [302] * 4
    assert spans() == [(0, None)]


def test_another_day_is_rehearsed_and_the_rehearsal_forgotten(
    as_: SignedIn, clock: Clock, morning: list[Session]
) -> None:
    ana = as_("ana")
    assert "this is a rehearsal" in ana.get(DAY).text
    press(ana)
    clock.at += timedelta(minutes=65)
    press(ana)
    assert spans() == [(0, 65), (65, None)]
    assert "5 minutes late" in ana.get(DAY).text
    clock.set(0)  # the day itself: nothing has happened yet
    page = ana.get(DAY).text
    assert "rehearsal" not in page
    assert "Nothing has begun yet." in page
    press(ana)
    clock.at = TEN - timedelta(days=1)
    ana.post(f"{DAY}/clear")
    assert spans() == [(0, None)]


def test_a_day_that_is_over_is_a_record(as_: SignedIn, clock: Clock, morning: list[Session]) -> None:
    ana = as_("ana")
    clock.set(0)
    press(ana)
    sent = form(ana.get(DAY).text, "begin", "n")
    clock.set(48 * 60)
    page = ana.get(DAY).text
    assert "The day is over." in page
    assert "/begin" not in page
    ana.post(f"{DAY}/begin", data=sent)
    ana.post(f"{DAY}/clear")
    assert spans() == [(0, None)]


def test_rooms_side_by_side_can_be_looked_at_one_by_one(
    as_: SignedIn, clock: Clock, company: Company, morning: list[Session]
) -> None:
    from workshop.programme.agenda.models import Room

    for number, name in ((4, "Room A"), (5, "Room B")):
        db.session.add(
            make.session(
                workshop=company.workshop,
                number=number,
                title=Words(en=f"In {name}"),
                starts_at=TEN + timedelta(hours=6),
                ends_at=TEN + timedelta(hours=7),
                room=Room(workshop=company.workshop, name=name),
            )
        )
    db.session.commit()
    ana = as_("ana")
    page = ana.get(DAY).text
    assert "<b>In Room A</b>" in page
    assert "<b>In Room B</b>" in page
    room = page.split(">Room B</option>")[0].rsplit('value="', 1)[1].split('"')[0]
    one = ana.get(f"{DAY}?room={room}").text
    assert "<b>In Room A</b>" not in one
    assert "<b>In Room B</b>" in one
    assert "<b>Afternoon</b>" in one


# stage notes


def note(client: FlaskClient, session: int, item: int = 0, text: str = "Film after the talk.") -> TestResponse:
    address = f"{DAY}/notes/{session}/{item}"
    seen = client.get(address).text.split('name="seen"')[1].split('value="')[1].split('"')[0]
    return client.post(address, data={"seen": seen, "text": text})


def test_stage_notes_are_kept_changed_and_taken_away(as_: SignedIn, clock: Clock, morning: list[Session]) -> None:
    eva, item = as_("eva"), morning[0].items[1].id
    assert note(eva, 1, item).location == f"{DAY}#entry-{morning[0].id}-{item}"
    note(eva, 1, 0, "Water on the podium.")
    page = eva.get(DAY).text
    assert "Film after the talk." in page
    assert "Water on the podium." in page
    note(eva, 1, item, "")
    assert db.session.scalars(db.select(StageNote.text)).all() == ["Water on the podium."]
    for address in (f"{DAY}/notes/1/999", f"{DAY}/notes/7/0"):
        assert eva.get(address).status_code == 404


def test_two_who_note_see_both_texts(as_: SignedIn, clock: Clock, morning: list[Session]) -> None:
    ana, address = as_("ana"), f"{DAY}/notes/2/0"
    seen = ana.get(address).text.split('name="seen"')[1].split('value="')[1].split('"')[0]
    note(as_("eva"), 2, 0, "Theirs")
    answer = ana.post(address, data={"seen": seen, "text": "Mine"})
    assert answer.status_code == 409
    assert "Theirs" in answer.text
    assert "Mine" in answer.text


def test_stage_notes_reach_no_public_page_and_no_release(
    as_: SignedIn, client: FlaskClient, clock: Clock, morning: list[Session]
) -> None:
    ana = as_("ana")
    note(ana, 1, morning[0].items[1].id, "Secret lectern")
    ana.fill("/workshops/w/desk/agenda/publish")
    for address in ("", "agenda", "agenda/releases", "agenda/releases/1", "agenda/changes", "speakers", "papers"):
        assert "Secret lectern" not in client.get(f"/workshops/w/{address}").text
    from workshop.programme.releases.models import Release

    assert "Secret lectern" not in str(db.session.scalars(db.select(Release.agenda)).all())


def test_what_is_on_the_run_sheet_is_not_removed_unseen(as_: SignedIn, clock: Clock, morning: list[Session]) -> None:
    ana = as_("ana")
    note(ana, 2, 0)
    assert "lines of the run sheet belong to it" in ana.get("/workshops/w/desk/agenda/sessions/2/remove").text


@pytest.mark.parametrize("length", [1, 3])
def test_the_sheet_takes_few_statements_whatever_its_length(
    as_: SignedIn, company: Company, clock: Clock, length: int
) -> None:
    for number in range(1, length + 1):
        row = make.session(
            workshop=company.workshop,
            number=number,
            starts_at=TEN,
            ends_at=TEN + timedelta(hours=1),
            items=[make.item()],
        )
        row.appearances = [make.appearance(item=row.items[0])]
        db.session.add(row)
    db.session.commit()
    ana = as_("ana")
    with count_statements() as statements:
        ana.get(DAY)
    assert len(statements) == 10


# on paper


def test_the_pdf_is_tagged_and_internal_and_has_the_notes(as_: SignedIn, clock: Clock, morning: list[Session]) -> None:
    ana = as_("ana")
    note(ana, 1, morning[0].items[1].id)
    answer = ana.get(f"{DAY}.pdf?lang=fr")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    reader = PdfReader(io.BytesIO(answer.data))
    text = "\n".join(page.extract_text() for page in reader.pages)
    for words in ("Film after the talk.", "Second talk", "11:00–12:30", "Ines Synthetic"):
        assert words in text
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value
    assert reader.pages[0].mediabox.width == pytest.approx(595, abs=1)


def test_only_those_on_stage_may(as_: SignedIn, clock: Clock, morning: list[Session]) -> None:
    for name, status in {"ana": 200, "eva": 200, "chi": 200, "ben": 403, "dov": 404, "oto": 404, "nobody": 302}.items():
        assert as_(name).get(DAY).status_code == status
        writing = 302 if name == "chi" else status  # a rapporteur reads it and changes nothing
        assert as_(name).get(f"{DAY}/notes/1/0").status_code == writing


def test_who_serves_one_session_presses_in_that_one_only(
    as_: SignedIn, company: Company, clock: Clock, morning: list[Session]
) -> None:
    first, second = morning[:2]
    db.session.add(SessionRole(session=second, user=company.chi, role=Part.CHAIR))
    chi = as_("chi")
    page = chi.get(DAY).text
    assert f'Begin<span class="unseen">: {first.title["en"]}' not in page
    chi.post(f"{DAY}/begin", data={"entry": f"{first.id}-0", "seen": ""})
    assert not db.session.scalars(db.select(Run)).all()
    assert "You can begin, end and annotate the sessions you serve." in chi.get(DAY).text
    keys = re.findall(r'name="entry" value="([^"]+)"', chi.get(DAY).text)
    assert {int(key.partition("-")[0]) for key in keys} == {second.id}
    chi.post(f"{DAY}/begin", data={"entry": keys[0], "seen": ""})
    assert [run.session_id for run in db.session.scalars(db.select(Run))] == [second.id]
