"""One document: what its organisers see and do with it, and the file itself, for whoever may read it."""

from collections.abc import Callable
from pathlib import PurePosixPath

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.utils import secure_filename
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, files
from workshop.platform.access import public
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.foreign import limits
from workshop.platform.i18n import on_day
from workshop.programme.releases.queries import newest_release
from workshop.programme.speakers.queries import invitations
from workshop.secretariat.series.membership import documents_officer, may_open, organiser
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop, roles_in_workshop

from . import bp, due_reminders, embargo, queries, received_files, rules, symbols
from .forms import LinkForm, UploadForm
from .models import Document, DocumentFile, Examined, State
from .tasks import ask_to_examine

bp.add_app_template_global(symbols.full_symbol, "document_symbol")
bp.add_app_template_global(received_files.told_by, "traces_of")


@bp.get("/papers/<key>/<language>")
@public
def download(key: str, language: str) -> HttpResponse | tuple[str, int]:
    newest = db.first_or_404(queries.file(key, language).limit(1))
    document = newest.document
    if works_on_papers(document.workshop):
        return as_attachment(newest)
    if not (document.state is State.PUBLISHED and document.workshop.published):
        abort(404)
    if embargo.holds(document, at=now()):
        ends_at = embargo.ends_at(document)
        return render_template("programme/papers/download.html", document=document, ends_at=ends_at), 403
    return as_attachment(db.first_or_404(queries.shown_file(key, language).limit(1)))


@bp.get("/workshops/<slug>/desk/papers/<key>/<language>/<int:version>")
@documents_officer
def download_version(workshop: Workshop, key: str, language: str, version: int) -> HttpResponse:
    of_workshop = queries.file(key, language).where(Document.workshop_id == workshop.id)
    return as_attachment(db.one_or_404(of_workshop.where(DocumentFile.version == version)))


def works_on_papers(workshop: Workshop) -> bool:
    """Whether the reader sees papers before the public: to everybody else, one that is not public does not exist."""
    rows = db.session.execute(roles_in_workshop(current_user, workshop.slug)) if current_user.is_authenticated else ()
    return may_open("papers.document", {membership.role for _workshop, membership in rows})


def as_attachment(file: DocumentFile) -> HttpResponse:
    """Under the person's name for it, but with the ending that its content has earned."""
    stem = secure_filename(PurePosixPath(file.filename).stem) or file.document.key
    return files.attachment(file.stored_as, f"{stem}.{limits.EXTENSIONS[file.media_type]}", file.media_type)


@bp.get("/workshops/<slug>/desk/papers/<key>")
@documents_officer
def document(workshop: Workshop, key: str) -> str:
    return document_page(workshop, document_or_404(workshop, key), upload_form(workshop))


def upload_form(workshop: Workshop) -> UploadForm:
    """An empty one, for the language that the address asks for."""
    return UploadForm(languages=workshop.languages, formdata=None, data={"language": request.args.get("language")})


@bp.post("/workshops/<slug>/desk/papers/<key>/files")
@documents_officer
def upload(workshop: Workshop, key: str) -> str | HttpResponse:
    form = UploadForm(languages=workshop.languages)
    if not form.validate_on_submit():
        return document_page(workshop, document_or_404(workshop, key), form)
    with form.refusing():
        received = received_files.store_upload(form)
        row = keep(held_document(workshop, key), received, by=current_user.id)
        flash(_("Received: %(name)s, version %(version)s.", name=row.filename, version=row.version))
        return back_to(row.document)
    return document_page(workshop, document_or_404(workshop, key), form)


@bp.post("/workshops/<slug>/desk/papers/<key>/<language>/clean")
@documents_officer
def clean(workshop: Workshop, key: str, language: str) -> HttpResponse:
    """A version without what the metadata of the newest one tell; the original stays, for organisers alone."""
    document = document_or_404(workshop, key)
    if language not in document.current_files:
        abort(404)
    flash(keep_cleaned(document.current_files[language], by=current_user.id))
    return back_to(document)


def keep(document: Document, received: rules.Received, *, by: int | None) -> DocumentFile:
    """A version of a document that the caller holds. Commits; it is read for text and metadata afterwards."""
    row = rules.receive(document, received, by=by, at=now())
    db.session.flush()
    ask_to_examine(row, at=now())
    db.session.commit()
    return row


def keep_cleaned(original: DocumentFile, *, by: int | None) -> str:
    """A version without metadata, and what to say about it. Nobody waits while the copy is made."""
    workshop, key, file_id = original.document.workshop, original.document.key, original.id
    db.session.commit()
    try:
        copy = received_files.clean_copy(original)
        document = held_document(workshop, key)
        original = next(file for file in document.files if file.id == file_id)
        row = rules.receive_cleaned(original, files.put(copy), len(copy), by=by, at=now())
    except RuleBroken as refusal:
        db.session.rollback()
        return str(refusal.message)
    db.session.flush()
    ask_to_examine(row, at=now())
    db.session.commit()
    return str(
        _("Version %(version)s is without metadata. Only organisers can open the original.", version=row.version)
    )


@bp.post("/workshops/<slug>/desk/papers/<key>/publish")
@organiser
def publish(workshop: Workshop, key: str) -> HttpResponse:
    document = change(workshop, key, rules.publish, _("The document is public."), record="publish document")
    release = db.session.scalars(newest_release(workshop.id)).one_or_none()
    if document.state is State.PUBLISHED and not rules.is_listed(document, release.sessions if release else []):
        flash(_("The agenda that the public reads does not list it yet. Publish the agenda too."))
    return back_to(document)


@bp.post("/workshops/<slug>/desk/papers/<key>/clear")
@documents_officer
def clear(workshop: Workshop, key: str) -> HttpResponse:
    return back_to(change(workshop, key, rules.clear, _("The document is in clearance.")))


@bp.post("/workshops/<slug>/desk/papers/<key>/mark-not-provided")
@documents_officer
def mark_not_provided(workshop: Workshop, key: str) -> HttpResponse:
    message = _("Marked as not provided. The public page says so.")
    return back_to(change(workshop, key, rules.mark_not_provided, message, record="mark document not provided"))


@bp.post("/workshops/<slug>/desk/papers/<key>/withdraw")
@organiser
def withdraw(workshop: Workshop, key: str) -> HttpResponse:
    message = _("Withdrawn: the public can no longer read it. The files are kept.")
    return back_to(change(workshop, key, rules.withdraw, message, record="withdraw document"))


@bp.post("/workshops/<slug>/desk/papers/<key>/expect-again")
@documents_officer
def expect_again(workshop: Workshop, key: str) -> HttpResponse:
    return back_to(change(workshop, key, rules.expect_again, _("The document is requested again.")))


@bp.post("/workshops/<slug>/desk/papers/<key>/remove")
@documents_officer
def remove(workshop: Workshop, key: str) -> HttpResponse:
    document = held_document(workshop, key)
    with flashing_refusal():
        rules.remove(document)
        db.session.delete(document)
        db.session.add(audit.record("remove document", f"{workshop.slug} {key}", who=current_user.id, at=now()))
        db.session.commit()
        flash(_("The request is withdrawn."))
        return redirect(url_for("papers.desk", slug=workshop.slug))
    return back_to(document)


def change(workshop: Workshop, key: str, verb: Callable[..., None], message: str, *, record: str = "") -> Document:
    """Do one verb of the rules on a document, save it and say so; or say why it cannot be done."""
    document = held_document(workshop, key)
    with flashing_refusal():
        verb(document, at=now())
        if record:
            db.session.add(audit.record(record, f"{workshop.slug} {key}", who=current_user.id, at=now()))
        db.session.commit()
        flash(message)
    return document


def held_document(workshop: Workshop, key: str) -> Document:
    """The document, about to be changed: who changes something of this workshop at the same time waits."""
    db.session.scalars(lock_workshop(workshop)).one()
    return document_or_404(workshop, key)


def document_or_404(workshop: Workshop, key: str) -> Document:
    statement = queries.documents_with_people(workshop).where(Document.key == key)
    return db.session.scalars(statement).unique().one_or_none() or abort(404)


def document_page(workshop: Workshop, document: Document, form: UploadForm, link_form: LinkForm | None = None) -> str:
    return render_template(
        "programme/papers/document.html",
        workshop=workshop,
        document=document,
        providers=rules.providers(document),
        overdue=rules.is_overdue(document, today=on_day(now(), workshop.zone)),
        verbs=rules.possible(document),
        embargo_ends_at=embargo.ends_at(document),
        embargoed=embargo.holds(document, at=now()),
        being_read=any(file.examined is Examined.WAITING for file in document.current_files.values()),
        links=db.session.scalars(queries.links(document)).all(),
        at=now(),
        form=form,
        link_form=link_form or LinkForm(formdata=None, data={"email": address_of(document)}),
    )


def address_of(document: Document) -> str:
    """Where a link would go by itself."""
    asked = {each.person_id: each for each in db.session.scalars(invitations(document.workshop))}
    return next((address for address, _language in due_reminders.recipients(document, asked)), "")


def back_to(document: Document) -> HttpResponse:
    return redirect(url_for("papers.document", slug=document.workshop.slug, key=document.key))
