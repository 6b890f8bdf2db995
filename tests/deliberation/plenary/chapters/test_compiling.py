"""The report is compiled from what there is, and from nothing else. No database."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.deliberation.plenary.meeting import Met, material, meeting, numbered, snapshot, tabulation
from tests.looking import there
from workshop.deliberation.plenary.chapters import compile_paragraphs
from workshop.deliberation.plenary.models import Chapter, Paragraph, SourceKind
from workshop.deliberation.plenary.multilingual_prose import with_originals
from workshop.deliberation.plenary.rules import compile_report, publish, withdraw
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.programme.papers.models import State
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


def is_words(cell: dict[str, Any] | int | Words) -> bool:
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
    assert list(dict.fromkeys(p.chapter for p in compile_paragraphs(material()))) == list(Chapter)


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
        (SourceKind.KEY_POINT, "1.1"),
        (SourceKind.POINT, "1.1"),
        (SourceKind.POINT, "1.2"),
    ]


def test_a_speaker_is_named_with_function_paper_and_country() -> None:
    text = everything()
    assert "Ines" not in text
    assert "Ada Paper, Tunisia: “Le codéveloppement”. Statement: listed; the file is not available here." in text
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
        "  These are the results “First look” as of 2 March 2026, of the 49 organisations that had answered. "
        "Self-selected. Figures so small that someone could be recognised are not shown."
    )
    assert said(chapter)[1] == (
        "Obstacles  Question E4, “Which obstacles?”. Of the 49 organisations that answered, 49 were asked this and 44 gave an answer."
    )
    assert [row[1:] for row in chapter[2].table["rows"]] == [
        [{"bar": 71.0, "of": 100}, 35],
        [{"bar": None, "of": 100}, {"mark": Words(en="under 5", fr="moins de 5", es="menos de 5")}],
    ]
    assert with_originals(chapter[2].text, chapter[2].originals) == "n = 49. Self-selected."


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


def test_recommendations_have_ids_and_rest_on_paragraphs_of_their_group() -> None:
    paragraphs = compile_paragraphs(material())
    table = next(p for p in paragraphs if p.chapter is Chapter.RECOMMENDATIONS and p.table)
    keys = [
        p.number
        for p in paragraphs
        if p.chapter is Chapter.GROUPS and any(s.kind is SourceKind.KEY_POINT for s in p.sources)
    ]
    assert [(row[0][""], row[-1][""]) for row in table.table["rows"]] == [
        ("WS-2026-R01", f"§{keys[0]}"),
        ("WS-2026-R02", f"§{keys[1]}"),
    ]


def test_the_synthesis_counts_what_two_groups_share() -> None:
    assert [text.strip() for text in said(compile_paragraphs(material()), Chapter.SYNTHESIS)[1:3]] == [
        "2 key points of the kind “obstacle” come from groups 1 and 2.",
        "2 key points raised from the perspective “diaspora” come from groups 1 and 2.",
    ]


def test_a_single_group_makes_no_synthesis() -> None:
    met = numbered(meeting())
    text = said(compile_paragraphs(material(met, reports=met.reports[:1])), Chapter.SYNTHESIS)[0]
    assert text.endswith("No kind of point comes up in more than one group.")


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


def test_compiling_what_there_is_and_again() -> None:
    met = numbered(meeting())
    met.reports[1].signed_at = None
    report = compile_report(None, material(met), after=0, partly=True, at=AT)
    assert (report.edition, report.slug, report.title["en"]) == (1, "plenary", "Report to the plenary")
    first = report.paragraphs
    assert compile_report(report, material(met), after=1, partly=True, at=AT) is report
    assert report.edition == 2
    assert report.paragraphs is not first


def test_asking_twice_compiles_once() -> None:
    met = numbered(meeting())
    report = compile_report(None, material(met), after=0, partly=False, at=AT)
    with pytest.raises(RuleBroken, match="Edition 1 has been compiled"):
        compile_report(report, material(met), after=0, partly=False, at=AT)


def test_publishing_and_withdrawing_change_what_the_public_sees() -> None:
    met = numbered(meeting())
    report = compile_report(None, material(met), after=0, partly=False, at=AT)
    version = met.workshop.version
    publish(report, at=AT)
    assert (report.published_at, met.workshop.version) == (AT, version + 1)
    with pytest.raises(RuleBroken):
        publish(report, at=AT)
    withdraw(report)
    assert (report.published_at, met.workshop.version) == (None, version + 2)
    with pytest.raises(RuleBroken):
        withdraw(report)
