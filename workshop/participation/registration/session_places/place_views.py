"""Places in single sessions: how many there are, who has one and who waits; taken and given up behind the personal link."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as HttpResponse
from wtforms import BooleanField, IntegerField
from wtforms.validators import NumberRange, Optional

from workshop.participation.delegations import queries as delegations
from workshop.participation.delegations.models import Participant
from workshop.platform.access import Page, limited
from workshop.platform.conflicts import SharedForm, open_form
from workshop.platform.db import Database, db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.forms import posted_form
from workshop.programme.agenda.models import Session
from workshop.programme.agenda.queries import sessions
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from .. import bp, queries
from ..link_views import about, holder
from ..models import PlaceStatus, SessionPlace, SessionQuota
from ..settling import Settlement
from . import session_limits
from .session_limits import Limit


class QuotaForm(SharedForm):
    is_open = BooleanField(_l("Participants take a place in this session behind their personal link"))
    seats = IntegerField(
        _l("Places"),
        [Optional(), NumberRange(0, 9999, _l("Give a number from 0 to 9,999."))],
        description=_l("Empty: as many as the room has seats."),
    )


@dataclass(frozen=True)
class SessionList:
    """A session with its places; under the Chatham House Rule nobody is named."""

    session: Session
    quota: SessionQuota | None
    kept: Sequence[SessionPlace]
    limit: Limit

    @property
    def taken(self) -> int:
        return self.limit.taken(each.participant for each in self.seated)

    @property
    def seated(self) -> list[SessionPlace]:
        return [each for each in self.kept if each.standing is PlaceStatus.SEATED]

    @property
    def line(self) -> list[SessionPlace]:
        return session_limits.in_line(self.kept)

    @property
    def is_named(self) -> bool:
        return not session_limits.is_closed_meeting(self.session)

    @property
    def is_open(self) -> bool:
        return self.is_named and self.quota is not None and self.quota.is_open

    def place_of(self, who: Participant) -> SessionPlace | None:
        return next((each for each in self.kept if each.participant is who), None)


def lists_of(session: Database, workshop: Workshop) -> list[SessionList]:
    quotas = {each.session_id: each for each in session.scalars(queries.session_quotas(workshop.id))}
    kept = session.scalars(queries.places(workshop.id)).all()
    plan = session.scalars(delegations.plan(workshop.id)).one_or_none()
    found = []
    for each in session.scalars(sessions(workshop)):
        quota, own = quotas.get(each.id), [place for place in kept if place.session_id == each.id]
        limit = session_limits.limit_of(each, quota, counts_support=plan is None or plan.counts_support)
        found.append(SessionList(each, quota, own, limit))
    return found


@bp.get("/workshops/<slug>/desk/participants/sessions")
@programme_officer
def session_lists(workshop: Workshop) -> str:
    return render_template(
        "participation/registration/session_lists.html", workshop=workshop, lists=lists_of(db.session, workshop)
    )


@bp.route("/workshops/<slug>/desk/participants/sessions/<int:number>", methods=["GET", "POST"])
@programme_officer
def session_list(workshop: Workshop, number: int) -> Page | tuple[str, int]:
    """How many places, and who has them."""
    found = list_or_404(workshop, number)
    quota = found.quota or SessionQuota(session=found.session)
    said = {"is_open": quota.is_open, "seats": quota.seats}
    form, theirs = open_form(QuotaForm, said, posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            if form.is_open.data:
                session_limits.refuse_closed_meeting(found.session)
            quota.is_open, quota.seats = form.is_open.data, form.seats.data
            db.session.add(quota)
            Settlement(db.session, workshop).give_free_places()
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for(".session_list", slug=workshop.slug, number=number))
    page = render_template(
        "participation/registration/session_list.html", workshop=workshop, found=found, form=form, theirs=theirs
    )
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/participants/sessions/<int:number>/add")
@programme_officer
def add_place(workshop: Workshop, number: int) -> HttpResponse:
    """Somebody who asked by telephone, by the number of the badge; at the end of the waiting list where it is full."""
    found = list_or_404(workshop, number)
    with flashing_refusal():
        typed = request.form.get("badge", "").strip()
        people = Settlement(db.session, workshop).everybody
        who = next((each for each in people if typed and str(each.number) == typed), None)
        if who is None:
            raise RuleBroken(_("No badge has this number."))
        has_place = take_place(found, who)
        flash(_("%(name)s has a place.", name=who.plain_name) if has_place else _("On the waiting list."))
    return redirect(url_for(".session_list", slug=workshop.slug, number=number))


@bp.post("/workshops/<slug>/desk/participants/sessions/<int:number>/remove/<int:id>")
@programme_officer
def remove_place(workshop: Workshop, number: int, id: int) -> HttpResponse:
    found = list_or_404(workshop, number)
    give_up(workshop, next((each for each in found.kept if each.id == id), None) or abort(404))
    return redirect(url_for(".session_list", slug=workshop.slug, number=number))


def list_or_404(workshop: Workshop, number: int) -> SessionList:
    """Who is about to change it makes others wait: the last place goes to one of them."""
    if request.method == "POST":
        db.session.scalars(lock_workshop(workshop)).one()
    found = lists_of(db.session, workshop)
    return next((each for each in found if each.session.number == number), None) or abort(404)


def take_place(found: SessionList, who: Participant) -> bool:
    """Whether there was a place; else they are on the waiting list. Commits. Raises RuleBroken."""
    mine = [each for each in db.session.scalars(queries.places(who.workshop_id)) if each.participant is who]
    kept = [*found.kept, *(each for each in mine if each not in found.kept)]
    with db.session.no_autoflush:
        place = session_limits.take(who, found.session, found.limit, kept, at=now())
    db.session.add(place)
    db.session.commit()
    return place.standing is PlaceStatus.SEATED


def give_up(workshop: Workshop, place: SessionPlace) -> None:
    """The place goes to whoever waits for it. Commits."""
    db.session.delete(place)
    Settlement(db.session, workshop).give_free_places()
    db.session.commit()
    flash(_("The place is given up."))


@bp.get("/r/<token>/sessions")
@holder
@limited("60 per minute")
def own_sessions(token: str, who: Participant) -> str:
    return render_template(
        "participation/registration/own_sessions.html",
        lists=[each for each in lists_of(db.session, who.workshop) if each.is_open],
        **about(token, who),
    )


@bp.post("/r/<token>/sessions/<int:number>")
@holder
@limited("60 per minute")
def own_place(token: str, who: Participant, number: int) -> HttpResponse:
    """A place is taken, or given up."""
    found = list_or_404(who.workshop, number)
    if not found.is_open:
        abort(404)
    with flashing_refusal():
        place = found.place_of(who)
        if request.form.get("act") == "take":
            flash(_("You have a place.") if take_place(found, who) else _("You are on the waiting list."))
        elif place:
            give_up(who.workshop, place)
    return redirect(url_for(".own_sessions", token=token))


@queries.further_forms.by
def sessions_offered(session: Database, who: Participant, token: str) -> list[queries.FurtherForm]:
    """Where any session takes people by name."""
    open_ones = [each for each in session.scalars(queries.session_quotas(who.workshop_id)) if each.is_open]
    if not any(not session_limits.is_closed_meeting(each.session) for each in open_ones):
        return []
    return [(_("Sessions with a limited number of places"), url_for("registration.own_sessions", token=token), "")]
