"""The page on which whoever holds the answers names colleagues, each for some of the sections."""

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires import recipients
from workshop.consultation.questionnaires.models import Colleague, Response
from workshop.consultation.questionnaires.states import Anonymity
from workshop.platform import outbox
from workshop.platform.access import limited
from workshop.platform.db import db, now
from workshop.platform.i18n import LOCALES, language, reading
from workshop.platform.mail import LINK, Message, link_to
from workshop.secretariat.series.letters import signature

from . import bp, colleagues
from .forms import ColleagueForm
from .response_by_link import about, definition_of, owner


@bp.route("/q/<token>/colleagues", methods=["GET", "POST"])
@owner
@limited("30 per hour")
def name_colleagues(token: str, response: Response) -> str | HttpResponse:
    definition = definition_of(response)
    form = ColleagueForm(language=language())
    form.sections.choices = [(each.code, each.title.in_(reading())[0]) for each in definition.sections]
    if form.validate_on_submit():
        with form.refusing():
            colleague, secret = colleagues.name_one(
                response,
                definition,
                name=form.name.data or "",
                email=recipients.email_of(form.email.data or ""),
                language=form.language.data,
                sections=form.sections.data or (),
                reads_only=form.reads_only.data,
                key=current_app.config["SECRET_KEY"],
            )
            tell(colleague, secret)
            flash(outbox.say_on_its_way(words=_("%(name)s gets an email with a personal link.", name=colleague.name)))
            return redirect(url_for(".name_colleagues", token=token))
    titles = {each.code: each.title for each in definition.sections}
    return render_template(
        "consultation/answering/name_colleagues.html", form=form, titles=titles, **about(token, response)
    )


@bp.post("/q/<token>/colleagues/<key>/remove")
@owner
def remove_colleague(token: str, response: Response, key: str) -> HttpResponse:
    """The link stops working; what was written with it stays."""
    gone = next((each for each in response.colleagues if each.key == key), None) or abort(404)
    response.colleagues.remove(gone)
    db.session.commit()
    flash(_("%(name)s can no longer write here. What was written is kept.", name=gone.name))
    return redirect(url_for(".name_colleagues", token=token))


def tell(colleague: Colleague, secret: str) -> None:
    """Commit, and write to the colleague, whose link is forgotten once the mail has gone."""
    questionnaire = colleague.response.version.questionnaire
    with force_locale(LOCALES[colleague.language]):
        title = questionnaire.title.in_(colleague.language)[0]
        message = Message(
            # Where nobody may know who answers, the organisers do not see to whom this goes.
            workshop_id=None if questionnaire.anonymity is Anonymity.ANONYMOUS else questionnaire.workshop_id,
            recipient=colleague.email,
            subject=_("Your part of the answers: %(title)s", title=title),
            text=render_template(
                "consultation/answering/mail/colleague.txt",
                link=LINK,
                title=title,
                reads_only=colleague.reads_only,
                signature=signature(questionnaire.workshop, colleague.language),
            ),
            secret=link_to("answering.resume", token=secret),
            written_at=now(),
        )
    outbox.add(message)
    db.session.commit()
