"""A stranger's list of people, taken in by an organiser: columns, answers, duplicates, twice."""

import io

import pytest

from tests.cast import Company
from tests.conftest import SignedIn
from tests.fetching import waited
from tests.looking import matched
from workshop.platform.db import db
from workshop.secretariat.activity.models import Change
from workshop.secretariat.rosters.models import Contact
from workshop.secretariat.rosters.roster_columns import guess, is_declined
from workshop.secretariat.rosters.roster_entries import name_of
from workshop.secretariat.rosters.roster_files import read_roster

DESK = "/workshops/w/desk/contacts"
LIST = (
    "First Name;Last Name;Email Address;Company;RSVP\n"
    "Lea;Muster (sample);Lea@Example.org;Sample Office;Accepted\n"
    "Tom;Beispiel (sample);tom@example.org;Sample Office;Declined\n"
    "Ana;Modelo (sample);not an address;Other Office;Accepted\n"
)


def slug_of(company: Company) -> str:
    return company.workshop.slug


def bring(client: object, slug: str, content: bytes, name: str = "list.csv") -> str:
    sent = client.post(  # type: ignore[attr-defined]
        f"/workshops/{slug}/desk/contacts/import",
        data={"file": (io.BytesIO(content), name)},
        content_type="multipart/form-data",
    )
    return str(sent.headers["Location"])


def take(client: object, address: str) -> None:
    page = client.get(address).text  # type: ignore[attr-defined]
    seen = matched(r'name="seen" value="(\w+)"', page)[1]
    client.post(f"{address}/take", data={"seen": seen})  # type: ignore[attr-defined]


def contacts() -> list[tuple[str, str]]:
    db.session.expire_all()
    return [(each.label, each.email) for each in db.session.scalars(db.select(Contact).order_by(Contact.id))]


def test_nobody_who_declined_is_added_and_a_second_import_changes_nothing(as_: SignedIn, company: Company) -> None:
    ana = as_("ana")
    address = bring(ana, slug_of(company), LIST.encode("utf-16"))
    page = ana.get(address).text
    assert "Answers in the list" in page
    assert "Import into the contacts" not in page
    ana.post(f"{address}/answers", data={"statuses": "y", "accepted": "Accepted"})
    page = ana.get(address).text
    assert "The answer is “Declined”: not added." in page
    assert "“not an address” is not an email address." in page
    take(ana, address)
    assert contacts() == [("Lea Muster (sample)", "lea@example.org")]
    page = ana.get(address).text
    assert "What was imported" in page
    assert "The answer is “Declined”: not added." in page
    assert "Lea Muster" not in page, "nobody is named for good in what is kept of an import"
    again = bring(ana, slug_of(company), LIST.encode())
    ana.post(f"{again}/answers", data={"statuses": "y", "accepted": "Accepted"})
    assert "nothing would change" in ana.get(again).text
    assert len(contacts()) == 1


def test_a_likely_duplicate_is_decided_by_a_person(as_: SignedIn, company: Company) -> None:
    ana = as_("ana")
    take(
        ana,
        bring(ana, slug_of(company), b"Name,Email,Organisation\nLea Muster (sample),lea@example.org,Sample Office\n"),
    )
    address = bring(
        ana, slug_of(company), b"Name,Email,Organisation\nLea Muster (sample),lm@example.net,House of Work\n"
    )
    page = ana.get(address).text
    assert "Perhaps here already" in page
    assert "Import into the contacts" not in page
    ana.post(f"{address}/answers", data={"row-2": "new"})
    take(ana, address)
    assert [email for _name, email in contacts()] == ["lea@example.org", "lm@example.net"]


def test_columns_are_mapped_by_hand_and_remembered(as_: SignedIn, company: Company) -> None:
    ana = as_("ana")
    table = "Wer;Wo\nLea Muster (sample);Sample Office\n"
    address = bring(ana, slug_of(company), table.encode())
    ana.post(f"{address}/answers", data={"field": ["name", "organisation"]})
    take(ana, address)
    later = bring(ana, slug_of(company), table.replace("Lea", "Tom").encode())
    take(ana, later)
    assert [name for name, _email in contacts()] == ["Lea Muster (sample)", "Tom Muster (sample)"]


def test_a_contact_is_added_changed_and_removed_by_hand(as_: SignedIn, company: Company) -> None:
    ana, desk = as_("ana"), f"/workshops/{slug_of(company)}/desk/contacts"
    ana.post(f"{desk}/new", data={"family_name": "Muster (sample)", "organisation": "Sample Office"})
    assert "MUSTER" in ana.get(desk).text
    one = db.session.scalars(db.select(Contact)).one()
    ana.fill(f"{desk}/{one.id}", data={"family_name": "Muster (sample)", "email": "lea@example.org"})
    assert contacts() == [("Muster (sample)", "lea@example.org")]
    ana.post(f"{desk}/{one.id}/remove")
    assert contacts() == []


def test_a_long_list_is_read_and_taken_by_a_worker_on_behalf_of_who_asked(as_: SignedIn, company: Company) -> None:
    ana, rows = as_("ana"), "".join(f"Lea Muster {n} (sample),l{n}@example.org,Office {n % 9}\n" for n in range(400))
    address = bring(ana, slug_of(company), f"Name,Email,Organisation\n{rows}Tom,no address,\n".encode())
    page = waited(ana, address).text
    assert "“no address” is not an email address." in page
    seen = matched(r'name="seen" value="(\w+)"', page)[1]
    for _click in range(2):
        ana.post(f"{address}/take", data={"seen": seen})
    assert contacts() == []
    assert ana.get(address).status_code == 202
    page = waited(ana, address).text
    assert "imported on" in page
    assert "Row not imported" in page or "Rows not imported" in page
    assert len(contacts()) == 400
    changes = db.session.scalars(db.select(Change).where(Change.kind == "contact")).all()
    assert {each.who_id for each in changes} == {company.ana.id}
    assert ana.get(address).status_code == 200, "and stays so"


def test_a_long_list_that_changed_meanwhile_is_shown_anew(as_: SignedIn, company: Company) -> None:
    ana, rows = as_("ana"), "".join(f"Lea Muster {n} (sample),l{n}@example.org\n" for n in range(400))
    address = bring(ana, slug_of(company), f"Name,Email\n{rows}".encode())
    seen = matched(r'name="seen" value="(\w+)"', waited(ana, address).text)[1]
    ana.post(f"/workshops/{slug_of(company)}/desk/contacts/new", data={"family_name": "Muster (sample)"})
    ana.post(f"{address}/take", data={"seen": seen})
    waited(ana, address)
    page = waited(ana, address).text
    assert "the preview has changed since you opened it" in page
    assert len(contacts()) == 1
    ana.post(f"{address}/take", data={"seen": matched(r'name="seen" value="(\w+)"', page)[1]})
    assert "imported on" in waited(ana, address).text
    assert len(contacts()) == 401


def test_a_long_file_that_is_no_list_is_refused_on_the_page_that_waits(as_: SignedIn, company: Company) -> None:
    ana = as_("ana")
    address = bring(ana, slug_of(company), b"%PDF-1.4" + b"x" * 20_000, "list.pdf")
    assert "The file cannot be read" in waited(ana, address).text


CARD = b"""BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Lea Muster\r\nN:Muster;Lea;;Dr.;\r\nORG:Sample Office;Unit 2\r\nTITLE:Head\r\n
EMAIL;TYPE=INTERNET:lea@exam\r\n ple.org\r\nEND:VCARD\r\n"""


def test_a_vcard_is_a_list() -> None:
    file = read_roster(CARD.replace(b"\r\n\n", b"\r\n"))
    assert file.rows[0][1][:7] == ["", "Lea", "Muster", "Dr.", "Sample Office", "Head", "lea@example.org"]
    assert file.fields({})[:7] == [
        "name",
        "given_name",
        "family_name",
        "honorific",
        "organisation",
        "function",
        "email",
    ]


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (["Your full name", "Email Address", "Country"], ["name", "email", "country"]),
        (["Nom", "Prénom", "Courriel", "Organisme"], ["family_name", "given_name", "email", "organisation"]),
        (["Nombre", "Correo electrónico", "Institución"], ["name", "email", "organisation"]),
        (["Vorname", "Nachname", "E-Mail", "Firma"], ["given_name", "family_name", "email", "organisation"]),
        (["الاسم", "البريد الإلكتروني", "المؤسسة"], ["name", "email", "organisation"]),
    ],
)
def test_headings_in_five_languages(headings: list[str], fields: list[str]) -> None:
    assert guess(headings, [], {}) == fields


@pytest.mark.parametrize("said", ["Declined", "No", "Not attending", "Refusé", "No asistirá", "Abgesagt", "Cancelled"])
def test_answers_that_say_no(said: str) -> None:
    assert is_declined(said)
    assert not is_declined("Accepted")
    assert not is_declined("Yes")


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("Dr. Lea Muster", ("Lea", "Muster", "Dr.")),
        ("MUSTER Lea", ("Lea", "MUSTER", "")),
        ("Muster, Lea", ("Lea", "Muster", "")),
        ("Ana Núñez Ó Briain", ("Ana", "Núñez Ó Briain", "")),
    ],
)
def test_names_of_lists(whole: str, parts: tuple[str, str, str]) -> None:
    assert name_of(whole) == parts
