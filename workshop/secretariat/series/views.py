"""Series, and the administrator's page: who organises what. It opens no workshop."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.conflicts import begin_form, open_form
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.forms import posted_form

from . import bp, queries, rules
from .forms import NewSeriesForm, SeriesForm
from .membership import administrator
from .models import Series


@bp.get("/administration")
@administrator
def administration() -> str:
    """All series with their workshops and who organises them."""
    return render_template(
        "secretariat/series/administration.html",
        series=db.session.scalars(queries.all_series()).all(),
        workshops=db.session.scalars(queries.all_workshops()).all(),
        organisers=queries.names_by_workshop(db.session.execute(queries.organisers())),
        administrators=db.session.scalars(queries.administrators()).all(),
    )


@bp.route("/series/new", methods=["GET", "POST"])
@administrator
def new_series() -> Page:
    form = begin_form(NewSeriesForm, {}, posted_form())
    if form.validate_on_submit():
        with form.refusing():
            taken = db.session.scalars(db.select(Series.slug)).all()
            made = rules.new_series(form.title.data, form.description.data, slug=form.slug.data or "", taken=taken)
            db.session.add_all([made, audit.record("new series", made.slug, who=current_user.id, at=now())])
            db.session.commit()
            flash(_("The series is added. Begin its first workshop."))
            return redirect(url_for("settings.new_workshop", series=made.slug))
    return render_template("secretariat/series/edit_series.html", form=form, series=None, theirs=None)


@bp.route("/series/<slug>/edit", methods=["GET", "POST"])
@administrator
def edit_series(slug: str) -> Page:
    series = series_or_404(slug)
    form, theirs = open_form(SeriesForm, {"title": series.title, "description": series.description}, posted_form())
    if theirs is None and form.validate_on_submit():
        series.title, series.description = form.title.data, form.description.data
        return save(series, "change series", _("Saved."))
    page = render_template("secretariat/series/edit_series.html", form=form, series=series, theirs=theirs)
    return page, 409 if theirs else 200


@bp.post("/series/<slug>/archive")
@administrator
def archive_series(slug: str) -> HttpResponse:
    """No new workshops, until it is reopened; what is public stays so."""
    series = series_or_404(slug)
    series.archived_at = None if series.archived_at else now()
    if series.archived_at:
        return save(series, "archive series", _("The series is archived: it accepts no new workshops."))
    return save(series, "reopen series", _("The series accepts new workshops again."))


@bp.post("/series/<slug>/remove")
@administrator
def remove_series(slug: str) -> HttpResponse:
    series = series_or_404(slug)
    with flashing_refusal():
        if db.session.scalar(queries.workshops_of(series).limit(1)):
            raise RuleBroken(_("This series has workshops. Remove them first, or archive the series."))
        series.removed_at = now()
        return save(series, "remove series", _("The series is removed. You can restore it for 30 days."))
    return redirect(url_for(".administration"))


@bp.post("/series/<slug>/bring-back")
@administrator
def bring_back_series(slug: str) -> HttpResponse:
    series: Series = db.one_or_404(db.select(Series).where(Series.slug == slug, Series.removed_at.is_not(None)))
    series.removed_at = None
    return save(series, "bring series back", _("The series is restored."))


def series_or_404(slug: str) -> Series:
    found: Series = db.one_or_404(db.select(Series).where(Series.slug == slug, Series.removed_at.is_(None)))
    if request.method == "POST":
        db.session.refresh(found, with_for_update=True)
    return found


def save(series: Series, verb: str, message: str) -> HttpResponse:
    db.session.add(audit.record(verb, series.slug, who=current_user.id, at=now()))
    db.session.commit()
    flash(message)
    return redirect(url_for(".administration"))
