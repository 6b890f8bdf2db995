"""Analysts read and code answers in words; what is withdrawn is gone, and nobody else gets there."""

import io

import docx
import pytest
from markupsafe import escape
from sqlalchemy import select

from tests import factories as make
from tests.conftest import SignedIn
from tests.consultation.findings.test_views import FIRST, take, version
from workshop.consultation.answering.rules import withdraw
from workshop.consultation.findings.disclosing.showing import tables_of
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.presenting.models import Finding, Quote
from workshop.consultation.presenting.paper.results_docx import paper_as_docx
from workshop.consultation.presenting.quotations import has_hidden
from workshop.consultation.presenting.tasks import briefing_of
from workshop.consultation.questionnaires.models import QuestionnaireVersion, Response
from workshop.consultation.questionnaires.states import Publication
from workshop.consultation.text_answers.models import SimilarText, TextCode, TextCoding
from workshop.platform import tasks
from workshop.platform.db import Words, db, now
from workshop.programme.agenda.models import Session

__all__ = ["version"]
TEXTS = "/workshops/w/desk/questionnaires/q/texts"
LETTER = "Please lower the cost of sending money home, publish every fee, and ask us before the plan is written."


def test_questions_in_words_without_personal_ones(as_: SignedIn, version: QuestionnaireVersion) -> None:
    page = as_("ana").get(TEXTS).text
    assert f"{TEXTS}/F2" in page
    assert f"{TEXTS}/B1" not in page, "the name of the organisation is personal"
    assert as_("ana").get(f"{TEXTS}/B1").status_code == 404


def test_a_text_is_coded_and_disappears_when_it_is_withdrawn(as_: SignedIn, version: QuestionnaireVersion) -> None:
    ana = as_("ana")
    ana.post(f"{TEXTS}/F2", data={"name": "one office"})
    assert "already" in ana.post(f"{TEXTS}/F2", data={"name": "One office"}).text
    code = db.session.scalars(select(TextCode)).one()
    answered = next(r for r in db.session.scalars(select(Response)) if r.answers.get("F2"))
    text = escape(str(answered.answers["F2"]))
    ana.post(f"{TEXTS}/F2/{answered.id}/codes", data={"codes": str(code.id)})
    ana.post(f"{TEXTS}/F2/{answered.id}/codes", data={"codes": str(code.id)})
    assert len(db.session.scalars(select(TextCoding)).all()) == 1
    page = ana.get(f"{TEXTS}/F2?code={code.id}").text
    assert text in page
    assert "not to be quoted" in page
    withdraw(answered, at=now())
    db.session.commit()
    assert text not in ana.get(f"{TEXTS}/F2?code={code.id}").text
    ana.post(f"{TEXTS}/F2/codes/{code.id}/remove")
    assert not db.session.scalars(select(TextCoding)).all()


def test_campaigns_are_found_by_a_worker(as_: SignedIn, version: QuestionnaireVersion) -> None:
    for number, response in enumerate(db.session.scalars(select(Response).limit(8))):
        response.answers = response.answers | {"F2": f"{LETTER} {number}"}
    db.session.commit()
    ana = as_("ana")
    ana.post(f"{TEXTS}/campaigns")
    tasks.run_due()
    assert {each.campaign for each in db.session.scalars(select(SimilarText))} >= {1}
    assert "8 nearly identical answers" in ana.get(TEXTS).text
    assert ana.get(f"{TEXTS}/F2?campaign=1").text.count(LETTER) == 8


def on_paper(session: Session) -> str:
    word = docx.Document(io.BytesIO(paper_as_docx(briefing_of(session, "en"), at=now())))
    return "\n".join(each.text for each in word.paragraphs)


def test_words_are_quoted_in_a_finding_and_go_with_the_answer(as_: SignedIn, version: QuestionnaireVersion) -> None:
    ana = as_("ana")
    take(ana)
    snapshot = db.session.scalars(select(Snapshot)).one()
    shown = [each for each in tables_of(snapshot, ()) if each.has_figures and not has_hidden(each)]
    finding = Finding(snapshot=snapshot, table=shown[0].question, statement=Words(en="So they say."), made_at=now())
    response = next(r for r in db.session.scalars(select(Response)) if r.answers.get("F2"))
    response.publication = Publication.ANONYMOUS
    response.answers = response.answers | {"F2": f"{LETTER} Write to one@example.org."}
    db.session.add(finding)
    db.session.commit()
    page = f"{TEXTS}/F2/{response.id}/quote"
    assert page in ana.get(f"{TEXTS}/F2").text
    typed = {"finding": finding.key, "excerpt": f"{LETTER} Write to one@example.org.", "names": "home"}
    assert "word for word" in ana.post(page, data=typed | {"excerpt": "Please do."}).text
    edited = ana.post(page, data=typed, follow_redirects=True).text
    assert "sending money […], publish every fee" in edited
    assert "one@example.org" not in edited
    finding.session = make.session(workshop=snapshot.questionnaire.workshop)
    db.session.commit()
    ana.post(f"{FIRST}/share")
    briefing = f"/workshops/w/desk/briefing/{finding.session.id}"
    assert "sending money […], publish every fee" in as_("eva").get(briefing).text, "its chair reads it too"
    assert "sending money […], publish every fee" in on_paper(finding.session)
    withdraw(response, at=now())
    db.session.commit()
    assert "publish every fee" not in as_("eva").get(briefing).text
    assert "publish every fee" not in on_paper(finding.session)
    ana = as_("ana")
    gone = ana.get(f"/workshops/w/desk/findings/{finding.key}").text
    assert "publish every fee" not in gone
    assert "1 quote is not shown" in gone
    quote = db.session.scalars(select(Quote)).one()
    ana.post(f"/workshops/w/desk/findings/{finding.key}/quotes/{quote.id}/remove")
    assert not db.session.scalars(select(Quote)).all()


def test_similar_answers_are_proposed_for_a_code(as_: SignedIn, version: QuestionnaireVersion) -> None:
    first, *others = [r for r in db.session.scalars(select(Response)) if r.answers.get("F2")][:3]
    first.answers = first.answers | {"F2": "Transfers cost too much for small amounts."}
    for number, other in enumerate(others):
        other.answers = other.answers | {"F2": f"Small amounts: transfers cost {number + 7} percent."}
    db.session.commit()
    ana = as_("ana")
    ana.post(f"{TEXTS}/F2", data={"name": "cost of transfers"})
    code = db.session.scalars(select(TextCode)).one()
    ana.post(f"{TEXTS}/F2/{first.id}/codes", data={"codes": str(code.id)})
    assert "2 similar answers without this code" in ana.get(f"{TEXTS}/F2?code={code.id}").text


@pytest.mark.parametrize(("who", "status"), [("eva", 403), ("chi", 403), ("ben", 403), ("dov", 404), ("nobody", 302)])
def test_texts_are_for_those_who_hold_the_answers(
    as_: SignedIn, version: QuestionnaireVersion, who: str, status: int
) -> None:
    for address in (TEXTS, f"{TEXTS}/F2"):
        assert as_(who).get(address).status_code == status
