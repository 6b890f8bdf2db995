"""The organisers' screens of all registrations: the list with decisions on many, what people need, and the counts."""

from collections.abc import Sequence
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as HttpResponse

from workshop.participation.delegations import queries as delegations
from workshop.participation.delegations.models import Participant, ParticipationPlan
from workshop.participation.delegations.rules import withdraw
from workshop.participation.delegations.seats import Quota, in_line
from workshop.participation.delegations.statuses import ParticipantStatus, Source
from workshop.platform import made_files
from workshop.platform.access import Page
from workshop.platform.conflicts import begin_form
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.forms import posted_form
from workshop.platform.i18n import language, on_day
from workshop.platform.lists import Column, Filter, Listing
from workshop.programme.agenda.queries import register
from workshop.secretariat.register.models import Category
from workshop.secretariat.register.person_names import order_of
from workshop.secretariat.series.membership import organiser, programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .forms import ParticipantForm, RefusalForm
from .participation_counts import counts_of
from .settling import Settlement
from .tasks import REGISTRATIONS

SAID = ("part", "category", "country", "phone", "sponsored", "needs_visa", "hidden", "honorific", "given_name")
LISTED = ("family_name", "name_as_listed", "function", "institution", "place", "email", "language", "interpreter")


@bp.get("/workshops/<slug>/desk/participants")
@programme_officer
def desk(workshop: Workshop) -> str:
    everybody = everybody_of(workshop)
    waiting = in_line(each for each in everybody if each.standing is ParticipantStatus.WAITING)
    plan = plan_of(workshop)
    return render_template(
        "participation/registration/desk.html",
        workshop=workshop,
        plan=plan,
        listing=listing_of(everybody),
        line={each.id: place for place, each in enumerate(waiting, 1)},
        quotas=Quota.labels(),
        seated=sum(each.standing is ParticipantStatus.APPROVED for each in everybody),
        refusal=RefusalForm(formdata=None),
    )


def plan_of(workshop: Workshop) -> ParticipationPlan:
    found: ParticipationPlan | None = db.session.scalars(delegations.plan(workshop.id)).one_or_none()
    return found or ParticipationPlan(workshop=workshop)


def everybody_of(workshop: Workshop) -> Sequence[Participant]:
    return db.session.scalars(delegations.participants(workshop.id)).all()


def listing_of(everybody: Sequence[Participant]) -> Listing[Participant]:
    code = language()
    ordered = sorted(everybody, key=lambda who: (not who.is_named, order_of(who, code)))
    standings = {
        each.value: f"{each.label} ({sum(who.standing is each for who in everybody)})" for each in ParticipantStatus
    }
    categories = {each.value: str(each.label) for each in Category if any(who.category is each for who in everybody)}
    places = {who.id: place for place, who in enumerate(ordered)}
    return Listing(
        ordered,
        columns=[
            Column("name", _("Name"), lambda who: places[who.id]),
            Column("body", _("Delegation or organisation"), lambda who: who.body_in(code)),
            Column("status", _("Status"), lambda who: [*ParticipantStatus].index(who.standing)),
            Column("number", _("Badge"), lambda who: who.number),
            Column("line", _("Place in line"), lambda who: who.queued_at.isoformat() if who.queued_at else None),
        ],
        filters=[
            Filter("standing", _("Status"), standings, lambda who: [who.standing.value]),
            Filter("category", _("Category"), categories, lambda who: [who.category.value]),
            Filter("source", _("How registered"), choices_of(Source), lambda who: [who.source.value]),
        ],
        words=lambda who: " ".join([who.plain_name, who.body_in(code), who.institution, str(who.number or "")]),
    )


def choices_of(kind: type[Source]) -> dict[str, str]:
    return {each.value: str(each.label) for each in kind}


@bp.post("/workshops/<slug>/desk/participants/decide")
@programme_officer
def decide(workshop: Workshop) -> HttpResponse:
    """On those ticked: approved as far as there are seats, refused with a reason, or withdrawn. Each is told."""
    settlement = hold_seats(workshop)
    ticked = {int(value) for value in request.form.getlist("who") if value.isdecimal()}
    chosen = [each for each in settlement.everybody if each.id in ticked]
    with flashing_refusal():
        told = decide_on(chosen, request.form.get("decision", ""), RefusalForm().reason.data or "", settlement)
        seated = settlement.give_free_seats()
        settlement.write([*told, *(each for each in seated if each not in told)])
        db.session.commit()
        flash(decision_in_words(told))
        return to_list(workshop)
    db.session.rollback()
    return to_list(workshop)


def hold_seats(workshop: Workshop) -> Settlement:
    """The seats as they stand; who decides at the same time waits."""
    db.session.scalars(lock_workshop(workshop)).one()
    return Settlement(db.session, workshop)


def decide_on(chosen: Sequence[Participant], decision: str, reason: str, settlement: Settlement) -> list[Participant]:
    """In the order in which they asked. Those who stand so already are left as they are. Raises RuleBroken."""
    seating, number = settlement.seating, settlement.next_number
    told = []
    for who in sorted(chosen, key=lambda each: (each.queued_at or each.submitted_at or now(), each.id)):
        if decision == "approve" and who.standing in rules.DECIDABLE:
            before = who.standing
            seated = rules.decide_yes(who, seating, number=number, at=settlement.at)
            number = max(number, (who.number or 0) + 1)
            told += [who] if seated or before is not ParticipantStatus.WAITING else []
        elif decision == "refuse" and who.standing in {*rules.DECIDABLE, ParticipantStatus.APPROVED}:
            rules.refuse(who, reason, at=settlement.at)
            told.append(who)
        elif decision == "withdraw" and who.standing is not ParticipantStatus.WITHDRAWN:
            withdraw(who, at=settlement.at)
            told.append(who)
    return told


def decision_in_words(told: Sequence[Participant]) -> str:
    waiting = sum(each.standing is ParticipantStatus.WAITING for each in told)
    said = [ngettext("One registration decided.", "%(num)s registrations decided.", len(told))]
    if waiting:
        said.append(ngettext("One is on the waiting list.", "%(num)s are on the waiting list.", waiting))
    return " ".join(said)


def to_list(workshop: Workshop) -> HttpResponse:
    return redirect(url_for("registration.desk", slug=workshop.slug))


@bp.route("/workshops/<slug>/desk/participants/add", methods=["GET", "POST"])
@programme_officer
def add(workshop: Workshop) -> Page:
    """Somebody whom the secretariat registers itself; it is decided like every other."""
    form = begin_form(
        lambda sent, data: ParticipantForm(sent, data=data, interface=language()),
        {"language": workshop.languages[0]},
        posted_form(),
    )
    if form.validate_on_submit():
        db.session.scalars(lock_workshop(workshop)).one()
        with form.refusing():
            who = Participant(workshop=workshop, category=form.category.data, source=Source.SECRETARIAT)
            write(who, form, workshop)
            rules.submit(who, at=now())
            db.session.add(who)
            db.session.commit()
            flash(_("Added: %(name)s.", name=who.plain_name))
            return redirect(url_for("registration.participant", slug=workshop.slug, id=who.id))
    return render_template("participation/registration/add.html", workshop=workshop, form=form)


def write(who: Participant, form: ParticipantForm, workshop: Workshop) -> None:
    """Put down what was typed; the organisation is found in the register, or added to it."""
    for name in (*SAID, *LISTED):
        setattr(who, name, form[name].data)
    known = register(db.session, workshop)
    typed = form.organisation.data or ""
    if who.organisation is None or typed not in who.organisation.name.values():
        who.organisation = known.organisation(typed, form.country.data or "")


@bp.get("/workshops/<slug>/desk/participants/needs")
@organiser
def needs(workshop: Workshop) -> str:
    """Diet and accessibility, for those who cater and host; apart from everything else."""
    return render_template(
        "participation/registration/needs.html",
        workshop=workshop,
        needs=db.session.scalars(queries.needs(workshop.id)).all(),
        erased_on=rules.needs_end(workshop),
    )


@bp.get("/workshops/<slug>/desk/participants/counts")
@programme_officer
def counts(workshop: Workshop) -> str:
    return render_template(
        "participation/registration/counts.html", workshop=workshop, counts=counts_of(db.session, workshop)
    )


@bp.get("/workshops/<slug>/desk/participants.xlsx")
@programme_officer
def registrations_xlsx(workshop: Workshop) -> HttpResponse:
    """Every registration with its state, for the secretariat; what was given for one purpose only is not in it."""
    name, back = f"{workshop.slug}-registrations.xlsx", url_for(".desk", slug=workshop.slug)
    return made_files.give(REGISTRATIONS, name, language=language(), back=back, workshop=workshop.id)


def today(workshop: Workshop) -> date:
    return on_day(now(), workshop.zone)
