"""Writing, signing and reopening the report of a group."""

import io
import re
from typing import Any

import docx
import pytest
from playwright.sync_api import Page
from pypdf import PdfReader
from sqlalchemy import select

from tests import factories as make
from tests.browsing import follow
from tests.cast import Company
from tests.conftest import SignedIn, SignInBrowser, count_statements
from tests.fetching import fetched
from tests.looking import there
from workshop.deliberation.capture.models import Point
from workshop.deliberation.group_reports.models import GroupReport, Strength
from workshop.platform.audit import AuditEntry
from workshop.platform.db import Words, db
from workshop.programme.agenda import models as agenda_models
from workshop.programme.agenda.formats import Format, Part
from workshop.programme.groups.models import Group
from workshop.secretariat.series.models import MeetingMode

REPORT = "/workshops/w/breakouts/2/report"
SIGN_OFF, REOPEN = f"{REPORT}/sign-off", f"{REPORT}/reopen"
FILLED = {
    "seen": "0",
    "lens_national": "One office answers to migrants.",
    "lens_multilateral": "Fund the registry.",
    "moderator": "M. Example (synthetic)",
    "headcount-ngo": "8",
    "headcount-state_member": "10",
    "key_points-0-question": "1",
    "key_points-0-text": "Written roles help.",
    "key_points-0-kind": "practice",
    "key_points-0-points": ["1", "2"],
    "recommendations-0-action": "Write down the roles.",
    "recommendations-0-addressee": "Labour ministries",
    "recommendations-0-question": "2",
    "lessons-0-text": "Begin early.",
}


@pytest.fixture
def group(company: Company) -> Group:
    """Group 2 with two questions and two points, reported by Chi."""
    group = add_group(company, 2)
    db.session.add(make.servant(group=group, user=company.chi))
    first = group.questions[0]
    db.session.add_all(
        [make.point(1, group=group, question=first, voices=2), make.point(2, group=group, question=first)]
    )
    db.session.commit()
    return group


def add_group(company: Company, number: int) -> Group:
    session = db.session.scalar(select(agenda_models.Session)) or make.session(
        workshop=company.workshop, format=Format.BREAKOUT
    )
    questions = [make.group_question(), make.group_question("Why?", position=2)]
    group = make.group(number=number, workshop=company.workshop, session=session, questions=questions)
    db.session.add(group)
    return group


def report() -> GroupReport | None:
    db.session.expire_all()
    return db.session.scalar(select(GroupReport).join(Group).where(Group.number == 2))


def posted_again(page: str) -> dict[str, str | list[str]]:
    """The fields of the form on a page as a browser would send them back."""
    html = page.split('class="report-form"')[1].split("</form>")[0]
    ticked: dict[str, list[str]] = {}
    typed: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        a = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if a.get("type") not in {"checkbox", "radio", "submit"} or re.search(r"\schecked\b", tag):
            ticked.setdefault(a["name"], []).append(a.get("value", "y"))
    for name, body in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)</textarea>', html):
        typed[name] = body.strip()
    for name, body in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', body) or re.search(r'<option value="([^"]*)"', body)
        typed[name] = there(chosen).group(1)
    return ticked | typed


# group: writing the draft


def test_the_form_begins_with_what_is_known(as_: SignedIn, group: Group) -> None:
    page = as_("chi").get(REPORT).text
    assert 'name="rapporteur" type="text" value="Chi"' in page
    assert page.count("<legend>Key point 1</legend>") == 2
    assert "Not begun" in page


def test_a_draft_is_saved_and_shown_again(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    answer = client.post(REPORT, data=FILLED | {"next": "lens"})
    assert (answer.status_code, answer.location) == (302, f"{REPORT}#lens")
    saved = there(report())
    (key_point,) = saved.key_points
    assert (key_point.text, key_point.strength, [p.label for p in key_point.points]) == (
        "Written roles help.",
        Strength.SOME,
        ["2.1", "2.2"],
    )
    assert (saved.headcount, saved.lessons, saved.revision) == (
        {"state_member": 10, "ngo": 8},
        ["Begin early."],
        1,
    )
    page = client.get(REPORT).text
    assert posted_again(page)["key_points-0-text"] == "Written roles help."
    assert "Nothing is missing." in page
    assert "Saved at" in page


def test_sending_the_form_back_as_it_is_changes_nothing(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    client.post(REPORT, data=FILLED)
    before = (
        there(report()).key_points[0].id,
        there(report()).recommendations[0].id,
        there(report()).lens_national,
        there(report()).headcount,
    )
    assert client.post(REPORT, data=posted_again(client.get(REPORT).text)).status_code == 302
    saved = there(report())
    assert (
        saved.key_points[0].id,
        saved.recommendations[0].id,
        saved.lens_national,
        saved.headcount,
    ) == before
    assert [point.number for point in saved.key_points[0].points] == [1, 2]
    assert there(saved.recommendations[0].question).position == 2
    assert (len(saved.key_points), len(saved.recommendations), saved.revision) == (1, 1, 2)


def test_an_emptied_row_is_removed(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    client.post(REPORT, data=FILLED)
    client.post(REPORT, data=posted_again(client.get(REPORT).text) | {"key_points-0-text": ""})
    assert there(report()).key_points == []


def test_an_unfinished_draft_is_saved_and_says_what_is_missing(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    client.post(
        REPORT, data=FILLED | {"lens_national": "", "recommendations-0-addressee": "", "key_points-0-text": "x" * 301}
    )
    assert there(report()).key_points[0].text == "x" * 301
    page = client.get(REPORT).text
    todo = page.split('<h2 id="todo">')[1].split("<nav")[0]
    assert re.findall(r'href="#([^"]*)"', todo) == ["key_points-0-text", "lens_national", "recommendations-0-addressee"]
    assert "Error:" not in page


def test_what_is_not_a_number_is_refused_with_everything_typed_kept(as_: SignedIn, group: Group) -> None:
    page = as_("chi").post(REPORT, data=FILLED | {"headcount-ngo": "a few"}).text
    assert "<title>Error: " in page
    assert 'value="a few"' in page
    assert "One office answers to migrants." in page
    assert report() is None


@pytest.mark.parametrize(
    "wrong", [{"key_points-0-points": ["77"]}, {"key_points-0-strength": "consensus"}, {"language": "xx"}]
)
def test_what_the_form_does_not_offer_is_refused(as_: SignedIn, group: Group, wrong: dict[str, Any]) -> None:
    assert "<title>Error: " in as_("chi").post(REPORT, data=FILLED | wrong).text
    assert report() is None


def test_a_key_point_under_a_question_that_is_gone_is_not_lost(as_: SignedIn, group: Group) -> None:
    as_("chi").post(REPORT, data=FILLED | {"key_points-0-question": "9"})
    assert [(row.text, row.question.position) for row in there(report()).key_points] == [("Written roles help.", 1)]


def test_words_of_negotiation_are_pointed_out_and_not_forbidden(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    client.post(REPORT, data=FILLED | {"lens_national": "All had agreed by consensus."})
    page = client.get(REPORT).text
    assert "“agreed”, “consensus” is for what was negotiated" in page
    assert client.post(SIGN_OFF).status_code == 302
    assert there(report()).signed_at


def test_a_struck_point_behind_a_key_point_is_flagged(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    client.post(REPORT, data=FILLED)
    client.post("/workshops/w/breakouts/2/points/2/strike")
    page = client.get(REPORT).text
    assert "Struck out in the notes: 2.2" in page
    assert "(struck out)" in page
    assert "Struck out in the notes: 2.2" in client.post(SIGN_OFF).text
    assert there(report()).signed_at is None


def test_the_form_shows_the_lens_of_the_session(as_: SignedIn, group: Group) -> None:
    group.session.lens = Words(en="Say what role policy should play.")
    assert "Say what role policy should play." in as_("chi").get(REPORT).text


def test_markup_in_a_report_stays_text(as_: SignedIn, group: Group) -> None:
    payload = "</textarea><script>alert(1)</script>"
    client = as_("chi")
    client.post(REPORT, data=FILLED | {"lens_national": payload, "key_points-0-text": payload, "moderator": '"><i>'})
    for page in (client.get(REPORT).text, as_("eva").get(REPORT).text):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert '"><i>' not in page


@pytest.mark.parametrize(
    ("who", "status"), [("ana", 200), ("chi", 200), ("eva", 200), ("ben", 403), ("dov", 404), ("nobody", 302)]
)
def test_who_reads_the_report(as_: SignedIn, group: Group, who: str, status: int) -> None:
    assert as_(who).get(REPORT).status_code == status


@pytest.mark.parametrize(("who", "status"), [("ana", 302), ("chi", 302), ("eva", 403), ("ben", 403), ("dov", 404)])
def test_who_writes_the_report(as_: SignedIn, group: Group, who: str, status: int) -> None:
    assert as_(who).post(REPORT, data=FILLED).status_code == status
    assert bool(report()) == (who in {"ana", "chi"})


def test_a_rapporteur_of_another_group_reads_and_does_not_write(as_: SignedIn, company: Company, group: Group) -> None:
    add_group(company, 3)
    address = REPORT.replace("/2/", "/3/")
    assert "The rapporteur has not begun this report." in as_("chi").get(address).text
    for path in (address, f"{address}/sign-off", f"{address}/reopen"):
        assert as_("chi").post(path, data=FILLED).status_code == 403


def test_the_form_takes_the_same_statements_for_one_key_point_and_three(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    client.post(REPORT, data=FILLED)
    with count_statements() as one:
        client.get(REPORT)
    more = {
        f"{part}-{n}-{name}": value
        for n in (1, 2)
        for part, name, value in (
            ("key_points", "question", "2"),
            ("key_points", "text", "More"),
            ("key_points", "points", "1"),
            ("recommendations", "action", "More"),
            ("practices", "title", "More"),
        )
    }
    client.post(REPORT, data=posted_again(client.get(REPORT).text) | more)
    db.session.add_all([make.point(n, group=group) for n in (3, 4)])
    db.session.commit()
    assert len(there(report()).key_points) == 3
    db.session.rollback()
    with count_statements() as three:
        client.get(REPORT)
    assert len(three) == len(one)


def test_the_list_of_what_is_missing_tells_rows_apart(as_: SignedIn, group: Group) -> None:
    more = {"key_points-1-question": "2", "key_points-1-text": "More", "recommendations-0-addressee": ""}
    page = as_("chi").post(SIGN_OFF, data=FILLED | more).text
    summary = page.split('<div class="summary"')[1].split("</div>")[0]
    assert re.findall(r'href="#([^"]*)">([^:]*):', summary) == [
        ("key_points-1-points", "Question 2, key point 1, Points it is based on"),
        ("recommendations-0-addressee", "Recommendation 1, Offered to"),
    ]


# group: two people write at once


def test_the_second_to_save_sees_both_texts_and_overwrites_nothing(as_: SignedIn, group: Group) -> None:
    chi, ana = as_("chi"), as_("ana")
    chi.post(REPORT, data=FILLED)
    opened = posted_again(ana.get(REPORT).text)
    chi.post(REPORT, data=opened | {"lens_national": "Chi's words", "practices-0-title": "Chi's practice"})
    answer = ana.post(REPORT, data=opened | {"lens_national": "Ana's words", "differences": "Ana's difference"})
    assert answer.status_code == 409
    assert "<title>Error: " in answer.text
    assert "<ins>Chi&#39;s words</ins>" in answer.text
    assert "One office answers to migrants." in answer.text
    assert "Chi&#39;s practice" in posted_again(answer.text)["practices-0-title"]
    assert "Ana&#39;s words" in answer.text
    assert there(report()).lens_national == "Chi's words"
    assert ana.post(REPORT, data=posted_again(answer.text)).status_code == 302
    saved = there(report())
    assert (saved.lens_national, saved.differences) == ("Ana&#39;s words", "Ana&#39;s difference")
    assert [practice.title for practice in saved.practices] == ["Chi&#39;s practice"]


def test_markup_in_a_clash_stays_text(as_: SignedIn, group: Group) -> None:
    chi, ana = as_("chi"), as_("ana")
    chi.post(REPORT, data=FILLED | {"lens_national": "<img src=x onerror=alert(1)>"})
    page = ana.post(REPORT, data=FILLED | {"lens_national": "<svg onload=alert(2)>"}).text
    assert "<img" not in page
    assert "<svg" not in page
    assert "&lt;img src=x" in page
    assert "&lt;svg onload" in page


def test_two_who_begin_at_once_do_not_overwrite_each_other(as_: SignedIn, group: Group) -> None:
    as_("chi").post(REPORT, data=FILLED)
    answer = as_("ana").post(REPORT, data=FILLED | {"lens_national": "Mine"})
    assert answer.status_code == 409
    assert there(report()).lens_national == "One office answers to migrants."


def test_the_same_form_sent_twice_is_saved_once(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    assert [client.post(REPORT, data=FILLED).status_code for _n in range(3)] == [302, 302, 302]
    saved = there(report())
    assert (
        len(saved.key_points),
        len(saved.recommendations),
        saved.lessons,
        saved.revision,
    ) == (
        1,
        1,
        ["Begin early."],
        1,
    )


def test_a_form_that_does_not_say_what_it_saw_is_refused(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    client.post(REPORT, data=FILLED)
    blind = {name: value for name, value in FILLED.items() if name != "seen"}
    assert client.post(REPORT, data=blind).status_code == 428
    assert there(report()).revision == 1


# sign_off


def test_signing_is_refused_without_the_lens_and_the_draft_is_kept(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    answer = client.post(SIGN_OFF, data=FILLED | {"lens_national": "", "differences": "Two views."})
    assert "<title>Error: " in answer.text
    assert '<p class="error" id="lens_national-error">Every group answers this one.' in answer.text
    assert '<a href="#lens_national">' in answer.text
    assert (there(report()).signed_at, there(report()).differences) == (None, "Two views.")


def test_multilateral_policy_may_be_said_not_to_have_been_discussed(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    without = FILLED | {"lens_multilateral": ""}
    assert "tick that it was not discussed" in client.post(SIGN_OFF, data=without).text
    data = without | {"seen": "1", "multilateral_not_discussed": "y"}
    assert client.post(SIGN_OFF, data=data).status_code == 302
    assert "Multilateral bodies were not discussed." in client.get(REPORT).text


def test_the_rapporteur_signs_what_the_form_says(as_: SignedIn, company: Company, group: Group) -> None:
    before = company.workshop.version
    client = as_("chi")
    assert client.post(SIGN_OFF, data=FILLED).status_code == 302
    saved = there(report())
    assert (saved.signed_by, saved.moderator_signed_by) == (company.chi.id, None)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "sign off group report")).one()
    assert (entry.subject, entry.who) == ("w/2 rapporteur", company.chi.id)
    db.session.refresh(company.workshop)
    assert company.workshop.version == before + 1


def test_a_signed_report_reads_like_a_page(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    client.post(SIGN_OFF, data=FILLED)
    page = client.get(REPORT).text
    assert "<b>Some participants:</b>" in page
    assert '<a href="/workshops/w/breakouts/2/notes#point-1">2.1</a>' in page
    assert "18 people took part (Member State: 10, Non-governmental organisation: 8)." in page
    assert "<form" not in page.split("<article")[1].split("Reopen")[0].replace('<form method="post"', "", 1)
    assert "textarea" not in page
    for word in ("consensus", "agreed", "adopted"):
        assert word not in page.lower()


def test_a_stored_report_can_be_signed_by_its_button_alone(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    client.post(REPORT, data=FILLED)
    assert client.post(SIGN_OFF).status_code == 302
    assert there(report()).signed_at


def test_nothing_is_signed_where_nothing_was_written(as_: SignedIn, group: Group) -> None:
    assert "Every group answers this one." in as_("chi").post(SIGN_OFF).text
    assert report() is None


def test_a_signed_report_is_not_saved_over(as_: SignedIn, group: Group) -> None:
    chi, ana = as_("chi"), as_("ana")
    chi.post(REPORT, data=FILLED)
    opened = posted_again(ana.get(REPORT).text)
    chi.post(SIGN_OFF)
    answer = ana.post(REPORT, data=opened | {"lens_national": "Too late"})
    assert answer.status_code == 409
    assert "It has been signed off as well" in answer.text
    assert "Too late" in answer.text
    assert there(report()).lens_national == "One office answers to migrants."


def test_the_chair_reads_and_does_not_sign(as_: SignedIn, group: Group) -> None:
    as_("chi").post(REPORT, data=FILLED)
    page = as_("eva").get(REPORT).text
    assert "Draft" in page
    assert "Sign off" not in page
    assert as_("eva").post(SIGN_OFF).status_code == 403


# reopen


def test_each_signs_with_her_own_hand(as_: SignedIn, company: Company, group: Group) -> None:
    db.session.add(make.servant(group=group, user=company.eva, role=Part.MODERATOR))
    chi, eva = as_("chi"), as_("eva")
    assert 'name="part" value="moderator"' not in chi.get(REPORT).text
    chi.post(SIGN_OFF, data=FILLED)
    assert "The moderator has not signed it." in chi.get(REPORT).text
    assert "Sign off as moderator" in eva.get(REPORT).text
    assert eva.post(REPORT, data=FILLED | {"lens_national": "Mine"}).status_code == 403
    assert eva.post(SIGN_OFF).status_code == 302
    saved = there(report())
    assert (saved.signed_by, saved.moderator_signed_by) == (company.chi.id, company.eva.id)
    assert saved.lens_national == "One office answers to migrants."
    eva.post(REOPEN)
    assert not there(report()).is_closed


def test_one_hand_does_not_sign_twice(as_: SignedIn, company: Company, group: Group) -> None:
    db.session.add(make.servant(group=group, user=company.chi, role=Part.MODERATOR))
    chi = as_("chi")
    chi.post(SIGN_OFF, data=FILLED | {"part": "rapporteur"})
    assert "The other signature is yours." in chi.post(SIGN_OFF, follow_redirects=True).text
    assert there(report()).moderator_signed_at is None


def test_an_organiser_writes_and_does_not_sign_for_others(as_: SignedIn, group: Group) -> None:
    ana = as_("ana")
    assert ana.post(REPORT, data=FILLED).status_code == 302
    page = ana.get(REPORT).text
    assert "Sign off as" not in page
    assert "People of group 2" in page
    assert ana.post(SIGN_OFF).status_code == 403


def test_key_points_are_drafted_from_chosen_points(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    assert "2 points in no key point yet" in client.get(REPORT).text
    answer = client.post(f"{REPORT}/draft", data={"seen": "0", "language": "en", "chosen": ["1", "2"]})
    assert answer.location == f"{REPORT}#key-points"
    (key,) = there(report()).key_points
    assert [point.number for point in key.points] == [1, 2]
    assert (key.strength, key.question.position) == (Strength.SOME, 1)
    assert "Every point that counts is behind a key point." in client.get(REPORT).text


@pytest.mark.parametrize(("typed", "numbers"), [("2.1, 2.2", [1, 2]), ("2 1", [1, 2]), ("2.2;", [2]), ("", [])])
def test_points_are_given_by_their_numbers(as_: SignedIn, group: Group, typed: str, numbers: list[int]) -> None:
    client = as_("chi")
    client.post(REPORT, data=FILLED | {"key_points-0-points": typed})
    assert [point.number for point in there(report()).key_points[0].points] == numbers
    assert f'value="{", ".join(f"2.{number}" for number in numbers)}"' in client.get(REPORT).text


@pytest.mark.parametrize(("typed", "said"), [("2.9", "no point 9"), ("the first", "no number of a point")])
def test_what_is_no_point_is_said(as_: SignedIn, group: Group, typed: str, said: str) -> None:
    assert said in as_("chi").post(REPORT, data=FILLED | {"key_points-0-points": typed}).text
    assert report() is None


def test_sixty_points_make_a_page_that_can_be_read(as_: SignedIn, group: Group) -> None:
    first = group.questions[0]
    db.session.add_all(make.point(number, group=group, question=first) for number in range(3, 61))
    page = as_("chi").get(REPORT).text
    assert page.count('type="checkbox"') < 80


def test_a_signed_key_point_without_a_source_needs_a_decision(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    client.post(SIGN_OFF, data=FILLED)
    for number in (1, 2):
        client.post(f"/workshops/w/breakouts/2/points/{number}/strike")
    page = client.get(REPORT).text
    assert "Signed off; a decision is needed" in page
    key = there(report()).key_points[0]
    keep = f"{REPORT}/key-points/{key.id}/keep"
    client.post(keep, data={"reason": " "})
    assert there(report()).undecided
    client.post(keep, data={"reason": "Said again in plenary."})
    assert there(report()).undecided == []
    assert "a decision is needed" not in client.get(REPORT).text
    assert client.post(keep, data={"reason": "Again"}).status_code == 404


def test_an_organiser_reopens_and_the_signature_goes(as_: SignedIn, company: Company, group: Group) -> None:
    as_("chi").post(SIGN_OFF, data=FILLED)
    ana = as_("ana")
    assert "Reopen to change it" in ana.get(REPORT).text
    assert ana.post(REOPEN).location == REPORT
    saved = there(report())
    assert (saved.signed_at, saved.signed_by, saved.lens_national) == (
        None,
        None,
        "One office answers to migrants.",
    )
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "reopen group report")).one()
    assert (entry.subject, entry.who) == ("w/2", company.ana.id)
    assert "Save draft" in ana.get(REPORT).text


def test_reopening_a_draft_does_nothing(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    client.post(REPORT, data=FILLED)
    assert client.post(REOPEN).status_code == 302
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "reopen group report")).all() == []


def test_the_chair_does_not_reopen(as_: SignedIn, group: Group) -> None:
    as_("chi").post(SIGN_OFF, data=FILLED)
    assert "Reopen" not in as_("eva").get(REPORT).text
    assert as_("eva").post(REOPEN).status_code == 403


# as a Word document


def test_the_report_is_a_word_document_with_its_text_and_no_name(as_: SignedIn, group: Group) -> None:
    client = as_("chi")
    assert client.get(f"{REPORT}.docx").status_code == 404
    client.post(SIGN_OFF, data=FILLED)
    assert f'href="{REPORT}.docx"' in client.get(REPORT).text
    document = docx.Document(io.BytesIO(fetched(as_("eva"), f"{REPORT}.docx").data))
    text = "\n".join(line.text for line in document.paragraphs)
    for said in (
        "Some participants: Written roles help.",
        "(Practice, 2.1, 2.2)",
        "Write down the roles.",
        "18 people",
    ):
        assert said in text
    assert "M. Example" in text
    assert document.core_properties.author == ""
    group.mode = MeetingMode.CHATHAM_HOUSE
    document = docx.Document(io.BytesIO(fetched(client, f"{REPORT}.docx").data))
    assert "M. Example" not in "\n".join(line.text for line in document.paragraphs)


@pytest.mark.parametrize(("language", "wide"), [("en", False), ("ar", True)])
def test_the_report_is_printed_and_shown_as_slides(as_: SignedIn, group: Group, language: str, wide: bool) -> None:
    """One page to hand out, with names unless the Chatham House Rule holds; slides name nobody at all."""
    client = as_("chi")
    assert client.get(f"{REPORT}.pdf").status_code == 404
    client.post(SIGN_OFF, data=FILLED)
    client.set_cookie("lang", language)
    group.mode = MeetingMode.CHATHAM_HOUSE if wide else group.mode
    for address in (f"{REPORT}.pdf", f"{REPORT}-slides.pdf"):
        assert f'href="{address}"' in client.get(REPORT).text
        made = PdfReader(io.BytesIO(fetched(client, address).data))
        text = " ".join(page.extract_text() for page in made.pages)
        for said in ("Written roles help.", "Write down the roles.", "Begin early.", "One office answers to migrants."):
            assert said in text
        is_sheet = address == f"{REPORT}.pdf"
        assert ("M. Example" in text) == (is_sheet and not wide)
        assert ("2.2" in text) == is_sheet  # the number of a point behind it
        assert made.trailer["/Root"]["/Lang"] == language  # type: ignore[index]
        width, height = made.pages[0].mediabox.width, made.pages[0].mediabox.height
        assert (width > height) != is_sheet


# the desk of groups tells how far the reports are


def test_the_desk_of_groups_shows_the_state_of_each_report(as_: SignedIn, company: Company, group: Group) -> None:
    client = as_("chi")
    client.post(REPORT, data=FILLED)
    assert "Report in draft" in client.get("/workshops/w/desk/breakouts").text
    client.post(SIGN_OFF)
    assert "Report signed off" in client.get("/workshops/w/desk/breakouts").text


# the whole way, as the rapporteur goes it


@pytest.mark.on_both_databases
def test_the_rapporteur_goes_from_notes_to_signature_in_a_browser(
    page: Page, company: Company, group: Group, sign_in_browser: SignInBrowser
) -> None:
    group.session.mode = MeetingMode.CHATHAM_HOUSE
    db.session.commit()
    sign_in_browser(page, "chi")
    page.goto("/workshops/w/breakouts/2/notes")
    page.get_by_label("2. Why?").check()
    page.get_by_label("Lesson", exact=True).check()
    page.get_by_label("The point, in one or two sentences").fill("Trust came from small first steps.")
    page.get_by_role("button", name="Add the point").click()
    page.locator("#point-3").wait_for()
    page.get_by_role("link", name="Report of this group").click()
    row = page.get_by_role("group", name="Key point 1").nth(1)
    row.get_by_label("Key point").fill("Small first steps build trust.")
    row.get_by_label("Points it is based on").fill("2.3")
    page.get_by_role("button", name="Sign off as rapporteur").click()
    page.get_by_role("alert").get_by_role("link", name="In national policy").click()
    page.get_by_label("In national policy").fill("One office should answer.")
    page.get_by_label("Multilateral bodies were not discussed").check()
    page.get_by_role("button", name="Sign off as rapporteur").click()
    page.get_by_text("Signed off on").wait_for()
    assert page.get_by_text("Small first steps build trust.").count() == 1
    follow(page, page.get_by_role("link", name="2.3"))
    assert page.url.endswith("/notes#point-3")
    assert db.session.scalar(select(Point.text).where(Point.number == 3)) == "Trust came from small first steps."
