"""The first two chapters: when, where and how many; what the workshop was to answer."""

from collections.abc import Callable, Sequence

from babel import Locale
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from workshop.deliberation.group_reports.models import GroupReport
from workshop.platform.db import Words
from workshop.platform.i18n import LOCALES, dates
from workshop.programme.agenda.formats import Part
from workshop.programme.groups.rules import mode_of
from workshop.secretariat.register.countries import RegionalGroup
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import MeetingMode

from ..drafting import Draft, Material
from ..multilingual_prose import enumerate_in_prose, join_list
from ..paragraphs import Cell, Source


def write_opening(draft: Draft, material: Material) -> None:
    workshop = material.workshop
    prose = draft.prose()
    title, place, series = (prose.original(text) for text in (workshop.title, workshop.place, workshop.series.title))
    prose.say(
        lambda: _(
            "The workshop “%(title)s” was held in %(place)s, %(dates)s.",
            title=title,
            place=place,
            dates=dates(workshop.starts_on, workshop.ends_on),
        )
    )
    prose.say(lambda: _("It belongs to the series “%(series)s”.", series=series))
    prose.say(lambda: _("Working languages: %(languages)s.", languages=language_names(workshop.languages)))
    draft.paragraph(prose, draft.cite.workshop(workshop), key="where")
    _count_attendance(draft, material)
    _count_speakers(draft, material)
    _count_heads(draft, material)


def language_names(codes: Sequence[str]) -> str:
    """ "French and Spanish", in the language just spoken."""
    locale = get_locale() or LOCALES["en"]
    return join_list([Locale.parse(code).get_language_name(locale.language) or code for code in codes])


def _count_attendance(draft: Draft, material: Material) -> None:
    """Who was there by category and region, as the door counted; under the Chatham House Rule in total only."""
    total = sum(number for kind, number in material.attended.items() if isinstance(kind, Category))
    if not total:
        return
    source = draft.cite.workshop(material.workshop)
    if material.was_counted:
        prose = draft.said(lambda: ngettext("%(num)s person took part.", "%(num)s people took part.", total))
    else:
        prose = draft.said(lambda: ngettext("%(num)s person was registered.", "%(num)s people were registered.", total))
    draft.paragraph(prose, source, key="attendance")
    if material.workshop.mode is MeetingMode.CHATHAM_HOUSE:
        return
    for key, kinds, title in (
        ("category", Category, lambda: _("Participants by category")),
        ("region", RegionalGroup, lambda: _("Participants of Member States by regional group")),
    ):
        rows: list[list[Cell]] = [
            [draft.label(kind), number] for kind in kinds if (number := material.attended.get(kind))
        ]
        if rows:
            columns = [draft.each(lambda: _("Category")), draft.each(lambda: _("People"))]
            draft.table(draft.each(title), columns, rows, source, key=f"attendance-{key}")


def _count_speakers(draft: Draft, material: Material) -> None:
    """How many people the agenda names, whatever may be said of who they are."""
    parts = {who.id: who.part for session in material.agenda for who in session.everyone}
    discussants = sum(part is Part.DISCUSSANT for part in parts.values())
    speakers = len(parts) - discussants
    if not parts:
        return
    prose = draft.said(
        lambda: ngettext("The agenda names %(num)s speaker.", "The agenda names %(num)s speakers.", speakers)
    )
    if discussants:
        prose.say(lambda: ngettext("It names %(num)s discussant.", "It names %(num)s discussants.", discussants))
    draft.paragraph(
        prose, *(draft.cite.session(session) for session in material.agenda if session.everyone), key="speakers"
    )


def _count_heads(draft: Draft, material: Material) -> None:
    """Attendance as the group reports counted it, by category; under the Chatham House Rule in total only."""
    counted = [report for report in material.reports if heads(report)]
    if not counted:
        draft.paragraph(
            draft.said(lambda: _("No headcount was recorded.")), draft.cite.workshop(material.workshop), key="heads"
        )
        return
    sources = [draft.cite.report(report) for report in counted]
    total = sum(heads(report) for report in counted)
    draft.paragraph(
        draft.said(
            lambda: ngettext(
                "The group reports count %(num)s person in the break-out groups.",
                "The group reports count %(num)s people in the break-out groups.",
                total,
            )
        ),
        *sources,
        key="heads",
    )
    closed = any(mode_of(report.group) is MeetingMode.CHATHAM_HOUSE for report in counted)
    rows = [] if closed else _rows_by_category(draft, counted)
    rows.append([draft.each(lambda: _("Total")), *(heads(report) for report in counted), total])
    columns = [
        draft.each(lambda: _("Category")),
        *(_group_column(draft, report) for report in counted),
        draft.each(lambda: _("Total")),
    ]
    draft.table(draft.each(lambda: _("People in the break-out groups")), columns, rows, *sources, key="heads")


def heads(report: GroupReport) -> int:
    return sum(count for count in report.headcount.values() if isinstance(count, int))


def _rows_by_category(draft: Draft, reports: Sequence[GroupReport]) -> list[list[Cell]]:
    counts = {each: [report.headcount.get(each.value) or 0 for report in reports] for each in Category}
    return [[draft.label(category), *row, sum(row)] for category, row in counts.items() if any(row)]


def _group_column(draft: Draft, report: GroupReport) -> Words:
    return draft.each(lambda: _("Group %(number)s", number=report.group.number))


def write_purpose(draft: Draft, material: Material) -> None:
    workshop = material.workshop
    for key, texts, lead in (
        ("objectives", workshop.objectives, lambda things: _("Objectives: %(list)s.", list=things)),
        ("outcomes", workshop.outcomes, lambda things: _("Intended results: %(list)s.", list=things)),
    ):
        if texts:
            _write_list(draft, texts, lead, draft.cite.workshop(workshop), key)
    draft.heading(draft.said(lambda: _("Guiding questions as finally worded")))
    for session in material.agenda:
        if session.questions:
            _questions(draft, "", session.title, session.questions, draft.cite.session(session))
    for group in material.groups:
        if group.questions:
            texts = [question.text for question in group.questions]
            _questions(draft, str(group.number), group.topic, texts, draft.cite.group(group))


def _write_list(draft: Draft, texts: Sequence[Words], lead: Callable[[str], str], source: Source, key: str) -> None:
    prose = draft.prose()
    things = [prose.original(text) for text in texts]
    draft.paragraph(prose.say(lambda: lead(enumerate_in_prose(things, _("; ")))), source, key=key)


def _questions(draft: Draft, group: str, topic: Words, questions: Sequence[Words], source: Source) -> None:
    prose = draft.prose()
    about, things = prose.original(topic), enumerate_in_prose([prose.original(question) for question in questions], " ")
    if group:
        prose.say(lambda: _("Group %(number)s, “%(topic)s”: %(list)s", number=group, topic=about, list=things))
    else:
        prose.say(lambda: _("“%(topic)s”: %(list)s", topic=about, list=things))
    draft.paragraph(prose, source)
