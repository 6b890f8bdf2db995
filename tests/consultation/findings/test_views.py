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
from workshop.consultation.answering.rules import submit, withdraw
from workshop.consultation.findings.models import Disclosure, Precision, Snapshot, SnapshotColumn, TableChoice
from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.consultation.questions.definition import Definition
from workshop.demonstration import respondents
from workshop.demonstration.questionnaires_2005 import read_document
from workshop.platform import tasks
from workshop.platform.audit import AuditEntry
from workshop.platform.db import Words, db, now

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


def take(client: FlaskClient, **but: str) -> None:
    """Take a snapshot and let the worker count."""
    client.post(TAKE, data=FORM | but)
    tasks.run_due()


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
def test_taking_is_the_organisers(as_: SignedIn, version: QuestionnaireVersion, who: str, status: int) -> None:
    client = as_(who)
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
    assert "being counted" in client.get(FIRST).text
    tasks.run_due()
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
    take(client)
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
    take(client, interim="y")
    take(client, number="2")
    interim, final = db.session.scalars(select(Snapshot).order_by(Snapshot.number))
    assert (interim.responses, final.responses) == (len(in_time), len(in_time) + 10)


def test_snapshot_stays_the_same_when_more_answers_come(as_: SignedIn, version: QuestionnaireVersion) -> None:
    client = as_("ana")
    take(client)
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
    take(as_("ana"))
    as_("ana").post(f"{FIRST}/share")
    assert as_(who).get(FIRST).status_code == status


def test_snapshot_of_another_workshop_is_not_found(as_: SignedIn, version: QuestionnaireVersion) -> None:
    take(as_("ana"))
    assert as_("oto").get("/workshops/other/desk/questionnaires/q/snapshots/1").status_code == 404


def test_one_word_changed_after_launch_loses_no_answer(as_: SignedIn, version: QuestionnaireVersion) -> None:
    """Answers to every comparable version are counted together, by the codes of questions and options."""
    document = read_document()
    document["sections"][0]["questions"][0]["text"]["en"] += " Please."
    db.session.add(make.version(document, questionnaire=version.questionnaire, number=2))
    client = as_("ana")
    assert "60 sets of answers" in client.get(TAKE).text
    take(client)
    snapshot = db.session.scalars(select(Snapshot)).one()
    assert (snapshot.responses, snapshot.versions) == (60, [1, 2])
    assert "n = 60" in client.get(FIRST).text


def test_a_version_kept_apart_that_nobody_answered_hides_no_results(
    as_: SignedIn, version: QuestionnaireVersion
) -> None:
    db.session.add(make.version(read_document(), questionnaire=version.questionnaire, number=2, comparable=False))
    db.session.commit()
    client = as_("ana")
    page = client.get(TAKE).text
    assert "60 sets of answers submitted so far" in page
    assert '<option selected value="1">version 1: 60 sets of answers</option>' in page
    assert "version 2: 0 sets of answers" in page
    take(client)
    assert db.session.scalars(select(Snapshot)).one().responses == 60


def test_versions_kept_apart_are_chosen(as_: SignedIn, version: QuestionnaireVersion) -> None:
    apart = make.version(read_document(), questionnaire=version.questionnaire, number=2, comparable=False)
    db.session.add(apart)
    sent_in(apart, 7)
    client = as_("ana")
    assert "7 sets of answers" in client.get(TAKE).text
    take(client)
    take(client, number="2", group="1")
    counted = [
        (each.responses, each.versions) for each in db.session.scalars(select(Snapshot).order_by(Snapshot.number))
    ]
    assert counted == [(7, [2]), (60, [1])]


def test_versions_kept_apart_hold_nothing_back_of_each_other(as_: SignedIn, version: QuestionnaireVersion) -> None:
    """Nobody answered both, so the one beside the other tells nothing; and neither takes the other's place."""
    apart = make.version(read_document(), questionnaire=version.questionnaire, number=2, comparable=False)
    db.session.add(apart)
    sent_in(apart, 7)
    client = as_("ana")
    take(client, group="1")
    client.post(f"{FIRST}/publish")
    take(client, number="2")
    client.post(f"{TAKE}/2/publish")
    later = db.session.scalars(select(Snapshot).where(Snapshot.number == 2)).one()
    assert set(later.precisions.values()) == {Precision.EXACT}
    assert "Superseded" not in client.get(PUBLIC).text
    client.post(f"{TAKE}/2/cross/show", data={"rows": "A3", "columns": "C3"})
    shown = client.post(f"{TAKE}/1/cross/show", data={"rows": "A3", "columns": "C3"}, follow_redirects=True)
    assert "Cross-tables of another snapshot were shown before" not in shown.text
    sent_in(version, 3)
    take(client, number="3", group="1")
    assert "Nothing of this snapshot can be shown" in client.post(f"{TAKE}/3/share", follow_redirects=True).text


def test_a_trial_that_nobody_saw_blocks_nothing_and_goes(as_: SignedIn, version: QuestionnaireVersion) -> None:
    client = as_("ana")
    take(client)
    sent_in(version, 1)
    take(client, number="2")
    client.post(f"{TAKE}/2/publish")
    assert client.get("/workshops/w/questionnaires/q/results/2").status_code == 200
    assert "Snapshot deleted" in client.post(f"{FIRST}/delete", follow_redirects=True).text
    assert "stays on record" in client.post(f"{TAKE}/2/delete", follow_redirects=True).text
    assert db.session.scalars(select(Snapshot.number)).all() == [2]


def test_what_few_people_changed_is_withheld_beside_what_was_shown(
    as_: SignedIn, version: QuestionnaireVersion
) -> None:
    client = as_("ana")
    take(client)
    client.post(f"{FIRST}/share")
    sent_in(version, 3)
    take(client, number="2")
    assert "Nothing of this snapshot can be shown" in client.post(f"{TAKE}/2/share", follow_redirects=True).text
    sent_in(version, 9)
    one = db.session.scalars(select(Response).where(Response.answers["C3"].as_string() == "y")).first()
    assert one
    one.answers = one.answers | {"C3": "n"}
    db.session.commit()
    take(client, number="3")
    assert "are withheld: compared with earlier results" in client.get(f"{TAKE}/3").text
    shown = {table: each.precision for each in db.session.scalars(select(Disclosure)) for table in [each.table]}
    assert set(shown.values()) == {Precision.EXACT}
    client.post(f"{TAKE}/3/share")
    third = db.session.scalars(select(Snapshot).where(Snapshot.number == 3)).one()
    assert {third.precisions["A4"], third.precisions["C3"]} == {Precision.EXACT, Precision.WITHHELD}


def test_chair_and_rapporteur_are_led_to_what_was_shared(as_: SignedIn, version: QuestionnaireVersion) -> None:
    take(as_("ana"))
    assert "No results have been shared yet" in as_("eva").get(DESK).text
    assert as_("eva").get(FIRST).status_code == 403
    as_("ana").post(f"{FIRST}/share")
    for who in ("eva", "chi"):
        assert f'href="{DESK}"' in as_(who).get("/workshops/w/desk/").text, "a place of the workspace leads there"
        assert f'href="{FIRST}"' in as_(who).get(DESK).text
        assert "open address" not in as_(who).get(DESK).text.lower()


def test_who_answers_is_said_everywhere(as_: SignedIn, version: QuestionnaireVersion) -> None:
    client = as_("ana")
    address = "/workshops/w/desk/questionnaires/q/respondents"
    page = client.get(address).text
    fields = dict(re.findall(r'name="(seen|opened)"[^>]*value="([^"]*)"', page))
    client.post(address, data=fields | {"respondents": "organisations", "individuals": "A3=ind"})
    sent_in(version, 10)
    take(client)
    snapshot = db.session.scalars(select(Snapshot)).one()
    apart, rest = snapshot.individuals, snapshot.responses - snapshot.individuals
    assert apart > 10
    assert f"{rest} organisations and {apart} individuals" in client.get(FIRST).text


def test_a_question_says_who_may_be_quoted(as_: SignedIn, version: QuestionnaireVersion) -> None:
    """Of those who answered already, and of those who answer from then on."""
    client, address = as_("ana"), "/workshops/w/desk/questionnaires/q/respondents"
    version.questionnaire.asks_publication = False
    db.session.commit()

    def choose(**chosen: str) -> None:
        page = client.get(address).text
        fields = dict(re.findall(r'name="(seen|opened)"[^>]*value="([^"]*)"', page))
        client.post(address, data=fields | {"respondents": "organisations", "individuals": ""} | chosen)
        db.session.expire_all()

    choose(named="A2=named", anonymous="A2=anon")
    answered = {(each.answers["A2"], each.publication.value) for each in db.session.scalars(select(Response))}
    assert answered == {("named", "named"), ("anon", "anonymous"), ("none", "totals")}
    first = db.session.scalars(select(Response)).first()
    assert first
    first.state = ResponseState.BEGUN
    first.answers |= {"A2": "named" if first.answers["A2"] == "none" else "none"}
    submit(first, Definition.read(version.definition), at=make.NOON)
    assert (first.answers["A2"], first.publication.value) in {("named", "named"), ("none", "totals")}
    db.session.commit()
    choose(named="", anonymous="")
    assert {each.publication.value for each in db.session.scalars(select(Response))} == {"totals"}


def test_withdrawn_since_is_told_and_totals_stand(as_: SignedIn, version: QuestionnaireVersion) -> None:
    client = as_("ana")
    take(client)
    for response in db.session.scalars(select(Response).limit(2)):
        withdraw(response, at=now())
    db.session.commit()
    page = client.get(FIRST).text
    assert "2 respondents have withdrawn" in page
    assert "n = 60" in page


def test_cross_table_is_tried_and_shown(as_: SignedIn, client: FlaskClient, version: QuestionnaireVersion) -> None:
    organiser = as_("ana")
    take(organiser)
    page = organiser.get(f"{FIRST}/cross?rows=C3&columns=@language").text
    assert "Share or publish the snapshot first" in page
    assert not {"1", "2", "3", "4"} & set(figures(page))
    organiser.post(f"{FIRST}/publish")
    for rows, columns in (("A3", "B5"), ("B5", "E1"), ("A3", "E1")):
        organiser.post(f"{FIRST}/cross/show", data={"rows": rows, "columns": columns})
    names = [name for name in db.session.scalars(select(Snapshot)).one().precisions if "×" in name]
    assert names == ["A3 × B5", "B5 × E1"], "a ring is refused"
    assert "Cross-tables" in client.get(PUBLIC).text
    assert organiser.get(f"{FIRST}/cross?rows=A3&columns=B1").status_code == 200


def test_a_cross_table_is_no_way_round_what_is_rounded_or_withheld(
    as_: SignedIn, version: QuestionnaireVersion
) -> None:
    """Its sums are the figures of the tables of its questions."""
    organiser = as_("ana")
    take(organiser, rounded="y")
    organiser.post(f"{FIRST}/share")
    answer = organiser.post(f"{FIRST}/cross/show", data={"rows": "A3", "columns": "B5"}, follow_redirects=True)
    assert "shown exactly" in answer.text
    assert not [name for name in db.session.scalars(select(Snapshot)).one().precisions if "×" in name]


def test_publish_shows_the_same_tables_to_everyone(
    as_: SignedIn, client: FlaskClient, version: QuestionnaireVersion
) -> None:
    organiser = as_("ana")
    take(organiser)
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
    take(as_("ana"))
    assert as_(who).post(f"{FIRST}/publish").status_code == status
    assert as_(who).post(f"{FIRST}/unpublish").status_code == status
    assert not db.session.scalar(select(Snapshot.published))


def test_results_are_not_sent_again_to_a_reader_who_has_them(
    as_: SignedIn, client: FlaskClient, version: QuestionnaireVersion
) -> None:
    take(as_("ana"))
    as_("ana").post(f"{FIRST}/publish")
    etag = client.get(PUBLIC).headers["ETag"]
    assert client.get(PUBLIC, headers={"If-None-Match": etag}).status_code == 304


def test_results_in_another_language_say_so_where_they_are_not(
    as_: SignedIn, client: FlaskClient, version: QuestionnaireVersion
) -> None:
    take(as_("ana"))
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
        take(client)
    assert len([each for each in statements if each.startswith("SELECT")]) <= 14, statements
    with count_statements() as statements:
        assert client.get(FIRST).status_code == 200
    assert len(statements) == 11, statements
    with count_statements() as statements:
        assert "n = " in client.get(FIRST).text
    assert len(statements) == 10, "nothing is counted again, so no column is read"


def test_what_was_counted_once_is_shown_as_it_is_now(as_: SignedIn, version: QuestionnaireVersion) -> None:
    """Counted for the first reader, and never shown in another language or less closely checked because of that."""
    client = as_("ana")
    take(client)
    first = client.get(FIRST).text
    assert client.get(FIRST).text.count("Table 1") == first.count("Table 1") > 0
    assert "Sans réponse" in client.get(f"{FIRST}?lang=fr").text
    db.session.add(TableChoice(questionnaire=version.questionnaire, table="A4", title=Words(en="Where they are")))
    db.session.commit()
    assert "Where they are" in client.get(f"{FIRST}?lang=en").text
    sent_in(version, 3)
    take(client, number="2")
    assert "are withheld" not in client.get(f"{TAKE}/2").text
    client.post(f"{FIRST}/share")
    assert "are withheld" in client.get(f"{TAKE}/2").text, "what was shown since is asked each time"


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

    take(as_("ana"))
    db.session.delete(db.session.get(Questionnaire, version.questionnaire_id))
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()
