"""Gaps: written down with what they rest on, and shown by an organiser's decision."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.conflicts import begin_form, open_form
from workshop.platform.db import Words, db, now
from workshop.platform.forms import posted_form
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .forms import GapForm
from .models import Gap


@bp.get("/workshops/<slug>/desk/gaps")
@organiser
def gaps_desk(workshop: Workshop) -> str:
    found = db.session.scalars(queries.gaps_of(workshop.series_id)).all()
    return render_template("follow_up/practices/gaps_desk.html", workshop=workshop, themes=rules.by_theme(found))


@bp.route("/workshops/<slug>/desk/gaps/new", methods=["GET", "POST"])
@organiser
def add_gap(workshop: Workshop) -> Page:
    form = begin_form(GapForm, {"text": Words()}, posted_form())
    if form.validate_on_submit():
        with form.refusing():
            gap = Gap(series=workshop.series, theme="", text=Words())
            rules.write_gap(gap, form.typed(rules.Missing))
            db.session.add(gap)
            db.session.commit()
            flash(_("Saved. It is public once you publish it."))
            return to_gaps(workshop)
    return render_template("follow_up/practices/gap.html", workshop=workshop, gap=None, form=form, theirs=None)


def found_gap(workshop: Workshop, id: int) -> Gap:
    found: Gap = db.one_or_404(queries.gaps_of(workshop.series_id).where(Gap.id == id))
    return found


@bp.route("/workshops/<slug>/desk/gaps/<int:id>", methods=["GET", "POST"])
@organiser
def edit_gap(workshop: Workshop, id: int) -> Page:
    gap = found_gap(workshop, id)
    saved = {name: getattr(gap, name) for name in ("theme", "text", "countries", "goals")}
    saved["rests_on"] = "\n".join(map(rules.source_line, gap.rests_on))
    form, theirs = open_form(GapForm, saved, posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            rules.write_gap(gap, form.typed(rules.Missing))
            db.session.commit()
            flash(_("Saved."))
            return to_gaps(workshop)
    page = render_template("follow_up/practices/gap.html", workshop=workshop, gap=gap, form=form, theirs=theirs)
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/gaps/<int:id>/publish")
@organiser
def publish_gap(workshop: Workshop, id: int) -> HttpResponse:
    gap = found_gap(workshop, id)
    gap.published_at, gap.published_by = gap.published_at or now(), current_user.id
    db.session.add(audit.record("publish gap", str(gap.id), who=current_user.id, at=now()))
    db.session.commit()
    flash(_("Published. Anyone can read it now."))
    return to_gaps(workshop)


@bp.post("/workshops/<slug>/desk/gaps/<int:id>/withdraw")
@organiser
def withdraw_gap(workshop: Workshop, id: int) -> HttpResponse:
    gap = found_gap(workshop, id)
    gap.published_at = gap.published_by = None
    db.session.add(audit.record("withdraw gap", str(gap.id), who=current_user.id, at=now()))
    db.session.commit()
    flash(_("No longer public. Anyone who read it before may have kept a copy."))
    return to_gaps(workshop)


@bp.post("/workshops/<slug>/desk/gaps/<int:id>/remove")
@organiser
def remove_gap(workshop: Workshop, id: int) -> HttpResponse:
    gap = found_gap(workshop, id)
    db.session.add(audit.record("remove gap", str(gap.id), who=current_user.id, at=now()))
    db.session.delete(gap)
    db.session.commit()
    flash(_("Removed."))
    return to_gaps(workshop)


def to_gaps(workshop: Workshop) -> HttpResponse:
    return redirect(url_for(".gaps_desk", slug=workshop.slug))
