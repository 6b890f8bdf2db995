"""What a paragraph rests on, and what became of it.

A source that was struck, withdrawn, reopened or removed marks what rests on it, whenever that was compiled: it is the state
that counts. Differences count for what is quoted alone (points, key points, recommendations, papers, results).
"""

import enum
import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime

from workshop.consultation.findings.models import Snapshot
from workshop.consultation.presenting.models import Finding, FindingState
from workshop.deliberation.capture.models import Point, SessionPoint
from workshop.deliberation.group_reports.models import GroupReport, KeyPoint, Recommendation
from workshop.programme.groups.models import Group
from workshop.programme.papers.models import Document, State
from workshop.programme.releases.released import ReleasedSession
from workshop.secretariat.series.models import Milestone, Workshop

from ..paragraphs import Cited, Paragraph, SourceKind

Subject = (
    Workshop
    | Milestone
    | Document
    | Snapshot
    | Finding
    | ReleasedSession
    | Group
    | GroupReport
    | KeyPoint
    | Point
    | SessionPoint
    | Recommendation
)
COLUMNS = {
    SourceKind.WORKSHOP: (
        "title",
        "starts_on",
        "ends_on",
        "place",
        "languages",
        "objectives",
        "outcomes",
        "funders",
        "disclaimer",
        "mode",
    ),
    SourceKind.MILESTONE: ("stage", "due_on"),
    SourceKind.SNAPSHOT: ("number", "taken_at", "responses", "title", "caveat"),
    SourceKind.FINDING: ("table", "statement", "caveat"),
    SourceKind.GROUP_REPORT: (
        "signed_at",
        "language",
        "headcount",
        "languages_spoken",
        "moderator",
        "rapporteur",
        "differences",
        "lens_national",
        "lens_multilateral",
        "multilateral_not_discussed",
        "lessons",
        "not_covered",
        "quotable",
        "quotable_consent",
    ),
    SourceKind.KEY_POINT: ("text", "kind", "strength", "perspective"),
    SourceKind.POINT: ("text", "kind", "perspective", "voices", "struck_at"),
    SourceKind.SESSION_POINT: ("text", "kind", "perspective", "voices", "speaker", "turn", "struck_at"),
    SourceKind.RECOMMENDATION: ("action", "addressee", "by_when"),
}


QUOTED = {
    SourceKind.KEY_POINT,
    SourceKind.POINT,
    SourceKind.SESSION_POINT,
    SourceKind.RECOMMENDATION,
    SourceKind.DOCUMENT,
    SourceKind.SNAPSHOT,
    SourceKind.FINDING,
}


class Change(enum.StrEnum):
    """What is the matter with a source."""

    STRUCK = "struck"
    WITHDRAWN = "withdrawn"
    UNSIGNED = "unsigned"
    CHANGED = "changed"
    GONE = "gone"


def fingerprint(kind: SourceKind, subject: Subject) -> str:
    """A hash of what a report takes from this source; of a session all that its release keeps."""
    facts = json.dumps(_facts(kind, subject), sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(facts.encode()).hexdigest()[:32]


def _facts(kind: SourceKind, subject: Subject) -> object:
    if isinstance(subject, ReleasedSession):
        return {
            key: value for key, value in subject.stored.items() if key not in ("sequence", "groups")
        }  # the one is for calendars, the others are sources themselves
    if isinstance(subject, Document):
        files = {code: file.stored_as for code, file in subject.current_files.items()}
        return [subject.kind, subject.title, subject.author, subject.state, files]
    if isinstance(subject, Group):
        return [subject.number, subject.topic, [question.text for question in subject.questions]]
    facts = [getattr(subject, column) for column in COLUMNS[kind]]
    if isinstance(subject, GroupReport):
        facts.append([[each.title, each.place, each.who, each.why] for each in subject.practices])
    if isinstance(subject, KeyPoint):
        facts.append(sorted(point.number for point in subject.points))
    return facts


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no plain form for {type(value)}")


class Current:
    """Everything a report may rest on, as it stands now."""

    def __init__(self, subjects: Iterable[tuple[SourceKind, Subject]]) -> None:
        self.subjects = {(kind, subject.id): subject for kind, subject in subjects}
        self._fingerprints: dict[tuple[SourceKind, int], str] = {}

    def subject(self, source: Cited) -> Subject | None:
        """The row, or the session of the newest release; None where there is none any more."""
        return None if source.source_id is None else self.subjects.get((source.kind, source.source_id))

    def change(self, source: Cited) -> Change | None:
        """What is the matter with this source; None where nothing is."""
        subject = self.subject(source)
        if subject is None:
            return Change.GONE
        if state := _state(subject):
            return state
        if source.kind not in QUOTED or self.fingerprint(source.kind, subject) == source.fingerprint:
            return None
        return Change.CHANGED

    def fingerprint(self, kind: SourceKind, subject: Subject) -> str:
        key = (kind, subject.id)
        if key not in self._fingerprints:
            self._fingerprints[key] = fingerprint(kind, subject)
        return self._fingerprints[key]

    def mark(self, source: Cited) -> str:
        """The state of a source in a word, by which a person's decision about it is known again."""
        change, subject = self.change(source), self.subject(source)
        if change is Change.CHANGED and subject is not None:
            return f"{change}:{self.fingerprint(source.kind, subject)}"
        return change or ""


def _state(subject: Subject) -> Change | None:
    if isinstance(subject, Point | SessionPoint) and subject.struck_at:
        return Change.STRUCK
    if isinstance(subject, Document) and subject.state is State.WITHDRAWN:
        return Change.WITHDRAWN
    if isinstance(subject, Finding) and subject.state is FindingState.WITHDRAWN:
        return Change.WITHDRAWN
    if isinstance(subject, GroupReport) and subject.signed_at is None:
        return Change.UNSIGNED
    return None


def flagged_sources(paragraph: Paragraph, current: Current) -> list[Cited]:
    """The sources of this paragraph that somebody has to decide about."""
    return [each for each in paragraph.sources if current.change(each) and not is_settled(each, current)]


def is_settled(source: Cited, current: Current) -> bool:
    """Whether a person decided, of this very state of the source, that what rests on it stays."""
    decided = getattr(source, "stays_as", "")
    return bool(decided) and decided == current.mark(source)


def state_of(paragraphs: Iterable[Paragraph], current: Current) -> str:
    """A short text that differs whenever another paragraph becomes flagged, or one less."""
    return ",".join(str(paragraph.position) for paragraph in paragraphs if flagged_sources(paragraph, current))
