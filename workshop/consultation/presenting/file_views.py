"""Files of results: asked for, made by a worker, fetched by their owner alone until they expire."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.findings import rules as findings_rules
from workshop.consultation.findings.disclosing.showing import definition_of
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.transcription.rules import may_read
from workshop.platform import audit, files, prints
from workshop.platform.access import Page, limited
from workshop.platform.db import db, now
from workshop.platform.i18n import LOCALES, language_name
from workshop.programme.agenda.models import Session
from workshop.secretariat.series.membership import holding
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .exports.statistics_file import is_possible
from .forms import ResultFileForm
from .models import OF_SESSIONS, FileKind, ResultFile
from .tasks import MAKE
from .views import readable_snapshot

EXTENSIONS = {
    FileKind.ROWS: "xlsx",
    FileKind.CODES_XLSX: "xlsx",
    FileKind.ANSWERS: "xlsx",
    FileKind.LABELS: "csv",
    FileKind.CODES: "csv",
    FileKind.DECK: "pdf",
    FileKind.SUMMARY: "pdf",
    FileKind.CODEBOOK: "pdf",
    FileKind.BRIEFING: "pdf",
    FileKind.SUMMARY_DOCX: "docx",
    FileKind.BRIEFING_DOCX: "docx",
}
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "csv": "text/csv",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "sav": "application/x-spss-sav",
    "zip": "application/zip",
}


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>/files", methods=["GET", "POST"])
@holding(*findings_rules.READERS)
@limited("30 per minute")
def result_files(workshop: Workshop, questionnaire: str, number: int) -> Page:
    """What can be taken away, and what was asked for."""
    snapshot = readable_snapshot(workshop, questionnaire, number)
    kinds = [kind for kind in FileKind if kind not in OF_SESSIONS and may_ask_for(kind, snapshot)]
    form = ResultFileForm(kinds=kinds, languages=languages_of(snapshot))
    if form.validate_on_submit():
        ask_for(FileKind(form.kind.data), form.language.data, snapshot)
        return redirect(url_for(".result_files", slug=workshop.slug, questionnaire=questionnaire, number=number))
    made = db.session.scalars(queries.files_of(snapshot, current_user)).all()
    return render_template(
        "consultation/presenting/files.html",
        workshop=workshop,
        snapshot=snapshot,
        form=form,
        files=made,
        running=any(each.state == "running" for each in made),
    )


def languages_of(snapshot: Snapshot) -> list[tuple[str, str]]:
    """Those of the workshop, and others the questionnaire was answered in that we can write in."""
    asked = [code for code in definition_of(snapshot).languages if code in LOCALES]
    codes = dict.fromkeys([*snapshot.questionnaire.workshop.languages, *asked])
    return [(code, language_name(code)) for code in codes]


def may_ask_for(kind: FileKind, snapshot: Snapshot) -> bool:
    """Whether whoever is signed in may have such a file, and it can be made."""
    if kind is FileKind.SAV and not is_possible():
        return False
    if kind is FileKind.ANSWERS and not may_read(snapshot.questionnaire, sent=snapshot.responses, at=now()):
        return False
    return rules.may_have(kind, g.roles)


def ask_for(kind: FileKind, language: str, of: Snapshot | Session) -> None:
    """Have a file made for whoever is signed in, in place of one of the same kind and language."""
    at, owner = now(), current_user._get_current_object()
    for older in db.session.scalars(queries.same_file(of, owner, kind, language)):
        files.remove(older.stored_as)
        db.session.delete(older)
    wanted = ResultFile(
        snapshot=of if isinstance(of, Snapshot) else None,
        session=of if isinstance(of, Session) else None,
        user=owner,
        kind=kind,
        language=language,
        fingerprint="",
        expires_at=rules.expiry(at),
    )
    prints.ask(wanted, MAKE, at=at)
    db.session.add(audit.record("make file of results", f"{name_of(wanted)} {kind}", who=owner.id, at=at))
    db.session.commit()
    flash(_("The file is being prepared. It will be on this page."))


def name_of(file: ResultFile) -> str:
    """What a file is called, as far as its kind: the questionnaire and its snapshot, or the session."""
    if file.snapshot:
        return f"{file.snapshot.questionnaire.slug}-{file.snapshot.number}"
    return f"session-{file.session_id or (file.session and file.session.id)}"


@bp.get("/workshops/<slug>/desk/result-files/<key>")
@holding(*findings_rules.READERS)
def result_file(workshop: Workshop, key: str) -> HttpResponse:
    """One's own file; for everybody else, and after it expired, there is none."""
    found: ResultFile = db.one_or_404(queries.file_of(current_user, key, now()))
    there = found.snapshot.questionnaire.workshop_id if found.snapshot else found.session and found.session.workshop_id
    if there != workshop.id or not rules.may_have(found.kind, g.roles):
        abort(404)
    extension = EXTENSIONS.get(found.kind, found.kind.value)
    name = f"{name_of(found)}-{found.kind}-{found.language}.{extension}"
    return files.attachment(found.stored_as, name, MEDIA_TYPES[extension])
