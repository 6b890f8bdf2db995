"""What may happen to an expected document, without a database."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests import factories as make
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.programme.papers import rules
from workshop.programme.papers.models import Document, DocumentFile, Kind, State
from workshop.programme.papers.rules import DocumentText, Received, Verb
from workshop.programme.releases.released import sessions_of
from workshop.programme.releases.rules import as_published

LATER = make.NOON + timedelta(days=1)
ACTS = {
    Verb.CLEAR: (rules.clear, State.IN_CLEARANCE),
    Verb.PUBLISH: (rules.publish, State.PUBLISHED),
    Verb.MARK_NOT_PROVIDED: (rules.mark_not_provided, State.NOT_PROVIDED),
    Verb.WITHDRAW: (rules.withdraw, State.WITHDRAWN),
    Verb.EXPECT_AGAIN: (rules.expect_again, State.EXPECTED),
}


def document(state: State = State.EXPECTED, files: int = 0, **but: Any) -> Document:
    workshop = make.workshop()
    session = make.session(workshop=workshop)
    rows = [a_file(version) for version in range(1, files + 1)]
    return make.document(workshop=workshop, session=session, state=state, files=rows, **but)


def a_file(version: int = 1, language: str = "en") -> DocumentFile:
    return DocumentFile(
        language=language,
        version=version,
        stored_as="0" * 64,
        filename="paper.pdf",
        media_type="application/pdf",
        size=10,
        received_at=make.NOON,
    )


def received(language: str = "en") -> Received:
    return Received(language, "0" * 64, "paper.pdf", "application/pdf", 10)


@pytest.mark.parametrize(
    ("state", "files", "verbs"),
    [
        (State.EXPECTED, 0, [Verb.MARK_NOT_PROVIDED, Verb.REMOVE]),
        (State.EXPECTED, 1, [Verb.MARK_NOT_PROVIDED, Verb.WITHDRAW]),
        (State.RECEIVED, 1, [Verb.CLEAR, Verb.PUBLISH, Verb.WITHDRAW]),
        (State.IN_CLEARANCE, 1, [Verb.PUBLISH, Verb.WITHDRAW]),
        (State.PUBLISHED, 1, [Verb.WITHDRAW]),
        (State.PUBLISHED, 0, [Verb.WITHDRAW]),
        (State.NOT_PROVIDED, 0, [Verb.EXPECT_AGAIN, Verb.REMOVE]),
        (State.WITHDRAWN, 1, [Verb.PUBLISH, Verb.EXPECT_AGAIN]),
        (State.WITHDRAWN, 0, [Verb.PUBLISH, Verb.EXPECT_AGAIN]),
    ],
)
def test_what_is_possible_is_what_is_done_and_nothing_else(state: State, files: int, verbs: list[Verb]) -> None:
    assert rules.possible(document(state, files)) == verbs
    for verb, (act, outcome) in ACTS.items():
        paper = document(state, files)
        if verb in verbs:
            act(paper, at=LATER)
            assert (paper.state, paper.state_since) == (outcome, LATER)
        else:
            with pytest.raises(RuleBroken):
                act(paper, at=LATER)
            assert (paper.state, paper.state_since) == (state, None)


def test_publishing_without_a_file_says_what_to_do() -> None:
    with pytest.raises(RuleBroken, match="Upload one first"):
        rules.publish(document(State.RECEIVED), at=LATER)


@pytest.mark.parametrize(
    ("act", "state", "grows"),
    [
        (rules.clear, State.RECEIVED, 0),
        (rules.publish, State.RECEIVED, 1),
        (rules.withdraw, State.PUBLISHED, 1),
        (rules.withdraw, State.RECEIVED, 0),
        (rules.mark_not_provided, State.EXPECTED, 1),
        (rules.expect_again, State.NOT_PROVIDED, 1),
        (rules.expect_again, State.WITHDRAWN, 0),
    ],
)
def test_readers_hear_of_what_they_can_see(act: Callable[..., None], state: State, grows: int) -> None:
    paper = document(state, files=1)
    act(paper, at=LATER)
    assert paper.workshop.version == 1 + grows


@pytest.mark.parametrize("state", [s for s in State if s is not State.PUBLISHED])
def test_a_file_makes_a_document_received_from_then_on(state: State) -> None:
    paper = document(state)
    row = rules.receive(paper, received(), by=3, at=LATER)
    assert (paper.state, row.version, row.received_at, row.received_from) == (State.RECEIVED, 1, LATER, 3)
    assert paper.state_since == (None if state is State.RECEIVED else LATER)
    assert paper.workshop.version == (2 if state is State.NOT_PROVIDED else 1)


def test_a_published_document_stays_so_and_shows_the_new_version() -> None:
    paper = document(State.PUBLISHED, files=2)
    assert rules.receive(paper, received(), by=3, at=LATER).version == 3
    assert rules.receive(paper, received("fr"), by=3, at=LATER).version == 1
    assert (paper.state, paper.workshop.version) == (State.PUBLISHED, 3)
    assert {code: file.version for code, file in paper.current_files.items()} == {"en": 3, "fr": 1}


def test_a_document_with_files_is_not_removed() -> None:
    with pytest.raises(RuleBroken):
        rules.remove(document(State.EXPECTED, files=1))
    missing = document(State.NOT_PROVIDED)
    rules.remove(missing)
    assert missing.workshop.version == 2


def test_expecting_a_document() -> None:
    item = make.item()
    session = make.session(items=[item])
    text = DocumentText(Kind.STATEMENT, Words(en="On partners"), "Somebody", ["en", "fr"], date(2026, 2, 20))
    paper = rules.expect(session, item, text)
    assert (paper.workshop, paper.session, paper.item) == (session.workshop, session, item)
    assert (paper.kind, paper.languages, paper.due_on) == (Kind.STATEMENT, ["en", "fr"], date(2026, 2, 20))
    assert (paper.state, session.workshop.version) == (State.EXPECTED, 1)


@pytest.mark.parametrize(
    ("state", "due", "late"),
    [
        (State.EXPECTED, date(2026, 3, 1), True),
        (State.EXPECTED, date(2026, 3, 2), False),
        (State.EXPECTED, None, False),
        (State.RECEIVED, date(2026, 3, 1), False),
    ],
)
def test_overdue_is_expected_and_past_its_day(state: State, due: date | None, late: bool) -> None:
    assert rules.is_overdue(document(state, due_on=due), today=date(2026, 3, 2)) is late


def test_who_provides_it() -> None:
    item, other = make.item(), make.item(position=2)
    item.id, other.id = 1, 2
    session = make.session(items=[item, other])
    for place, family in ((item, "Synthetic"), (item, "Second"), (other, "Third")):
        session.appearances.append(make.appearance(item=place, person=make.person(family_name=family)))
        session.appearances[-1].item_id = place.id
    paper = make.document(session=session, item=item)
    paper.item_id = item.id
    assert rules.providers(paper) == "Ines Synthetic, Ines Second"
    assert rules.providers(make.document(session=session, author="A secretariat")) == "A secretariat"
    assert rules.providers(make.document(session=session)) == ""


def test_in_the_order_of_the_programme() -> None:
    first, second = make.session(number=1), make.session(number=2)
    papers = [
        make.document(session=second),
        make.document(session=first, item=make.item(position=2)),
        make.document(session=first),
        make.document(session=first, item=make.item(position=1)),
    ]
    for id, paper in enumerate(papers, 1):
        paper.id = id
    assert [paper.id for paper in rules.in_order(papers)] == [3, 4, 2, 1]


def test_whether_the_public_agenda_lists_it() -> None:
    paper, whole = make.document(), make.document()
    paper.session_id, paper.item_id, whole.session_id = 7, 21, 7
    session = make.session(items=[make.item()])
    session.id, session.items[0].id = 7, 20
    agenda = sessions_of(as_published([session]))
    assert not rules.is_listed(paper, agenda)
    session.items.append(make.item(position=2))
    session.items[1].id = 21
    assert rules.is_listed(paper, sessions_of(as_published([session])))
    assert rules.is_listed(whole, agenda)
    assert not rules.is_listed(whole, [])
