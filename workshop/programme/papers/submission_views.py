"""Handing in documents without an account: by the personal link of an invitation, or by the link of one document."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform.access import by_link, limited
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import on_day
from workshop.programme.speakers.models import Invitation
from workshop.programme.speakers.queries import invitation_by_link
from workshop.secretariat.series.models import Workshop

from . import bp, queries, received_files, rules
from .document_views import held_document, keep, keep_cleaned
from .forms import UploadForm
from .models import Document, DocumentLink, Examined

Answer = str | HttpResponse
OFTEN = limited("60 per minute", methods=("GET", "POST"))
speaker, holder = by_link(invitation_by_link), by_link(queries.document_link)


@dataclass
class SubmissionDesk:
    """What one link opens: documents of one workshop, and the addresses that act on them."""

    workshop: Workshop
    documents: Sequence[Document]
    endpoint: str  # the page; those of upload and clean begin with the same name
    token: str
    person: str = ""
    closed_reason: str = ""  # why nothing is taken through it, whatever it shows

    def document(self, key: str) -> Document:
        return next((each for each in self.documents if each.key == key), None) or abort(404)

    def address(self, document: Document, verb: str = "", *, language: str | None = None) -> str:
        key = document.key if self.endpoint == "papers.own_documents" and verb else None
        return url_for(f"{self.endpoint}{verb}", token=self.token, key=key, language=language)

    @property
    def home(self) -> str:
        return url_for(self.endpoint, token=self.token)


@bp.get("/s/<token>/documents")
@speaker
@OFTEN
def own_documents(token: str, invited: Invitation) -> Answer:
    return page(desk_of_speaker(token, invited))


@bp.post("/s/<token>/documents/<key>")
@speaker
@OFTEN
def own_documents_upload(token: str, invited: Invitation, key: str) -> Answer:
    return handed_in(desk_of_speaker(token, invited), key)


@bp.post("/s/<token>/documents/<key>/<language>/clean")
@speaker
@OFTEN
def own_documents_clean(token: str, invited: Invitation, key: str, language: str) -> Answer:
    return clean_and_return(desk_of_speaker(token, invited), key, language)


@bp.get("/d/<token>")
@holder
@OFTEN
def own_document(token: str, link: DocumentLink) -> Answer:
    return page(desk_of_document(token, link))


@bp.post("/d/<token>")
@holder
@OFTEN
def own_document_upload(token: str, link: DocumentLink) -> Answer:
    return handed_in(desk_of_document(token, link), link.document.key)


@bp.post("/d/<token>/<language>/clean")
@holder
@OFTEN
def own_document_clean(token: str, link: DocumentLink, language: str) -> Answer:
    return clean_and_return(desk_of_document(token, link), link.document.key, language)


def desk_of_speaker(token: str, invited: Invitation) -> SubmissionDesk:
    """The documents expected from whoever is invited."""
    documents = db.session.scalars(queries.documents_of_person(invited.workshop_id, invited.person_id)).unique()
    return SubmissionDesk(
        invited.workshop,
        rules.in_order(documents),
        "papers.own_documents",
        token,
        invited.person.display_name,
        rules.closed_reason(invited),
    )


def desk_of_document(token: str, link: DocumentLink) -> SubmissionDesk:
    """The document that this secret was sent for."""
    documents = db.session.scalars(queries.documents_of_link(link)).unique().all()
    return SubmissionDesk(link.document.workshop, documents, "papers.own_document", token)


def page(desk: SubmissionDesk, refused: UploadForm | None = None, key: str = "") -> str:
    """Every document with what was received of it and a form for more; one form may carry what was wrong with it."""
    today = on_day(now(), desk.workshop.zone)
    forms = {}
    for number, document in enumerate(desk.documents, 1):
        own = refused is not None and document.key == key
        forms[document.key] = refused if own else empty_form(desk.workshop, number)
    return render_template(
        "programme/papers/own_documents.html",
        desk=desk,
        workshop=desk.workshop,
        forms=forms,
        refused=refused,
        overdue={each.id for each in desk.documents if rules.is_overdue(each, today=today)},
        open=[each.id for each in desk.documents if rules.takes_by_link(each) and not desk.closed_reason],
        being_read=any(f.examined is Examined.WAITING for d in desk.documents for f in d.current_files.values()),
    )


def empty_form(workshop: Workshop, number: int) -> UploadForm:
    """A form whose controls have names of their own on a page with several."""
    form = UploadForm(languages=workshop.languages, formdata=None)
    for field in (form.language, form.file):
        field.id = f"{field.id}-{number}"
        field.label.field_id = field.id
    return form


def handed_in(desk: SubmissionDesk, key: str) -> Answer:
    form = UploadForm(languages=desk.workshop.languages)
    document = desk.document(key)
    if not form.validate_on_submit():
        return page(desk, form, key)
    with form.refusing():
        if desk.closed_reason:
            raise RuleBroken(desk.closed_reason)
        rules.refuse_closed_to_links(document)
        received = received_files.store_upload(form)
        row = keep(held_document(desk.workshop, key), received, by=None)
        flash(_("Received: %(name)s, version %(version)s.", name=row.filename, version=row.version))
        return redirect(desk.home)
    return page(desk, form, key)


def clean_and_return(desk: SubmissionDesk, key: str, language: str) -> Answer:
    file = desk.document(key).current_files.get(language) or abort(404)
    flash(keep_cleaned(file, by=None))
    return redirect(desk.home)
