"""What a speaker gives behind her link: how she is printed, biography and photo, when she can come, what she allows."""

from datetime import datetime
from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import files
from workshop.platform.access import Page, even_if_archived, limited
from workshop.platform.conflicts import open_form
from workshop.platform.db import db, now, public_key
from workshop.platform.errors import RuleBroken
from workshop.platform.foreign.uploaded_files import small_photo
from workshop.platform.forms import posted_form
from workshop.platform.i18n import language
from workshop.programme.agenda import times
from workshop.secretariat.series.models import Workshop

from . import bp, models, queries, rules
from .forms import ConsentForm, EntryForm, PortraitForm, PresenceForm
from .link_views import about, back, own_profile, slots_of, speaker
from .models import Invitation, Use


@bp.route("/s/<token>/entry", methods=["GET", "POST"])
@speaker
@limited("60 per minute")
def entry(token: str, invited: Invitation) -> Page:
    profile = own_profile(invited)
    printed = rules.entry_of(invited.person, slots_of(invited), language())
    wanted = vars(printed) | profile.proposal
    form, theirs = open_form(EntryForm, wanted, posted_form())
    if theirs is None and form.validate_on_submit():
        rules.propose(profile, form.typed(rules.Entry), printed, at=now())
        db.session.commit()
        flash(
            _("Saved. The organisers will print it this way.")
            if profile.proposal
            else _("Thank you: your listing stays as it is.")
        )
        return back(token)
    page = render_template(
        "programme/speakers/entry.html", form=form, theirs=theirs, printed=printed, **about(token, invited, profile)
    )
    return page, 409 if theirs else 200


@bp.route("/s/<token>/portrait", methods=["GET", "POST"])
@speaker
@limited("60 per minute")
def portrait(token: str, invited: Invitation) -> Page:
    profile = own_profile(invited)
    form, theirs = open_form(PortraitForm, {"biography": profile.biography}, posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            photo = small_photo(form.photo.data) if form.photo.data else b""
            profile.biography = form.biography.data
            if photo:
                profile.photo_stored_as, profile.photo_key = files.put(photo), public_key()
            invited.workshop.changed_in_public()
            db.session.commit()
            flash(_("Saved."))
            return back(token)
    page = render_template(
        "programme/speakers/portrait.html", form=form, theirs=theirs, **about(token, invited, profile)
    )
    return page, 409 if theirs else 200


@bp.post("/s/<token>/portrait/remove")
@speaker
@even_if_archived
@limited("60 per minute")
def remove_photo(token: str, invited: Invitation) -> HttpResponse:
    profile = own_profile(invited)
    profile.photo_stored_as, profile.photo_key = "", None
    invited.workshop.changed_in_public()
    db.session.commit()
    flash(_("The photo is removed."))
    return redirect(url_for(".portrait", token=token))


@bp.get("/s/<token>/photo")
@speaker
@limited("120 per minute", methods=("GET",))
def own_photo(token: str, invited: Invitation) -> HttpResponse:
    profile = own_profile(invited)
    return files.attachment(profile.photo_stored_as, "photo.jpg", "image/jpeg") if profile.photo_key else abort(404)


@bp.route("/s/<token>/presence", methods=["GET", "POST"])
@speaker
@limited("60 per minute")
def presence(token: str, invited: Invitation) -> Page:
    profile = own_profile(invited)
    kept = db.session.scalars(queries.availability(invited.workshop_id, invited.person_id)).all()
    spans = [times.as_form_times(each.starts_at, each.ends_at, invited.workshop.zone) for each in kept]
    shown = {
        "throughout": "no" if kept else "yes",
        "language": profile.language or invited.language,
        "needs": profile.needs,
        "spans": [*spans, {}, {}, {}],
    }
    form, theirs = open_form(partial(PresenceForm, workshop=invited.workshop), shown, posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            rows = rules.availability(invited.workshop, invited.person, spans_of(form, invited.workshop))
            for row in kept:
                db.session.delete(row)
            db.session.add_all(rows)
            profile.language = invited.language = str(form.language.data)
            profile.needs = form.needs.data or ""
            db.session.commit()
            flash(_("Saved."))
            return back(token)
        db.session.rollback()
        profile = own_profile(invited)
    page = render_template(
        "programme/speakers/presence.html", form=form, theirs=theirs, **about(token, invited, profile)
    )
    return page, 409 if theirs else 200


def spans_of(form: PresenceForm, workshop: Workshop) -> list[tuple[datetime, datetime]]:
    """The spans as typed, in UTC; none when she is there throughout."""
    if form.throughout.data == "yes":
        return []
    found = []
    for typed in form.spans.data:
        try:
            start, end = times.span(typed["day"], typed["start"], typed["end"], workshop)
        except RuleBroken as refusal:
            raise RuleBroken(refusal.message, "spans") from refusal
        if start and end:
            found.append((start, end))
    if not found:
        raise RuleBroken(_("Give at least one day with its times, or say that you are there throughout."), "spans")
    return found


@bp.route("/s/<token>/consent", methods=["GET", "POST"])
@speaker
@even_if_archived
@limited("60 per minute")
def consent(token: str, invited: Invitation) -> Page:
    profile = own_profile(invited)
    form = ConsentForm(
        request.form if request.method == "POST" else None, data={"uses": [Use(each) for each in profile.granted]}
    )
    form.uses.choices = [(use, text) for use, text in models.TEXTS.items()]
    if form.validate_on_submit():
        texts = {use: str(text) for use, text in models.TEXTS.items()}
        wanted = set(form.uses.data or ())
        db.session.add_all(rules.decide(profile, wanted, texts, version=models.VERSION, language=language(), at=now()))
        invited.workshop.changed_in_public()
        db.session.commit()
        flash(_("Your decisions are noted. You can change them here at any time."))
        return back(token)
    history = db.session.scalars(queries.consents(profile)).all() if profile.id else []
    return render_template(
        "programme/speakers/consent.html", form=form, history=history, **about(token, invited, profile)
    )
