"""Making files of results after a commit, and removing those that have expired."""

from collections.abc import Sequence

from flask_babel import force_locale

from workshop.consultation.findings.disclosing.showing import definition_of, tables_of
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.findings.queries import in_ledger, versions_counted
from workshop.consultation.findings.result_tables import Tabulation
from workshop.consultation.findings.rules import newest_of_each
from workshop.platform import files, patience, pdf, prints, tasks
from workshop.platform.db import db, now
from workshop.platform.i18n import LOCALES
from workshop.platform.tasks import Task
from workshop.programme.agenda.models import Session

from . import queries
from .archiving.questionnaire_archive import archive_of
from .crossed_tables import is_crossing, with_crossings
from .exports.respondents_words import answers_as_xlsx
from .exports.result_sheets import as_json, rows_as_csv, rows_as_xlsx, tables_as_csv, tables_as_xlsx
from .exports.statistics_file import as_sav
from .models import FileKind, ResultFile
from .paper.results_docx import paper_as_docx
from .paper.results_pages import codebook_as_pdf, deck_as_pdf, paper_as_pdf
from .paper.results_paper import ResultsPaper, briefing, summary
from .pictures import chart_of, date_of, title_of
from .sentences import sentence_of

MAKE = "presenting.make_file"
FOLDER = "results"


@tasks.handles(MAKE, patience=patience.PRINT)
def make_file(task: Task) -> None:
    """Make the file and store it apart, so that it can be removed. One that is gone or made is left alone."""
    wanted = prints.wanted(ResultFile, task)
    if wanted is None:
        return
    tasks.report_progress(task, 1, task.steps)
    with force_locale(str(LOCALES.get(wanted.language, wanted.language))):
        try:
            content = content_of_file(wanted)
        except pdf.PdfUnavailable:
            wanted.problem = prints.Trouble.UNAVAILABLE
            return
    tasks.report_progress(task, 2, task.steps)
    prints.store(wanted, pdf.Pdf(content, pages=0), apart=FOLDER)


def content_of_file(wanted: ResultFile) -> bytes:
    if wanted.session is None:
        return content_of(wanted.kind, wanted.snapshot, wanted.language) if wanted.snapshot else b""
    paper = briefing_of(wanted.session, wanted.language)
    return paper_as_pdf(paper) if wanted.kind is FileKind.BRIEFING else paper_as_docx(paper, at=now())


def briefing_of(session: Session, language: str) -> ResultsPaper:
    """The briefing of a session, of what was shared or published: the newest results of each questionnaire."""
    workshop = session.workshop
    shown = newest_of_each(db.session.scalars(queries.shown_snapshots(workshop)).all())
    findings = db.session.scalars(queries.findings_of_workshop(workshop)).all()
    return briefing(
        session,
        [(each, tables_of(each, ())) for each in shown],
        db.session.scalars(queries.table_choices_of(workshop)).all(),
        findings,
        language,
    )


def content_of(kind: FileKind, snapshot: Snapshot, language: str) -> bytes:
    """The file, in the language that is spoken just then."""
    definition = definition_of(snapshot)
    match kind:
        case FileKind.ROWS:
            return rows_as_xlsx(snapshot, definition, language, labels=True)
        case FileKind.CODES_XLSX:
            return rows_as_xlsx(snapshot, definition, language)
        case FileKind.CODES:
            return rows_as_csv(snapshot, definition, language)
        case FileKind.LABELS:
            return rows_as_csv(snapshot, definition, language, labels=True)
        case FileKind.SAV:
            return as_sav(snapshot, definition, language)
        case FileKind.CODEBOOK:
            return codebook_as_pdf(snapshot, definition, language)
        case FileKind.ANSWERS:
            responses = db.session.execute(queries.answers_allowed(snapshot)).all()
            return answers_as_xlsx(responses, snapshot, definition, language)
        case FileKind.ARCHIVE:
            versions = db.session.scalars(versions_counted(snapshot)).all()
            return archive_of(snapshot, versions, db.session.scalars(in_ledger(snapshot)).all(), language)
    tables = with_crossings(snapshot, tables_of(snapshot, db.session.scalars(in_ledger(snapshot)).all()))
    match kind:
        case FileKind.XLSX:
            return tables_as_xlsx(tables, snapshot, language)
        case FileKind.CSV:
            return tables_as_csv(tables, snapshot, language)
        case FileKind.JSON:
            return as_json(tables, snapshot, definition)
        case FileKind.SUMMARY | FileKind.SUMMARY_DOCX:
            findings = db.session.scalars(queries.findings_of(snapshot)).all()
            paper = summary(snapshot, tables, findings, language)
            return paper_as_pdf(paper) if kind is FileKind.SUMMARY else paper_as_docx(paper, at=snapshot.taken_at)
        case FileKind.DECK:
            return deck_as_pdf(snapshot, _with_sentences(snapshot, tables, language), language)
        case _:
            charts = [
                (chart_of(table, snapshot, language), said)
                for said, table in _with_sentences(snapshot, tables, language)
            ]
            from .exports.slides import as_pptx  # here because the process that serves needs none of it

            return as_pptx(title_of(snapshot, language), date_of(snapshot), charts)


def _with_sentences(snapshot: Snapshot, tables: Sequence[Tabulation], language: str) -> list[tuple[str, Tabulation]]:
    """Each table with what its finding says, or a sentence drafted from its figures; those with findings first."""
    found = {each.table: each for each in db.session.scalars(queries.findings_of(snapshot))}
    said = {name: each.statement.in_(language)[0] for name, each in found.items() if each.state != "withdrawn"}
    order = {name: place for place, name in enumerate(said)}
    shown = sorted((t for t in tables if t.has_figures), key=lambda t: order.get(t.question, len(order)))
    return [(said.get(t.question) or _drafted(t, snapshot, language), t) for t in shown]


def _drafted(table: Tabulation, snapshot: Snapshot, language: str) -> str:
    return "" if is_crossing(table) else sentence_of(table, snapshot, language)


@tasks.every_day("presenting.remove_expired_files")
def remove_expired_files() -> None:
    for expired in db.session.scalars(queries.expired_files(now())):
        files.remove(expired.stored_as)
        db.session.delete(expired)
    db.session.commit()
