"""The organisers' screens for answers on paper: begin to type, hand over, check."""

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.answering import answer_files
from workshop.consultation.answering.response_by_link import lock_recipient
from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Recipient, Response
from workshop.consultation.questionnaires.queries import versions_of
from workshop.consultation.questionnaires.states import Anonymity, Publication
from workshop.consultation.questions.definition import FileAnswer, read_published
from workshop.consultation.sending.queries import recipients as recipients_of
from workshop.platform import audit
from workshop.platform.access import limited
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import on_day
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, rules
from .forms import SendBackForm, TranscribeForm
from .views import Page, asked_for, list_of, page_of, response_of, response_page


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/responses/transcribe", methods=["GET", "POST"])
@organiser
@limited("60 per minute")
def transcribe(workshop: Workshop, questionnaire: str) -> Page:
    """What came, how and from whom; then the usual pages to type it in."""
    asked = asked_for(workshop, questionnaire)
    versions = list(db.session.scalars(versions_of(asked)))
    if not versions:
        flash(_("No version of this questionnaire is published yet, so no paper answers can have arrived."))
        return redirect(list_of(asked))
    anonymous = asked.anonymity is Anonymity.ANONYMOUS
    recipients = [] if anonymous else list(db.session.scalars(recipients_of(asked)))
    form = TranscribeForm(versions, recipients, data=usual(workshop, versions))
    if form.validate_on_submit():
        with form.refusing():
            return redirect(begin_transcription(asked, versions, recipients, form))
        db.session.rollback()
    return render_template(
        "consultation/transcription/transcribe.html",
        workshop=workshop,
        questionnaire=asked,
        form=form,
        anonymous=anonymous,
    )


def usual(workshop: Workshop, versions: list[QuestionnaireVersion]) -> dict[str, object]:
    """What the form says at first: today, the newest version, whoever the address names."""
    return {
        "received_on": on_day(now(), workshop.zone),
        "version": versions[0].id,
        "language": versions[0].definition["languages"][0],
        "recipient": request.args.get("recipient", ""),
    }


def begin_transcription(
    asked: Questionnaire, versions: list[QuestionnaireVersion], recipients: list[Recipient], form: TranscribeForm
) -> str:
    """The address of the first page to type into, once all is kept."""
    anonymous, upload = asked.anonymity is Anonymity.ANONYMOUS, form.scan.data
    if not upload and not anonymous:
        raise RuleBroken(_("Add the scan: the person who checks must see what was written."), "scan")
    chosen = form.recipient.data if "recipient" in form else ""
    came = rules.Received(
        channel=form.channel.data,
        received_on=form.received_on.data or on_day(now(), asked.workshop.zone),
        language=form.language.data,
        recipient=next((each for each in recipients if each.key == chosen), None),
        publication=Publication(form.publication.data) if "publication" in form else Publication.TOTALS,
        scan=scan_of(upload, asked) if upload else None,
    )
    if came.recipient:
        lock_recipient(came.recipient)
    version = next(each for each in versions if each.id == form.version.data)
    response = rules.transcribe(version, came, by=current_user.id, key=current_app.config["SECRET_KEY"], at=now())
    db.session.add(response)
    db.session.add(audit.record("type answers in", asked.slug, who=current_user.id, at=now()))
    db.session.commit()
    return url_for("transcription.resume", slug=asked.workshop.slug, questionnaire=asked.slug, number=response.id)


def scan_of(upload: FileStorage, asked: Questionnaire) -> FileAnswer:
    try:
        return answer_files.keep(upload, asked)
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, "scan") from refusal


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/responses/<int:number>/type")
@organiser
def resume(workshop: Workshop, questionnaire: str, number: int) -> HttpResponse:
    """Go on typing. The secret is made anew, for it is kept nowhere."""
    row = response_of(workshop, questionnaire, number)
    typed = row.transcription or abort(404)
    return redirect(url_for("answering.resume", token=rules.token_of(typed, current_app.config["SECRET_KEY"])))


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/responses/<int:number>/hand-over")
@organiser
def hand_over(workshop: Workshop, questionnaire: str, number: int) -> HttpResponse:
    row = response_of(workshop, questionnaire, number)
    try:
        rules.hand_over(
            row,
            read_published(row.version_id, row.version.definition),
            note=request.form.get("note", ""),
            publication=request.form.get("publication"),
            at=now(),
        )
        db.session.commit()
    except (RuleBroken, StaleDataError) as refusal:
        db.session.rollback()
        flash(refusal_in_words(refusal))
    else:
        flash(_("Submitted. The answers count once a colleague has checked them."))
    return redirect(page_of(response_of(workshop, questionnaire, number)))


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/responses/<int:number>/confirm")
@organiser
def confirm(workshop: Workshop, questionnaire: str, number: int) -> HttpResponse:
    """It is as on the paper: it counts."""
    row = response_of(workshop, questionnaire, number)
    try:
        rules.confirm(row, by=current_user.id, at=now())
        db.session.add(audit.record("confirm answers", name_for_log(row), who=current_user.id, at=now()))
        db.session.commit()
    except (RuleBroken, StaleDataError) as refusal:
        db.session.rollback()
        flash(refusal_in_words(refusal))
        return redirect(page_of(response_of(workshop, questionnaire, number)))
    flash(_("Checked. The answers count now."))
    return redirect(list_of(row.version.questionnaire))


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/responses/<int:number>/send-back")
@organiser
def send_back(workshop: Workshop, questionnaire: str, number: int) -> Page:
    row = response_of(workshop, questionnaire, number)
    form = SendBackForm()
    if form.validate_on_submit():
        try:
            rules.send_back(row, found=form.found.data or "", by=current_user.id)
            db.session.commit()
        except (RuleBroken, StaleDataError) as refusal:
            db.session.rollback()
            row = response_of(workshop, questionnaire, number)
            form.refuse(RuleBroken(refusal_in_words(refusal), "found"))
        else:
            flash(_("Returned for correction. The person who typed it sees what you found."))
            return redirect(list_of(row.version.questionnaire))
    return response_page(row, form)


def name_for_log(row: Response) -> str:
    """Which set, for the log; of anonymous ones only the questionnaire, since the log keeps exact times."""
    asked = row.version.questionnaire
    return asked.slug if asked.anonymity is Anonymity.ANONYMOUS else f"{asked.slug} {row.id}"


def refusal_in_words(refusal: RuleBroken | StaleDataError) -> str:
    if isinstance(refusal, RuleBroken):
        return str(refusal.message)
    return str(_("Someone else changed these answers in the meantime. Check them again; you have changed nothing."))
