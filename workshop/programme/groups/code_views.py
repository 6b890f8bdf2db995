"""A rapporteur found on the spot: a code made by an organiser, and the page that it opens."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import Page, by_link, limited, public
from workshop.platform.db import db, now, public_key
from workshop.platform.mail import link_to
from workshop.platform.qr_codes import as_picture
from workshop.programme.agenda.formats import Part
from workshop.secretariat.accounts.sign_in import let_in, start_sign_in
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .forms import CodeForm, GuestForm
from .group_views import held_group, serve
from .models import GroupCode

GOOD_FOR = timedelta(hours=24)


@bp.post("/workshops/<slug>/desk/breakouts/<int:number>/codes")
@programme_officer
def make_code(workshop: Workshop, number: int) -> Page:
    """Shows a code once, to be read out or photographed."""
    group = held_group(workshop, number)
    part = Part(request.form["part"]) if request.form.get("part") in set(rules.PARTS) else Part.RAPPORTEUR
    at, code = now(), rules.new_code()
    row = GroupCode(group=group, role=part, made_at=at, made_by=current_user.id, expires_at=at + GOOD_FOR)
    row.issue_link(rules.code_as_typed(code))
    place = f"{workshop.slug}, group {number}: {part.value}"
    db.session.add_all([row, audit.record("make group code", place, who=current_user.id, at=at)])
    db.session.commit()
    address = link_to("groups.join", token=rules.code_as_typed(code))
    return render_template(
        "programme/groups/code.html",
        workshop=workshop,
        group=group,
        part=part,
        code=code,
        address=address,
        picture=as_picture(address),
        expires_at=row.expires_at,
    )


@bp.post("/workshops/<slug>/desk/breakouts/<int:number>/codes/<int:code_id>/revoke")
@programme_officer
def revoke_code(workshop: Workshop, number: int, code_id: int) -> HttpResponse:
    group = held_group(workshop, number)
    code: GroupCode = db.one_or_404(queries.open_codes(group, now()).where(GroupCode.id == code_id))
    code.end_link(now())
    db.session.commit()
    flash(_("The code no longer works."))
    return redirect(url_for(".people", slug=workshop.slug, number=number))


@bp.route("/join", methods=["GET", "POST"])
@public
@limited("10 per minute")
def type_code() -> Page:
    """For those without a camera."""
    form = CodeForm()
    if form.validate_on_submit():
        return redirect(url_for(".join", token=rules.code_as_typed(form.code.data or "") or "-"))
    return render_template("programme/groups/type_code.html", form=form)


def unknown_code(_token: str) -> tuple[str, int]:
    return render_template("programme/groups/unknown_code.html"), 404


@bp.route("/join/<token>", methods=["GET", "POST"])
@by_link(queries.group_code, otherwise=unknown_code)
@limited("20 per minute")
def join(token: str, code: GroupCode) -> Page:
    """Asks for a name, and lets her in to the notes of the group."""
    form = GuestForm()
    if form.validate_on_submit():
        return let_guest_in(code, str(form.name.data))
    return render_template("programme/groups/join.html", form=form, code=code, group=code.group)


def let_guest_in(code: GroupCode, name: str) -> HttpResponse:
    at, group = now(), code.group
    if not db.session.scalar(queries.use_up(code, at)):  # of two at once, one is let in
        return redirect(url_for(".type_code"))
    user = rules.guest(name, key=public_key().lower(), at=at)
    db.session.add(user)
    serve(group, user, rules.give_part(group, user, code.role, roles=()))
    db.session.flush()
    code.used_by = user.id
    token = start_sign_in(user, "code", at=at)
    db.session.commit()
    return let_in(user, token, url_for("capture.notes", slug=group.workshop.slug, number=group.number))
