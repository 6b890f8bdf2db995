"""What became of a source, and what a paragraph that rests on it is told. No database."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from flask import Flask

from tests import factories as make
from tests.deliberation.plenary.meeting import Met, material, meeting, numbered, snapshot
from workshop.consultation.presenting.models import Finding, FindingState
from workshop.consultation.questions.questionnaire_document import nothing
from workshop.deliberation.plenary.chapters import compile_paragraphs
from workshop.deliberation.plenary.evidence.citations import Citations, citation_of, explain_source
from workshop.deliberation.plenary.evidence.source_addresses import addresses
from workshop.deliberation.plenary.evidence.sources import Change, Current, fingerprint, flagged_sources, state_of
from workshop.deliberation.plenary.paragraphs import Paragraph, SourceKind
from workshop.platform.db import Words
from workshop.programme.papers.models import State
from workshop.programme.releases.released import sessions_of
from workshop.programme.releases.rules import as_published

K = SourceKind


@pytest.fixture(autouse=True)
def built_app_context(built_app: Flask) -> Iterator[None]:
    with built_app.app_context():
        yield


@pytest.fixture
def met() -> Met:
    return numbered(meeting())


@pytest.fixture
def paragraphs(met: Met) -> list[Paragraph]:
    return compile_paragraphs(material(met))


def now(met: Met, without: SourceKind | None = None) -> Current:
    """Everything as it stands, without the sources of one kind."""
    found: dict[K, Iterable[Any]] = {
        K.WORKSHOP: [met.workshop],
        K.MILESTONE: met.milestones,
        K.SESSION: sessions_of(as_published(met.sessions)),
        K.DOCUMENT: met.papers,
        K.GROUP: met.groups,
        K.GROUP_REPORT: met.reports,
        K.KEY_POINT: [key for report in met.reports for key in report.key_points],
        K.POINT: [point for report in met.reports for key in report.key_points for point in key.points],
        K.RECOMMENDATION: [offer for report in met.reports for offer in report.recommendations],
    }
    return Current((kind, one) for kind, subjects in found.items() for one in subjects if kind is not without)


def changes(paragraphs: list[Paragraph], current: Current) -> set[tuple[SourceKind, str, Change | None]]:
    return {
        (s.kind, s.label.in_("", "en")[0], current.change(s)) for p in paragraphs for s in flagged_sources(p, current)
    }


def test_nothing_is_flagged_while_nothing_changes(met: Met, paragraphs: list[Paragraph]) -> None:
    assert changes(paragraphs, now(met)) == set()
    assert state_of(paragraphs, now(met)) == ""


def test_a_struck_point_flags_what_rests_on_it_and_nothing_else(met: Met, paragraphs: list[Paragraph]) -> None:
    struck = met.reports[1].key_points[0].points[0]
    struck.struck_at = met.plenary.starts_at
    current = now(met)
    assert changes(paragraphs, current) == {(K.POINT, "2.1", Change.STRUCK)}
    (key_point,) = [p for p in paragraphs if flagged_sources(p, current)]
    assert state_of(paragraphs, current) == str(key_point.position)
    assert (
        explain_source(flagged_sources(key_point, current)[0], current)
        == "Based on: point 2.1, which was struck out on 2 March 2026."
    )


def test_a_reopened_report_flags_every_paragraph_of_its_group(met: Met, paragraphs: list[Paragraph]) -> None:
    met.reports[0].signed_at = None
    current = now(met)
    assert changes(paragraphs, current) == {(K.GROUP_REPORT, "1", Change.UNSIGNED)}
    resting = [p for p in paragraphs if any(s.kind is K.GROUP_REPORT and s.label == {"": "1"} for s in p.sources)]
    assert [p for p in paragraphs if flagged_sources(p, current)] == resting
    assert len(resting) > 5


def test_a_withdrawn_document_is_flagged(met: Met, paragraphs: list[Paragraph]) -> None:
    met.papers[0].state = State.WITHDRAWN
    assert changes(paragraphs, now(met)) == {(K.DOCUMENT, "D1", Change.WITHDRAWN)}


def test_a_missing_row_is_flagged(met: Met, paragraphs: list[Paragraph]) -> None:
    assert changes(paragraphs, now(met, without=K.RECOMMENDATION)) == {
        (K.RECOMMENDATION, "1.1", Change.GONE),
        (K.RECOMMENDATION, "2.1", Change.GONE),
    }


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (K.KEY_POINT, lambda met: setattr(met.reports[0].key_points[0], "text", "Another")),
        (K.POINT, lambda met: setattr(met.reports[0].key_points[0].points[0], "voices", 9)),
        (K.RECOMMENDATION, lambda met: setattr(met.reports[0].recommendations[0], "action", "Another")),
    ],
)
def test_a_change_of_what_is_quoted_is_flagged(
    met: Met, paragraphs: list[Paragraph], kind: SourceKind, change: Callable[[Met], object]
) -> None:
    change(met)
    current = now(met)
    assert {(kind, what) for kind, _, what in changes(paragraphs, current)} == {(kind, Change.CHANGED)}
    assert all(explain_source(s, current) for p in paragraphs for s in flagged_sources(p, current))


def test_a_new_release_or_a_moved_date_flags_nothing_as_compiling_proposes_it(
    met: Met, paragraphs: list[Paragraph]
) -> None:
    met.workshop.place = Words(en="Bern")
    met.plenary.title = Words(en="Another")
    met.groups[0].topic = Words(en="Another")
    met.milestones[0].due_on = met.workshop.starts_on
    met.reports[0].practices.clear()
    assert changes(paragraphs, now(met)) == set()


def test_a_source_struck_before_compiling_is_flagged_as_well(met: Met) -> None:
    met.reports[1].key_points[0].points[0].struck_at = met.plenary.starts_at
    assert changes(compile_paragraphs(material(met)), now(met)) == {(K.POINT, "2.1", Change.STRUCK)}


def test_what_a_report_does_not_use_flags_nothing(met: Met, paragraphs: list[Paragraph]) -> None:
    met.workshop.version += 1
    met.reports[0].saved_at = None
    met.papers[0].state_since = met.plenary.starts_at
    assert changes(paragraphs, now(met)) == set()


def test_a_fingerprint_does_not_depend_on_the_zone_a_moment_is_written_in() -> None:
    from datetime import timedelta, timezone

    taken = snapshot()
    before = fingerprint(K.SNAPSHOT, taken)
    taken.taken_at = taken.taken_at.astimezone(timezone(timedelta(hours=5)))
    assert fingerprint(K.SNAPSHOT, taken) == before


def test_sources_of_one_kind_are_written_together(paragraphs: list[Paragraph]) -> None:
    key_point = next(p for p in paragraphs if len(p.sources) == 4)
    assert str(citation_of(key_point.sources)) == "report of group 1; key point K1.1; points 1.1 and 1.2"
    linked = citation_of(key_point.sources[-2:], lambda source: "/notes" if source.label == {"": "1.2"} else None)
    assert str(linked) == 'points 1.1 and <a href="/notes">1.2</a>'


def test_who_may_open_what(met: Met, paragraphs: list[Paragraph], built_app: Flask) -> None:
    """The public opens what is public, those inside also notes and group reports; nobody what is gone."""
    taken = snapshot(published=True, version=make.version(nothing(), questionnaire=make.questionnaire(slug="f")))
    more = compile_paragraphs(material(met, snapshot=taken))
    current = now(met)
    current.subjects[K.SNAPSHOT, taken.id] = taken
    sources = {(s.kind, s.label.in_("", "en")[0]): s for p in [*paragraphs, *more] for s in p.sources}
    shown = (K.SESSION, "1"), (K.DOCUMENT, "D1"), (K.POINT, "2.1"), (K.GROUP_REPORT, "2"), (K.MILESTONE, "Follow-up")
    result = (K.SNAPSHOT, "questionnaire, snapshot of 2 March 2026")
    with built_app.test_request_context():
        everyone, inside = (addresses(met.workshop, current, inside=inside) for inside in (False, True))
        assert [everyone(sources[key]) for key in (*shown, result)] == [
            "/workshops/w/agenda#session-1",
            "/workshops/w/papers",
            None,
            None,
            None,
            "/workshops/w/questionnaires/f/results/1",
        ]
        assert [inside(sources[key]) for key in shown[2:]] == [
            "/workshops/w/breakouts/2/notes#point-1",
            "/workshops/w/breakouts/2/report",
            None,
        ]
        taken.published = False
        assert everyone(sources[result]) is None
        assert inside(next(iter(sources.values()))) is not None
        current.subjects.clear()
        assert [inside(source) for source in sources.values() if inside(source)] == []


def test_a_withdrawn_or_superseded_finding_flags_what_cites_it() -> None:
    cited = Finding(snapshot=snapshot(), table="E1", statement=Words(en="Most send."), made_at=make.NOON)
    cited.id, cited.state = 3, FindingState.PUBLISHED
    source = Citations(["en"], "UTC").finding(cited)
    current = Current([(K.FINDING, cited)])
    assert current.change(source) is None
    assert "finding on E1 of" in citation_of([source])
    cited.state = FindingState.WITHDRAWN
    assert current.change(source) is Change.WITHDRAWN
    assert "has been withdrawn" in explain_source(source, current)
    cited.superseded_by = Finding(snapshot=cited.snapshot, table="E1", statement=Words(), made_at=make.NOON)
    assert "another finding has superseded" in explain_source(source, current)
