"""Across the groups, and what they recommend. The synthesis counts what rapporteurs marked; it weighs nothing."""

from collections.abc import Callable, Iterable

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.deliberation.capture.models import PointKind
from workshop.deliberation.group_reports.models import GroupReport, KeyPoint, Recommendation
from workshop.platform.db import Words
from workshop.programme.agenda.formats import Perspective
from workshop.programme.groups.rules import mode_of
from workshop.secretariat.series.models import MeetingMode

from ..drafting import Draft, Material
from ..models import Cell, Chapter, Paragraph, SourceKind
from ..multilingual_prose import NAME, join_list
from .annex import columns

Mark = PointKind | Perspective
Marked = tuple[Mark, list[KeyPoint]]


def write_synthesis(draft: Draft, material: Material) -> None:
    keys = [key for report in material.reports for key in report.key_points]
    kinds = in_several_groups(keys, PointKind, lambda key: key.kind)
    open_groups = {group.number for group in material.groups if mode_of(group) is not MeetingMode.CHATHAM_HOUSE}
    told = [key for key in keys if key.report.group.number in open_groups]
    angles = in_several_groups(told, Perspective, lambda key: key.perspective)
    prose = draft.said(
        lambda: _(
            "This chapter is computed: it counts the key points by the kind and perspective that the rapporteurs marked, "
            "and says what comes up in more than one group. It weighs nothing and interprets nothing."
        )
    )
    if not kinds and not angles:
        prose.say(lambda: _("No kind of point comes up in more than one group."))
    draft.paragraph(prose, *(draft.cite.report(report) for report in material.reports))
    for marked in [*kinds, *angles]:
        _write_count(draft, marked)
    if keys:
        _write_kinds(draft, material)


def in_several_groups(
    keys: Iterable[KeyPoint], marks: Iterable[Mark], mark_of: Callable[[KeyPoint], object]
) -> list[Marked]:
    """Each mark that two groups or more have, with the key points that bear it."""
    bearing = [(mark, [key for key in keys if mark_of(key) is mark]) for mark in marks]
    return [(mark, keys) for mark, keys in bearing if len(_groups(keys)) > 1]


def _groups(keys: Iterable[KeyPoint]) -> list[int]:
    return sorted({key.report.group.number for key in keys})


def _write_count(draft: Draft, marked: Marked) -> None:
    mark, keys = marked
    groups, count = [str(number) for number in _groups(keys)], len(keys)

    def sentence() -> str:
        where = join_list(groups)
        if isinstance(mark, Perspective):
            return _(
                "%(count)s key points raised from the perspective “%(mark)s” come from groups %(groups)s.",
                mark=str(mark.label).lower(),
                groups=where,
                count=count,
            )
        return _(
            "%(count)s key points of the kind “%(mark)s” come from groups %(groups)s.",
            mark=str(mark.label).lower(),
            groups=where,
            count=count,
        )

    draft.paragraph(draft.said(sentence), *(draft.cite.key_point(key) for key in keys))


def _write_kinds(draft: Draft, material: Material) -> None:
    rows: list[list[Cell]] = []
    for kind in PointKind:
        counts = [sum(key.kind is kind for key in report.key_points) for report in material.reports]
        if any(counts):
            rows.append([draft.label(kind), *counts, sum(counts)])
    groups = [_group_column(draft, report) for report in material.reports]
    draft.table(
        draft.each(lambda: _("Key points by kind and group")),
        [*columns(draft, lambda: _("Kind")), *groups, *columns(draft, lambda: _("Total"))],
        rows,
        *(draft.cite.report(report) for report in material.reports),
    )


def _group_column(draft: Draft, report: GroupReport) -> Words:
    return draft.each(lambda: _("Group %(number)s", number=report.group.number))


def write_recommendations(draft: Draft, material: Material) -> None:
    offers = [offer for report in material.reports for offer in report.recommendations]
    if offers:
        _write_offers(draft, material, offers)
    else:
        draft.paragraph(draft.said(lambda: _("No recommendation was offered.")), draft.cite.workshop(material.workshop))
    lessons = [(report, lesson) for report in material.reports for lesson in report.lessons if lesson]
    if lessons:
        draft.heading(draft.said(lambda: _("Lessons")))
    for report, lesson in lessons:
        _write_lesson(draft, report, lesson)


def _write_offers(draft: Draft, material: Material, offers: list[Recommendation]) -> None:
    sources = [draft.cite.recommendation(offer) for offer in offers]
    prose = draft.said(
        lambda: ngettext(
            "The groups offer %(num)s recommendation.", "The groups offer %(num)s recommendations.", len(offers)
        )
    )
    prose.say(lambda: _("The addressees decide whether to act on them; no one is bound."))
    draft.paragraph(prose, *sources)
    titles = (
        lambda: _("No."),
        lambda: _("Recommendation"),
        lambda: _("Offered to"),
        lambda: _("By when"),
        lambda: _("Based on"),
    )
    rows = [
        _offer_row(draft, offer, f"WS-{material.workshop.starts_on.year}-R{n:02}") for n, offer in enumerate(offers, 1)
    ]
    reports = dict.fromkeys(offer.report for offer in offers)
    draft.table(
        draft.each(lambda: _("Recommendations offered")),
        columns(draft, *titles),
        rows,
        *(draft.cite.report(report) for report in reports),
        *sources,
    )


def _offer_row(draft: Draft, offer: Recommendation, name: str) -> list[Words]:
    language = offer.report.language
    texts = [Words({language: text}) if text else Words() for text in (offer.action, offer.addressee, offer.by_when)]
    return [Words({NAME: name}), *texts, Words({NAME: ", ".join(f"§{n}" for n in rests_on(draft, offer))})]


def rests_on(draft: Draft, offer: Recommendation) -> list[int]:
    """The numbers of the paragraphs under the question that a recommendation answers, else the first of its group."""
    report = offer.report
    told = [paragraph for paragraph in draft.paragraphs if paragraph.chapter is Chapter.GROUPS and paragraph.number]
    keys = {key.id for key in report.key_points if offer.question is not None and key.question is offer.question}
    by_key = [each for each in told if _cites(each, SourceKind.KEY_POINT, keys)]
    by_report = [each for each in told if _cites(each, SourceKind.GROUP_REPORT, {report.id})]
    return [each.number for each in by_key or by_report[:1] if each.number]


def _cites(paragraph: Paragraph, kind: SourceKind, numbers: set[int]) -> bool:
    return any(source.kind is kind and source.source_id in numbers for source in paragraph.sources)


def _write_lesson(draft: Draft, report: GroupReport, lesson: str) -> None:
    prose = draft.prose()
    text = prose.original(lesson, report.language)
    prose.say(lambda: _("Group %(number)s: %(text)s", number=report.group.number, text=text))
    draft.paragraph(prose, draft.cite.report(report))
