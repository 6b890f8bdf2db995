"""What comes next, and the annexes: the agenda as held, the documents, funders and disclaimer."""

from datetime import date

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.i18n import clock, day
from workshop.programme.papers.models import Document, State
from workshop.programme.releases.released import ReleasedSession
from workshop.secretariat.series.models import Stage

from ..drafting import Draft, Material
from ..multilingual_prose import NAME, Sentence, join_list
from .opening import language_names

AFTER_THE_MEETING = (Stage.REPORT, Stage.FOLLOW_UP)


def write_next_steps(draft: Draft, material: Material) -> None:
    """What the calendar says comes after the meeting: dates, not promises."""
    due = [(step, step.due_on) for step in material.milestones if step.stage in AFTER_THE_MEETING and step.due_on]
    due.sort(key=lambda pair: pair[1])
    if not due:
        draft.paragraph(
            draft.said(lambda: _("No further date has been set.")), draft.cite.workshop(material.workshop), key="dates"
        )
        return
    sources = [draft.cite.milestone(step) for step, _due_on in due]
    draft.paragraph(draft.said(lambda: _("The calendar of the workshop gives these dates.")), *sources, key="dates")
    rows = [[draft.label(step.stage), _date(draft, due_on)] for step, due_on in due]
    draft.table(
        draft.each(lambda: _("Next steps")),
        columns(draft, lambda: _("Step"), lambda: _("Due")),
        rows,
        *sources,
        key="dates",
    )


def columns(draft: Draft, *titles: Sentence) -> list[Words]:
    return [draft.each(title) for title in titles]


def _date(draft: Draft, when: date) -> Words:
    return draft.each(lambda: day(when, "long"))


def write_funders(draft: Draft, material: Material) -> None:
    workshop = material.workshop
    if workshop.funders or workshop.disclaimer:
        draft.heading(draft.said(lambda: _("Funders and disclaimer")))
    if workshop.funders:
        prose = draft.prose()
        names = [prose.original(name) for name in workshop.funders]
        prose.say(lambda: _("The workshop was supported by %(names)s.", names=join_list(names)))
        draft.paragraph(prose, draft.cite.workshop(workshop), key="funders")
    if workshop.disclaimer:
        draft.paragraph(draft.quoted(workshop.disclaimer), draft.cite.workshop(workshop), key="disclaimer")


def write_agenda(draft: Draft, material: Material) -> None:
    if not material.agenda:
        return
    draft.heading(draft.said(lambda: _("Agenda as held")))
    draft.table(
        draft.each(lambda: _("Sessions of the workshop")),
        columns(draft, lambda: _("Session"), lambda: _("Kind"), lambda: _("Day"), lambda: _("Time")),
        [_agenda_row(draft, session, material.workshop.zone) for session in material.agenda],
        *(draft.cite.session(session) for session in material.agenda),
        key="agenda",
    )


def _agenda_row(draft: Draft, session: ReleasedSession, zone: str) -> list[Words]:
    title, kind, begin, end = session.title, draft.label(session.format), session.starts_at, session.ends_at
    if not (begin and end):
        return [title, kind, Words(), Words()]
    on, time = draft.each(lambda: draft.cite.day(begin)), Words({NAME: f"{clock(begin, zone)}–{clock(end, zone)}"})
    return [title, kind, on, time]


def write_documents(draft: Draft, material: Material) -> None:
    sessions = {session.id: session.number for session in material.agenda}
    documents = [document for document in material.documents if document.id in material.numbers]
    if not documents:
        return
    draft.heading(draft.said(lambda: _("Documents")))
    titles = (
        lambda: _("No."),
        lambda: _("Title"),
        lambda: _("Kind"),
        lambda: _("Session"),
        lambda: _("Languages or status"),
    )
    draft.table(
        draft.each(lambda: _("Documents of the workshop")),
        columns(draft, *titles),
        [_document_row(draft, material, each, sessions[each.session_id]) for each in documents],
        *(draft.cite.document(each, material.numbers[each.id]) for each in documents),
        key="documents",
    )


def _document_row(draft: Draft, material: Material, document: Document, session: int) -> list[Words]:
    title = material.title_of(document) or draft.each(lambda: _("without a title"))
    number, kind = Words({NAME: material.numbers[document.id]}), draft.label(document.kind)
    return [number, title, kind, Words({NAME: str(session)}), draft.each(lambda: availability_of(document))]


def availability_of(document: Document) -> str:
    """In which languages a document can be read, or why it cannot."""
    if document.state is State.NOT_PROVIDED:
        return _("not provided")
    if document.state is not State.PUBLISHED:
        return _("not available when this report was compiled")
    return language_names(list(document.current_files)) or _("listed; the file is not available here")
