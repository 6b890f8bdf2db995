"""Parts of a snapshot, two snapshots side by side, and the ledger of what was shown."""

from flask import abort, render_template, request

from workshop.consultation.questionnaires.queries import questionnaire_of
from workshop.platform.db import db
from workshop.platform.errors import RuleBroken
from workshop.secretariat.series.membership import analyst, holding
from workshop.secretariat.series.models import Workshop

from .. import bp, queries, rules
from ..crossing_views import filter_choices
from ..disclosing.showing import definition_of, tables_of
from ..forms import FilterForm
from ..views import snapshot_for_reader
from .filtering import filtered_tables
from .snapshot_comparison import compare as compared


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>/filter")
@analyst
def filtered(workshop: Workshop, questionnaire: str, number: int) -> str:
    """The tables of those who are in one group, or gave one answer."""
    snapshot = db.one_or_404(queries.snapshot(workshop.id, questionnaire, number).where(queries.is_frozen()))
    form = FilterForm(request.args or None, choices=filter_choices(snapshot))
    found, refusal = None, ""
    if request.args and form.validate():
        try:
            found = filtered_tables(snapshot, definition_of(snapshot), form.conditions)
        except RuleBroken as broken:
            refusal = broken.message
    return render_template(
        "consultation/findings/filtered.html",
        workshop=workshop,
        snapshot=snapshot,
        form=form,
        tabulations=found,
        units={},
        refusal=refusal,
    )


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>/compare/<int:other>")
@holding(*rules.READERS)
def compare(workshop: Workshop, questionnaire: str, number: int, other: int) -> str:
    """This snapshot beside an earlier one, each as it is shown."""
    if number == other:
        abort(404)
    both = [snapshot_for_reader(workshop, questionnaire, each) for each in (other, number)]
    earlier, later = sorted(both, key=lambda each: (each.until, each.number))
    if not (earlier.frozen and later.frozen):
        abort(404)
    shown = [tables_of(each, db.session.scalars(queries.in_ledger(each)).all()) for each in (earlier, later)]
    return render_template(
        "consultation/findings/compare.html",
        workshop=workshop,
        snapshot=later,
        earlier=earlier,
        comparisons=compared(*shown),
    )


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/shown")
@analyst
def ledger(workshop: Workshop, questionnaire: str) -> str:
    """What was shown of this questionnaire, how closely, to whom and when: later results are checked against it."""
    asked = db.one_or_404(questionnaire_of(workshop, questionnaire))
    return render_template(
        "consultation/findings/ledger.html",
        workshop=workshop,
        questionnaire=asked,
        entries=db.session.execute(queries.ledger_of(asked)).all(),
    )
