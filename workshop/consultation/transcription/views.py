"""The organisers' screens for what came back: the list, one set of answers, its files, erasing and opening again."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import Row
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.answering import answer_files, question_display, retention
from workshop.consultation.questionnaires import resubmission
from workshop.consultation.questionnaires.models import Questionnaire, Recipient, Response
from workshop.consultation.questionnaires.queries import questionnaire_of
from workshop.consultation.questionnaires.rules import closed_reason, publications
from workshop.consultation.questionnaires.states import Anonymity, Channel, ResponseState
from workshop.consultation.questions.definition import read_published
from workshop.platform import audit, files
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.i18n import LANGUAGES
from workshop.platform.lists import Column, Filter, Listing, Slice
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .forms import EraseForm, SendBackForm

RECEIVED = "/workshops/<slug>/desk/questionnaires/<questionnaire>/responses"
ONE = f"{RECEIVED}/<int:number>"
A_PAGE = 25
LARGEST = 2**31 - 1  # what a number of the database can be
Page = str | HttpResponse


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/responses")
@organiser
def received(workshop: Workshop, questionnaire: str) -> str:
    """What was sent or typed in; `?show=to-check` only what does not count yet."""
    asked = asked_for(workshop, questionnaire)
    sent = db.session.scalar(queries.how_many(asked, queries.SENT)) or 0
    waiting = db.session.scalar(queries.how_many(asked, queries.UNCHECKED)) or 0
    count = sent + waiting
    readable = rules.may_read(asked, sent=sent, at=now())
    to_check = request.args.get("show") == "to-check" or not readable
    listing = listing_of(asked, total=waiting if to_check else count)
    chosen, matching = listing.chosen, listing.count
    if chosen:
        matching = (
            db.session.scalar(queries.how_many(asked, queries.UNCHECKED if to_check else queries.HELD, chosen)) or 0
        )
    pages = max(1, -(-matching // A_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    rows = rows_of(asked, listing, to_check=to_check, page=page)
    return render_template(
        "consultation/transcription/received.html",
        workshop=workshop,
        questionnaire=asked,
        listing=listing,
        page=Slice(list(rows), page, pages, matching, (page - 1) * A_PAGE + 1),
        count=count,
        waiting=waiting,
        to_check=to_check,
        readable=readable,
        fewest=rules.FEWEST,
        anonymous=asked.anonymity is Anonymity.ANONYMOUS,
    )


def rows_of(
    asked: Questionnaire, listing: Listing[Response], *, to_check: bool, page: int
) -> Sequence[Row[Response, Recipient]]:
    """One page of the list."""
    if not listing.is_plain or asked.anonymity is Anonymity.ANONYMOUS:
        statement = queries.received_responses(asked, to_check=to_check, chosen=listing.chosen, sort=listing.sort)
        return db.session.execute(statement.limit(A_PAGE).offset((page - 1) * A_PAGE)).all()
    versions = db.session.scalars(queries.versions_of(asked)).all()
    if not versions:
        return ()
    ids = db.session.scalars(queries.newest_first(versions, end=page * A_PAGE, most=A_PAGE, to_check=to_check)).all()
    return db.session.execute(queries.listed(Response.id.in_(ids))).all()


def listing_of(asked: Questionnaire, *, total: int) -> Listing[Response]:
    """How the list can be asked for. Anonymous answers are neither sorted nor searched: nothing tells which came first."""
    anonymous = asked.anonymity is Anonymity.ANONYMOUS
    named = {"from": _("From"), "status": _("Status"), "how": _("How"), "when": _("When"), "version": _("Version")}
    languages = {code: LANGUAGES.get(code, code) for code in asked.workshop.languages}
    by_channel: Filter[Response] = Filter(
        "how", _("How"), {each.value: str(each.label) for each in Channel}, lambda row: [row.channel.value]
    )
    by_language: Filter[Response] = Filter("language", _("Language"), languages, lambda row: [row.language])
    return Listing(
        (),
        columns=[] if anonymous else [Column(name, label, lambda row: row.id) for name, label in named.items()],
        filters=[by_channel] if anonymous else [by_channel, by_language],
        words=None if anonymous else lambda row: "",
        total=total,
        kept=("show",),
    )


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/responses/<int:number>")
@organiser
def response(workshop: Workshop, questionnaire: str, number: int) -> str:
    return response_page(response_of(workshop, questionnaire, number), SendBackForm())


def response_page(row: Response, form: SendBackForm) -> str:
    """One set of answers; where it was typed in, the scan beside it and what is to be done."""
    asked = row.version.questionnaire
    typed = row.transcription
    involved = [*typed.typed_by, typed.checked_by] if typed else []
    return render_template(
        "consultation/transcription/response.html",
        workshop=asked.workshop,
        questionnaire=asked,
        response=row,
        form=form,
        sections=question_display.summary(read_published(row.version_id, row.version.definition), row, {}),
        recipient=db.session.scalars(queries.recipient_of(row)).one_or_none(),
        names=dict(db.session.execute(queries.names([each for each in involved if each])).all()),
        may_check=rules.may_check(row, current_user.id),
        publications=publications(asked),
        is_file=answer_files.is_file,
        anonymous=asked.anonymity is Anonymity.ANONYMOUS,
        closed=closed_reason(asked, now()),
    )


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/responses/<int:number>/files/<code>")
@organiser
def download(workshop: Workshop, questionnaire: str, number: int, code: str) -> HttpResponse:
    """A file sent as an answer; under `scan` what the answers were typed in from."""
    row = response_of(workshop, questionnaire, number)
    held = row.transcription.scan if code == "scan" and row.transcription else row.answers.get(code)
    if not answer_files.is_file(held):
        abort(404)
    db.session.add(audit.record("download answer", f"{questionnaire} {number} {code}", who=current_user.id, at=now()))
    db.session.commit()
    return files.attachment(held["stored_as"], held["name"], held["media_type"])


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/responses/<int:number>/reopen")
@organiser
def reopen(workshop: Workshop, questionnaire: str, number: int) -> HttpResponse:
    """Let what counts be changed; until it is sent or checked again it does not count."""
    row = response_of(workshop, questionnaire, number)
    with flashing_refusal():
        resubmission.reopen(row, at=now())
        db.session.add(audit.record("reopen answers", f"{questionnaire} {number}", who=current_user.id, at=now()))
        db.session.commit()
        flash(_("The answers are reopened. They do not count until they are submitted again."))
        return redirect(list_of(row.version.questionnaire))
    return redirect(page_of(row))


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/responses/<int:number>/erase", methods=["GET", "POST"])
@organiser
def erase(workshop: Workshop, questionnaire: str, number: int) -> Page:
    """At the wish of whoever answered: the answers and their files go, and it is noted that it was done."""
    row = response_of(workshop, questionnaire, number)
    form = EraseForm()
    if form.validate_on_submit():
        held = answer_files.held_by(row)
        retention.note_erased(row)
        rules.take_out(row, db.session.scalars(queries.recipient_of(row)).one_or_none(), at=now())
        db.session.add(audit.record("erase answers", f"{questionnaire} {number}", who=current_user.id, at=now()))
        db.session.commit()
        for name in held:
            files.remove(name)
        flash(_("The answers are erased."))
        return redirect(list_of(row.version.questionnaire))
    return render_template(
        "consultation/transcription/erase.html",
        workshop=workshop,
        questionnaire=row.version.questionnaire,
        response=row,
        form=form,
        recipient=db.session.scalars(queries.recipient_of(row)).one_or_none(),
    )


def asked_for(workshop: Workshop, slug: str) -> Questionnaire:
    found: Questionnaire = db.first_or_404(questionnaire_of(workshop, slug))
    return found


def response_of(workshop: Workshop, questionnaire: str, number: int) -> Response:
    """A set of answers that may be read, or 404."""
    found: Response = db.first_or_404(queries.response(workshop, questionnaire, min(number, LARGEST)))
    asked = found.version.questionnaire
    if found.state is ResponseState.SUBMITTED and asked.anonymity is Anonymity.ANONYMOUS:
        sent = db.session.scalar(queries.how_many(asked, queries.SENT)) or 0
        if not rules.may_read(asked, sent=sent, at=now()):
            abort(404)
    return found


def page_of(row: Response) -> str:
    asked = row.version.questionnaire
    return url_for("transcription.response", slug=asked.workshop.slug, questionnaire=asked.slug, number=row.id)


def list_of(asked: Questionnaire) -> str:
    return url_for("transcription.received", slug=asked.workshop.slug, questionnaire=asked.slug)
