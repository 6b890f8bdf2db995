"""Document symbols and what belongs to them."""

import pytest
from flask.testing import FlaskClient

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.platform.test_access import publish_agenda
from tests.programme.papers.test_views import DESK, at
from workshop.platform.db import Words, db
from workshop.platform.errors import RuleBroken
from workshop.programme.agenda.models import Session
from workshop.programme.papers import symbols
from workshop.programme.papers.models import Document, State, SymbolKind

REV, CORR, ADD = SymbolKind


@pytest.mark.parametrize(
    ("parts", "printed", "key"),
    [
        (("IDM/2005/3", None, None), "IDM/2005/3", "idm/2005/3"),
        (("IDM/2005/3", REV, 1), "IDM/2005/3/Rev.1", "idm/2005/3/rev.1"),
        (("Idm / 2005 / 3", CORR, 2), "Idm / 2005 / 3/Corr.2", "idm/2005/3/corr.2"),
        (("RÉUNION/1", ADD, 12), "RÉUNION/1/Add.12", "reunion/1/add.12"),
        (("", None, None), "", None),
    ],
)
def test_how_it_is_printed_and_compared(
    parts: tuple[str, SymbolKind | None, int | None], printed: str, key: str | None
) -> None:
    assert symbols.full_symbol(*parts) == printed
    assert symbols.key(*parts) == key


@pytest.mark.parametrize(
    ("parts", "field"),
    [(("", CORR, 1), "symbol"), (("IDM/1", CORR, None), "symbol_number"), (("idm/1", None, None), "symbol")],
)
def test_incomplete_or_taken_is_refused(parts: tuple[str, SymbolKind | None, int | None], field: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        symbols.refuse_unless_sound(*parts, taken={"idm/1"})
    assert refusal.value.field == field


def numbered(id: int, symbol: str = "", kind: SymbolKind | None = None, number: int | None = None) -> Document:
    row = make.document(symbol=symbol, symbol_kind=kind, symbol_number=number)
    row.id = id
    return row


def test_corrigenda_and_addenda_stand_under_the_newest_revision() -> None:
    rows = [
        numbered(1, "IDM/1", ADD, 1),
        numbered(2, "IDM/1"),
        numbered(3, "IDM/1", REV, 1),
        numbered(4, "IDM/1", CORR, 2),
        numbered(5, "IDM/1", CORR, 1),
        numbered(6),
        numbered(7, "IDM/9", CORR, 1),
    ]
    found = [(row.id, [each.id for each in below]) for row, below in symbols.families(rows)]
    assert found == [(2, []), (3, [1, 5, 4]), (6, []), (7, [])]


def test_two_documents_of_a_workshop_never_share_a_symbol(as_: SignedIn, session: Session, company: Company) -> None:
    ana, address = as_("ana"), "/workshops/w/desk/agenda/sessions/1/documents/new"
    assert ana.post(address, data={"kind": "statement", "symbol": "IDM/2005/3"}).status_code == 302
    page = ana.post(address, data={"kind": "other", "symbol": "idm/2005/3", "title-en": "Kept as typed"}).text
    assert "Another document of the workshop has the symbol idm/2005/3" in page
    assert "Kept as typed" in page
    first = db.session.scalars(db.select(Document)).one()
    other = make.session(workshop=company.other_workshop)
    db.session.add(other)
    db.session.commit()
    answer = as_("oto").post(address.replace("/w/", "/other/"), data={"kind": "other", "symbol": "IDM/2005/3"})
    assert answer.status_code == 302
    seen = ana.get(at(first, "edit")).text.split('name="seen" type="hidden" value="')[1].split('"')[0]
    again = {"kind": "statement", "symbol": "IDM/2005/3", "author": "A secretariat", "seen": seen}
    assert ana.post(at(first, "edit"), data=again).status_code == 302  # its own symbol is not taken
    assert first.author == "A secretariat"


def test_a_corrigendum_begins_with_what_its_parent_says_and_is_listed_under_it(
    as_: SignedIn, client: FlaskClient, session: Session, company: Company
) -> None:
    parent = make.document(
        workshop=session.workshop,
        session=session,
        item=session.items[0],
        symbol="IDM/2005/3",
        symbol_key="idm/2005/3",
        title=Words(en="The parent"),
        state=State.PUBLISHED,
    )
    stranger = make.document(
        workshop=session.workshop, session=session, title=Words(en="Between"), state=State.PUBLISHED
    )
    db.session.add_all([parent, stranger])
    publish_agenda(company)
    ana = as_("ana")
    address = f"/workshops/w/desk/agenda/sessions/1/documents/new?of={parent.key}&as=corr"
    page = ana.get(address).text
    for value in ('value="IDM/2005/3"', 'selected value="corr"', 'value="1"', "The parent"):
        assert value in page
    assert f"of={parent.key}&amp;as=corr" in ana.get(at(parent)).text
    r = ana.post(
        address, data={"kind": "statement", "symbol": "IDM/2005/3", "symbol_kind": "corr", "symbol_number": "1"}
    )
    assert r.status_code == 302, r.text
    corr = db.session.scalars(db.select(Document).where(Document.symbol_kind == CORR)).one()
    corr.state = State.PUBLISHED
    company.workshop.changed_in_public()
    for place in ("papers", "agenda"):
        page = client.get(f"/workshops/w/{place}").text
        assert page.count("IDM/2005/3/Corr.1") == 1
        entry = page.split("IDM/2005/3</bdi>")[1].split("</li>")[0]
        assert "IDM/2005/3/Corr.1" in entry
    assert "IDM/2005/3/Corr.1" in ana.get(DESK).text
