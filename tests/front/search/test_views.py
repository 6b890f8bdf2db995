"""Search on a real database: what is found, how it is shown, and what never leaks."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from tests.platform.test_access import publish_agenda
from tests.programme.papers.conftest import clock
from tests.stored_rows import Rows, put_rows, rows_after
from workshop.deliberation.editions.models import EditionState
from workshop.deliberation.plenary.models import Block, PlenaryReport
from workshop.deliberation.plenary.paragraphs import Chapter, Paragraph
from workshop.demonstration.loader import load_2005
from workshop.platform.db import Words, db
from workshop.platform.search_normalise import vocabulary, words
from workshop.programme.agenda.formats import Format
from workshop.programme.agenda.models import Session
from workshop.programme.papers.models import Document, DocumentFile, Embargo, Examined, FileText, State
from workshop.secretariat.series.models import Visibility

__all__ = ["clock"]
PUBLIC, DESK = "/workshops/w/search", "/workshops/w/desk/search"
ENDS = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def search(client: FlaskClient, q: str, address: str = PUBLIC) -> str:
    answer = client.get(address, query_string={"q": q})
    assert answer.status_code == 200
    return answer.text.split("<main", 1)[1].split("</main>")[0]


def a_file(text: str, language: str = "en", version: int = 1, **but: Any) -> FileText:
    file = DocumentFile(
        language=language,
        version=version,
        stored_as="0" * 64,
        filename="paper.pdf",
        size=10,
        media_type="application/pdf",
        received_at=make.NOON,
        examined=Examined.DONE,
        **but,
    )
    folded = f" {' '.join(words(text))} "
    return FileText(file=file, text=text, folded=folded, words=" ".join(sorted(vocabulary(text))))


@pytest.fixture
def session(company: Company) -> Session:
    row = make.session(
        workshop=company.workshop,
        items=[make.item(title=Words(en="Money sent home"))],
        starts_at=ENDS - timedelta(hours=1),
        ends_at=ENDS,
    )
    row.appearances.append(
        make.appearance(
            item=row.items[0],
            person=make.person(family_name="Quispe-Ñáñez"),
            organisation=make.organisation(name=Words(en="Office of Examples")),
            country="TUN",
        )
    )
    db.session.add(row)
    db.session.commit()
    return row


def paper(session: Session, *texts: FileText, **but: Any) -> Document:
    """A document whose files say these texts; published unless said otherwise."""
    files = [each.file for each in texts]
    row = make.document(workshop=session.workshop, session=session, files=files, **({"state": State.PUBLISHED} | but))
    db.session.add_all([row, *texts])
    db.session.commit()
    return row


@pytest.fixture(scope="module")
def rows_of_2005(built_app: Flask) -> Rows:
    return rows_after(built_app, load_2005)


@pytest.fixture
def demonstration(app: Flask, rows_of_2005: Rows) -> str:
    put_rows(rows_of_2005)
    return "/workshops/migration-and-development-2005/search"


# the workshop of 2005


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("codeveloppement", "Le <mark>Codeveloppment</mark>"),
        ("codéveloppement", "Le <mark>Codeveloppment</mark>"),
        ("co-développement", "Le <mark>Codeveloppment</mark>"),
        ("co développement", "Le <mark>Codeveloppment</mark>"),
        ("CODEVELOPEMENT", "Le <mark>Codeveloppment</mark>"),
        ("Millenium", "The <mark>Millennium</mark> Development Goals"),
        ("Millennium", "The <mark>Millenium</mark> Development Goals"),
        ("goals milennium", "The <mark>Millenium</mark> Development <mark>Goals</mark>"),
        ("ministere de l'interieur", "<mark>Ministère</mark> de l&#39;<mark>Intérieur</mark>"),
        ("Suseks", None),
        ("tunisie", "<mark>Tunisia</mark>"),
    ],
)
def test_other_spellings_find_it(client: FlaskClient, demonstration: str, typed: str, title: str | None) -> None:
    page = search(client, typed, demonstration)
    if title is None:
        assert "Nothing was found for" in page
    else:
        assert title in page


def test_the_best_comes_first(client: FlaskClient, demonstration: str) -> None:
    page = search(client, "codeveloppement", demonstration)
    assert page.index("Codeveloppment") < page.index("</h3>")


# what is shown


def test_groups_excerpts_and_links(client: FlaskClient, session: Session, company: Company) -> None:
    session.note = Words(en="Interpretation is offered.", fr="L’interprétation est assurée.")
    row = paper(
        session, a_file("Les transferts de fonds aident. " * 3, "fr"), symbol="IDM/2005/3", author="A secretariat"
    )
    paragraph = Paragraph(
        chapter=Chapter.OPENING,
        number=7,
        text=Words(en="{0} spoke of remittances."),
        originals=[Words({"": "An office"})],
    )
    db.session.add(make.edition(workshop=company.workshop, paragraphs=[paragraph], state=EditionState.RELEASED))
    publish_agenda(company)
    assert 'href="/workshops/w/agenda#session-1"' in search(client, "partnerships")
    assert '<p lang="fr" dir="ltr">L’interprétation est <mark>assurée</mark>.</p>' in search(client, "assuree")
    assert "<p><mark>Interpretation</mark> is offered.</p>" in search(client, "interprétation")
    page = search(client, "transferts")
    assert "Papers" in page
    assert f'href="/papers/{row.key}/fr"' in page
    assert '<p lang="fr" dir="ltr">Les <mark>transferts</mark>' in page
    page = search(client, "remittances")
    assert 'href="/workshops/w/reports/plenary#p7"' in page
    assert "An office spoke of <mark>remittances</mark>." in page
    page = search(client, "quispe nanez")
    assert "<mark>Quispe</mark>-<mark>Ñáñez</mark>" in page or "<mark>Quispe-Ñáñez</mark>" in page
    assert "People" in page
    for symbol in ("IDM/2005/3", "idm/2005/3", '"idm 2005 3"', "IDM 2005 3"):
        assert f"/papers/{row.key}/fr" in search(client, symbol)
    assert "/papers/" not in search(client, "IDM/2005/4")


def test_words_in_any_order_phrases_in_theirs(client: FlaskClient, session: Session, company: Company) -> None:
    paper(session, a_file("The policy of coherence and the coherence of policy are two things."))
    publish_agenda(company)
    assert "/papers/" in search(client, "things policy coherence")
    assert "/papers/" in search(client, '"coherence of policy" things')
    assert "/papers/" not in search(client, '"policy coherence"')
    assert "/papers/" not in search(client, "policy nonsense")


def test_nothing_asked_and_nothing_found_say_what_to_do(
    client: FlaskClient, session: Session, company: Company
) -> None:
    publish_agenda(company)
    assert "small typing errors are tolerated" in search(client, "")
    page = search(client, "<script>alert(1)</script> zzzqqq")
    assert "Try fewer words" in page
    assert "<script" not in page
    assert "One result" not in page


@pytest.mark.parametrize(
    "typed", ["%", "_", "\\", "'", '"', "';--", "a" * 10_000, "\0", "(", '"%"', '"_"', "هجرة", "\ud83d"]
)
def test_strange_questions_are_answered(client: FlaskClient, session: Session, company: Company, typed: str) -> None:
    paper(session, a_file("A text"))
    publish_agenda(company)
    assert "/papers/" not in search(client, typed.encode("utf-8", "replace").decode())


def test_twenty_of_a_group_are_shown_and_the_rest_counted(client: FlaskClient, company: Company) -> None:
    for number in range(1, 25):
        db.session.add(make.session(workshop=company.workshop, number=number, title=Words(en=f"Partnership {number}")))
    publish_agenda(company)
    page = search(client, "partnership")
    assert "24 results" in page
    assert page.count("<h3") == 20
    assert "4 more. Add a word" in page


def test_the_box_stands_on_public_pages_and_the_desk(
    as_: SignedIn, client: FlaskClient, session: Session, company: Company
) -> None:
    publish_agenda(company)
    for place in ("", "agenda", "speakers"):
        assert 'role="search"' in client.get(f"/workshops/w/{place}").text
    assert 'action="/workshops/w/desk/search"' in as_("ana").get("/workshops/w/desk/agenda").text
    assert 'role="search"' not in as_("ben").get("/workshops/w/desk/").text
    assert client.get("/workshops/w/search?q=x").headers["Cache-Control"] == "private, no-store"


# what organisers find beside


def test_organisers_find_drafts_and_received_papers(as_: SignedIn, client: FlaskClient, session: Session) -> None:
    row = paper(session, a_file("Canary in a received paper"), state=State.RECEIVED)
    report = PlenaryReport(workshop=session.workshop, slug="plenary", title=Words(en="Report"))
    report.blocks.append(Block(chapter=Chapter.OPENING, position=1, words=Words(en="Canary of a draft.")))
    db.session.add(report)
    session.note = Words(en="Canary of an agenda")
    ana = as_("ana")
    page = search(ana, "canary", DESK)
    assert f"/workshops/w/desk/papers/{row.key}" in page
    assert "/workshops/w/desk/agenda/sessions/1" in page
    assert "/workshops/w/desk/reports/plenary/edit/opening#b" in page
    assert "3 results" in page
    assert "canary" not in search(client, "canary").replace("Nothing was found for “canary”", "").replace(
        'value="canary"', ""
    )


# what never leaks


def hidden(client: FlaskClient, canary: str = "canary") -> None:
    page = search(client, canary)
    assert "Nothing was found" in page
    assert page.casefold().count(canary) == 2  # the box and the sentence that nothing was found
    assert "Nothing was found" in search(client, f'"{canary} bird"')
    assert "Nothing was found" in search(client, canary[:4])


@pytest.mark.parametrize("state", [each for each in State if each is not State.PUBLISHED])
def test_papers_that_are_not_published_stay_hidden(
    client: FlaskClient, session: Session, company: Company, state: State
) -> None:
    paper(session, a_file("A canary bird sings"), state=state, title=Words(en="Canary bird"), symbol="CANARY/1")
    publish_agenda(company)
    hidden(client)


def test_papers_under_embargo_stay_hidden_until_it_ends(
    as_: SignedIn, client: FlaskClient, session: Session, company: Company, clock: Callable[[datetime], None]
) -> None:
    paper(session, a_file("A canary bird sings"), embargo=Embargo.SESSION_ENDS)
    until = paper(session, a_file("A parrot bird sings"), embargo=Embargo.UNTIL, embargo_until=ENDS)
    publish_agenda(company)
    clock(ENDS - timedelta(seconds=1))
    hidden(client)
    hidden(client, "parrot")
    for name in ("ben", "chi", "eva"):
        assert "Nothing was found" in search(as_(name), "canary")
    assert "<mark>canary</mark>" in search(as_("ana"), "canary", DESK)
    clock(ENDS)
    assert "<mark>canary</mark>" in search(client, "canary")
    assert f"/papers/{until.key}/en" in search(client, "parrot")
    session.ends_at = None
    hidden(client)


def test_held_and_replaced_versions_stay_hidden(client: FlaskClient, session: Session, company: Company) -> None:
    paper(
        session,
        a_file("A canary bird sings"),
        a_file("A finch sings", version=2),
        a_file("A parrot bird", version=3, held=True),
    )
    publish_agenda(company)
    hidden(client)
    hidden(client, "parrot")
    assert "<mark>finch</mark>" in search(client, "finch")


def test_what_the_released_agenda_does_not_have_stays_hidden(
    client: FlaskClient, session: Session, company: Company
) -> None:
    publish_agenda(company)
    session.note, session.title = Words(en="A canary bird"), Words(en="Canary session")
    item = make.item(position=2, title=Words(en="Canary item"))
    session.items.append(item)
    later = make.session(workshop=company.workshop, number=2, title=Words(en="Canary later"), format=Format.BREAKOUT)
    db.session.add(make.group(workshop=company.workshop, session=later, topic=Words(en="Canary group")))
    db.session.add(later)
    session.appearances.append(make.appearance(person=make.person(family_name="Canary"), item=item))
    db.session.commit()
    paper(session, a_file("A canary bird sings"), item=item)
    paper(later, a_file("A canary bird sings"))
    hidden(client)


def test_drafts_of_reports_stay_hidden(client: FlaskClient, session: Session, company: Company) -> None:
    paragraph = Paragraph(chapter=Chapter.OPENING, number=1, text=Words(en="A canary bird."))
    for number, state in enumerate((EditionState.DRAFT, EditionState.CLEARED, EditionState.WITHDRAWN), 1):
        db.session.add(make.edition(workshop=company.workshop, slug=f"r{number}", paragraphs=[paragraph], state=state))
    publish_agenda(company)
    hidden(client)


def test_other_workshops_stay_hidden(as_: SignedIn, client: FlaskClient, session: Session, company: Company) -> None:
    foreign = make.session(workshop=company.other_workshop, title=Words(en="Canary bird"))
    db.session.add(foreign)
    paper(foreign, a_file("A canary bird sings"))
    publish_agenda(company)
    hidden(client)
    assert "Nothing was found" in search(as_("ana"), "canary", DESK)
    company.workshop.visibility = Visibility.PRIVATE
    assert client.get(PUBLIC).status_code == 404


# its cost


@pytest.mark.parametrize("length", [1, 3])
@pytest.mark.parametrize(("name", "address", "expected"), [("nobody", PUBLIC, 11), ("ana", DESK, 13)])
def test_it_takes_a_fixed_number_of_statements(
    as_: SignedIn, company: Company, length: int, name: str, address: str, expected: int
) -> None:
    for number in range(1, length + 1):
        row = make.session(workshop=company.workshop, number=number, items=[make.item() for _ in range(length)])
        row.appearances = [make.appearance(item=row.items[0]) for _ in range(length)]
        row.questions = [make.question(f"Partnership {n}?") for n in range(length)]
        db.session.add(row)
        for _ in range(length):
            paper(row, a_file("Partnership matters"), a_file("Le partnership compte", "fr"))
    publish_agenda(company)
    client = as_(name)
    with count_statements() as statements:
        page = search(client, 'partnership "matters"', address)
    assert "<mark>matters</mark>" in page
    assert len(statements) == expected
    with count_statements() as again:
        assert search(client, 'partnership "matters"', address) == page
    assert len(again) < expected, "the index is not made again where nothing has changed"
