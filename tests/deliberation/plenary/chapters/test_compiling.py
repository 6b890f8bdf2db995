"""The report is compiled from what there is, and from nothing else. No database."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TypeGuard

import pytest
from flask import Flask

from tests import factories as make
from tests.deliberation.plenary.meeting import Met, material, meeting, numbered, snapshot, tabulation
from tests.looking import record, there
from workshop.consultation.findings.result_tables import Row, Spread, row
from workshop.consultation.findings.suppression import Hidden
from workshop.consultation.presenting.exports.result_sheets import table_rows
from workshop.consultation.questions.question import Kind as QuestionKind
from workshop.deliberation.capture.models import PointKind, SessionPoint, Turn
from workshop.deliberation.plenary.chapters import compile_paragraphs
from workshop.deliberation.plenary.multilingual_prose import with_originals
from workshop.deliberation.plenary.paragraphs import Chapter, Paragraph, SourceKind
from workshop.deliberation.plenary.rules import compile_report
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.programme.agenda.formats import Perspective
from workshop.programme.papers.models import State
from workshop.secretariat.register.countries import RegionalGroup
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import MeetingMode

pytestmark = pytest.mark.usefixtures("built_app_context")
AT = there(meeting().plenary.starts_at)


@pytest.fixture
def built_app_context(built_app: Flask) -> Iterator[None]:
    """The languages need an application; nothing here touches its database."""
    with built_app.app_context():
        yield


def said(paragraphs: list[Paragraph], chapter: Chapter | None = None) -> list[str]:
    """Everything a reader reads, paragraph by paragraph."""
    shown = [p for p in paragraphs if chapter in (None, p.chapter)]
    return [
        " ".join([with_originals(t, p.originals).striptags() for t in (p.heading, p.subheading, p.text)] + cells(p))
        for p in shown
    ]


def cells(paragraph: Paragraph) -> list[str]:
    rows = paragraph.table.get("rows", [])
    return [
        str(with_originals(cell).striptags()) if is_words(cell) else json.dumps(cell) for row in rows for cell in row
    ]


def is_words(cell: object) -> TypeGuard[Words]:
    return isinstance(cell, dict) and not {"bar", "mark"} & cell.keys()


def everything(**but: Met) -> str:
    return "\n".join(said(compile_paragraphs(material(**but))))


def test_paragraphs_are_numbered_and_tables_are_not() -> None:
    paragraphs = compile_paragraphs(material())
    numbers = [p.number for p in paragraphs if not p.table]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {p.number for p in paragraphs if p.table} == {None}
    assert [p.position for p in paragraphs] == list(range(1, len(paragraphs) + 1))


def test_every_paragraph_and_table_says_where_it_comes_from() -> None:
    assert [
        p.position for p in compile_paragraphs(material(snapshot=snapshot(), tables=[tabulation()])) if not p.sources
    ] == []


def test_chapters_come_in_their_order_and_all_of_them() -> None:
    written = [each for each in Chapter if each not in (Chapter.SUMMARY, Chapter.DISCUSSION)]
    assert list(dict.fromkeys(p.chapter for p in compile_paragraphs(material()))) == written


def test_every_sentence_exists_in_every_language_of_the_workshop() -> None:
    for p in compile_paragraphs(material(snapshot=snapshot(), tables=[tabulation()])):
        for text in (p.text, p.heading, p.subheading):
            assert not text or set(text) == {"en", "fr", "es"}


def test_nothing_is_said_to_have_been_negotiated() -> None:
    text = json.dumps([p.text for p in compile_paragraphs(material(snapshot=snapshot(), tables=[tabulation()]))])
    assert re.findall(r"\b(adopted|consensus|agreed|adopté\w*|consenso|acordad\w*)\b", text, re.IGNORECASE) == []


def test_a_key_point_keeps_its_words_its_language_and_its_strength() -> None:
    key = next(p for p in compile_paragraphs(material()) if p.sources[0].label == {"": "1"} and len(p.sources) == 4)
    assert with_originals(key.text, key.originals) == (
        'Some participants (obstacle, diaspora): <span lang="fr" dir="ltr">'
        "Les transferts coûtent {0} trop cher &lt;b&gt;</span>"
    )
    assert [(s.kind, s.label[""]) for s in key.sources] == [
        (SourceKind.GROUP_REPORT, "1"),
        (SourceKind.KEY_POINT, "K1.1"),
        (SourceKind.POINT, "1.1"),
        (SourceKind.POINT, "1.2"),
    ]


def test_a_speaker_is_named_with_function_paper_and_country() -> None:
    text = everything()
    assert "Ines" not in text
    assert "Ada Paper, Tunisia: “Le codéveloppement”." in text
    assert "Bea Silent, Tunisia: “An account”. No document was provided." in text


def test_not_for_attribution_tells_the_angle_of_who_published_nothing() -> None:
    met = meeting()
    met.plenary.mode = MeetingMode.NOT_FOR_ATTRIBUTION
    text = everything(met=numbered(met))
    assert "Ada Paper" in text
    assert "Bea Silent" not in text
    assert "One speaker (perspective: country of origin). No document was provided." in text


def test_under_the_chatham_house_rule_there_is_no_trace_of_who_published_nothing() -> None:
    met = meeting()
    met.workshop.mode = MeetingMode.CHATHAM_HOUSE
    text = everything(met=numbered(met))
    assert "Ada Paper" in text
    for canary in (
        "Bea Silent",
        "Mo Moderator",
        "Nowhere-sur-Mer",
        "Two ministries",
        "diaspora)",
        "Non-governmental",
        "One speaker",
    ):
        assert canary not in text, canary
    assert "26 people" in text


def test_results_carry_date_number_and_caveat_and_hide_what_is_small() -> None:
    paragraphs = compile_paragraphs(material(snapshot=snapshot(), tables=[tabulation()]))
    chapter = [p for p in paragraphs if p.chapter is Chapter.QUESTIONNAIRE]
    assert said(chapter)[0] == (
        "  These are the results “First look” as of 2 March 2026. Answers had come from 49 organisations. "
        "Self-selected. Figures so small that someone could be recognised are not shown."
    )
    assert said(chapter)[1] == (
        "Obstacles  Question E4, “Which obstacles?”. Of the 49 organisations that answered, 49 were asked this and 44 gave an answer. "
        "Most frequent answers: Cost (71%)."
    )
    table = next(
        p for p in paragraphs if p.chapter is Chapter.ANNEX and p.sources[0].kind is SourceKind.SNAPSHOT and p.table
    )
    assert table.table["caption"]["fr"] == "Which obstacles? (question E4)"
    assert [row[1:] for row in table.table["rows"]] == [
        [{"bar": 71.0, "of": 100}, 35],
        [{"bar": None, "of": 100}, {"mark": Words(en="under 5", fr="moins de 5", es="menos de 5")}],
    ]
    assert with_originals(table.text, table.originals) == "n = 49."


def test_no_currency_is_dropped_and_none_is_added_to_another() -> None:
    spread = Spread(Decimal(650), lowest=Decimal(500), highest=Decimal(800))
    rows = (Row("EUR", 12, 0.24, spread=spread), Row("CHF", 5, 0.1), Row("Other currencies", None, hidden=Hidden.UNDER))
    money = replace(tabulation(), kind=QuestionKind.MONEY, rows=rows)
    (told,) = [
        text for text in said(compile_paragraphs(material(snapshot=snapshot(), tables=[money]))) if "EUR" in text
    ]
    assert "EUR: median 650. CHF: 5 answers, too few for a median. Other currencies: under 5." in told


def test_a_share_is_rounded_once_so_the_report_says_what_the_page_and_the_files_say() -> None:
    """53 of 200 is 26.5 percent: 27 wherever it is printed."""
    cost = row(Words(en="Cost"), 53, asked=200)
    table = replace(tabulation(), asked=200, answered=200, rows=(cost,))
    assert cost.percent == 27
    told = said(compile_paragraphs(material(snapshot=snapshot(), tables=[table])), Chapter.QUESTIONNAIRE)
    assert "Cost (27%)" in told[1]
    (_head, line) = table_rows([table], "en")
    assert 27 in line


def test_without_a_snapshot_it_says_so() -> None:
    assert said(compile_paragraphs(material()), Chapter.QUESTIONNAIRE) == [
        "  There was no snapshot of results when this report was compiled."
    ]


def test_a_group_without_a_report_and_one_without_a_signature_are_named() -> None:
    met = numbered(meeting())
    met.reports[0].signed_at = None
    text = "\n".join(said(compile_paragraphs(material(met, reports=met.reports[:1])), Chapter.GROUPS))
    assert "was not signed when this one was compiled" in text
    assert "Group 2: Topic 2  This group had submitted no report" in text


def test_recommendations_carry_the_numbers_they_were_given_and_no_guess_of_what_they_rest_on() -> None:
    met = numbered(meeting())
    offers = [offer for report in met.reports for offer in report.recommendations]
    given = {offers[0].id: 3, offers[1].id: 7}
    paragraphs = compile_paragraphs(material(met, numbers_of_recommendations=given))
    table = next(p for p in paragraphs if p.chapter is Chapter.RECOMMENDATIONS and p.table)
    assert [(record(row[0])[""], row[-1]) for row in table.table["rows"]] == [
        ("WS-2026-R03", {"supports": 3}),
        ("WS-2026-R07", {"supports": 7}),
    ]


def test_the_synthesis_tells_what_two_groups_share_where_they_differed_and_what_stayed_open() -> None:
    met = numbered(meeting())
    noted = [point for report in met.reports for key in report.key_points for point in key.points]
    noted[3].kind = PointKind.DISAGREEMENT
    noted[2].struck_at = AT
    text = said(compile_paragraphs(material(met, points=noted[:2] + noted[3:])), Chapter.SYNTHESIS)
    assert text[1].strip() == (
        "Where groups met  Obstacle, in groups 1 and 2: (a) Les transferts coûtent {0} trop cher <b> (group 1); "
        "(b) Transfers cost too much (group 2)."
    )
    assert [each.strip() for each in text[2:5]] == [
        "Where views differed  Group 1: Some wanted one office.",
        f"Group 2: {noted[3].text.rstrip('.')}.",
        "Group 2: Some wanted one office.",
    ]
    assert text[-1].strip().startswith("What was left open")


def test_every_disagreement_noted_is_told_and_none_that_was_struck() -> None:
    met = numbered(meeting())
    noted = [point for report in met.reports for key in report.key_points for point in key.points]
    for number, point in enumerate(noted):
        point.kind, point.text = PointKind.DISAGREEMENT, f"Dissent {number}"
    noted[1].struck_at = AT
    text = "\n".join(said(compile_paragraphs(material(met, points=noted)), Chapter.SYNTHESIS))
    assert re.findall(r"Dissent \d", text) == ["Dissent 0", "Dissent 2", "Dissent 3"]


def test_a_single_group_makes_no_synthesis() -> None:
    met = numbered(meeting())
    text = said(compile_paragraphs(material(met, reports=met.reports[:1])), Chapter.SYNTHESIS)[1]
    assert text.endswith("No kind of point comes up in more than one group.")


def said_in_plenary(met: Met, mode: MeetingMode) -> list[SessionPoint]:
    """A talk, an answer to it, a proposal and a disagreement, all noted under this mode."""
    told = [
        (Turn.PRESENTATION, PointKind.ISSUE, "Transfers cost too much."),
        (Turn.FLOOR, PointKind.OBSTACLE, "There is no single office."),
        (Turn.FLOOR, PointKind.PROPOSAL, "One office for all."),
        (Turn.FLOOR, PointKind.DISAGREEMENT, "One office is one too many."),
    ]
    return [
        make.session_point(
            number,
            session=met.plenary,
            turn=turn,
            kind=kind,
            text=text,
            mode=mode,
            speaker="Ines Impossible",
            perspective=Perspective.ORIGIN,
        )
        for number, (turn, kind, text) in enumerate(told, 1)
    ]


def test_on_record_the_discussion_names_who_spoke() -> None:
    met = numbered(meeting())
    points = said_in_plenary(met, MeetingMode.ON_RECORD)
    text = said(compile_paragraphs(material(met, session_points=points)), Chapter.SESSIONS)
    assert [each.strip() for each in text if "Ines" in each] == [
        "The presentations made these points: (a) Transfers cost too much (Ines Impossible).",
        "In the discussion these points were raised: (a) There is no single office (Ines Impossible).",
        "Proposals and questions: (a) One office for all (Ines Impossible).",
        "Views differed: (a) One office is one too many (Ines Impossible).",
    ]


@pytest.mark.parametrize(
    ("typed_under", "now", "shown"),
    [
        (MeetingMode.NOT_FOR_ATTRIBUTION, MeetingMode.ON_RECORD, True),
        (MeetingMode.ON_RECORD, MeetingMode.NOT_FOR_ATTRIBUTION, True),
        (MeetingMode.ON_RECORD, MeetingMode.CHATHAM_HOUSE, False),
        (MeetingMode.CHATHAM_HOUSE, MeetingMode.ON_RECORD, False),
    ],
)
def test_the_stricter_mode_says_what_is_told_of_who_spoke(
    typed_under: MeetingMode, now: MeetingMode, shown: bool
) -> None:
    met = numbered(meeting())
    points = said_in_plenary(met, typed_under)
    text = "\n".join(said(compile_paragraphs(material(met, session_points=points, modes={met.plenary.id: now}))))
    assert "There is no single office" in text
    assert "Ines" not in text
    assert ("country of origin" in text.casefold()) is shown


def test_every_point_stands_in_the_annex_with_its_number() -> None:
    met = numbered(meeting())
    noted = [point for report in met.reports for key in report.key_points for point in key.points]
    noted[0].struck_at = AT
    tables = [
        p for p in compile_paragraphs(material(met, points=noted)) if p.sources[0].kind is SourceKind.POINT and p.table
    ]
    assert [[record(row[0])[""] for row in each.table["rows"]] for each in tables] == [["1.2"], ["2.1", "2.2"]]


def test_attendance_is_counted_by_category_and_only_in_total_under_the_chatham_house_rule() -> None:
    met = numbered(meeting())
    attended = {Category.NGO: 6, Category.STATE_MEMBER: 7, RegionalGroup.AFRICAN: 7}
    counted = material(met, attended=attended, was_counted=True)
    text = said(compile_paragraphs(counted), Chapter.OPENING)
    assert "13 people took part." in text[1]
    assert "Non-governmental organisation 6" in text[2]
    met.workshop.mode = MeetingMode.CHATHAM_HOUSE
    text = said(compile_paragraphs(counted), Chapter.OPENING)
    assert "13 people took part." in text[1]
    assert "Non-governmental" not in "\n".join(text[:3])
    counted.was_counted = False
    assert "13 people were registered." in said(compile_paragraphs(counted), Chapter.OPENING)[1]


def test_a_withdrawn_document_leaves_no_trace() -> None:
    met = numbered(meeting())
    met.papers[0].state = State.WITHDRAWN
    paragraphs = compile_paragraphs(material(met))
    assert "Statement" not in "\n".join(said(paragraphs))
    assert met.papers[0].id not in {s.source_id for p in paragraphs for s in p.sources if s.kind is SourceKind.DOCUMENT}


def test_a_report_of_almost_nothing_is_still_a_report() -> None:
    met = meeting()
    bare = numbered(met)
    paragraphs = compile_paragraphs(material(bare, agenda=[], documents=[], groups=[], reports=[], milestones=[]))
    assert all(p.text or p.table for p in paragraphs)


def test_unsigned_reports_are_named_and_nothing_is_compiled() -> None:
    met = numbered(meeting())
    met.reports[1].signed_at = None
    with pytest.raises(RuleBroken, match="not signed: 2") as refusal:
        compile_report(None, material(met), after=0, partly=False, at=AT)
    assert refusal.value.field == "partly"


def test_compiling_what_there_is_says_what_is_missing() -> None:
    met = numbered(meeting())
    met.reports[1].signed_at = None
    report = compile_report(None, material(met), after=0, partly=True, at=AT)
    assert (report.compilings, report.slug, report.title["en"]) == (1, "plenary", "Report to the plenary")


def test_asking_twice_compiles_once() -> None:
    met = numbered(meeting())
    report = compile_report(None, material(met), after=0, partly=False, at=AT)
    with pytest.raises(RuleBroken, match="compiled in the meantime"):
        compile_report(report, material(met), after=0, partly=False, at=AT)


def test_every_paragraph_has_a_key_of_its_own_that_stays() -> None:
    first, second = (compile_paragraphs(material(snapshot=snapshot(), tables=[tabulation()])) for _ in range(2))
    keys = [each.key for each in first]
    assert len(set(keys)) == len(keys)
    assert [each.key for each in second] == keys
    met = meeting()
    met.reports[0].key_points[0].text = "Another"
    assert [each.key for each in compile_paragraphs(material(numbered(met)))] == [
        each.key for each in compile_paragraphs(material())
    ]
