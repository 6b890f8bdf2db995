"""Consent of who gave a practice: asked for by a letter, given and taken back behind its link, or recorded by an organiser."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, outbox
from workshop.platform.access import Page, by_link, even_if_archived, limited
from workshop.platform.conflicts import open_form
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.forms import BaseForm, posted_form
from workshop.platform.i18n import on_day
from workshop.platform.mail import link_to
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, letters, queries, rules
from .desk_views import found_practice, save, to
from .forms import ConsentForm
from .models import SharedPractice


@bp.post("/workshops/<slug>/desk/practices/<int:id>/ask-for-consent")
@organiser
@limited("20 per minute")
def ask_for_consent(workshop: Workshop, id: int) -> HttpResponse:
    """Write to who gave it; the link of an earlier letter opens nothing any more."""
    practice, at = found_practice(workshop, id), now()
    with flashing_refusal():
        if not practice.giver_email:
            raise RuleBroken(_("Give the email address of the person who gave it first."))
        link = link_to("practices.own_practice", token=practice.issue_link())
        practice.asked_at = at
        outbox.add(letters.ask_for_consent(practice, workshop, link=link, at=at))
        db.session.add(audit.record("ask for consent", f"practice {practice.slug}", who=current_user.id, at=at))
        db.session.commit()
        flash(outbox.say_on_its_way(1))
    return to(workshop, practice)


@bp.route("/workshops/<slug>/desk/practices/<int:id>/consent", methods=["GET", "POST"])
@organiser
def record_consent(workshop: Workshop, id: int) -> Page:
    """The date and the way in which it was given."""
    practice, today = found_practice(workshop, id), on_day(now(), workshop.zone)
    saved = {"consented_on": practice.consented_on or today, "consent_note": practice.consent_note}
    form, theirs = open_form(ConsentForm, saved, posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            rules.record_consent(
                practice, on=form.consented_on.data or today, today=today, note=form.consent_note.data or ""
            )
            db.session.add(audit.record("record consent", f"practice {practice.slug}", who=current_user.id, at=now()))
            save(practice, in_public=False)
            flash(_("Saved."))
            return to(workshop, practice)
    page = render_template(
        "follow_up/practices/consent.html", workshop=workshop, practice=practice, form=form, theirs=theirs
    )
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/practices/<int:id>/consent/withdraw")
@organiser
def withdraw_consent(workshop: Workshop, id: int) -> HttpResponse:
    """Somebody took it back by letter or in the room."""
    practice = found_practice(workshop, id)
    rules.withdraw_consent(practice)
    db.session.add(audit.record("withdraw consent", f"practice {practice.slug}", who=current_user.id, at=now()))
    save(practice, in_public=True)
    flash(_("The consent is withdrawn. The practice is not public."))
    return to(workshop, practice)


@bp.get("/practice/<token>")
@by_link(queries.practice_by_token)
def own_practice(token: str, practice: SharedPractice) -> str:
    """What she is asked about, as it would be shown, and what she said."""
    return render_template("follow_up/practices/own_practice.html", practice=practice, token=token, form=BaseForm())


@bp.post("/practice/<token>/agree")
@even_if_archived
@by_link(queries.practice_by_token)
@limited("20 per minute")
def agree(token: str, practice: SharedPractice) -> HttpResponse:
    rules.consent_by_link(practice, today=now().date())
    save(practice, in_public=False)
    flash(_("Thank you. You agreed that this practice may be public. You can withdraw here at any time."))
    return redirect(url_for(".own_practice", token=token))


@bp.post("/practice/<token>/disagree")
@even_if_archived
@by_link(queries.practice_by_token)
@limited("20 per minute")
def disagree(token: str, practice: SharedPractice) -> HttpResponse:
    rules.withdraw_consent(practice)
    save(practice, in_public=True)
    flash(_("Recorded. This practice is not public."))
    return redirect(url_for(".own_practice", token=token))
