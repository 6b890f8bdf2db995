"""The list is published by a decision, and never under the Chatham House Rule; whoever opts out is gone from it at once."""

import io

import docx
import openpyxl
import pytest
from sqlalchemy import select

from tests.conftest import CheckedClient, Press, SignedIn, count_statements
from tests.fetching import fetched
from tests.participation.registration.conftest import DESK, Invited, ada, invited, somebody
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.participation.registration.listing import list_print
from workshop.participation.registration.models import ListPrint
from workshop.participation.registration.tasks import render
from workshop.platform import tasks as queue
from workshop.platform.db import db
from workshop.secretariat.series.models import MeetingMode, Visibility

__all__ = ["ada", "invited"]

LIST = "/workshops/w/participants"


def test_nothing_is_public_before_it_is_published(
    ada: tuple[Participant, str], client: CheckedClient, as_: SignedIn
) -> None:
    for end in ("", ".docx", ".xlsx", ".pdf"):
        assert client.get(LIST + end).status_code == 404
    assert "SAMPLE" in as_("ana").get(f"{DESK}/list").text
    assert as_("ana").post(f"{DESK}/list/publish", data={"kind": "provisional"}).status_code == 302
    page = client.get(LIST).text
    assert "Ada SAMPLE" in page
    assert "ada@example.org" not in page
    assert "Provisional list of participants" in page
    as_("ana").post(f"{DESK}/list/1/withdraw")
    assert client.get(LIST).status_code == 404


def test_a_list_of_a_private_workshop_is_said_to_wait_for_the_workshop(
    ada: tuple[Participant, str], invited: Invited, client: CheckedClient, as_: SignedIn
) -> None:
    invited.workshop.visibility = Visibility.PRIVATE
    db.session.commit()
    ana, data = as_("ana"), {"kind": "provisional"}
    page = ana.post(f"{DESK}/list/publish", data=data, follow_redirects=True).text
    assert "Readers see it once the workshop is public." in page
    assert ">Public page<" not in page
    assert client.get(LIST).status_code == 404
    invited.workshop.visibility = Visibility.PUBLIC
    db.session.commit()
    page = ana.get(f"{DESK}/list").text
    assert ">Public page<" in page
    assert "(optional)" not in page.split("</fieldset>")[0], "one of the two is always chosen"


def test_page_word_and_excel_say_the_same(
    invited: Invited, ada: tuple[Participant, str], client: CheckedClient, as_: SignedIn
) -> None:
    db.session.add(somebody(invited.workshop, family_name="Other", standing=ParticipantStatus.APPROVED, number=2))
    as_("ana").post(f"{DESK}/list/publish", data={"kind": "final"})
    with count_statements() as seen:
        page = client.get(LIST).text
    assert len(seen) <= 6
    word = docx.Document(io.BytesIO(fetched(client, f"{LIST}.docx").data))
    rows = list(openpyxl.load_workbook(io.BytesIO(fetched(client, f"{LIST}.xlsx").data)).active.values)
    for name in ("Ada SAMPLE", "Ada OTHER"):
        assert name in page
        assert any(name in paragraph.text for paragraph in word.paragraphs)
        assert any(name in row for row in rows)
    assert (word.core_properties.author, len(rows)) == ("", 3)
    assert "Liste des participants" in client.get(f"{LIST}?lang=fr").text


def test_whoever_opts_out_is_gone_at_once_in_every_form(
    ada: tuple[Participant, str], client: CheckedClient, as_: SignedIn
) -> None:
    as_("ana").post(f"{DESK}/list/publish", data={"kind": "final"})
    client.post(f"{ada[1]}/consent", data={"csrf_token": "x"})
    assert "SAMPLE" not in client.get(LIST).text
    word = docx.Document(io.BytesIO(fetched(client, f"{LIST}.docx").data))
    assert not any("SAMPLE" in paragraph.text for paragraph in word.paragraphs)


def test_under_the_chatham_house_rule_there_is_no_list(
    invited: Invited, ada: tuple[Participant, str], client: CheckedClient, as_: SignedIn
) -> None:
    ana = as_("ana")
    ana.post(f"{DESK}/list/publish", data={"kind": "final"})
    invited.workshop.mode = MeetingMode.CHATHAM_HOUSE
    db.session.commit()
    for end in ("", ".docx", ".xlsx", ".pdf"):
        assert client.get(LIST + end).status_code == 404
    assert ana.post(f"{DESK}/list/publish", data={"kind": "final"}).status_code == 200
    assert ana.get(f"{DESK}/list.xlsx").status_code == 302


def test_the_pdf_is_made_once_and_anew_when_somebody_opts_out(
    ada: tuple[Participant, str], client: CheckedClient, as_: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    press = Press()
    monkeypatch.setattr(list_print, "Renderer", press)
    as_("ana").post(f"{DESK}/list/publish", data={"kind": "final"})
    assert client.get(f"{LIST}.pdf").status_code == 202
    make_waiting()
    assert client.get(f"{LIST}.pdf").data.startswith(b"%PDF")
    assert client.get(f"{LIST}.pdf").status_code == 200
    assert "SAMPLE" in press.pages[0]
    client.post(f"{ada[1]}/consent", data={"csrf_token": "x"})
    assert client.get(f"{LIST}.pdf").status_code == 202
    make_waiting()
    assert "SAMPLE" not in press.pages[1]


def make_waiting() -> None:
    for print_ in db.session.scalars(select(ListPrint).where(ListPrint.stored_as == "")):
        task = db.session.get(queue.Task, print_.task_id)
        assert task is not None
        render(task)
    db.session.commit()
