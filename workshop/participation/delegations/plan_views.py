"""How a workshop invites and registers: who writes, by when names are asked for, how many seats there are."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform.access import Page
from workshop.platform.conflicts import open_form
from workshop.platform.db import Database, Model, db, now
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.copying import Copy, CopyPart, copied
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries
from .forms import PlanForm, SeatsForm
from .models import ParticipationPlan
from .official.letter_wording import PLACEHOLDERS, default_sender, refuse_unusable
from .tasks import ask_to_remind
from .views import plan_of

TEXTS = ("sender", "sender_is_plural", "reference_prefix", "letter_text", "information_note")
SEATS = ("mode", "approves_by_hand", "seats", "delegation_seats", "counts_support", "asks")


@copied.by
def copied_plan(session: Database, wanted: Copy, rows: list[Model]) -> None:
    """Who writes and in which words, and how many seats there are; days move along."""
    kept = session.scalars(queries.plan(wanted.source.id)).one_or_none()
    if kept is None or CopyPart.LETTERS not in wanted.parts:
        return
    made = ParticipationPlan(workshop=wanted.target, remind_before=list(kept.remind_before))
    for name in (*TEXTS, *SEATS, "category_seats"):
        setattr(made, name, getattr(kept, name))
    for name in ("nominate_by", "edits_until"):
        day = getattr(kept, name)
        setattr(made, name, day + wanted.days if day else None)
    rows.append(made)


@bp.route("/workshops/<slug>/desk/participants/invitations", methods=["GET", "POST"])
@programme_officer
def plan(workshop: Workshop) -> Page | tuple[str, int]:
    kept = held_plan(workshop)
    form, theirs = open_form(PlanForm, as_filled(kept), request.form if request.method == "POST" else None)
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            kept.remind_before = form.steps()
            refuse_unusable(
                form.letter_text.data.values(),
                dated=form.nominate_by.data is not None,
                limited=kept.delegation_seats is not None,
            )
            for name in (*TEXTS, "nominate_by", "edits_until"):
                setattr(kept, name, form[name].data)
            db.session.flush()
            ask_to_remind(kept, after=now())
            return save_and_return(workshop, "delegations.plan")
    page = render_template(
        "participation/delegations/plan.html",
        workshop=workshop,
        form=form,
        theirs=theirs,
        placeholders=PLACEHOLDERS,
    )
    return page, 409 if theirs else 200


def as_filled(kept: ParticipationPlan) -> dict[str, object]:
    said = {name: getattr(kept, name) for name in (*TEXTS, "nominate_by", "edits_until")}
    said["sender"] = kept.sender or default_sender(kept.workshop)
    return said | {"remind_before": ", ".join(map(str, kept.remind_before))}


@bp.route("/workshops/<slug>/desk/participants/seats", methods=["GET", "POST"])
@programme_officer
def seats(workshop: Workshop) -> Page | tuple[str, int]:
    """Who may register, how many seats there are, and what a registration asks for."""
    kept = held_plan(workshop)
    said = {name: getattr(kept, name) for name in SEATS}
    said |= {f"category_{name}": number for name, number in kept.category_seats.items()}
    form, theirs = open_form(SeatsForm, said, request.form if request.method == "POST" else None)
    if theirs is None and form.validate_on_submit():
        for name in SEATS:
            setattr(kept, name, form[name].data)
        numbers = {each.value: form[f"category_{each.value}"].data for each in Category}
        kept.category_seats = {name: number for name, number in numbers.items() if number is not None}
        db.session.flush()
        queries.nominations_changed(db.session, workshop, [])
        return save_and_return(workshop, "delegations.seats")
    page = render_template(
        "participation/delegations/seats.html",
        workshop=workshop,
        form=form,
        theirs=theirs,
        categories=[form[f"category_{each.value}"] for each in Category],
    )
    return page, 409 if theirs else 200


def held_plan(workshop: Workshop) -> ParticipationPlan:
    """The plan; one about to be changed makes others wait, and is saved with the change."""
    if request.method != "POST":
        return plan_of(workshop)
    db.session.scalars(lock_workshop(workshop)).one()
    kept = plan_of(workshop)
    db.session.add(kept)
    return kept


def save_and_return(workshop: Workshop, endpoint: str) -> HttpResponse:
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for(endpoint, slug=workshop.slug))
