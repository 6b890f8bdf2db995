"""Beginning a workshop, copying one, removing one, and bringing it back."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import Page, signed_in
from workshop.platform.db import Model, db, now
from workshop.secretariat.series import copying, queries, rules
from workshop.secretariat.series.copying import CopyPart
from workshop.secretariat.series.languages import chosen_languages
from workshop.secretariat.series.membership import organiser_even_if_archived
from workshop.secretariat.series.models import Series, Workshop
from workshop.secretariat.series.outlines import outlines

from . import bp, removal
from .forms import CopyForm, NewWorkshopForm, RemoveForm


@bp.route("/workshops/new", methods=["GET", "POST"])
@signed_in
def new_workshop() -> Page:
    """For who organises a workshop of the series, and for administrators."""
    mine = db.session.scalars(queries.series_open_to(current_user)).all()
    if not mine:
        return render_template("secretariat/settings/no_series.html"), 403
    form = NewWorkshopForm(None if request.method == "GET" else request.form, series=mine, outlines=outlines().values())
    if request.method == "GET":
        form.series.data = next((each.id for each in mine if each.slug == request.args.get("series")), mine[0].id)
    if form.validate_on_submit():
        with form.refusing():
            return begin(made_from(form, mine), str(form.outline.data or ""))
    copies = db.session.scalars(queries.organised_by(current_user)).all()
    return render_template("secretariat/settings/new_workshop.html", form=form, outlines=outlines(), copies=copies)


def made_from(form: NewWorkshopForm, mine: Sequence[Series]) -> Workshop:
    working = str(form.working.data)
    text = rules.WorkshopText(
        title=form.title.data or "",
        slug=form.slug.data or "",
        starts_on=form.starts_on.data,  # type: ignore[arg-type]
        ends_on=form.ends_on.data,  # type: ignore[arg-type]
        place=form.place.data or "",
        zone=str(form.zone.data),
        languages=chosen_languages(working, form.languages.data or (), form.another.data or ""),
    )
    series = next(each for each in mine if each.id == form.series.data)
    return rules.new_workshop(series, text, taken=db.session.scalars(db.select(Workshop.slug)).all())


@bp.route("/workshops/<slug>/desk/copy", methods=["GET", "POST"])
@organiser_even_if_archived
def copy_workshop(workshop: Workshop) -> Page:
    """A new workshop with what is chosen of this one; dates move along."""
    form = CopyForm()
    if form.validate_on_submit():
        with form.refusing():
            return begin_copy(workshop, form)
    return render_template("secretariat/settings/copy_workshop.html", workshop=workshop, form=form)


def begin_copy(source: Workshop, form: CopyForm) -> HttpResponse:
    text = rules.WorkshopText(
        title=form.title.data or "",
        slug=form.slug.data or "",
        starts_on=form.starts_on.data,  # type: ignore[arg-type]
        ends_on=form.ends_on.data,  # type: ignore[arg-type]
        zone=source.zone,
        languages=source.languages,
    )
    target = rules.new_workshop(source.series, text, taken=db.session.scalars(db.select(Workshop.slug)).all())
    target.place = source.place
    with db.session.no_autoflush:
        rows = copying.copy(db.session, copying.Copy(source, target, form.wanted))
    return add(target, rows, with_members=CopyPart.MEMBERS in form.wanted)


def begin(workshop: Workshop, outline: str) -> HttpResponse:
    rows = copying.lay_out(workshop, outlines()[outline]) if outline else []
    return add(workshop, rows)


def add(workshop: Workshop, rows: Sequence[Model], *, with_members: bool = False) -> HttpResponse:
    db.session.add_all([workshop, *rows])
    if not with_members:
        db.session.add(rules.organised_by(current_user, workshop))
    db.session.add(audit.record("new workshop", workshop.slug, who=current_user.id, at=now()))
    db.session.commit()
    flash(_("The workshop is ready. Only its organisers see it."))
    return redirect(url_for("overview.desk", slug=workshop.slug))


@bp.route("/workshops/<slug>/desk/settings/remove", methods=["GET", "POST"])
@organiser_even_if_archived
def remove_workshop(workshop: Workshop) -> Page:
    """Names what goes with it; the short name is typed to confirm."""
    form = RemoveForm()
    if form.validate_on_submit():
        with form.refusing():
            removal.remove(workshop, typed=form.slug.data or "", who=current_user.id, at=now())
            db.session.add(audit.record("remove workshop", workshop.slug, who=current_user.id, at=now()))
            db.session.commit()
            flash(_("The workshop is removed. You can restore it for 30 days."))
            return redirect(url_for(".removed_workshops"))
    counted = [(db.session.scalar(count) or 0, say) for found in removal.contents(workshop) for count, say in found]
    lost = [say(number) for number, say in counted if number]
    return render_template("secretariat/settings/remove_workshop.html", workshop=workshop, form=form, lost=lost)


@bp.get("/workshops/removed")
@signed_in
def removed_workshops() -> str:
    found = db.session.scalars(removal.removed_workshops(current_user)).all()
    return render_template("secretariat/settings/removed_workshops.html", workshops=found, last_day=removal.last_day)


@bp.post("/workshops/removed/<int:id>/bring-back")
@signed_in
def bring_back(id: int) -> HttpResponse:
    workshop: Workshop = db.one_or_404(removal.removed_workshops(current_user).where(Workshop.id == id))
    removal.bring_back(workshop)
    db.session.add(audit.record("bring workshop back", workshop.slug, who=current_user.id, at=now()))
    db.session.commit()
    flash(_("The workshop is restored."))
    return redirect(url_for("overview.desk", slug=workshop.slug))
