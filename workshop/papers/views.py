"""One document: what its organisers see and do with it, and the file itself, for whoever may read it."""

from pathlib import PurePosixPath
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.utils import secure_filename
from werkzeug.wrappers import Response as Answer

from workshop import audit, files
from workshop.access import public
from workshop.agenda.queries import hold, newest_release
from workshop.db import db, now
from workshop.errors import RuleBroken
from workshop.i18n import on_day
from workshop.series.models import Role, Workshop
from workshop.series.queries import standing
from workshop.series.standing import organiser

from . import queries, rules, uploads
from .forms import UploadForm
from .models import Document, DocumentFile, State

bp = Blueprint("papers", __name__)


@bp.app_template_global()
def documents_by_session(workshop: Workshop) -> dict[int, list[Document]]:
    """For the agenda's own screens, which come before papers and do not know them: where each document stands."""
    found: dict[int, list[Document]] = {}
    for document in db.session.scalars(queries.states(workshop)):
        found.setdefault(document.session_id, []).append(document)
    return found


@bp.get("/papers/<key>/<language>")
@public
def download(key: str, language: str) -> Response:
    file = db.first_or_404(queries.file(key, language).limit(1))
    if not (file.document.state is State.PUBLISHED and file.document.workshop.published):
        refuse_all_but_organisers(file.document.workshop)
    return attached(file)


@bp.get("/workshops/<slug>/desk/papers/<key>/<language>/<int:version>")
@organiser
def download_version(workshop: Workshop, key: str, language: str, version: int) -> Response:
    of_workshop = queries.file(key, language).where(Document.workshop_id == workshop.id)
    return attached(db.one_or_404(of_workshop.where(DocumentFile.version == version)))


def refuse_all_but_organisers(workshop: Workshop) -> None:
    """To everybody else, a document that is not public does not exist."""
    rows = db.session.execute(standing(current_user, workshop.slug)) if current_user.is_authenticated else ()
    if Role.ORGANISER not in {membership.role for _workshop, membership in rows}:
        abort(404)


def attached(file: DocumentFile) -> Response:
    """Under the person's name for it, but with the ending that its content has earned."""
    stem = secure_filename(PurePosixPath(file.filename).stem) or file.document.key
    return files.attachment(file.stored_as, f"{stem}.{uploads.EXTENSIONS[file.media_type]}", file.media_type)


@bp.get("/workshops/<slug>/desk/papers/<key>")
@organiser
def document(workshop: Workshop, key: str) -> str:
    form = UploadForm(languages=workshop.languages, formdata=None, data={"language": request.args.get("language")})
    return document_page(workshop, document_or_404(workshop, key), form)


@bp.post("/workshops/<slug>/desk/papers/<key>/files")
@organiser
def upload(workshop: Workshop, key: str) -> str | Answer:
    form = UploadForm(languages=workshop.languages)
    if not form.validate_on_submit():
        return document_page(workshop, document_or_404(workshop, key), form)
    content, name = form.file.data.read(), uploads.shown_name(form.file.data.filename)
    try:
        media_type = uploads.inspect(content, name)
    except RuleBroken as refusal:
        form.refuse(refusal)
        return document_page(workshop, document_or_404(workshop, key), form)
    # The content first: without its row it harms nobody, and a row without content must never be.
    stored_as = files.put(content)
    document = held_document(workshop, key)
    received = rules.Received(form.language.data, stored_as, name, media_type, len(content))
    row = rules.receive(document, received, by=current_user.id, at=now())
    db.session.commit()
    flash(_("Received: %(name)s, version %(version)s.", name=row.filename, version=row.version))
    return back_to(document)


@bp.post("/workshops/<slug>/desk/papers/<key>/publish")
@organiser
def publish(workshop: Workshop, key: str) -> Answer:
    document = change(workshop, key, rules.publish, _("The document is public."), record="publish document")
    release = db.session.scalars(newest_release(workshop.id)).one_or_none()
    if document.state is State.PUBLISHED and not rules.is_listed(document, release.agenda if release else []):
        flash(_("The agenda that the public reads does not list it yet. Publish the agenda too."))
    return back_to(document)


@bp.post("/workshops/<slug>/desk/papers/<key>/clear")
@organiser
def clear(workshop: Workshop, key: str) -> Answer:
    return back_to(change(workshop, key, rules.clear, _("The document is in clearance.")))


@bp.post("/workshops/<slug>/desk/papers/<key>/mark-not-provided")
@organiser
def mark_not_provided(workshop: Workshop, key: str) -> Answer:
    message = _("Marked as not provided. The public page says so.")
    return back_to(change(workshop, key, rules.mark_not_provided, message, record="mark document not provided"))


@bp.post("/workshops/<slug>/desk/papers/<key>/withdraw")
@organiser
def withdraw(workshop: Workshop, key: str) -> Answer:
    message = _("Withdrawn: the public cannot read it any more. The files are kept.")
    return back_to(change(workshop, key, rules.withdraw, message, record="withdraw document"))


@bp.post("/workshops/<slug>/desk/papers/<key>/expect-again")
@organiser
def expect_again(workshop: Workshop, key: str) -> Answer:
    return back_to(change(workshop, key, rules.expect_again, _("The document is expected again.")))


@bp.post("/workshops/<slug>/desk/papers/<key>/remove")
@organiser
def remove(workshop: Workshop, key: str) -> Answer:
    document = held_document(workshop, key)
    try:
        rules.remove(document)
    except RuleBroken as refusal:
        flash(refusal.message)
        return back_to(document)
    db.session.delete(document)
    db.session.add(audit.record("remove document", f"{workshop.slug} {key}", who=current_user.id, at=now()))
    db.session.commit()
    flash(_("No document is expected there any more."))
    return redirect(url_for("papers.desk", slug=workshop.slug))


def change(workshop: Workshop, key: str, verb: Any, message: str, *, record: str = "") -> Document:
    """Do one verb of the rules on a document, save it and say so; or say why it cannot be done."""
    document = held_document(workshop, key)
    try:
        verb(document, at=now())
    except RuleBroken as refusal:
        flash(refusal.message)
        return document
    if record:
        db.session.add(audit.record(record, f"{workshop.slug} {key}", who=current_user.id, at=now()))
    db.session.commit()
    flash(message)
    return document


def held_document(workshop: Workshop, key: str) -> Document:
    """The document, about to be changed: who changes something of this workshop at the same time waits."""
    db.session.scalars(hold(workshop)).one()
    return document_or_404(workshop, key)


def document_or_404(workshop: Workshop, key: str) -> Document:
    statement = queries.documents_with_people(workshop).where(Document.key == key)
    return db.session.scalars(statement).unique().one_or_none() or abort(404)


def document_page(workshop: Workshop, document: Document, form: UploadForm) -> str:
    return render_template(
        "papers/document.html",
        workshop=workshop,
        document=document,
        providers=rules.providers(document),
        overdue=rules.is_overdue(document, today=on_day(now(), workshop.zone)),
        verbs=rules.possible(document),
        form=form,
    )


def back_to(document: Document) -> Answer:
    return redirect(url_for("papers.document", slug=document.workshop.slug, key=document.key))
