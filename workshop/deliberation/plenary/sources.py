"""What a paragraph rests on: a fingerprint of each source when the report was compiled, and what became of it since."""

import enum
import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime

from workshop.consultation.findings.models import Snapshot
from workshop.deliberation.capture.models import Point
from workshop.deliberation.group_reports.models import GroupReport, KeyPoint, Recommendation
from workshop.programme.groups.models import Group
from workshop.programme.papers.models import Document, State
from workshop.programme.releases.released import ReleasedSession
from workshop.secretariat.series.models import Milestone, Workshop

from .models import Paragraph, Source, SourceKind

Subject = (
    Workshop
    | Milestone
    | Document
    | Snapshot
    | ReleasedSession
    | Group
    | GroupReport
    | KeyPoint
    | Point
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
    SourceKind.RECOMMENDATION: ("action", "addressee", "by_when"),
}


class Change(enum.StrEnum):
    """What became of a source after the report was compiled."""

    STRUCK = "struck"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"
    CHANGED = "changed"
    GONE = "gone"


def fingerprint(kind: SourceKind, subject: Subject) -> str:
    """A hash of what a report takes from this source; of a session all that its release keeps."""
    facts = json.dumps(_facts(kind, subject), sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(facts.encode()).hexdigest()[:32]


def _facts(kind: SourceKind, subject: Subject) -> object:
    if isinstance(subject, ReleasedSession):
        return {key: value for key, value in subject.stored.items() if key != "sequence"}  # for calendars alone
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

    def subject(self, source: Source) -> Subject | None:
        """The row, or the session of the newest release; None where there is none any more."""
        return self.subjects.get((source.kind, source.source_id))

    def change(self, source: Source) -> Change | None:
        """What became of this source since the report was compiled; None where it is as it was."""
        key, subject = (source.kind, source.source_id), self.subject(source)
        if subject is None:
            return Change.GONE
        if key not in self._fingerprints:
            self._fingerprints[key] = fingerprint(source.kind, subject)
        if self._fingerprints[key] == source.fingerprint:
            return None
        return _change(subject)


def _change(subject: Subject) -> Change:
    if isinstance(subject, Point) and subject.struck_at:
        return Change.STRUCK
    if isinstance(subject, Document) and subject.state is State.WITHDRAWN:
        return Change.WITHDRAWN
    if isinstance(subject, GroupReport) and subject.signed_at is None:
        return Change.REOPENED
    return Change.CHANGED


def flagged_sources(paragraph: Paragraph, current: Current) -> list[Source]:
    """The sources of this paragraph that are not what they were when it was compiled."""
    return [source for source in paragraph.sources if current.change(source)]


def state_of(paragraphs: Iterable[Paragraph], current: Current) -> str:
    """A short text that differs whenever another paragraph becomes flagged, or one less."""
    return ",".join(str(paragraph.position) for paragraph in paragraphs if flagged_sources(paragraph, current))
