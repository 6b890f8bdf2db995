"""The screens of results: an organiser takes a snapshot, others read it, and nobody is exposed."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn, count_statements
from workshop.consultation.findings.models import Snapshot, SnapshotColumn
from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.consultation.questions.definition import Definition
from workshop.demonstration import respondents
from workshop.demonstration.questionnaires_2005 import read_document
from workshop.platform.audit import AuditEntry
from workshop.platform.db import Words, db

DESK = "/workshops/w/desk/questionnaires/results"
TAKE = "/workshops/w/desk/questionnaires/q/snapshots"
FIRST = f"{TAKE}/1"
PUBLIC = "/workshops/w/questionnaires/q/results/1"
FORM = {
    "number": "1",
    "title-en": "Results in March",
    "title-fr": "Résultats en mars",
    "caveat-en": "Self-selected.",
    "caveat-fr": "",
    "caveat-es": "",
}


@pytest.fixture
def version(company: Company) -> QuestionnaireVersion:
    """The questionnaire of 34 questions, with 60 sample sets of answers submitted."""
    document = read_document()
    version = make.version(document, questionnaire=make.questionnaire(workshop=company.workshop))
    db.session.add_all([version, *respondents.responses(version, Definition.read(document), at=make.NOON)])
    db.session.commit()
    return version


def sent_in(version: QuestionnaireVersion, count: int, state: ResponseState = ResponseState.SUBMITTED) -> None:
    """More sets of answers, of those who answer for themselves only."""
    before = db.session.scalar(select(func.count(Response.id)))
    for number in range(count):
        db.session.add(
            Response(
                version=version,
                token_hash=f"{before}-{number}",
                language="en",
                begun_at=make.NOON,
                state=state,
                answers={"A1": True, "A2": "none", "A3": "ind", "B2": "FRA", "B3": ["MAR"], "D1": ["no"]},
            )
        )
    db.session.commit()


class Cells(HTMLParser):
    """The texts of all cells and facts of a page's tables."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.facts: list[str] = []
        self.into: list[str] | None = None
        self.widths: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"td", "p"}:
            self.into = self.cells if tag == "td" else self.facts
            self.into.append("")
        elif tag == "th":
            self.into = None
        elif tag == "rect":
            self.widths.append(dict(attrs)["width"] or "")

    def handle_data(self, data: str) -> None:
        if self.into is not None:
            self.into[-1] += data


def figures(html: str) -> list[str]:
    return [" ".join(cell.split()) for cell in Cells(html).cells if cell.strip()]


def test_desk_shows_how_many_answered_and_where_to_answer(as_: SignedIn, version: QuestionnaireVersion) -> None:
    sent_in(version, 3, ResponseState.BEGUN)
    page = " ".join(as_("ana").get(DESK).text.split())
    assert "60 sets of answers submitted, 3 begun" in page
    assert "https://meeting.example/workshops/w/questionnaires/q" in page
    assert "No results yet" in page


def test_desk_without_a_questionnaire_says_so(as_: SignedIn) -> None:
    assert "no questionnaire yet" in as_("ana").get(DESK).text


@pytest.mark.parametrize(
    ("who", "status"), [("ben", 403), ("chi", 403), ("eva", 403), ("dov", 404), ("oto", 404), ("nobody", 302)]
)
def test_desk_is_the_organisers(as_: SignedIn, version: QuestionnaireVersion, who: str, status: int) -> None:
    client = as_(who)
    assert client.get(DESK).status_code == status
    assert client.get(TAKE).status_code == status
    assert client.post(TAKE, data=FORM).status_code == status
    assert db.session.scalar(select(func.count(Snapshot.id))) == 0


def test_take_offers_the_usual_words_in_each_language(as_: SignedIn, version: QuestionnaireVersion) -> None:
    page = as_("ana").get(TAKE).text
    assert "60 sets of answers" in page
    assert page.count("<textarea") == 3
    assert "not representative" in page


def test_take_freezes_and_leads_to_the_results(as_: SignedIn, version: QuestionnaireVersion) -> None:
    client = as_("ana")
    answer = client.post(TAKE, data=FORM)
    assert (answer.status_code, answer.location) == (302, FIRST)
    page = client.get(FIRST).text
    for words in (
        "Results in March",
        "n = 60",
        "Self-selected.",
        "sample data",
        "Policies and obstacles",
        "under 5",
        "withheld",
    ):
        assert words in page
    assert page.count('<section class="finding">') == 33, "all but the consent without which there is no answer"
    assert db.session.scalars(select(AuditEntry.verb)).all() == ["take snapshot"]


def test_take_pressed_twice_takes_one(as_: SignedIn, version: QuestionnaireVersion) -> None:
    client = as_("ana")
    assert [client.post(TAKE, data=FORM).location for _ in range(3)] == [FIRST] * 3
    assert db.session.scalar(select(func.count(Snapshot.id))) == 1


def test_take_refused_keeps_what_was_typed(as_: SignedIn, company: Company) -> None:
    version = make.version(read_document(), questionnaire=make.questionnaire(workshop=company.workshop))
    db.session.add(version)
    sent_in(version, 4)
    page = as_("ana").post(TAKE, data=FORM).text
    assert "<title>Error:" in page
    assert "Answers submitted so far: 4" in page
    assert "Résultats en mars" in page


def test_take_needs_a_title_and_a_caveat(as_: SignedIn, version: QuestionnaireVersion) -> None:
    page = as_("ana").post(TAKE, data=dict.fromkeys(FORM, "") | {"number": "1", "title-es": ""}).text
    assert "Give the snapshot a title" in page
    assert "Say in at least one language" in page


def test_snapshot_shows_no_small_figure_anywhere(as_: SignedIn, version: QuestionnaireVersion) -> None:
    client = as_("ana")
    client.post(TAKE, data=FORM)
    page = client.get(FIRST).text
    shown = figures(page)
    assert len(shown) > 200
    assert not {"1", "2", "3", "4"} & set(shown)
    assert {figure for figure in shown if re.fullmatch(r"[0-9]+", figure)}, "there are figures at all"
    for fact in Cells(page).facts:
        assert not re.search(r"(Asked|Answered): [1-4]\b", " ".join(fact.split()))
    widths = [float(width) for width in Cells(page).widths]
    assert widths.count(0) == shown.count("0") > 0, "an empty bar stands beside a nought, never for a hidden figure"
    assert all(width >= 5 for width in widths if width), "nor does a bar tell one"
    for secret in ("(sample)", "@example.org", "Harvest Friends"):
        assert secret not in page


def without_tokens(page: str) -> str:
    """The page without its forms' tokens, which carry the second they were made in."""
    return re.sub(r'name="csrf_token"[^>]*>', "", page)


def test_answers_after_the_cut_off_count_for_the_final_results_only(
    as_: SignedIn, version: QuestionnaireVersion
) -> None:
    version.questionnaire.interim_at = make.NOON
    in_time = db.session.scalars(select(Response)).all()
    for response in in_time:
        response.submitted_at = make.NOON
    sent_in(version, 10)
    for response in db.session.scalars(select(Response).where(Response.submitted_at.is_(None))):
        response.submitted_at = make.NOON + timedelta(seconds=1)
    client = as_("ana")
    assert f"{len(in_time)} sets of answers were submitted by" in client.get(TAKE).text
    client.post(TAKE, data=FORM | {"interim": "y"})
    client.post(TAKE, data=FORM | {"number": "2"})
    interim, final = db.session.scalars(select(Snapshot).order_by(Snapshot.number))
    assert (interim.responses, final.responses) == (len(in_time), len(in_time) + 10)


def test_snapshot_stays_the_same_when_more_answers_come(as_: SignedIn, version: QuestionnaireVersion) -> None:
    client = as_("ana")
    client.post(TAKE, data=FORM)
    before = without_tokens(client.get(FIRST).text)
    sent_in(version, 10)
    for response in db.session.scalars(select(Response).limit(3)):
        response.state, response.answers = ResponseState.WITHDRAWN, {}
    assert without_tokens(client.get(FIRST).text) == before


@pytest.mark.parametrize(
    ("who", "status"),
    [("ana", 200), ("eva", 200), ("chi", 200), ("ben", 403), ("dov", 404), ("oto", 404), ("nobody", 302)],
)
def test_snapshot_is_read_by_organiser_chair_and_rapporteur(
    as_: SignedIn, version: QuestionnaireVersion, who: str, status: int
) -> None:
    as_("ana").post(TAKE, data=FORM)
    assert as_(who).get(FIRST).status_code == status


def test_snapshot_of_another_workshop_is_not_found(as_: SignedIn, version: QuestionnaireVersion) -> None:
    as_("ana").post(TAKE, data=FORM)
    assert as_("oto").get("/workshops/other/desk/questionnaires/q/snapshots/1").status_code == 404


def test_snapshot_held_back_is_for_organisers(as_: SignedIn, version: QuestionnaireVersion) -> None:
    client = as_("ana")
    client.post(TAKE, data=FORM)
    sent_in(version, 9)
    client.post(TAKE, data=FORM | {"number": "2"})
    assert "Organisers only" in client.get(f"{TAKE}/2").text
    assert as_("eva").get(f"{TAKE}/2").status_code == 403
    assert "nearly as many answers" in client.post(f"{TAKE}/2/publish", follow_redirects=True).text
    assert client.get("/workshops/w/questionnaires/q/results/2").status_code == 404


def test_publish_shows_the_same_tables_to_everyone(
    as_: SignedIn, client: FlaskClient, version: QuestionnaireVersion
) -> None:
    organiser = as_("ana")
    organiser.post(TAKE, data=FORM)
    assert client.get(PUBLIC).status_code == 404
    organiser.post(f"{FIRST}/publish")
    assert figures(client.get(PUBLIC).text) == figures(organiser.get(FIRST).text)
    organiser.post(f"{FIRST}/unpublish")
    assert client.get(PUBLIC).status_code == 404
    assert db.session.scalars(select(AuditEntry.verb)).all() == [
        "take snapshot",
        "publish snapshot",
        "unpublish snapshot",
    ]


@pytest.mark.parametrize(("who", "status"), [("eva", 403), ("chi", 403), ("ben", 403), ("dov", 404), ("nobody", 302)])
def test_publish_is_the_organisers(as_: SignedIn, version: QuestionnaireVersion, who: str, status: int) -> None:
    as_("ana").post(TAKE, data=FORM)
    assert as_(who).post(f"{FIRST}/publish").status_code == status
    assert as_(who).post(f"{FIRST}/unpublish").status_code == status
    assert not db.session.scalar(select(Snapshot.published))


def test_results_are_not_sent_again_to_a_reader_who_has_them(
    as_: SignedIn, client: FlaskClient, version: QuestionnaireVersion
) -> None:
    as_("ana").post(TAKE, data=FORM)
    as_("ana").post(f"{FIRST}/publish")
    etag = client.get(PUBLIC).headers["ETag"]
    assert client.get(PUBLIC, headers={"If-None-Match": etag}).status_code == 304


def test_results_in_another_language_say_so_where_they_are_not(
    as_: SignedIn, client: FlaskClient, version: QuestionnaireVersion
) -> None:
    as_("ana").post(TAKE, data=FORM)
    as_("ana").post(f"{FIRST}/publish")
    page = client.get(f"{PUBLIC}?lang=fr").text
    assert "Résultats en mars" in page
    assert "Coût des transferts" in page
    assert '<span lang="en" dir="ltr">Self-selected.</span>' in page


@pytest.mark.parametrize("length", [1, 3])
def test_desk_takes_a_fixed_number_of_statements(as_: SignedIn, company: Company, length: int) -> None:
    for number in range(length):
        questionnaire = make.questionnaire(workshop=company.workshop, slug=f"q{number}")
        version = make.version(read_document(), questionnaire=questionnaire)
        db.session.add_all([version, snapshot(version, 1), snapshot(version, 2)])
        sent_in(version, length)
    client = as_("ana")
    with count_statements() as statements:
        assert client.get(DESK).status_code == 200
    assert len(statements) == 5, statements


@pytest.mark.parametrize("more", [0, 40])
def test_taking_and_reading_takes_a_fixed_number_of_statements(
    as_: SignedIn, version: QuestionnaireVersion, more: int
) -> None:
    sent_in(version, more)
    client = as_("ana")
    with count_statements() as statements:
        client.post(TAKE, data=FORM)
    assert len([each for each in statements if each.startswith("SELECT")]) <= 8, statements
    with count_statements() as statements:
        assert client.get(FIRST).status_code == 200
    assert len(statements) == 4, statements


def snapshot(version: QuestionnaireVersion, number: int) -> Snapshot:
    columns = [SnapshotColumn(position=1, question="A1", options=["answered"], codes=bytes([2] * 5))]
    return Snapshot(
        version=version,
        number=number,
        taken_at=make.NOON,
        responses=5,
        title=Words(en="R"),
        caveat=Words(en="C"),
        columns=columns,
    )


def test_deleting_a_questionnaire_with_results_is_refused_by_the_database(
    as_: SignedIn, version: QuestionnaireVersion
) -> None:
    """What was shown at a meeting does not vanish with its form."""
    from sqlalchemy.exc import IntegrityError

    as_("ana").post(TAKE, data=FORM)
    db.session.delete(db.session.get(Questionnaire, version.questionnaire_id))
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()
