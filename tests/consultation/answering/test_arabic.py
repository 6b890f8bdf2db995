"""Respondents answer in the languages of the questionnaire: all in Arabic, from right to left; in others as far as we can."""

import io
import re
from email.message import EmailMessage
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browsing import axe_faults
from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from tests.consultation.answering import arabic
from tests.looking import matched
from tests.secretariat.accounts.test_mail import Sink
from tests.secretariat.accounts.test_mail import sink as sink  # a fixture
from workshop.consultation.questionnaires import rules as questionnaires_rules
from workshop.consultation.questionnaires.models import Questionnaire, Recipient, Response
from workshop.platform import tasks
from workshop.platform.db import Words, db

OPEN = "/workshops/w/questionnaires/q"
ARABIC = {"Accept-Language": "ar-TN,ar;q=0.9,en;q=0.5"}


def publish(**but: Any) -> Questionnaire:
    version = arabic.version(**but)
    db.session.add(version)
    db.session.commit()
    return version.questionnaire


def the_response() -> Response:
    db.session.expire_all()
    return db.session.scalars(sa.select(Response)).one()


def frame(page: str) -> tuple[str, str]:
    """The language and direction of a page."""
    found = matched(r'<html lang="(\w+)" dir="(\w+)">', page)
    return found[1], found[2]


def invite(questionnaire: Questionnaire, language: str = "ar") -> str:
    """The personal link of somebody on the list."""
    row = Recipient(
        questionnaire=questionnaire, name="Casa Abierta (synthetic)", email="a@example.org", language=language
    )
    db.session.add(row)
    db.session.flush()
    token = row.current_link("key")
    db.session.commit()
    return f"/q/{token}"


def test_a_whole_questionnaire_in_arabic_without_scripts(client: FlaskClient) -> None:
    questionnaire = publish()
    page = client.get(OPEN, headers=ARABIC).text
    assert frame(page) == ("ar", "rtl")
    assert "قبل أن تبدأوا" in page
    assert re.findall(r'hreflang="(\w+)"', page) == ["en", "ar"], "the languages of the questionnaire, and no others"
    link = client.post(OPEN, headers=ARABIC).headers["Location"]
    wrong = client.post(f"{link}/A", data={"K6": "٩٬٩٩٩", "go": "next"}, headers=ARABIC).text
    assert "يجب أن يكون الرقم بين \u20680\u2069 و \u20685,000\u2069. لقد كتبتم \u2068٩٬٩٩٩\u2069." in wrong
    assert "ثمة إجابتان تحتاجان إلى مراجعة" in wrong
    assert client.post(f"{link}/A", data=arabic.TYPED | {"go": "next"}, headers=ARABIC).status_code == 302
    assert the_response().answers == arabic.ANSWERS
    summary = client.get(f"{link}/summary", headers=ARABIC).text
    for told in ("28 فبراير 2005", "1,200 أشخاص", "تونس", "المغرب", "1,200.50 TND"):
        assert told in summary
    client.post(f"{link}/submit", headers=ARABIC)
    assert "شكرا لكم، أُرسلت إجاباتكم" in client.get(f"{link}/thanks", headers=ARABIC).text
    response = the_response()
    assert {response.language, response.notice["language"], response.consent["language"]} == {"ar"}
    assert response.notice["text"] == questionnaires_rules.notice_mark(questionnaire, "ar")
    pages = PdfReader(io.BytesIO(client.get(f"{link}/copy.pdf", headers=ARABIC).data))
    assert str(pages.root_object["/Lang"]) == "ar"


def test_changing_the_language_sends_what_was_typed_and_is_remembered(client: FlaskClient) -> None:
    publish()
    link = client.post(OPEN).headers["Location"]
    turned = client.post(f"{link}/A", data={"K14": "Half a sentence", "go": "ar"}).headers["Location"]
    assert frame(client.get(turned).text) == ("ar", "rtl")
    page = client.get(f"{link}/A").text
    assert frame(page) == ("ar", "rtl")
    assert "Half a sentence" in page
    assert frame(client.get("/workshops/w/").text) == ("ar", "rtl"), "remembered on every page"


def test_a_personal_link_opens_in_the_language_of_whoever_was_asked(client: FlaskClient) -> None:
    link = invite(publish())
    english = {"Accept-Language": "en"}
    assert frame(client.get(f"{link}/begin", headers=english).text) == ("ar", "rtl")
    assert frame(client.get(f"{link}/decline", headers=english).text) == ("ar", "rtl")
    client.post(f"{link}/begin", headers=english)
    assert the_response().language == "ar"
    assert frame(client.get(f"{link}/A", headers=english).text) == ("ar", "rtl"), "from any device"
    assert frame(client.get(f"{link}/A?lang=en", headers=english).text) == ("en", "ltr")
    assert frame(client.get(f"{link}/summary", headers=english).text) == ("en", "ltr"), "what the reader chose stays"


def test_a_language_that_we_do_not_speak(client: FlaskClient) -> None:
    version = arabic.version(title=Words(en="Form", so="Foomka"))
    version.definition = arabic.document("en", "so")
    version.definition["sections"][0]["title"] = {"en": "Your organisation", "so": "Ururkaaga"}
    db.session.add(version)
    db.session.commit()
    link = client.post(f"{OPEN}?lang=so", headers={"Accept-Language": "fr"}).headers["Location"]
    page = client.get(f"{link}/A", headers={"Accept-Language": "fr"}).text
    assert frame(page) == ("fr", "ltr")
    assert '<h1><span lang="so" dir="ltr">Ururkaaga</span></h1>' in page
    assert (
        '<button class="plainly" form="answers" name="go" value="so" lang="so" aria-current="true"> Soomaali'
        in " ".join(page.split())
    )
    assert the_response().language == "so"


def test_whoever_speaks_none_of_its_languages_sees_which_one_it_is(client: FlaskClient) -> None:
    publish()
    page = client.get(f"{OPEN}?lang=es", headers={"Accept-Language": "es"}).text
    assert frame(page) == ("es", "ltr")
    assert '<h1><span lang="en" dir="ltr">Short form for organisations</span></h1>' in page
    assert "Algunos textos" in page
    client.post(OPEN, headers={"Accept-Language": "es"})
    assert the_response().language == "en", "what was really shown"


def test_what_goes_wrong_is_said_in_arabic_too(client: FlaskClient) -> None:
    page = client.get("/q/nothing/A", headers=ARABIC)
    assert (page.status_code, frame(page.text)) == (404, ("ar", "rtl"))
    assert "هذه الصفحة غير موجودة" in page.text
    assert frame(client.get("/workshops/nothing/", headers=ARABIC).text) == ("ar", "rtl")


def test_it_costs_no_statement(client: FlaskClient) -> None:
    publish()
    link = client.post(OPEN, headers=ARABIC).headers["Location"]
    client.get(f"{link}/A")
    with count_statements() as english:
        client.get(f"{link}/A", headers={"Accept-Language": "en"})
    with count_statements() as arabic_too:
        client.get(f"{link}/A", headers=ARABIC)
    assert len(arabic_too) == len(english) == 1


def test_mails_in_arabic(as_: SignedIn, client: FlaskClient, company: Company, sink: Sink) -> None:
    publish(workshop=company.workshop, slug="ask")
    desk = "/workshops/w/desk/questionnaires/ask"
    rows = "الاسم;البريد الإلكتروني;اللغة\nCasa Abierta (synthetic);a@example.org;العربية\n"
    preview = as_("ana").post(f"{desk}/recipients/file", data={"pasted": rows, "go": "try"}).text
    seen = matched(r'name="seen"[^>]*value="([^"]*)"', preview)[1]
    take = {"pasted": rows, "go": "take", "seen": seen}
    assert as_("ana").post(f"{desk}/recipients/file", data=take).status_code == 302
    assert 'name="subject-ar"' in as_("ana").get(f"{desk}/letters/invitation").text
    as_("ana").post(f"{desk}/recipients/invite")
    assert len(delivered(sink)) == 1  # whom no letter has reached is not reminded
    as_("ana").post(f"{desk}/recipients/remind")
    invitation, reminder = delivered(sink)
    assert invitation["Subject"] == "دعوة إلى الإجابة: استمارة قصيرة للمنظمات"
    assert "Casa Abierta (synthetic)" in invitation.get_content()
    assert reminder["Subject"] == "تذكير: استمارة قصيرة للمنظمات"
    link = matched(r"(/q/[\w-]+)\r?$", invitation.get_content(), re.M)[1]
    client.post(f"{link}/begin")
    form = {"name": "Labour", "email": "b@example.org", "language": "ar", "sections": ["A"]}
    assert "سيتلقى" in client.post(f"{link}/colleagues", data=form, follow_redirects=True).text
    client.post(f"{link}/A", data={"K17": "yes", "K6": "١٢", "go": "next"})
    client.post(f"{link}/submit", data={"signed": "The Director (synthetic)"})
    client.post(f"{link}/copy", data={"email": "a@example.org"})
    asked, copy = delivered(sink)[2:]
    assert asked["Subject"] == "الجزء الخاص بكم من الإجابات: استمارة قصيرة للمنظمات"
    assert copy["Subject"] == "نسخة من إجاباتكم"
    assert re.search(r"كم عدد الأعضاء؟\s+12 أشخاص", copy.get_content())


def delivered(sink: Sink) -> list[EmailMessage]:
    while tasks.run_due():
        pass
    return list(sink.received)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_in_a_browser(page: Page, width: int) -> None:
    publish()
    page.set_viewport_size({"width": width, "height": 900})
    faults = []

    def looked_at() -> None:
        assert page.locator("html").get_attribute("dir") == "rtl"
        faults.extend(axe_faults(page))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url

    page.goto(f"{OPEN}?lang=ar")
    looked_at()
    page.click("main form button")
    looked_at()
    page.fill("#K10", "١٩٩٨")
    expect(page.locator("#K13"), "the script reads figures as the server does").to_be_hidden()
    page.fill("#K10", "٢٠٠١")
    expect(page.locator("#K13")).to_be_visible()
    page.fill("#K6", "٩٬٩٩٩")
    page.click(".actions button[value=next]")
    page.wait_for_selector(".summary")
    looked_at()
    page.fill("#K6", "١٬٢٠٠")
    page.check("#K17-o-yes")
    page.click(".actions button[value=next]")
    page.wait_for_url("**/summary")
    looked_at()
    page.click("main form button")
    page.wait_for_url("**/thanks")
    looked_at()
    assert faults == []
    assert the_response().answers == {"K6": 1200, "K10": 2001, "K17": True}
