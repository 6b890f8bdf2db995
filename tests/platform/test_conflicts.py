"""Two people at one form, on a real database: three texts, what only one changed put together, no write unmarked."""

import re
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.consultation.questions.documents import asks, document
from tests.platform.test_access import address_of
from tests.platform.test_access import filled as filled  # a workshop with one of everything
from tests.test_shape import views_of
from workshop.consultation.designing import rules as designing_rules
from workshop.deliberation.group_reports.models import GroupReport
from workshop.platform.conflicts import SharedForm, seal, unseal
from workshop.platform.db import Words, db, now
from workshop.platform.forms import BaseForm
from workshop.programme.agenda.models import GuidingQuestion, Session
from workshop.programme.papers.models import Document
from workshop.programme.speakers.models import Profile

OWN = {"Origin": "http://localhost"}
W = "/workshops/w"


def form_of(html: str, action: str = "") -> dict[str, Any]:
    """The form of a page that carries a mark (and goes to `action`), as a browser without a script would send it."""
    forms = re.findall(r'<form[^>]*method="post"[^>]*>.*?</form>', html, re.S)
    (form,) = (each for each in forms if 'name="seen"' in each and f'{action}"' in each.partition(">")[0])
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        a = {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if "name" in a and (a.get("type") not in {"checkbox", "radio"} or re.search(r"\schecked\b", tag)):
            sent.setdefault(a["name"], []).append(a.get("value", "y"))
    for name, body in re.findall(r'<textarea[^>]*\sname="([^"]*)"[^>]*>(.*?)</textarea>', form, re.S):
        sent[name] = unescape(body).removeprefix("\n")
    for name, body in re.findall(r'<select[^>]*\sname="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', body) or re.search(r'<option value="([^"]*)"', body)
        sent[name] = unescape(chosen[1]) if chosen else ""
    return {name: value[0] if isinstance(value, list) and len(value) == 1 else value for name, value in sent.items()}


@pytest.fixture
def session(company: Company) -> Session:
    questions = [
        GuidingQuestion(position=1, text=Words(en="One?")),
        GuidingQuestion(position=2, text=Words(en="Two?")),
    ]
    session = make.session(
        workshop=company.workshop,
        title=Words(en="Trust and consent", fr="Confiance"),
        note=Words(en="A note"),
        questions=questions,
    )
    db.session.add(session)
    db.session.commit()
    return session


SESSION = f"{W}/desk/agenda/sessions/1"
QUESTIONS = f"{SESSION}/questions"


def test_what_only_one_changed_is_put_together_without_asking(as_: SignedIn, session: Session) -> None:
    olga, jean = as_("ana"), as_("ana")
    opened = form_of(olga.get(SESSION).text, "/1")
    jean.post(SESSION, data=opened | {"title-en": "Trust", "room": "Room 7"})
    assert olga.post(SESSION, data=opened | {"title-fr": "La confiance", "note-en": "Longer"}).status_code == 302
    db.session.refresh(session)
    assert (session.title, session.note) == ({"en": "Trust", "fr": "La confiance"}, {"en": "Longer"})
    assert session.room is not None
    assert session.room.name == "Room 7"


def test_of_questions_that_two_people_changed_each_keeps_its_new_text(as_: SignedIn, session: Session) -> None:
    olga, jean = as_("ana"), as_("ana")
    opened = form_of(olga.get(QUESTIONS).text, "/questions")
    jean.post(QUESTIONS, data=opened | {"questions-1-text-en": "Two, by Jean?"})
    assert olga.post(QUESTIONS, data=opened | {"questions-0-text-en": "One, by Olga?"}).status_code == 302
    db.session.refresh(session)
    assert [each.text["en"] for each in session.questions] == ["One, by Olga?", "Two, by Jean?"]


def test_one_part_of_a_session_is_not_stale_because_of_another(as_: SignedIn, session: Session) -> None:
    olga, jean = as_("ana"), as_("ana")
    text, questions = form_of(olga.get(SESSION).text, "/1"), form_of(olga.get(QUESTIONS).text, "/questions")
    jean.post(SESSION, data=text | {"title-en": "By Jean"})
    assert olga.post(QUESTIONS, data=questions | {"questions-0-text-en": "By Olga?"}).status_code == 302
    assert olga.post(SESSION, data=text | {"note-en": "By Olga"}).status_code == 302
    db.session.refresh(session)
    kept = (session.title["en"], session.note["en"], session.questions[0].text["en"])
    assert kept == ("By Jean", "By Olga", "By Olga?")


def test_a_true_conflict_shows_three_texts_and_nothing_that_is_not_mine(as_: SignedIn, session: Session) -> None:
    olga, jean = as_("ana"), as_("ana")
    opened = form_of(olga.get(SESSION).text, "/1")
    jean.post(SESSION, data=opened | {"title-en": "Confidence and consent", "note-en": "By Jean"})
    answer = olga.post(SESSION, data=opened | {"title-en": "Trust, consent and protection"})
    assert answer.status_code == 409
    conflict = " ".join(answer.text.partition('class="conflict"')[2].partition("</section>")[0].split())
    assert conflict.count("<fieldset>") == 1
    assert "Trust<ins>,</ins> consent <ins>" in conflict or "<ins>, consent</ins>" in conflict
    assert "<ins>Confidence</ins> and consent" in conflict
    assert '<p lang="en" dir="ltr">Trust and consent</p>' in conflict
    assert "By Jean" not in conflict
    assert form_of(answer.text, "/1")["note-en"] == "By Jean"
    db.session.refresh(session)
    assert session.title["en"] == "Confidence and consent"


@pytest.mark.parametrize(
    ("choice", "title"),
    [
        ({"take.title-en": "mine"}, "Mine"),
        ({"take.title-en": "theirs"}, "Theirs"),
        ({"take.title-en": "theirs", "both.title-en": "Of both"}, "Of both"),
        ({"title-en": "Mine, once more"}, "Mine, once more"),
    ],
)
def test_for_each_field_one_text_is_chosen(as_: SignedIn, session: Session, choice: dict[str, str], title: str) -> None:
    olga, jean = as_("ana"), as_("ana")
    opened = form_of(olga.get(SESSION).text, "/1")
    jean.post(SESSION, data=opened | {"title-en": "Theirs", "note-en": "By Jean"})
    page = olga.post(SESSION, data=opened | {"title-en": "Mine"}).text
    assert olga.post(SESSION, data=form_of(page, "/1") | choice).status_code == 302
    db.session.refresh(session)
    assert (session.title["en"], session.note["en"]) == (title, "By Jean")


def test_a_third_save_while_choosing_is_not_overwritten(as_: SignedIn, session: Session) -> None:
    olga, jean = as_("ana"), as_("ana")
    opened = form_of(olga.get(SESSION).text, "/1")
    jean.post(SESSION, data=opened | {"title-en": "Theirs"})
    page = olga.post(SESSION, data=opened | {"title-en": "Mine"}).text
    jean.post(SESSION, data=form_of(jean.get(SESSION).text, "/1") | {"title-en": "Theirs again"})
    answer = olga.post(SESSION, data=form_of(page, "/1"))
    assert answer.status_code == 409
    assert "again" in answer.text
    db.session.refresh(session)
    assert session.title["en"] == "Theirs again"


def test_the_group_report_never_shows_my_old_text_over_a_new_one(as_: SignedIn, filled: dict[str, Any]) -> None:
    address = f"{W}/breakouts/1/report"
    chi, ana = as_("chi"), as_("ana")
    chi.post(address, data=form_of(chi.get(address).text) | {"lens_national": "Old.", "key_points-0-text": "A point"})
    opened = form_of(ana.get(address).text)
    chi.post(address, data=opened | {"lens_national": "A new sentence of Chi.", "key_points-1-text": "Another"})
    answer = ana.post(address, data=opened | {"differences": "By Ana", "key_points-0-text": "A sharper point"})
    assert answer.status_code == 302
    report = db.session.scalars(sa.select(GroupReport)).one()
    assert (report.lens_national, report.differences) == ("A new sentence of Chi.", "By Ana")
    assert [each.text for each in report.key_points] == ["A sharper point", "Another"]


def test_the_contact_of_a_speaker(as_: SignedIn, filled: dict[str, Any]) -> None:
    page = f"{W}/desk/speakers/{filled['person_id']}"
    olga, jean = as_("ana"), as_("ana")
    opened = form_of(olga.get(page).text, "/contact")
    jean.post(f"{page}/contact", data=opened | {"email": "new@example.org"})
    assert olga.post(f"{page}/contact", data=opened | {"language": "fr"}).status_code == 302
    profile = db.session.scalars(sa.select(Profile)).one()
    assert (profile.email, profile.language) == ("new@example.org", "fr")
    assert olga.post(f"{page}/contact", data=opened | {"email": "other@example.org"}).status_code == 409


def test_a_paper(as_: SignedIn, filled: dict[str, Any]) -> None:
    address = f"{W}/desk/papers/{filled['key']}/edit"
    olga, jean = as_("ana"), as_("ana")
    opened = form_of(olga.get(address).text)
    jean.post(address, data=opened | {"title-en": "By Jean"})
    assert olga.post(address, data=opened | {"title-fr": "Par Olga"}).status_code == 302
    paper = db.session.scalars(sa.select(Document)).one()
    assert (paper.title["en"], paper.title["fr"]) == ("By Jean", "Par Olga")
    answer = olga.post(address, data=opened | {"title-en": "By Olga"})
    assert answer.status_code == 409
    assert "By Jean" in answer.text


def test_a_letter(as_: SignedIn, filled: dict[str, Any]) -> None:
    address = f"{W}/desk/questionnaires/{filled['questionnaire']}/letters/invitation"
    olga, jean = as_("ana"), as_("ana")
    opened = form_of(olga.get(address).text)
    jean.post(address, data=opened | {"subject-en": "Subject by Jean"})
    assert olga.post(address, data=opened | {"subject-fr": "Objet"}).status_code == 302
    kept = form_of(olga.get(address).text)
    assert (kept["subject-en"], kept["subject-fr"]) == ("Subject by Jean", "Objet")
    assert olga.post(address, data=opened | {"subject-en": "By Olga"}).status_code == 409


def test_a_translation(client: FlaskClient, company: Company) -> None:
    draft = document(asks("A1", "text")) | {"title": {"en": "Survey"}, "introduction": {"en": "Welcome"}, "lists": {}}
    form = make.questionnaire(workshop=company.workshop, title=Words(en="Survey"), draft=draft)
    link, token = designing_rules.make(form, language="fr", name="A translator", days=3, at=now())
    db.session.add_all([form, link])
    db.session.commit()
    page = client.get(f"/translate/{token}").text
    opened, names = form_of(page), re.findall(r'<textarea id="(t[0-9a-f]{10})"', page)
    client.post(f"/translate/{token}", data=opened | {names[0]: "Enquête"})
    assert client.post(f"/translate/{token}", data=opened | {names[1]: "Bienvenue"}).status_code == 302
    kept = form_of(client.get(f"/translate/{token}").text)
    assert (kept[names[0]], kept[names[1]]) == ("Enquête", "Bienvenue")
    answer = client.post(f"/translate/{token}", data=opened | {names[0]: "Sondage"})
    assert answer.status_code == 409
    assert "<ins>" not in answer.text.partition("Before")[2].partition("</div>")[0]


# What a form was opened from.


def test_what_a_form_carries_is_read_in_our_own_writing_only(app: Flask) -> None:
    sealed = seal({"title": {"en": "x" * 5000}})
    assert len(sealed) < 200
    assert unseal(sealed) == {"title": {"en": "x" * 5000}}
    for other in ("", None, "made up", sealed.replace(".e", ".f", 1), seal(["no form"])):
        assert unseal(other) is None


def test_without_it_every_difference_is_asked_about(as_: SignedIn, session: Session) -> None:
    opened = form_of(as_("ana").get(SESSION).text, "/1")
    as_("ana").post(SESSION, data=opened | {"title-en": "Theirs"})
    answer = as_("ana").post(SESSION, data=opened | {"opened": "", "note-en": "Mine"})
    assert answer.status_code == 409
    assert answer.text.count("take.title-en") == answer.text.count("take.note-en") == 2
    assert "when you opened it" not in answer.text


# A write without its mark.


def test_a_write_without_its_mark_is_refused_and_can_be_sent_again(as_: SignedIn, session: Session) -> None:
    ana = as_("ana")
    blind = {
        name: text for name, text in form_of(ana.get(SESSION).text, "/1").items() if name not in ("seen", "opened")
    }
    refused = ana.post(SESSION, data=blind | {"title-en": "Typed blindly"}, headers=OWN)
    assert refused.status_code == 428
    assert "what you typed is kept on this page" in refused.text
    again = form_of(refused.text, "/1")
    assert again["title-en"] == "Typed blindly"
    answer = ana.post(SESSION, data=again, headers=OWN)
    assert answer.status_code == 409
    assert answer.text.count("<fieldset>") == 1
    assert ana.post(SESSION, data=form_of(answer.text, "/1")).status_code == 302
    db.session.refresh(session)
    assert session.title["en"] == "Typed blindly"


# Forms with words to type that change nothing that is there already, and why they need no mark.
WITHOUT_MARK = {
    "a part of a form": {"agenda.QuestionForm", "groups.QuestionForm", "designing.OptionForm", "speakers.SpanForm"},
    "begins something": {
        "designing.CreateForm",
        "designing.LinkForm",
        "findings.SnapshotForm",
        "presenting.ResultFileForm",
        "text_answers.CodeForm",
        "papers.AddItemForm",
        "capture.NamedPointForm",
        "floor.NamedRequestForm",
        "floor.RequestForm",
        "corrections.CorrectionForm",
        "capture.SessionPointForm",
        "rosters.RosterForm",
        "travel.PaperForm",
        "attendance.WalkInForm",
        "allocation.ListForm",
        "session_roles.PartForm",
        "registration.EditionForm",
        "allocation.AllocationForm",
        "plenary.AddForm",
        "plenary.CommentForm",
        "plenary.EvidenceForm",
        "plenary.NewReportForm",
        "papers.UploadForm",
        "publications.FileForm",
        "capture.PointForm",
        "findings.CrossingForm",  # only looks
        "register.AliasForm",
        "transcription.TranscribeForm",
        "answering.ColleagueForm",
        "sending.RegisterForm",
        "timetable.NewSessionForm",
        "members.InviteForm",
        "rosters.MembersForm",
        "members.OrganiserForm",
        "settings.BeginForm",
        "settings.CopyForm",
        "members.JoinForm",
        "groups.CodeForm",
        "groups.GuestForm",
        "groups.PartForm",  # someone is added to a list
        "settings.LogoForm",
        "settings.NewWorkshopForm",
        "agenda_in.BringForm",
        "survey_files.BringForm",
        "survey_files.KeepForm",
        "survey_files.TextsForm",
        "participant_forms.OfferForm",
        "text_answers.QuoteForm",
    },
    "only asks": {"findings.FilterForm"},
    "is said once": {
        "speakers.DeclineForm",
        "speakers.ConsentForm",
        "speakers.ReplaceForm",
        "speakers.ContactRow",
        "transcription.SendBackForm",
        "transcription.EraseForm",
        "papers.LinkForm",
        "plenary.CompileForm",
        "attendance.DoorForm",
        "delegations.DeclineForm",
        "delegations.WishForm",
        "registration.WishForm",
        "agenda_in.DatesForm",
        "findings.RateForm",  # a rate replaces the one of its currency, whatever that was
        "registration.RefusalForm",
        "delegations.ReplyForm",
        "plenary.StaysForm",
        "plenary.SupportForm",
        "circulation.DecisionForm",
        "circulation.RecipientsForm",
        "circulation.RemarkForm",
        "editions.CorrigendumForm",
        "editions.KeepForm",
        "editions.ReleaseLanguagesForm",
        "editions.ReviewForm",
        "editions.WithdrawForm",
        "presenting.WithdrawFindingForm",
        "settings.RemoveForm",
        "settings.VisibilityForm",
    },
    "has a mark of its own, and is refused without": {
        "designing.PublishForm",
        "releases.ReleaseForm",
        "sending.ListForm",
        "agenda_in.TakeForm",
        "plenary.ProposalForm",
        "timetable.PlaceForm",
        "timetable.SpotForm",
    },
    "is one's own": {
        "travel.PassportForm",
        "registration.ConsentForm",
        "accounts.AddressForm",
        "accounts.ByMailForm",
        "accounts.PasswordForm",
        "accounts.PressForm",
        "accounts.ProfileForm",
        "passkeys.AnswerForm",
        "passkeys.NewPasskeyForm",
        "second_factor.CodeForm",
        "second_factor.FirstCodeForm",
        "accounts.SignInForm",
        "members.JoinForm",
        "accounts.ForgottenForm",
        "accounts.NewPasswordForm",
        "accounts.ChangePasswordForm",
    },
}


def all_forms(kind: type[BaseForm] = BaseForm) -> set[type[BaseForm]]:
    found = {each for each in kind.__subclasses__() if each.__module__.startswith("workshop.")}
    return found | {deeper for each in found for deeper in all_forms(each)}


def test_every_form_that_changes_what_is_there_carries_a_mark(built_app: Flask) -> None:
    unmarked = {
        f"{form.__module__.split('.')[-2]}.{form.__name__}"
        for form in all_forms()
        if not issubclass(form, SharedForm) and not form.__name__.endswith("WithRows")
    }
    assert unmarked - set().union(*WITHOUT_MARK.values()) == set()
    assert set().union(*WITHOUT_MARK.values()) - unmarked == set(), "gone, or marked now: take it off the list"


@pytest.mark.on_one_database("what stands in pages and forms decides")
def test_every_page_with_such_a_form_sends_its_mark(app: Flask, as_: SignedIn, filled: dict[str, Any]) -> None:
    """What stands filled in on a page of the desk is sent with the mark of what it was filled in from."""
    ana, marked, bare = as_("ana"), set(), set()
    for rule in views_of(app):
        if ("/desk" not in rule.rule and "/breakouts" not in rule.rule) or "GET" not in (rule.methods or ()):
            continue
        values = filled | ({"id": filled["organisation"]} if "organisations/" in rule.rule else {})
        answer = ana.get(address_of(rule, values))
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        for form in re.findall(r'<form[^>]*method="post"[^>]*>.*?</form>', answer.text, re.S):
            has_text = re.search(r'<textarea|<input[^>]*type="(?:text|email|number|date|time|url)"', form)
            if has_text and 'name="seen"' in form:
                marked.add(rule.endpoint)
            elif has_text:
                bare.add(rule.endpoint)
    assert len(marked) > 20
    assert bare == BARE


# Pages whose form begins something: nobody else can have changed it, so its mark is not asked for.
BEGINS = {
    *("agenda.add_person", "agenda.add_session", "agenda.rooms", "delegations.add", "designing.add_question"),
    *("designing.add_section", "groups.form_group", "papers.expect", "registration.add", "rosters.add_contact"),
    *("sending.add", "sending.from_file", "publications.add", "practices.add", "practices.add_gap", "contacts.add"),
}
# Refused in another way: an import whose preview is another one now, and an hour that is not the one shown.
REFUSED_OTHERWISE = {"agenda_in.preview": 409, "runsheet.day": 302}


@pytest.mark.on_one_database("what stands in pages and forms decides")
def test_every_such_form_is_refused_without_its_mark(app: Flask, as_: SignedIn, filled: dict[str, Any]) -> None:
    """428, and nothing is changed; whatever the page, and whatever is typed."""
    ana, refused, taken = as_("ana"), set[str](), set[str]()
    for rule in views_of(app):
        if ("/desk" not in rule.rule and "/breakouts" not in rule.rule) or "GET" not in (rule.methods or ()):
            continue
        values = filled | ({"id": filled["organisation"]} if "organisations/" in rule.rule else {})
        address = address_of(rule, values)
        answer = ana.get(address)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        for form in re.findall(r'<form[^>]*method="post"[^>]*>.*?</form>', answer.text, re.S):
            if 'name="seen"' not in form:
                continue
            action = re.search(r'\saction="([^"]*)"', form.partition(">")[0])
            where = unescape(action[1]) if action else address
            sent = ana.post(where, data={"title-en": "Typed blindly"}, headers=OWN)
            if sent.status_code != REFUSED_OTHERWISE.get(rule.endpoint, 428):
                taken.add(rule.endpoint)
            else:
                refused.add(rule.endpoint)
    assert taken == BEGINS
    assert len(refused) > 20


# Pages of the desk with a form to type into that begins something, is said once, or has a mark of its own.
BARE = {
    "allocation.people",
    "allocation.seats",
    "registration.travel",
    "registration.draft_list",
    "text_answers.texts",
    "editions.correct",
    "editions.editions",
    "registration.desk",
    "attendance.walk_in",
    "plenary.begin_report",
    "plenary.edit_block",
    "plenary.editor",
    "agenda.timetable",
    "agenda_in.bring",
    "designing.create",
    "designing.edit",
    "designing.languages_of",
    "members.invite",
    "designing.preview",
    "findings.take",
    "presenting.edit",
    "papers.add_item",
    "papers.document",
    "register.organisation",
    "settings.copy_workshop",
    "settings.edit_logo",
    "settings.remove_workshop",
    "speakers.invite",
    "speakers.replace",
    "survey_files.bring_in",
    "transcription.transcribe",
}
