"""Naming the members of a delegation: by its focal point behind a personal link, or by the secretariat for it."""

from dataclasses import fields

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform.access import Page, limited
from workshop.platform.conflicts import begin_form, open_form
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.forms import posted_form
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .forms import NomineeForm, SubstituteForm
from .models import Delegation, Participant
from .nomination_views import focal_point, save
from .rules import Nominee
from .views import NominationDesk, delegation_or_404, desk_of, today


@bp.route("/n/<token>/members/add", methods=["GET", "POST"])
@focal_point
@limited("120 per minute")
def own_add_member(token: str, delegation: Delegation) -> Page:
    return added(desk_of(delegation, token))


@bp.route("/workshops/<slug>/desk/participants/delegations/<int:id>/members/add", methods=["GET", "POST"])
@programme_officer
def add_member(workshop: Workshop, id: int) -> Page:
    return added(desk_of(delegation_or_404(workshop, id)))


def added(desk: NominationDesk) -> Page:
    form = begin_form(NomineeForm, {"language": desk.delegation.language}, posted_form())
    if form.validate_on_submit():
        with form.refusing():
            desk.refuse_closed()
            who = rules.nominate(
                desk.delegation,
                form.typed(Nominee),
                desk.members,
                nominate_by=desk.plan.nominate_by if desk.token else None,
                at=now(),
                today=today(desk.workshop),
            )
            db.session.add(who)
            save(desk, [who])
            flash(_("Added: %(name)s.", name=who.plain_name or _("a seat to be confirmed")))
            return redirect(desk.home)
    return member_page(desk, form, None)


@bp.route("/n/<token>/members/<int:member_id>", methods=["GET", "POST"])
@focal_point
@limited("120 per minute")
def own_edit_member(token: str, delegation: Delegation, member_id: int) -> Page | tuple[str, int]:
    return edited(desk_of(delegation, token), member_id)


@bp.route("/workshops/<slug>/desk/participants/delegations/<int:id>/members/<int:member_id>", methods=["GET", "POST"])
@programme_officer
def edit_member(workshop: Workshop, id: int, member_id: int) -> Page | tuple[str, int]:
    return edited(desk_of(delegation_or_404(workshop, id)), member_id)


def edited(desk: NominationDesk, member_id: int) -> Page | tuple[str, int]:
    who = desk.member(member_id)
    form, theirs = open_form(NomineeForm, as_filled(who), posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            desk.refuse_closed()
            rules.edit(who, form.typed(Nominee), desk.members)
            save(desk, [who])
            flash(_("Saved."))
            return redirect(desk.home)
    return member_page(desk, form, who, theirs=theirs), 409 if theirs else 200


@bp.route("/n/<token>/members/<int:member_id>/substitute", methods=["GET", "POST"])
@focal_point
@limited("120 per minute")
def own_substitute_member(token: str, delegation: Delegation, member_id: int) -> Page:
    return substituted(desk_of(delegation, token), member_id)


@bp.route(
    "/workshops/<slug>/desk/participants/delegations/<int:id>/members/<int:member_id>/substitute",
    methods=["GET", "POST"],
)
@programme_officer
def substitute_member(workshop: Workshop, id: int, member_id: int) -> Page:
    return substituted(desk_of(delegation_or_404(workshop, id)), member_id)


def substituted(desk: NominationDesk, member_id: int) -> Page:
    who = desk.member(member_id)
    form = begin_form(SubstituteForm, {"part": who.part, "language": who.language}, posted_form())
    if form.validate_on_submit():
        with form.refusing():
            desk.refuse_closed()
            queries.seat_passed_on(db.session, who)
            reason = form.substitution_reason.data or ""
            former = rules.substitute(who, form.typed(Nominee), desk.members, reason=reason, by=desk.typed_by, at=now())
            db.session.add(former)
            save(desk, [who])
            flash(_("%(name)s takes the seat of %(former)s.", name=who.plain_name, former=former.name))
            return redirect(desk.home)
    return member_page(desk, form, who, substitution=True)


@bp.post("/n/<token>/members/<int:member_id>/withdraw")
@focal_point
@limited("60 per minute")
def own_withdraw_member(token: str, delegation: Delegation, member_id: int) -> HttpResponse:
    return withdrawn(desk_of(delegation, token), member_id)


@bp.post("/workshops/<slug>/desk/participants/delegations/<int:id>/members/<int:member_id>/withdraw")
@programme_officer
def withdraw_member(workshop: Workshop, id: int, member_id: int) -> HttpResponse:
    return withdrawn(desk_of(delegation_or_404(workshop, id)), member_id)


def withdrawn(desk: NominationDesk, member_id: int) -> HttpResponse:
    who = desk.member(member_id)
    with flashing_refusal():
        desk.refuse_closed()
        rules.withdraw(who, at=now())
        save(desk, [who])
        flash(_("Withdrawn: %(name)s.", name=who.plain_name or _("a seat to be confirmed")))
    return redirect(desk.home)


@bp.post("/n/<token>/members/<int:member_id>/move")
@focal_point
@limited("120 per minute")
def own_move_member(token: str, delegation: Delegation, member_id: int) -> HttpResponse:
    return moved(desk_of(delegation, token), member_id)


@bp.post("/workshops/<slug>/desk/participants/delegations/<int:id>/members/<int:member_id>/move")
@programme_officer
def move_member(workshop: Workshop, id: int, member_id: int) -> HttpResponse:
    return moved(desk_of(delegation_or_404(workshop, id)), member_id)


def moved(desk: NominationDesk, member_id: int) -> HttpResponse:
    rules.move(desk.member(member_id), desk.members, up=request.form.get("to") != "down")
    save(desk, [])
    return redirect(f"{desk.home}#members")


def as_filled(who: Participant) -> dict[str, object]:
    return {each.name: getattr(who, each.name) for each in fields(Nominee)}


def member_page(
    desk: NominationDesk,
    form: NomineeForm,
    who: Participant | None,
    *,
    theirs: object = None,
    substitution: bool = False,
) -> str:
    return render_template(
        "participation/delegations/member.html",
        desk=desk,
        workshop=desk.workshop,
        delegation=desk.delegation,
        form=form,
        who=who,
        theirs=theirs,
        substitution=substitution,
    )
