"""Cross-tables of a snapshot: tried by those who hold the answers, and chosen to be shown with its tables."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires.queries import lock_questionnaire
from workshop.platform.db import Words, db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.i18n import language
from workshop.secretariat.series.membership import analyst, organiser
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .disclosing.crossing import choices, cross, options_of
from .disclosing.showing import definition_of, shown_crossings
from .exploring.filtering import filtered_crossing
from .forms import CrossingForm
from .models import TIMES, Snapshot
from .result_tables import Label
from .tabulation import tabulate
from .views import audit_entry


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>/cross")
@analyst
def crossings(workshop: Workshop, questionnaire: str, number: int) -> str:
    """Any two questions, or a question and who answered, of one snapshot."""
    snapshot = db.one_or_404(queries.snapshot(workshop.id, questionnaire, number).where(queries.is_frozen()))
    sheet = tabulate(snapshot, definition_of(snapshot))[1]
    offered = [(name, _name(name, title)) for name, title in choices(sheet)]
    form = CrossingForm(request.args or None, choices=offered, groups=filter_choices(snapshot))
    crossing, refusal = None, ""
    if request.args and form.validate():
        try:
            if form.conditions:
                sides = form.rows.data, form.columns.data
                crossing = filtered_crossing(snapshot, definition_of(snapshot), form.conditions, *sides)
            else:
                crossing = cross(sheet, form.rows.data, form.columns.data)
        except RuleBroken as broken:
            refusal = broken.message
    return render_template(
        "consultation/findings/crossings.html",
        workshop=workshop,
        snapshot=snapshot,
        form=form,
        crossing=crossing,
        refusal=refusal,
        shown=shown_crossings(snapshot),
        may_show=rules.is_in_ledger(snapshot),
    )


def filter_choices(snapshot: Snapshot) -> dict[str, list[tuple[str, str]]]:
    """Each column that a filter may look at, with its options: "A3=2" and how it is called."""
    sheet = tabulate(snapshot, definition_of(snapshot))[1]
    return {
        _name(name, title): [(f"{name}={code}", _words(label)) for code, label in options]
        for name, title, options in options_of(sheet)
    }


def _words(label: Label) -> str:
    return Words(label).in_(language())[0] if isinstance(label, dict) else str(label)


def _name(name: str, title: Label) -> str:
    words = _words(title)
    short = words if len(words) < 90 else words[:88] + "…"
    return short if name.startswith("@") else f"{name.removeprefix('~')}: {short}"


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>/cross/show")
@organiser
def show_crossing(workshop: Workshop, questionnaire: str, number: int) -> HttpResponse:
    """Show a cross-table wherever the snapshot is shown."""
    db.session.execute(lock_questionnaire(workshop, questionnaire))
    snapshot = db.one_or_404(queries.snapshot(workshop.id, questionnaire, number).where(queries.is_frozen()))
    rows, columns = request.form.get("rows", ""), request.form.get("columns", "")
    with flashing_refusal():
        crossing = cross(tabulate(snapshot, definition_of(snapshot))[1], rows, columns)
        if crossing.cells is None:
            raise RuleBroken(_("Nothing of this table can be shown, so it was not added."))
        earlier = db.session.scalars(queries.in_ledger(snapshot)).all()
        if any(TIMES in table for each in earlier for table in each.precisions):
            raise RuleBroken(
                _(
                    "Cross-tables of another snapshot were shown before. Side by side they would reveal the answers of "
                    "the few people who are in only one of them."
                )
            )
        joined = [table for table in snapshot.precisions if TIMES in table]
        rules.show_crossing(snapshot, crossing.name, joined=joined, at=now(), who=current_user.id)
        db.session.add(audit_entry("show cross-table", questionnaire, number))
        db.session.commit()
        flash(_("Added to the results that are shown."))
    return redirect(url_for(".crossings", slug=workshop.slug, questionnaire=questionnaire, number=number))
