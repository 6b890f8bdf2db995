"""The organisers' screens of the agenda, on a real database."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from tests.looking import matched, there
from workshop.platform.audit import AuditEntry
from workshop.platform.db import Words, db
from workshop.programme.agenda.draft_state import A_PAGE
from workshop.programme.agenda.formats import Format, Part, Perspective
from workshop.programme.agenda.models import Appearance, GuidingQuestion, Item, Session
from workshop.programme.groups.models import Group
from workshop.programme.papers.models import Document
from workshop.programme.releases.models import Release
from workshop.secretariat.register.models import Organisation, Person
from workshop.secretariat.series.models import Visibility

DESK = "/workshops/w/desk/agenda"
ONE = f"{DESK}/sessions/1"
QUESTIONS, ITEMS = f"{ONE}/questions", f"{ONE}/items"
EVIL = '<script>alert("x")</script>'


@pytest.fixture
def session(company: Company) -> Session:
    """Session 1 with two questions, two items and a speaker on the first; committed."""
    row = make.session(
        workshop=company.workshop,
        starts_at=datetime(2026, 3, 2, 13, 30, tzinfo=UTC),
        ends_at=datetime(2026, 3, 2, 15, 0, tzinfo=UTC),
        questions=[make.question("One?"), make.question("Two?", position=2)],
        items=[make.item(), make.item(title=Words(en="A second talk"), position=2)],
    )
    row.appearances.append(make.appearance(item=row.items[0], organisation=make.organisation()))
    db.session.add(row)
    db.session.commit()
    return row


def filled(session: Session, **but: str) -> dict[str, str]:
    """What the form of the session sends when nothing is changed, but for what is."""
    sent = {
        "seen": str(session.revision),
        "title-en": session.title["en"],
        "format": session.format.value,
        "day": "2026-03-02",
        "start": "14:30",
        "end": "16:00",
        "room": "",
        "mode": "",
    }
    return sent | but


def asking(client: FlaskClient, session: Session, **but: str) -> dict[str, str]:
    """What the form of its guiding questions sends when nothing is changed, but for what is."""
    sent = {"seen": client.get(QUESTIONS).text.split('name="seen"')[1].split('value="')[1].split('"')[0]}
    for place, question in enumerate(session.questions):
        sent |= {f"questions-{place}-id": str(question.id), f"questions-{place}-place": str(place + 1)}
        sent[f"questions-{place}-text-en"] = question.text["en"]
    return sent | but


# desk


def test_desk_lists_the_draft_by_day(as_: SignedIn, session: Session) -> None:
    page = as_("ana").get(DESK).text
    assert "Monday 2 March" in page
    assert "14:30" in page
    assert "Partnerships" in page
    assert "2 guiding questions" in page
    assert "Ines Synthetic" in page


def test_a_long_agenda_comes_in_pages_in_order_of_time(as_: SignedIn, company: Company) -> None:
    numbers = range(1, A_PAGE + 3)
    for number in numbers:  # the last first
        starts_at = datetime(2026, 3, 2, 18, 0, tzinfo=UTC) - timedelta(minutes=number)
        db.session.add(make.session(workshop=company.workshop, number=number, starts_at=starts_at))
    db.session.commit()
    ana = as_("ana")
    shown = [re.findall(r'id="session-(\d+)"', ana.get(f"{DESK}?page={page}").text) for page in (1, 2, 99)]
    assert [*map(int, shown[0] + shown[1])] == [*reversed(numbers)]
    assert (len(shown[0]), shown[1] == shown[2]) == (A_PAGE, True)


def test_an_empty_desk_says_what_to_do(as_: SignedIn) -> None:
    assert "Add the first session" in as_("ana").get(DESK).text


def test_desk_shows_where_documents_stand(as_: SignedIn, session: Session) -> None:
    db.session.add(make.document(workshop=session.workshop, session=session, item=session.items[0]))
    page = as_("ana").get(DESK).text
    assert '<span class="state">expected</span>' in page


@pytest.mark.parametrize("length", [1, 3])
def test_desk_takes_a_fixed_number_of_statements(as_: SignedIn, company: Company, length: int) -> None:
    for number in range(1, length + 1):
        row = make.session(workshop=company.workshop, number=number, items=[make.item()])
        row.questions = [make.question() for _ in range(length)]
        row.appearances = [make.appearance(item=row.items[0]) for _ in range(length)]
        db.session.add_all([row, make.document(workshop=company.workshop, session=row, item=row.items[0])])
    ana = as_("ana")
    ana.fill(f"{DESK}/publish")
    with count_statements() as statements:
        ana.get(DESK)
    assert len(statements) == 10


# publish


def test_publishing_makes_a_release_that_the_public_reads_at_once(
    as_: SignedIn, client: FlaskClient, session: Session
) -> None:
    ana = as_("ana")
    assert "The public does not see an agenda yet" in ana.get(DESK).text
    ana.fill(f"{DESK}/publish")
    page = ana.get(DESK).text
    assert "The agenda is published." in page
    assert '<a href="/workshops/w/agenda">See the public page</a>' in page
    assert "A second talk" in client.get("/workshops/w/agenda").text
    assert db.session.scalars(db.select(Release.number)).all() == [1]
    assert db.session.scalars(db.select(AuditEntry.verb)).all() == ["publish agenda"]


def test_of_an_unpublished_workshop_no_public_page_is_promised(
    as_: SignedIn, company: Company, session: Session
) -> None:
    company.workshop.visibility = Visibility.PRIVATE
    ana = as_("ana")
    ana.fill(f"{DESK}/publish")
    page = ana.get(DESK).text
    assert "It will be visible once the workshop itself is public." in page
    assert "See the public page" not in page


def test_publishing_twice_is_publishing_once(as_: SignedIn, company: Company, session: Session) -> None:
    ana = as_("ana")
    ana.fill(f"{DESK}/publish")
    ana.fill(f"{DESK}/publish")
    assert db.session.scalars(db.select(Release.number)).all() == [1]
    assert company.workshop.version == 2


def test_publishing_at_the_same_moment_is_publishing_once(
    as_: SignedIn, app: Flask, company: Company, session: Session
) -> None:
    def publish(ana: FlaskClient) -> int:
        with app.app_context():
            return ana.post(f"{DESK}/publish", data={"seen": seen}).status_code

    anas = [as_("ana") for _ in range(4)]
    seen = matched(r'name="seen"[^>]*value="([^"]*)"', anas[0].get(f"{DESK}/publish").text)[1]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(publish, anas)) == [302] * 4
    assert db.session.scalars(db.select(Release.number)).all() == [1]


def test_desk_tells_what_publishing_would_change(as_: SignedIn, client: FlaskClient, session: Session) -> None:
    ana = as_("ana")
    ana.fill(f"{DESK}/publish")
    ana.post(ONE, data=filled(session, start="15:00", **{"title-fr": "Partenariats"}))
    page = ana.get(DESK).text
    assert "2 changes not yet published" in page
    assert "Session 1 moved from 14:30 to 15:00" in page
    assert "Session 1: new title in Français: “Partenariats”" in page
    assert ">15:00<" not in client.get("/workshops/w/agenda").text
    ana.fill(f"{DESK}/publish")
    assert ">15:00<" in client.get("/workshops/w/agenda").text
    assert "not yet published" not in ana.get(DESK).text


# add_session


def test_add_session(as_: SignedIn, company: Company) -> None:
    sent = {
        "title-en": "Welcome",
        "title-fr": "Bienvenue",
        "format": "welcome",
        "day": "2026-03-02",
        "start": "09:00",
        "end": "09:30",
        "room": "Room XIV",
        "questions-0-text-es": "¿Por qué?",
    }
    answer = as_("ana").post(f"{DESK}/sessions/new", data=sent)
    assert answer.location == f"{DESK}/sessions/0"
    row = db.session.scalars(db.select(Session)).one()
    assert (row.title, row.format, row.room.name) == ({"en": "Welcome", "fr": "Bienvenue"}, Format.WELCOME, "Room XIV")
    assert row.starts_at == datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    assert [question.text for question in row.questions] == [{"es": "¿Por qué?"}]


def test_a_refused_session_keeps_what_was_typed(as_: SignedIn, company: Company) -> None:
    sent = {
        "title-fr": "Bienvenue",
        "day": "2026-03-09",
        "start": "09:00",
        "end": "09:30",
        "questions-0-text-en": "Why?",
    }
    page = as_("ana").post(f"{DESK}/sessions/new", data=sent).text
    assert "<title>Error:" in page
    assert "9 March 2026 is outside the dates of the workshop" in page
    assert 'value="09:30"' in page
    assert "Bienvenue</textarea>" in page
    assert "Why?</textarea>" in page
    assert db.session.scalars(db.select(Session)).all() == []


# edit_session


def test_edit_session_shows_what_is_there(as_: SignedIn, session: Session) -> None:
    page = as_("ana").get(ONE).text
    assert 'value="2026-03-02"' in page
    assert 'value="14:30"' in page
    assert "Two?</textarea>" in as_("ana").get(QUESTIONS).text
    assert "Items" in as_("ana").get(ITEMS).text


def test_edit_session_changes_texts_and_times_and_leaves_its_questions(as_: SignedIn, session: Session) -> None:
    sent = filled(session, **{"title-es": "Alianzas", "start": "15.00", "mode": "chatham_house", "room": "Room 4"})
    assert as_("ana").post(ONE, data=sent).location == ONE
    assert [question.text["en"] for question in session.questions] == ["One?", "Two?"]
    assert (session.title["es"], session.revision, there(session.room).name) == ("Alianzas", 2, "Room 4")
    assert session.starts_at == datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


def test_a_part_saved_may_lead_to_the_next(as_: SignedIn, session: Session) -> None:
    ana = as_("ana")
    assert ana.post(ONE, data=filled(session, then="next")).location == QUESTIONS
    assert ana.post(QUESTIONS, data=asking(ana, session, then="next")).location == ITEMS


def test_edit_questions_adds_rewords_and_removes(as_: SignedIn, session: Session) -> None:
    first, second = (question.id for question in session.questions)
    more = {
        "questions-0-remove": "y",
        "questions-1-text-fr": "Deux ?",
        "questions-2-text-en": "Three?",
        "questions-2-place": "",
    }
    ana = as_("ana")
    assert ana.post(QUESTIONS, data=asking(ana, session, **more)).location == QUESTIONS
    assert [question.text for question in session.questions] == [{"en": "Two?", "fr": "Deux ?"}, {"en": "Three?"}]
    assert session.questions[0].id == second
    assert db.session.get(GuidingQuestion, first) is None


def test_a_question_moves_by_giving_it_another_place(as_: SignedIn, session: Session) -> None:
    ana = as_("ana")
    ana.post(QUESTIONS, data=asking(ana, session, **{"questions-1-place": "1"}))
    assert [question.text["en"] for question in session.questions] == ["Two?", "One?"]


def test_a_question_that_is_too_long_is_named_on_top(as_: SignedIn, session: Session) -> None:
    ana = as_("ana")
    page = ana.post(QUESTIONS, data=asking(ana, session, **{"questions-1-text-en": "x" * 1001})).text
    assert (
        '<a href="#questions">Guiding questions: English: 1001 characters are too many; at most 1000 fit.</a>' in page
    )
    assert page.count('aria-invalid="true"') == 3


def test_two_organisers_who_save_at_once_both_keep_their_text(as_: SignedIn, session: Session) -> None:
    hers, theirs = (
        filled(session, **{"title-en": "Her title", "room": "Room 7"}),
        filled(session, **{"title-en": f"Their title {EVIL}", "subtitle-en": "Their subtitle"}),
    )
    assert as_("ana").post(ONE, data=theirs).status_code == 302
    answer = as_("ana").post(ONE, data=hers)
    assert answer.status_code == 409
    assert "Someone else saved this while you were writing" in answer.text
    assert "Their title &lt;script&gt;" in answer.text
    assert EVIL not in answer.text
    assert "Their subtitle" in answer.text
    assert "Her title</textarea>" in answer.text
    assert session.title["en"].startswith("Their title")


def test_of_four_who_save_at_the_same_moment_one_wins_and_three_are_told(
    as_: SignedIn, app: Flask, session: Session
) -> None:
    def save(number: int) -> int:
        with app.app_context():
            return anas[number].post(ONE, data=sent | {"title-en": f"Title {number}"}).status_code

    anas, sent = [as_("ana") for _ in range(4)], filled(session)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(save, range(4)))
    db.session.refresh(session)
    assert sorted(answers) == [302, 409, 409, 409]
    assert (session.title["en"], session.revision) == (f"Title {answers.index(302)}", 2)


def test_after_a_conflict_she_chooses_field_by_field(as_: SignedIn, session: Session) -> None:
    before = filled(session)
    as_("ana").post(ONE, data=before | {"title-en": "Their title", "subtitle-en": "Their subtitle"})
    hers = {"seen": "2", "title-en": "Her title", "room": "Room 7", "subtitle-en": "Her subtitle"}
    second = before | hers | {"take.subtitle-en": "theirs"}
    assert as_("ana").post(ONE, data=second).status_code == 302
    assert (session.title["en"], there(session.room).name) == ("Her title", "Room 7")
    assert session.subtitle["en"] == "Their subtitle"


def test_questions_that_a_colleague_changed_meanwhile_are_asked_about(as_: SignedIn, session: Session) -> None:
    ana = as_("ana")
    hers, theirs = (
        asking(ana, session, **{"questions-0-text-en": text}) for text in ("Her question?", "Their question?")
    )
    assert ana.post(QUESTIONS, data=theirs).status_code == 302
    answer = ana.post(QUESTIONS, data=hers)
    assert answer.status_code == 409
    assert "Their question?" in answer.text
    assert "Her question?</textarea>" in answer.text
    assert session.questions[0].text["en"] == "Their question?"
    assert ana.post(ONE, data=filled(session)).status_code == 302, "the text of the session is another form"


def test_a_day_must_be_a_date(as_: SignedIn, session: Session) -> None:
    assert "Not a valid date value" in as_("ana").post(ONE, data=filled(session, day="soon")).text


# move_session, remove_session


def test_sessions_trade_numbers(as_: SignedIn, company: Company, session: Session) -> None:
    other = make.session(workshop=company.workshop, number=3, title=Words(en="Later"))
    db.session.add(other)
    answer = as_("ana").post(f"{DESK}/sessions/3/move?to=up")
    assert answer.location == ONE
    assert (other.number, session.number) == (1, 3)
    ana = as_("ana")
    ana.post(f"{DESK}/sessions/3/move?to=down")
    assert (other.number, session.number) == (1, 3)
    assert "already the last" in ana.get(DESK).text


def test_removing_a_session_names_what_goes_with_it(as_: SignedIn, session: Session) -> None:
    ana = as_("ana")
    page = ana.get(f"{ONE}/remove").text
    assert "2 guiding questions" in page
    assert "<cite>A second talk</cite>" in page
    assert "Ines Synthetic" in page
    assert ana.post(f"{ONE}/remove").location == DESK
    for kind in (Session, Item, GuidingQuestion, Appearance):
        assert db.session.scalars(db.select(kind)).all() == []
    assert db.session.scalars(db.select(AuditEntry.subject)).all() == ["w, session 1"]


@pytest.mark.parametrize("thing", [make.document, make.group])
def test_a_session_with_documents_or_groups_is_kept(
    as_: SignedIn, session: Session, thing: Callable[..., Document | Group]
) -> None:
    db.session.add(thing(workshop=session.workshop, session=session))
    ana = as_("ana")
    assert "cannot be removed yet" in ana.get(f"{ONE}/remove").text
    assert "cannot be removed yet" in ana.post(f"{ONE}/remove").text
    assert db.session.scalars(db.select(Session)).all() == [session]


# edit_item, move_item, remove_item


def test_edit_item(as_: SignedIn, session: Session) -> None:
    item = session.items[0]
    ana = as_("ana")
    page = ana.get(f"{ONE}/items/{item.id}").text
    sent = {
        "title-en": "A talk\r\nin  two lines",
        "title-fr": "Un exposé",
        "minutes": "20",
        "perspective": "origin",
        "role_label-en": "Host",
        "seen": seen(page),
    }
    assert ana.post(f"{ONE}/items/{item.id}", data=sent).location == ITEMS
    assert item.title == {"en": "A talk in two lines", "fr": "Un exposé"}
    assert (item.minutes, item.perspective, item.role_label) == (20, Perspective.ORIGIN, {"en": "Host"})


def seen(page: str) -> str:
    return page.split('name="seen" type="hidden" value="')[1].split('"')[0]


def test_two_organisers_on_one_item(as_: SignedIn, session: Session) -> None:
    ana, address = as_("ana"), f"{ONE}/items/{session.items[0].id}"
    before = seen(ana.get(address).text)
    assert ana.post(address, data={"title-en": "Theirs", "seen": before}).status_code == 302
    answer = ana.post(address, data={"title-en": "Hers", "seen": before})
    assert answer.status_code == 409
    assert session.items[0].title == {"en": "Theirs"}
    assert ana.post(address, data={"title-en": "Hers", "seen": seen(answer.text)}).status_code == 302
    assert session.items[0].title == {"en": "Hers"}


def test_an_item_without_speaker_needs_a_title(as_: SignedIn, session: Session) -> None:
    ana, address = as_("ana"), f"{ONE}/items/{session.items[1].id}"
    page = ana.post(address, data={"title-en": "", "seen": seen(ana.get(address).text)}).text
    assert "Give the item a title, a role or a speaker" in page


def test_items_move(as_: SignedIn, session: Session) -> None:
    as_("ana").post(f"{ONE}/items/{session.items[1].id}/move?to=up")
    assert [item.title["en"] for item in session.items] == ["A second talk", "A talk"]


def test_removing_an_item_takes_its_people_along_and_no_one_else(as_: SignedIn, session: Session) -> None:
    session.appearances.append(make.appearance(part=Part.CHAIR, position=2))
    ana, address = as_("ana"), f"{ONE}/items/{session.items[0].id}/remove"
    assert "Ines Synthetic" in ana.get(address).text
    assert ana.post(address).location == ITEMS
    assert [(item.position, item.title["en"]) for item in session.items] == [(1, "A second talk")]
    assert db.session.scalars(db.select(Appearance.part)).all() == [Part.CHAIR]


def test_an_item_with_a_document_is_kept(as_: SignedIn, session: Session) -> None:
    db.session.add(make.document(workshop=session.workshop, session=session, item=session.items[0]))
    page = as_("ana").post(f"{ONE}/items/{session.items[0].id}/remove").text
    assert "cannot be removed yet" in page
    assert len(session.items) == 2


def test_an_item_of_another_session_is_not_found(as_: SignedIn, company: Company, session: Session) -> None:
    db.session.add(make.session(workshop=company.workshop, number=2))
    assert as_("ana").get(f"{DESK}/sessions/2/items/{session.items[0].id}").status_code == 404


# people

SPEAKER = {
    "family_name": "Ndiaye (synthetic)",
    "given_name": "Awa",
    "honorific": "H.E.",
    "function-fr": "Directrice",
    "organisation": "office of examples",
    "country": "SEN",
    "part": "moderator",
    "item": "",
}


def test_add_person_to_the_session(as_: SignedIn, session: Session) -> None:
    assert as_("ana").post(f"{ONE}/people/new", data=SPEAKER).location == ITEMS
    who = session.appearances[-1]
    assert (who.person.display_name, who.part, who.item) == ("H.E. Awa Ndiaye (synthetic)", Part.MODERATOR, None)
    assert (who.function, who.country) == ({"fr": "Directrice"}, "SEN")
    assert there(who.organisation).name == {"en": "Office of Examples"}
    assert len(db.session.scalars(db.select(Organisation)).all()) == 1


def test_add_person_to_an_item(as_: SignedIn, session: Session) -> None:
    ana, item = as_("ana"), session.items[1]
    assert f'<option selected value="{item.id}">2. A second talk' in ana.get(f"{ONE}/people/new?item={item.id}").text
    ana.post(f"{ONE}/people/new", data=SPEAKER | {"item": str(item.id), "organisation": "New house"})
    assert session.appearances[-1].item is item
    assert there(session.appearances[-1].organisation).name == {"en": "New house"}


@pytest.mark.parametrize("fault", [{"family_name": ""}, {"country": "XXX"}, {"part": "king"}, {"item": "99"}])
def test_what_is_not_a_person_of_this_session_is_refused(
    as_: SignedIn, session: Session, fault: dict[str, str]
) -> None:
    page = as_("ana").post(f"{ONE}/people/new", data=SPEAKER | fault).text
    assert "<title>Error:" in page
    assert "Awa" in page
    assert len(session.appearances) == 1


def test_edit_person(as_: SignedIn, session: Session) -> None:
    who, ana = session.appearances[0], as_("ana")
    address = f"{ONE}/people/{who.id}"
    page = ana.get(address).text
    assert 'value="Office of Examples"' in page
    ana.post(address, data=SPEAKER | {"seen": seen(page), "name_as_published": "NDIAYE Awa"})
    assert (who.person.display_name, who.part, who.item) == ("H.E. NDIAYE Awa", Part.MODERATOR, None)
    assert ana.post(address, data=SPEAKER | {"seen": seen(page)}).status_code == 409


def test_a_corrected_name_is_printed_even_where_the_printed_form_was_kept(as_: SignedIn, session: Session) -> None:
    who, ana = session.appearances[0], as_("ana")
    who.person.name_as_published = "Ines Synthetic"
    page = ana.get(f"{ONE}/people/{who.id}").text
    assert 'id="name_as_published" maxlength="200" name="name_as_published" type="text" value=""' in page
    ana.post(f"{ONE}/people/{who.id}", data=SPEAKER | {"honorific": "", "given_name": "Inès", "seen": seen(page)})
    assert who.person.display_name == "Inès Ndiaye (synthetic)"


def test_remove_person(as_: SignedIn, session: Session) -> None:
    who, ana = session.appearances[0], as_("ana")
    assert "Ines Synthetic" in ana.get(f"{ONE}/people/{who.id}/remove").text
    assert ana.post(f"{ONE}/people/{who.id}/remove").location == ITEMS
    assert session.appearances == []


# names and titles are data, never markup


def test_a_script_as_a_name_is_printed_as_text_everywhere(
    as_: SignedIn, client: FlaskClient, company: Company, session: Session
) -> None:
    who = session.appearances[0]
    session.title, session.items[0].title, who.function = Words(en=EVIL), Words(en=EVIL), Words(en=EVIL)
    there(who.organisation).name, session.questions[0].text = Words(en=EVIL), Words(en=EVIL)
    who.person.family_name = who.person.honorific = EVIL
    session.revision = 5
    ana = as_("ana")
    ana.fill(f"{DESK}/publish")
    session.items[0].position, session.questions[1].text = 3, Words(en=EVIL + "2")
    pages = [
        DESK,
        ONE,
        f"{ONE}/remove",
        f"{ONE}/items/{session.items[0].id}",
        f"{ONE}/items/{session.items[0].id}/remove",
        f"{ONE}/people/{who.id}",
        f"{ONE}/people/{who.id}/remove",
        f"{ONE}/people/new",
        "/workshops/w/agenda",
        "/workshops/w/speakers",
        f"{ONE}/items/new",
        f"{ONE}/documents/new",
    ]
    for address in pages:
        answer = ana.get(address)
        assert answer.status_code == 200, address
        assert "<script>alert" not in answer.text, address
        assert "&lt;script&gt;alert" in answer.text, address


# who may

EVERY = [DESK, f"{DESK}/sessions/new", ONE, f"{ONE}/remove", f"{ONE}/people/new"]


@pytest.mark.parametrize("address", EVERY)
def test_only_organisers_of_the_workshop_may(as_: SignedIn, session: Session, address: str) -> None:
    assert as_("ana").get(address).status_code == 200
    for name in ("ben", "chi", "eva"):
        assert as_(name).get(address).status_code == 403
    assert as_("dov").get(address).status_code == 404
    assert as_("oto").get(address).status_code == 404
    assert as_("nobody").get(address).location.startswith("/sign-in?next=")


def test_nobody_else_can_publish(as_: SignedIn, session: Session) -> None:
    for name in ("ben", "eva", "dov", "oto", "nobody"):
        as_(name).post(f"{DESK}/publish")
    assert db.session.scalars(db.select(Release)).all() == []


def test_what_is_said_of_the_draft_follows_whatever_changes_in_it(as_: SignedIn, session: Session) -> None:
    """Much of it is kept from page to page: a change past the objects, in the register or in a group is seen too."""
    ana = as_("ana")
    ana.fill(f"{DESK}/publish")
    assert "The public sees the agenda as shown here" in ana.get(DESK).text
    who = session.appearances[0].person
    db.session.execute(db.update(Person).where(Person.id == who.id).values(name_as_published="Another Name"))
    db.session.commit()
    assert "One change not yet published" in ana.get(DESK).text
    db.session.add(Group(workshop=session.workshop, session=session, number=1, topic=Words(en="A topic")))
    db.session.commit()
    assert "2 changes not yet published" in ana.get(DESK).text
    ana.fill(f"{DESK}/publish")
    assert "The public sees the agenda as shown here" in ana.get(DESK).text


def test_a_session_before_the_first_has_no_number_on_a_page(as_: SignedIn, company: Company) -> None:
    db.session.add(make.session(workshop=company.workshop, number=0, title=Words(en="Welcome")))
    db.session.add(make.session(workshop=company.workshop, number=1, title=Words(en="Opening")))
    db.session.commit()
    ana = as_("ana")
    for page in ("desk/agenda", "desk/breakouts", "desk/agenda/timetable", "desk/agenda/sessions/0"):
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", ana.get(f"/workshops/w/{page}").text))
        assert "Welcome" in text, page
        assert "0. Welcome" not in text, page
        assert "Session 0 " not in text, page
