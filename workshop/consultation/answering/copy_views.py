"""A copy of one's own answers, as PDF and by mail."""

from io import BytesIO

from flask import flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires.models import Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.platform import outbox, pdf
from workshop.platform.access import limited
from workshop.platform.db import db, now
from workshop.platform.mail import LINK, Message

from . import bp, question_display
from .response_by_link import about, address_for_copy, definition_of, respondent


@bp.get("/q/<token>/copy.pdf")
@respondent
@limited("12 per minute", methods=("GET",))
def copy(token: str, response: Response) -> HttpResponse:
    """What the questionnaire holds of me, on paper. It is made for whoever asks and kept nowhere."""
    if response.state not in {ResponseState.BEGUN, ResponseState.SUBMITTED}:
        return redirect(url_for(".thanks", token=token))
    try:
        with pdf.WaitedFor() as renderer:
            made = renderer.render(render_template("consultation/answering/pdf/copy.html", **contents(token, response)))
    except pdf.PdfBusy:
        flash(_("Several people are downloading a copy at this moment. Please try again in a few seconds."))
        return redirect(url_for(".summary", token=token))
    except (pdf.PdfUnavailable, pdf.PdfFailed):
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
    """The same by mail to the address that was invited, where who answered may be known; to no other, for anybody could
    have what she likes written to anybody. The text is forgotten once the mail has gone.
    """
    address = address_for_copy(token, response)
    if response.state is not ResponseState.SUBMITTED or not address:
        return redirect(url_for(".thanks", token=token))
    questionnaire = response.version.questionnaire
    message = Message(
        workshop_id=questionnaire.workshop_id,
        recipient=address,
        subject=_("Copy of your answers"),
        text=LINK,
        secret=render_template("consultation/answering/mail/copy.txt", **contents(token, response)),
        written_at=now(),
        quotes=response.key,
    )
    if outbox.is_connected():  # nothing is kept that cannot leave
        outbox.add(message)
        db.session.commit()
        flash(outbox.say_on_its_way(words=_("The copy is on its way to %(address)s.", address=address)))
    else:
        flash(_("No email can be sent from here at the moment. Please download the copy instead."))
    return redirect(url_for(".thanks", token=token))


def contents(token: str, response: Response) -> dict[str, object]:
    return {"sections": question_display.summary(definition_of(response), response, {}), **about(token, response)}
