"""A copy of one's own answers, as PDF and by mail."""

from io import BytesIO

from email_validator import EmailNotValidError, validate_email
from flask import flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires.models import Response
from workshop.consultation.questionnaires.states import Anonymity, ResponseState
from workshop.platform import outbox, pdf
from workshop.platform.access import limited
from workshop.platform.db import db, now
from workshop.platform.mail import LINK, Message

from . import bp, question_display
from .response_by_link import about, definition_of, respondent


@bp.get("/q/<token>/copy.pdf")
@respondent
@limited("12 per minute", methods=("GET",))
def copy(token: str, response: Response) -> HttpResponse:
    """What the questionnaire holds of me, on paper. It is made for whoever asks and kept nowhere."""
    if response.state not in {ResponseState.BEGUN, ResponseState.SUBMITTED}:
        return redirect(url_for(".thanks", token=token))
    try:
        made = pdf.render(render_template("consultation/answering/pdf/copy.html", **contents(token, response)))
    except pdf.PdfUnavailable:
        flash(_("PDFs cannot be created on this machine. You can print this page instead."))
        return redirect(url_for(".summary", token=token))
    return send_file(
        BytesIO(made.content),
        "application/pdf",
        as_attachment=True,
        download_name=f"{response.version.questionnaire.slug}.pdf",
    )


@bp.post("/q/<token>/copy")
@respondent
@limited("6 per hour")
def mail_copy(token: str, response: Response) -> HttpResponse:
    """The same by mail, where who answered may be known; the text is forgotten once the mail has gone."""
    anonymous = response.version.questionnaire.anonymity is Anonymity.ANONYMOUS
    if response.state is not ResponseState.SUBMITTED or anonymous:
        return redirect(url_for(".thanks", token=token))
    try:
        address = validate_email(request.form.get("email", ""), check_deliverability=False).normalized
    except EmailNotValidError:
        flash(_("This is not an email address. Nothing was sent."))
        return redirect(url_for(".thanks", token=token))
    text = render_template("consultation/answering/mail/copy.txt", **contents(token, response))
    outbox.add(Message(recipient=address, subject=_("Copy of your answers"), text=LINK, secret=text, written_at=now()))
    db.session.commit()
    flash(_("The copy is on its way to %(address)s.", address=address))
    return redirect(url_for(".thanks", token=token))


def contents(token: str, response: Response) -> dict[str, object]:
    return {"sections": question_display.summary(definition_of(response), response, {}), **about(token, response)}
