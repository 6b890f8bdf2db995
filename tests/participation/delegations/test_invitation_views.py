"""From the list of delegations to numbered letters in the outbox, and what is noted of answers on paper."""

import io
import re
from datetime import date, timedelta

import docx
import pytest
from PIL import Image
from sqlalchemy import select

from tests.conftest import CheckedClient, Press, SignedIn
from tests.fetching import fetched
from tests.participation.delegations.conftest import DESK, Invited
from workshop.participation.delegations import tasks
from workshop.participation.delegations.models import Delegation, DelegationLetter, LetterPrint
from workshop.participation.delegations.official import letter_print
from workshop.participation.delegations.statuses import DelegationStatus
from workshop.platform import files
from workshop.platform import tasks as queue
from workshop.platform.db import Words, db, now
from workshop.platform.i18n import on_day
from workshop.platform.mail import Message


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 20)).save(out, "PNG")
    return out.getvalue()


def letters() -> list[DelegationLetter]:
    db.session.expire_all()
    return list(db.session.scalars(select(DelegationLetter).order_by(DelegationLetter.serial)))


def test_states_get_a_note_in_the_third_person_and_organisations_a_letter(invited: Invited, as_: SignedIn) -> None:
    ana = as_("ana")
    page = ana.get(f"{DESK}/delegations/invite").text
    assert "Le Secrétariat des exemples présente ses compliments à la Mission permanente de la République" in page
    assert db.session.scalars(select(Message)).all() == []
    assert ana.post(f"{DESK}/delegations/invite").status_code == 302
    note, letter = letters()
    year = now().year
    assert (note.reference, letter.reference) == (f"IDM/{year}/1", f"IDM/{year}/2")
    assert note.text[0] == (
        "Le Secrétariat des exemples présente ses compliments à la Mission permanente de la République tunisienne et a "
        "l’honneur d’inviter le Gouvernement de la République tunisienne à se faire représenter à l’atelier "
        "«\u00a0Migrations et données\u00a0», qui se tiendra à Genève (2–3 mars 2090)."
    )
    assert note.text[-1].startswith("Le Secrétariat des exemples saisit cette occasion pour renouveler à la Mission")
    assert "Les délégations sont limitées à 3 membres." in note.text[1]
    assert letter.text[0] == "Dear Sir or Madam,"
    assert "We have the honour to invite Office of Examples" in letter.text[1]
    assert not any("compliments" in text for text in letter.text)
    mails = {each.recipient: each for each in db.session.scalars(select(Message))}
    assert f"Note verbale IDM/{year}/1" in mails["mission@example.org"].subject
    assert "https://meeting.example/n/" in mails["mission@example.org"].text
    for mail in mails.values():
        assert len(re.findall("considération|Yours (?:sincerely|faithfully)", mail.text)) == 1, "courtesy is paid once"
        assert "secretariat@example.org" in mail.text
    assert [each.standing for each in db.session.scalars(select(Delegation))] == [DelegationStatus.INVITED] * 2


def test_a_copy_has_no_link(invited: Invited, as_: SignedIn) -> None:
    invited.tunisia.copy_email = "copy@example.org"
    db.session.commit()
    as_("ana").post(f"{DESK}/delegations/invite", data={"who": invited.tunisia.id})
    copy = db.session.scalars(select(Message).where(Message.recipient == "copy@example.org")).one()
    assert "/n/" not in copy.text
    assert "compliments" in copy.text


def test_a_new_link_is_a_letter_of_its_own(invited: Invited, as_: SignedIn) -> None:
    """It has no note above it: it addresses somebody, says what it is and ends the earlier one."""
    ana, office = as_("ana"), invited.office
    ana.post(f"{DESK}/delegations/invite", data={"who": office.id})
    before = office.current_link(tasks.key())
    assert ana.post(f"{DESK}/delegations/{office.id}/link").status_code == 302
    mail = db.session.scalars(select(Message).order_by(Message.id.desc()).limit(1)).one()
    greeting, said, link, *_rest = mail.text.split("\n\n")
    assert greeting == "Dear Sir or Madam,"
    assert "The one you had before no longer works." in said
    assert "this letter" not in mail.text
    assert "/n/" in link
    assert before not in link


def test_nothing_is_sent_before_it_is_said_who_writes(invited: Invited, as_: SignedIn) -> None:
    invited.plan.sender = invited.plan.sender.having("en", "").having("fr", "")
    db.session.commit()
    ana = as_("ana")
    assert "Say who sends the letters first." in ana.get(f"{DESK}/delegations/invite").text
    assert "Say who sends" in ana.post(f"{DESK}/delegations/invite", follow_redirects=True).text
    assert letters() == []
    assert invited.tunisia.standing is DelegationStatus.LISTED


def test_reminders_recall_the_note_once_a_step_and_only_those_without_names(invited: Invited, as_: SignedIn) -> None:
    ana = as_("ana")
    ana.post(f"{DESK}/delegations/invite")
    data = {
        "sender-en": "the Secretariat",
        "sender-fr": "le Secrétariat",
        "nominate_by": "2090-02-01",
        "remind_before": "14, 3",
    }
    assert ana.fill(f"{DESK}/invitations", data).status_code == 302
    asked = db.session.scalars(select(queue.Task).where(queue.Task.kind == tasks.REMIND)).all()
    assert len(asked) == 2
    for each in db.session.scalars(select(DelegationLetter)):
        each.written_at -= timedelta(days=5)
    invited.office.standing = DelegationStatus.NOMINATED
    today = on_day(now(), invited.workshop.zone)
    invited.plan.nominate_by, invited.plan.remind_before = today + timedelta(days=3), [3]
    db.session.commit()
    task = asked[0]
    task.first_due_at = now()
    for _twice in range(2):
        tasks.remind(task)
    reminders = [each for each in letters() if each.purpose.value == "reminder"]
    assert [each.delegation_id for each in reminders] == [invited.tunisia.id]
    assert f"rappeler sa note IDM/{today.year}/1" in reminders[0].text[0]


def test_word_and_pdf_for_the_secretariat_and_for_whom_it_is_for(
    invited: Invited, as_: SignedIn, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    press = Press()
    monkeypatch.setattr(letter_print, "Renderer", press)
    invited.plan.information_note = Words(en="Badges at the gate.", fr="Badges à l’entrée.\n\nEau potable.")
    invited.workshop.logo, invited.workshop.logo_text = files.put(picture()), "Emblem of Examples"
    db.session.commit()
    ana = as_("ana")
    ana.post(f"{DESK}/delegations/invite")
    invited.plan.information_note = Words(en="Changed later")
    note, letter = letters()
    token = invited.tunisia.current_link(tasks.key())
    db.session.commit()
    word = docx.Document(io.BytesIO(fetched(client, f"/n/{token}/letters/{note.id}.docx").data))
    assert word.paragraphs[0].text == note.reference
    assert [each.text for each in word.paragraphs[-3:]] == [
        "Annexe\u00a0: note d’information",
        "Badges à l’entrée.",
        "Eau potable.",
    ]
    assert len(word.sections[0].header.part.related_parts) == 1, "the logo at the head of the page"
    assert word.core_properties.author == ""
    assert client.get(f"/n/{token}/letters/{letter.id}.docx").status_code == 404
    assert ana.get(f"{DESK}/letters.pdf").status_code == 202
    for print_ in db.session.scalars(select(LetterPrint)):
        task = db.session.get(queue.Task, print_.task_id)
        assert task is not None
        tasks.render(task)
    db.session.commit()
    assert ana.get(f"{DESK}/letters.pdf").data.startswith(b"%PDF")
    assert note.reference in press.pages[0]
    assert letter.reference in press.pages[0]
    for said in ("Eau potable.", "Badges at the gate.", 'alt="Emblem of Examples"'):
        assert said in press.pages[0]
    assert "Changed later" not in press.pages[0], "what went with a letter is kept with it"


def test_own_paragraphs_name_what_is_known_of_each_delegation(invited: Invited, as_: SignedIn) -> None:
    ana, page = as_("ana"), f"{DESK}/invitations"
    said = {"sender-en": "the Secretariat", "sender-fr": "le Secrétariat"}
    wrong = {"letter_text-en": "{recipent}", "letter_text-fr": ""}
    assert "There is no placeholder {recipent}" in ana.fill(page, said | wrong).text
    undated = {"letter_text-en": "By {deadline}", "letter_text-fr": ""}
    assert "{deadline} needs the day" in ana.fill(page, said | undated).text
    own = {"letter_text-en": "For {recipient}: {seats} seats by {deadline}.", "nominate_by": "2090-02-01"}
    assert ana.fill(page, said | own).status_code == 302
    ana.post(f"{DESK}/delegations/invite")
    assert "For Office of Examples: 3 seats by 1 February 2090." in letters()[1].text


def test_states_and_organisations_are_added_once(invited: Invited, as_: SignedIn) -> None:
    ana = as_("ana")
    assert ana.post(f"{DESK}/delegations/add-states", data={"state": ["FRA", "TUN", "VAT", "XXX"]}).status_code == 302
    states = {each.country: each.category.value for each in db.session.scalars(select(Delegation)) if each.country}
    assert states == {"TUN": "state_member", "FRA": "state_member", "VAT": "state_observer"}
    form = {"category": "state_member", "country": "TUN", "language": "fr", "addressee": "mission"}
    assert "on the list already" in ana.fill(f"{DESK}/delegations/add", form).text
    assert ana.fill(f"{DESK}/delegations/add", form | {"body": "Ministry of Labour"}).status_code == 302
    assert "Choose the State" in ana.fill(f"{DESK}/delegations/add", form | {"country": ""}).text
    second = db.session.scalars(select(Delegation).where(Delegation.body == "Ministry of Labour")).one()
    number = second.id
    assert ana.post(f"{DESK}/delegations/{number}/remove").status_code == 302
    assert db.session.scalar(select(Delegation.id).where(Delegation.id == number)) is None


def test_what_is_answered_on_paper_is_noted(invited: Invited, as_: SignedIn) -> None:
    ana = as_("ana")
    ana.post(f"{DESK}/delegations/{invited.tunisia.id}/answer", data={"answer": "acknowledge"})
    db.session.expire_all()
    assert invited.tunisia.standing is DelegationStatus.ACKNOWLEDGED
    ana.post(f"{DESK}/delegations/{invited.tunisia.id}/answer", data={"answer": "decline", "reason": "No one free"})
    db.session.expire_all()
    assert (invited.tunisia.standing, invited.tunisia.reason) == (DelegationStatus.DECLINED, "No one free")
    assert invited.workshop.starts_on == date(2090, 3, 2)
