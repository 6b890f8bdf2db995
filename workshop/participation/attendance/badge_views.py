"""Badges: issued to everybody who has a seat, printed on sheets or one by one, replaced when lost."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import files, prints
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.i18n import language
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .badge_print import fingerprint
from .models import Badge, BadgePrint
from .tasks import RENDER


@bp.get("/workshops/<slug>/desk/badges")
@programme_officer
def badges(workshop: Workshop) -> str:
    good = db.session.scalars(queries.badges(workshop.id)).all()
    has_one = {each.participant_id for each in good}
    seated = db.session.scalars(queries.seated(workshop.id)).all()
    return render_template(
        "participation/attendance/badges.html",
        workshop=workshop,
        badges=good,
        without=[each for each in seated if each.id not in has_one],
    )


@bp.post("/workshops/<slug>/desk/badges/issue")
@programme_officer
def issue_badges(workshop: Workshop) -> HttpResponse:
    """One for everybody who has a seat and none yet."""
    db.session.scalars(lock_workshop(workshop)).one()
    has_one = {each.participant_id for each in db.session.scalars(queries.badges(workshop.id))}
    new = [each for each in db.session.scalars(queries.seated(workshop.id)) if each.id not in has_one]
    at = now()
    db.session.add_all(rules.issue(each, [], at=at) for each in new)
    db.session.commit()
    flash(ngettext("One badge issued.", "%(num)s badges issued.", len(new)))
    return redirect(url_for(".badges", slug=workshop.slug))


@bp.post("/workshops/<slug>/desk/badges/<int:id>/replace")
@programme_officer
def replace_badge(workshop: Workshop, id: int) -> HttpResponse:
    """Lost, or with another name: a new one with the same number; the one before is void."""
    db.session.scalars(lock_workshop(workshop)).one()
    badge = badge_or_404(workshop, id)
    with flashing_refusal():
        earlier = db.session.scalars(queries.badges_of(badge.participant)).all()
        made = rules.issue(badge.participant, earlier, at=now())
        db.session.add(made)
        db.session.commit()
        flash(_("The badge of %(name)s is replaced; the one before is void.", name=badge.participant.plain_name))
    return redirect(url_for(".badges", slug=workshop.slug))


@bp.get("/workshops/<slug>/desk/badges.pdf")
@programme_officer
def badges_pdf(workshop: Workshop) -> HttpResponse | tuple[str, int]:
    """All of them, eight on a sheet."""
    return send_pdf(workshop, db.session.scalars(queries.badges(workshop.id)).all() or abort(404))


@bp.get("/workshops/<slug>/desk/badges/<int:id>.pdf")
@programme_officer
def badge_pdf(workshop: Workshop, id: int) -> HttpResponse | tuple[str, int]:
    return send_pdf(workshop, [badge_or_404(workshop, id)])


def badge_or_404(workshop: Workshop, id: int) -> Badge:
    found: Badge = db.one_or_404(queries.badges(workshop.id).where(Badge.id == id))
    return found


def send_pdf(workshop: Workshop, badges: Sequence[Badge]) -> HttpResponse | tuple[str, int]:
    """From storage; where there is none yet it is asked for, and a page says how far it is."""
    code = language()
    mark = fingerprint(badges, code)
    found = db.session.scalar(queries.badge_print(workshop, code, mark))
    wanted = found or BadgePrint(
        workshop=workshop, language=code, fingerprint=mark, badge_ids=[each.id for each in badges]
    )
    if wanted.stored_as:
        response = HttpResponse(files.get(wanted.stored_as), mimetype="application/pdf")
        response.headers.set("Content-Disposition", "inline", filename=f"{workshop.slug}-badges.pdf")
        response.headers["Cache-Control"] = "private, no-store"
        return response
    try:
        prints.ask(wanted, RENDER, at=now())
        db.session.commit()
    except IntegrityError:  # somebody else has asked for it at the same moment
        db.session.rollback()
    page = render_template("participation/attendance/pdf_progress.html", workshop=workshop, **prints.progress(wanted))
    return page, 202
