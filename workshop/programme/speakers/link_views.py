"""What a speaker sees and does behind her personal link, without an account."""

from collections.abc import Sequence
from datetime import date

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import files
from workshop.platform.access import Page, by_link, limited, public
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.i18n import LANGUAGES, on_day, zones
from workshop.programme.agenda.models import Appearance
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .forms import DeclineForm
from .models import Invitation, Profile, Use


def wait_to_change(invited: Invitation, token: str) -> None:
    """Who is about to change an invitation makes others wait until the commit, and sees what those before have done."""
    if request.method != "POST":
        return
    db.session.scalars(lock_workshop(invited.workshop)).one()
    db.session.refresh(invited)
    if not (invited.is_opened_by(token) and invited.link_opens(now())):
        abort(404)


speaker = by_link(queries.invitation_by_link, wait_to_change)


@bp.get("/s/<token>")
@speaker
@limited("120 per minute", methods=("GET",))
def invitation(token: str, invited: Invitation) -> str:
    profile = own_profile(invited)
    session.permanent = True  # a phone may close its browser between two visits; the forms then still work
    zone = request.args.get("zone", profile.zone)
    return render_template(
        "programme/speakers/invitation.html",
        slots=slots_of(invited),
        zones=zones(),
        zone=zone if zone in zones() else "",
        answerable=rules.may_answer(invited, today=today(invited.workshop)),
        missing=rules.missing(profile, invited),
        **about(token, invited, profile),
    )


@bp.post("/s/<token>/zone")
@speaker
@limited("60 per minute")
def keep_zone(token: str, invited: Invitation) -> HttpResponse:
    """Her own time zone, kept for the next visit."""
    profile = own_profile(invited)
    wanted = request.form.get("zone", "")
    profile.zone = wanted if wanted in zones() else ""
    db.session.commit()
    return redirect(url_for(".invitation", token=token, _anchor="slots"))


@bp.post("/s/<token>/accept")
@speaker
@limited("60 per minute")
def accept(token: str, invited: Invitation) -> HttpResponse:
    with flashing_refusal():
        rules.accept(invited, at=now(), today=today(invited.workshop))
        queries.answered(db.session, invited)
        invited.workshop.changed_in_public()
        db.session.commit()
        flash(_("Thank you: you have accepted. Please check the rest of this page."))
    return back(token)


@bp.route("/s/<token>/decline", methods=["GET", "POST"])
@speaker
@limited("60 per minute")
def decline(token: str, invited: Invitation) -> Page:
    form = DeclineForm(data={"reason": invited.reason})
    if form.validate_on_submit():
        with form.refusing():
            rules.decline(invited, form.reason.data or "", at=now(), today=today(invited.workshop))
            queries.answered(db.session, invited)
            invited.workshop.changed_in_public()
            db.session.commit()
            flash(_("You have declined. If you change your mind, you can use this link until the workshop begins."))
            return back(token)
    return render_template("programme/speakers/decline.html", form=form, **about(token, invited, own_profile(invited)))


@bp.get("/workshops/<slug>/speakers/photos/<key>")
@public
def photo(slug: str, key: str) -> HttpResponse:
    """A photo of the public page: as long as its speaker has accepted and allows it, and the organisers show it."""
    profile, invited = db.session.execute(queries.photo(key)).one_or_none() or abort(404)
    if not (
        profile.workshop.slug == slug and profile.workshop.published and rules.is_shown(profile, invited, Use.PHOTO)
    ):
        abort(404)
    response = files.attachment(profile.photo_stored_as, "photo.jpg", "image/jpeg")
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(key)
    return response.make_conditional(request)


def own_profile(invited: Invitation) -> Profile:
    """What is kept about whoever is invited, or a page to be filled: it is saved with the first change."""
    kept: Profile | None = db.session.scalars(queries.profile_of(invited.workshop_id, invited.person_id)).one_or_none()
    if kept:
        return kept
    fresh = Profile(workshop=invited.workshop, person=invited.person, email=invited.email, language=invited.language)
    if request.method == "POST":
        db.session.add(fresh)
    return fresh


def slots_of(invited: Invitation) -> Sequence[Appearance]:
    return db.session.scalars(queries.slots_of(invited.workshop, invited.person_id)).all()


def today(workshop: Workshop) -> date:
    return on_day(now(), workshop.zone)


def about(token: str, invited: Invitation, profile: Profile) -> dict[str, object]:
    """What every page behind a link shows."""
    return {
        "token": token,
        "invited": invited,
        "person": invited.person,
        "profile": profile,
        "workshop": invited.workshop,
        "languages": [code for code in LANGUAGES if code in invited.workshop.languages] or list(LANGUAGES),
    }


def back(token: str) -> HttpResponse:
    return redirect(url_for(".invitation", token=token))
