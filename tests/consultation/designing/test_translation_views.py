"""Languages side by side, and a translator's link: one language, nothing else, no text lost."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.consultation.questions.documents import asks, document
from tests.looking import matched
from workshop.consultation.designing import rules
from workshop.consultation.questionnaires.models import Questionnaire, TranslatorLink
from workshop.consultation.questions import question_texts
from workshop.consultation.questions.questionnaire_document import Document as QuestionnaireDocument
from workshop.consultation.questions.questionnaire_document import nothing
from workshop.platform import links
from workshop.platform.db import Words, db, now

DESK = "/workshops/w/desk/questionnaires/q"
DRAFT = document(
    asks("A1", "scale", min=1, max=3, ends={"low": {"en": "Never"}, "high": {"en": "Always"}}, hint={"en": "How"})
) | {
    "title": {"en": "Survey", "fr": "Enquête"},
    "introduction": {},
    "lists": {},
}


@pytest.fixture
def form(company: Company) -> Questionnaire:
    form = make.questionnaire(workshop=company.workshop, title=Words(en="Survey"), draft=DRAFT)
    db.session.add(form)
    db.session.commit()
    return form


@pytest.fixture
def token(form: Questionnaire) -> str:
    link, token = rules.make(form, language="fr", name="Synthetic translator", days=3, at=now())
    db.session.add(link)
    db.session.commit()
    return token


def marks(page: str) -> dict[str, str]:
    """The hidden fields of a page of texts: what each said when it was opened."""
    return dict(re.findall(r'name="(opened|seen)"[^>]*value="([^"]*)"', page))


def field_of(page: str, source: str) -> str:
    """The name of the field beside a source text."""
    return matched(rf'id="(t[0-9a-f]{{10}})-source"[^>]*>{source}<', page)[1]


def french() -> dict[str, str | None]:
    db.session.expire_all()
    draft = db.session.scalars(sa.select(Questionnaire)).one().draft
    return {each.address: each.words.get("fr") for each in question_texts.all_texts(draft)}


def test_what_each_language_lacks(as_: SignedIn, form: Questionnaire) -> None:
    assert {code: len(lacks) for code, lacks in question_texts.missing(DRAFT).items()} == {"en": 0, "fr": 5}
    page = " ".join(as_("ana").get(f"{DESK}/languages").text.split())
    assert '<td class="num">6 / 6</td> <td class="num">none</td>' in page
    assert '<td class="num">1 / 6</td> <td class="num">5</td>' in page


def test_every_text_has_an_address_that_leads_back_to_it() -> None:
    for each in question_texts.all_texts(DRAFT):
        changed = question_texts.having(DRAFT, "fr", {each.address: "Nouveau"})
        found = {other.address: other.words.get("fr") for other in question_texts.all_texts(changed)}
        before = {other.address: other.words.get("fr") for other in question_texts.all_texts(DRAFT)}
        assert found == before | {each.address: "Nouveau"}


def test_side_by_side(as_: SignedIn, form: Questionnaire) -> None:
    desk = as_("ana")
    page = desk.get(f"{DESK}/languages/fr").text
    desk.post(
        f"{DESK}/languages/fr", data=marks(page) | {field_of(page, "Never"): "Jamais", field_of(page, "Survey"): ""}
    )
    assert french()["ends/A1/low"] == "Jamais"
    assert french()["whole//title"] is None
    assert desk.get(f"{DESK}/languages/de").status_code == 404


def test_another_language_can_be_added(as_: SignedIn, form: Questionnaire) -> None:
    desk = as_("ana")
    seen = matched(r'name="seen"[^>]*value="([^"]*)"', desk.get(f"{DESK}/languages").text)[1]
    assert (
        "is not the code of a language"
        in desk.post(f"{DESK}/languages", data={"seen": seen, "languages": "en, xx"}).text
    )
    desk.post(f"{DESK}/languages", data={"seen": seen, "languages": "en, fr, ar"})
    page = desk.get(f"{DESK}/languages/ar").text
    assert 'lang="ar" dir="rtl"' in page
    desk.post(f"{DESK}/languages/ar", data=marks(page) | {field_of(page, "Never"): "أبدا"})
    assert 'value="أبدا" lang="ar" dir="rtl"' in " ".join(desk.get(f"{DESK}/questions/A1").text.split())


def test_a_translator_sees_and_changes_one_language_only(client: FlaskClient, form: Questionnaire, token: str) -> None:
    page = client.get(f"/translate/{token}").text
    assert "Always" in page
    assert "/desk/" not in page
    client.post(
        f"/translate/{token}",
        data=marks(page) | {field_of(page, "Always"): "Toujours", field_of(page, "Never"): "Jamais"},
    )
    assert (french()["ends/A1/high"], french()["ends/A1/low"]) == ("Toujours", "Jamais")
    assert client.get(DESK + "/languages/fr").status_code == 302, "the link opens no other page"


def test_two_at_the_same_text_see_both_and_at_different_texts_do_not_meet(
    client: FlaskClient, form: Questionnaire, token: str
) -> None:
    page = client.get(f"/translate/{token}").text
    never, always = field_of(page, "Never"), field_of(page, "Always")
    client.post(f"/translate/{token}", data=marks(page) | {never: "Jamais"})
    assert client.post(f"/translate/{token}", data=marks(page) | {never: "", always: "Toujours"}).status_code == 302
    assert french()["ends/A1/low"] == "Jamais", "left alone by the second, it stays as the first wrote it"
    answer = client.post(f"/translate/{token}", data=marks(page) | {never: "Pas une fois"})
    assert answer.status_code == 409
    assert "Jamais" in answer.text
    assert "Pas une fois" in answer.text
    assert french()["ends/A1/low"] == "Jamais"
    taken = client.post(
        f"/translate/{token}", data=marks(answer.text) | {never: "Pas une fois", f"take.{never}": "theirs"}
    )
    assert (taken.status_code, french()["ends/A1/low"]) == (302, "Jamais")
    client.post(f"/translate/{token}", data=marks(client.get(f"/translate/{token}").text) | {never: "Pas une fois"})
    assert french()["ends/A1/low"] == "Pas une fois"


def test_a_link_is_shown_once_kept_as_a_hash_and_can_be_withdrawn(
    as_: SignedIn, client: FlaskClient, form: Questionnaire
) -> None:
    desk = as_("ana")
    page = desk.post(f"{DESK}/links", data={"language": "fr", "name": "A. Synthetic", "days": "5"}).text
    token = matched(r"/translate/([\w-]+)", page)[1]
    link = db.session.scalars(sa.select(TranslatorLink)).one()
    assert link.token_hash == links.digest(token)
    assert token not in desk.get(f"{DESK}/languages").text
    assert client.get(f"/translate/{token}").status_code == 200
    desk.post(f"{DESK}/links/{link.id}/revoke")
    assert client.get(f"/translate/{token}").status_code == 404
    assert client.post(f"/translate/{token}", data={}).status_code == 404


def test_a_link_expires_and_ends_with_its_language(client: FlaskClient, form: Questionnaire, token: str) -> None:
    link = db.session.scalars(sa.select(TranslatorLink)).one()
    form.draft = {**DRAFT, "languages": ["en"]}
    db.session.commit()
    assert client.get(f"/translate/{token}").status_code == 404
    form.draft, link.expires_at = DRAFT, now() - timedelta(seconds=1)
    db.session.commit()
    assert client.get(f"/translate/{token}").status_code == 404


def test_a_translators_work_waits_for_publication(client: FlaskClient, form: Questionnaire, token: str) -> None:
    db.session.add(make.version(DRAFT, questionnaire=form))
    form.draft = nothing()
    db.session.commit()
    page = client.get(f"/translate/{token}").text
    client.post(f"/translate/{token}", data=marks(page) | {field_of(page, "Survey"): "Sondage"})
    db.session.expire_all()
    assert form.draft["title"]["fr"] == "Sondage"
    assert form.title == {"en": "Survey"}


def long_form() -> QuestionnaireDocument:
    """Two sections with 50 texts together."""
    found = document(*(asks(f"A{number}", "text", max=100) for number in range(1, 26)))
    second = document(*(asks(f"B{number}", "text", max=100) for number in range(1, 26)))["sections"][0]
    found["sections"].append(second | {"code": "B"})
    return found


def test_many_texts_are_translated_section_by_section_and_the_others_stay(
    as_: SignedIn, client: FlaskClient, form: Questionnaire, token: str
) -> None:
    form.draft = long_form()
    db.session.commit()
    first = as_("ana").get(f"{DESK}/languages/fr?part=A").text
    assert first.count("<textarea") <= 27
    assert 'aria-current="page">Section A' in " ".join(first.split()).replace("> Section", ">Section")
    fields = re.findall(r'name="(t[0-9a-f]{10})"', first)
    answer = as_("ana").post(f"{DESK}/languages/fr?part=A", data=marks(first) | {fields[0]: "Un", "then": "next"})
    assert answer.location.endswith("part=B")
    page = client.get(f"/translate/{token}?part=B").text
    client.post(
        f"/translate/{token}?part=B", data=marks(page) | {re.findall(r'name="(t[0-9a-f]{10})"', page)[0]: "Deux"}
    )
    assert sorted(said for said in french().values() if said) == ["Deux", "Un"]


def test_what_was_translated_before_is_offered_and_filled_in(
    as_: SignedIn, company: Company, form: Questionnaire
) -> None:
    earlier = document(
        A=[asks("A1", "text", text={"en": "Survey", "fr": "Enquête"}, hint={"en": "How", "fr": "Comment"})]
    )
    db.session.add(make.questionnaire(workshop=company.workshop, slug="earlier", draft=earlier))
    db.session.commit()
    desk = as_("ana")
    page = desk.get(f"{DESK}/languages/fr").text
    assert "Translated before: “Comment”" in page
    answer = desk.post(f"{DESK}/languages/fr", data=marks(page) | {"then": "fill", field_of(page, "Survey"): "Sondage"})
    assert "filled in from earlier questionnaires" in answer.text
    assert ">\nComment</textarea>" in answer.text
    assert ">\nSondage</textarea>" in answer.text, "what was typed stays"
    db.session.refresh(form)
    assert "fr" not in form.draft["sections"][0]["questions"][0]["hint"], "nothing is saved before it was checked"
    memory = desk.get("/workshops/w/desk/questionnaires/memory.tmx")
    assert memory.mimetype == "application/xml"
    assert "Comment" in memory.text
    assert as_("dov").get("/workshops/w/desk/questionnaires/memory.tmx").status_code == 404
