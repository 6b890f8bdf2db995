"""Sources as they are written down with a paragraph, and as they are printed under it: "points 2.4 and 2.9"."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from workshop.consultation.findings.models import Snapshot
from workshop.consultation.presenting.models import Finding
from workshop.deliberation.capture.models import Point, SessionPoint
from workshop.deliberation.group_reports.models import GroupReport, KeyPoint, Recommendation
from workshop.platform.db import Words
from workshop.platform.i18n import day
from workshop.programme.groups.models import Group
from workshop.programme.papers.models import Document
from workshop.programme.releases.released import ReleasedSession
from workshop.secretariat.series.models import Milestone, Workshop

from ..multilingual_prose import NAME, Sentence, in_each, join_list, with_originals
from ..paragraphs import Cited, Source, SourceKind
from .sources import Change, Current, Subject, fingerprint

MOST_NAMED = 8  # sources of one kind under one paragraph; a table may rest on a hundred


@dataclass(frozen=True)
class Citations:
    """Makes sources. Those that have a number are labelled by it alone, the others in words, in each language."""

    languages: Sequence[str]
    zone: str

    def _numbered(self, kind: SourceKind, subject: Subject, number: str) -> Source:
        return _source(kind, subject, Words({NAME: number}))

    def _named(self, kind: SourceKind, subject: Subject, label: Sentence) -> Source:
        return _source(kind, subject, in_each(self.languages, label))

    def day(self, moment: datetime) -> str:
        """The day of a moment, in the workshop's zone and the language just spoken."""
        return day(moment.astimezone(ZoneInfo(self.zone)).date(), "long")

    def workshop(self, workshop: Workshop) -> Source:
        return self._named(SourceKind.WORKSHOP, workshop, lambda: _("record of the workshop"))

    def milestone(self, milestone: Milestone) -> Source:
        return self._named(SourceKind.MILESTONE, milestone, lambda: milestone.stage.label)

    def document(self, document: Document, number: str) -> Source:
        """`number` is its place in the list of documents, "D3"."""
        return self._numbered(SourceKind.DOCUMENT, document, number)

    def snapshot(self, snapshot: Snapshot) -> Source:
        return self._named(
            SourceKind.SNAPSHOT,
            snapshot,
            lambda: _("questionnaire, snapshot of %(day)s", day=self.day(snapshot.until)),
        )

    def finding(self, finding: Finding) -> Source:
        """By its table and date; the permanent address is behind it."""
        return self._named(
            SourceKind.FINDING,
            finding,
            lambda: _("finding on %(table)s of %(day)s", table=finding.table, day=self.day(finding.snapshot.until)),
        )

    def session(self, session: ReleasedSession) -> Source:
        return self._numbered(SourceKind.SESSION, session, str(session.number))

    def group(self, group: Group) -> Source:
        return self._numbered(SourceKind.GROUP, group, str(group.number))

    def report(self, report: GroupReport) -> Source:
        return self._numbered(SourceKind.GROUP_REPORT, report, str(report.group.number))

    def key_point(self, key: KeyPoint) -> Source:
        number = key.report.key_points.index(key) + 1
        return self._numbered(SourceKind.KEY_POINT, key, f"K{key.report.group.number}.{number}")

    def point(self, point: Point) -> Source:
        return self._numbered(SourceKind.POINT, point, point.label)

    def session_point(self, point: SessionPoint) -> Source:
        return self._numbered(SourceKind.SESSION_POINT, point, point.label)

    def recommendation(self, offer: Recommendation) -> Source:
        return self._numbered(SourceKind.RECOMMENDATION, offer, f"{offer.report.group.number}.{offer.position}")


def _source(kind: SourceKind, subject: Subject, label: Words) -> Source:
    return Source(kind=kind, source_id=subject.id, label=label, fingerprint=fingerprint(kind, subject))


def citation_of(sources: Iterable[Cited], address: Callable[[Cited], str | None] = lambda source: None) -> Markup:
    """The sources of a paragraph in words, those of one kind together. `address` says where a reader may open one."""
    groups = (list(group) for _kind, group in groupby(sources, key=lambda source: source.kind))
    return escape(_("; ")).join(_of_one_kind(group, address) for group in groups)


def _of_one_kind(sources: list[Cited], address: Callable[[Cited], str | None]) -> Markup:
    names = [_link(_name(source), address(source)) for source in sources]
    if len(names) > MOST_NAMED:
        return _from_first_to_last(sources[0].kind, names[0], names[-1], len(names))
    # The places are put in after the sentence is made, so that a language may order it as it likes.
    which = join_list([f"\ue000{n}\ue000" for n in range(len(names))])
    parts = _in_words(sources[0].kind, which, len(names)).split("\ue000")
    return Markup("").join(names[int(part)] if n % 2 else escape(part) for n, part in enumerate(parts))


def _from_first_to_last(kind: SourceKind, first: Markup, last: Markup, count: int) -> Markup:
    """Many of one kind are named by the first and the last of them."""
    which = _("%(first)s to %(last)s, %(count)s in all", first="\ue000", last="\ue001", count=count)
    said = escape(_in_words(kind, which, count))
    return Markup(said.replace("\ue000", first).replace("\ue001", last))  # noqa: S704  # all of it is escaped


def _name(source: Cited) -> Markup:
    return escape(source.label[NAME]) if NAME in source.label else with_originals(source.label)


def _link(name: Markup, href: str | None) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, name) if href else name


def _in_words(kind: SourceKind, which: str, count: int) -> str:
    match kind:
        case SourceKind.MILESTONE:
            return _("calendar: %(which)s", which=which)
        case SourceKind.DOCUMENT:
            return ngettext("document %(which)s", "documents %(which)s", count, which=which)
        case SourceKind.SESSION:
            return ngettext("agenda, session %(which)s", "agenda, sessions %(which)s", count, which=which)
        case SourceKind.GROUP:
            return ngettext("questions of group %(which)s", "questions of groups %(which)s", count, which=which)
        case SourceKind.GROUP_REPORT:
            return ngettext("report of group %(which)s", "reports of groups %(which)s", count, which=which)
        case SourceKind.KEY_POINT:
            return ngettext("key point %(which)s", "key points %(which)s", count, which=which)
        case SourceKind.POINT | SourceKind.SESSION_POINT:
            return ngettext("point %(which)s", "points %(which)s", count, which=which)
        case SourceKind.RECOMMENDATION:
            return ngettext("recommendation %(which)s", "recommendations %(which)s", count, which=which)
        case _:
            return which


def explain_source(source: Cited, current: Current) -> str:
    """For those who work on the report: what the paragraph rests on and what became of it."""
    what, change = citation_of([source]).striptags(), current.change(source)
    subject = current.subject(source)
    if change is Change.STRUCK and isinstance(subject, Point | SessionPoint) and subject.struck_at:
        struck = day(subject.struck_at.date(), "long")
        return _("Based on: %(source)s, which was struck out on %(day)s.", source=what, day=struck)
    if isinstance(subject, Finding) and subject.superseded_by:
        return _("Based on: %(source)s, which another finding has superseded.", source=what)
    return {
        Change.GONE: _("Based on: %(source)s, which no longer exists.", source=what),
        Change.WITHDRAWN: _("Based on: %(source)s, which has been withdrawn.", source=what),
        Change.UNSIGNED: _("Based on: %(source)s, which is not signed.", source=what),
    }.get(change or Change.CHANGED) or _("Based on: %(source)s, which has changed since it was chosen.", source=what)
