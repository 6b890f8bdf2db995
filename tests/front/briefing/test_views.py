"""What those who serve sessions read before the public: the draft agenda, briefings, and papers under embargo."""

import pytest

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from workshop.platform import files
from workshop.platform.db import Words, db
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Session
from workshop.programme.papers.models import Document, DocumentFile, Embargo, State
from workshop.programme.session_roles.models import SessionRole
from workshop.secretariat.series.models import Membership, Role

DRAFT = "/workshops/w/desk/programme"


@pytest.fixture
def paper(company: Company) -> Document:
    """A paper under embargo on an item of session 1."""
    session, item = make.session(workshop=company.workshop), make.item(minutes=20)
    session.items.append(item)
    session.questions.append(make.question())
    session.appearances.append(make.appearance(item=item))
    row = make.document(workshop=company.workshop, session=session, item=item, state=State.PUBLISHED)
    row.embargo = Embargo.SESSION_ENDS
    row.files.append(
        DocumentFile(
            language="en",
            version=1,
            stored_as=files.put(b"%PDF-1.4 a test"),
            filename="a paper.pdf",
            media_type="application/pdf",
            size=15,
            received_at=make.NOON,
        )
    )
    db.session.add_all([row, make.session(workshop=company.workshop, number=2, title=Words(en="Another"))])
    db.session.commit()
    return row


def test_a_chair_finds_questions_speakers_minutes_and_papers(as_: SignedIn, paper: Document) -> None:
    eva = as_("eva")
    assert f'href="{DRAFT}/1"' in eva.get(DRAFT).text
    page = eva.get(f"{DRAFT}/1").text
    for said in ("What works?", "Ines Synthetic", "20 minutes", "under embargo", "On record: what is said"):
        assert said in page
    address = f"{DRAFT}/papers/{paper.key}/en"
    assert f'href="{address}"' in page
    assert eva.get(address).data == b"%PDF-1.4 a test"


def test_who_serves_another_session_does_not_read_papers_before_the_public(
    as_: SignedIn, company: Company, paper: Document
) -> None:
    address = f"{DRAFT}/papers/{paper.key}/en"
    second = db.session.scalars(db.select(Session).where(Session.number == 2)).one()
    limited = Membership(user=company.ben, workshop=company.workshop, role=Role.CHAIR, limited=True)
    db.session.add_all([limited, SessionRole(session=second, user=company.ben, role=Part.CHAIR)])
    ben = as_("ben")
    page = ben.get(f"{DRAFT}/1").text
    assert "Papers that are not public yet" in page
    assert address not in page
    assert ben.get(address).status_code == 404
    first = db.session.scalars(db.select(Session).where(Session.number == 1)).one()
    db.session.add(SessionRole(session=first, user=company.ben, role=Part.MODERATOR))
    assert ben.get(address).status_code == 200


def test_a_role_in_some_sessions_opens_nothing_of_the_whole_workshop(
    as_: SignedIn, company: Company, paper: Document
) -> None:
    db.session.add(Membership(user=company.ben, workshop=company.workshop, role=Role.CHAIR, limited=True))
    ben = as_("ben")
    assert ben.get("/workshops/w/desk/reports").status_code == 403
    assert "/workshops/w/desk/reports" not in ben.get("/workshops/w/desk/").text
    assert ben.get(DRAFT).status_code == 200


@pytest.mark.parametrize("more", [0, 10])
def test_both_pages_take_few_statements_whatever_their_length(
    as_: SignedIn, company: Company, paper: Document, more: int
) -> None:
    for number in range(3, 3 + more):
        session = make.session(workshop=company.workshop, number=number)
        session.appearances.append(make.appearance(part=Part.CHAIR))
        db.session.add(session)
    eva = as_("eva")
    eva.get(DRAFT)
    for address, most in ((DRAFT, 5), (f"{DRAFT}/1", 9)):
        with count_statements() as statements:
            eva.get(address)
        assert len(statements) == most, statements


def test_a_long_draft_comes_in_pages(as_: SignedIn, company: Company) -> None:
    for number in range(1, 28):
        db.session.add(make.session(workshop=company.workshop, number=number, title=Words(en=f"Talk {number}.")))
    db.session.commit()
    ana = as_("ana")
    pages = [ana.get(f"{DRAFT}?page={page}").text for page in (1, 2)]
    assert [[f"Talk {number}." in page for number in (1, 25, 26, 27)] for page in pages] == [
        [True, True, False, False],
        [False, False, True, True],
    ]
    assert 'rel="next"' in pages[0]
    assert 'rel="prev"' in pages[1]
