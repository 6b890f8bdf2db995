"""The organisers' screens for delegations: who is on the list, how far each is, and one of them with all it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform.access import Page
from workshop.platform.conflicts import Clash, open_form
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import language, on_day
from workshop.platform.lists import Column, Filter, Listing
from workshop.platform.mail import UnsentMail
from workshop.programme.agenda.appearances import Register
from workshop.programme.agenda.queries import register
from workshop.secretariat.register.countries import sort_key
from workshop.secretariat.register.models import Category
from workshop.secretariat.register.protocol import place
from workshop.secretariat.register.queries import organisations_on
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .forms import DelegationForm
from .models import Delegation, Participant, ParticipationPlan
from .overlaps import overlaps
from .statuses import DelegationStatus


@dataclass(frozen=True)
class Row:
    """A delegation as the list shows it."""

    delegation: Delegation
    name: str
    members: dict[str, int]
    last_letter: datetime | None
    unsent: UnsentMail | None

    @property
    def named(self) -> int:
        return sum(count for standing, count in self.members.items() if standing not in rules.GONE)


@bp.get("/workshops/<slug>/desk/participants/delegations")
@programme_officer
def desk(workshop: Workshop) -> str:
    rows = rows_of(workshop)
    plan = plan_of(workshop)
    return render_template(
        "participation/delegations/desk.html",
        workshop=workshop,
        plan=plan,
        listing=listing_of(rows),
        overlaps=overlaps(
            db.session.scalars(queries.participants(workshop.id)),
            seats_of_a_state=plan.delegation_seats,
            counts_support=plan.counts_support,
        ),
    )


def plan_of(workshop: Workshop) -> ParticipationPlan:
    """What is planned, or what holds as long as nobody has said anything; that one is not saved."""
    found: ParticipationPlan | None = db.session.scalars(queries.plan(workshop.id)).one_or_none()
    return found or ParticipationPlan(workshop=workshop)


def rows_of(workshop: Workshop) -> list[Row]:
    """Every delegation in the order of protocol: three statements whatever their number."""
    members = queries.members_by_delegation(db.session.execute(queries.counts_by_delegation(workshop)).all())
    letters = {
        row[0]: (row[1], UnsentMail(row[2], row[3] or "") if row[2] else None)
        for row in db.session.execute(queries.last_letters(workshop))
    }
    found = []
    for each in in_protocol_order(db.session.scalars(queries.delegations(workshop)).all(), language()):
        last, unsent = letters.get(each.id, (None, None))
        found.append(Row(each, each.name_in(language()), members.get(each.id, {}), last, unsent))
    return found


def in_protocol_order(delegations: Sequence[Delegation], code: str) -> list[Delegation]:
    return sorted(
        delegations, key=lambda each: (*place(each.country, each.category, dict(each.names), code), each.body)
    )


def listing_of(rows: list[Row]) -> Listing[Row]:
    standings = {
        each.value: f"{each.label} ({sum(row.delegation.standing is each for row in rows)})"
        for each in DelegationStatus
    }
    there = [each for each in Category if any(row.delegation.category is each for row in rows)]
    places = {row.delegation.id: number for number, row in enumerate(rows)}
    return Listing(
        rows,
        columns=[
            Column("name", _("Delegation"), lambda row: places[row.delegation.id]),
            Column("status", _("Status"), lambda row: [*DelegationStatus].index(row.delegation.standing)),
            Column("members", _("Named"), lambda row: -row.named),
            Column("letter", _("Last letter"), lambda row: row.last_letter),
        ],
        filters=[
            Filter("standing", _("Status"), standings, lambda row: [row.delegation.standing.value]),
            Filter(
                "category",
                _("Category"),
                {each.value: str(each.label) for each in there},
                lambda row: [row.delegation.category.value],
            ),
        ],
        words=lambda row: " ".join([*row.delegation.names.values(), row.delegation.body, row.delegation.contact_name]),
    )


def organisation_names(workshop: Workshop) -> list[str]:
    """What the form suggests: organisations that this workshop knows."""
    known = db.session.scalars(organisations_on(workshop)).all()
    return sorted({each.name.in_(language(), "en")[0] for each in known}, key=lambda name: sort_key(name, language()))


def write(delegation: Delegation, form: DelegationForm, known: Register) -> None:
    """Put down what was typed; the organisation is found in the register, or added to it."""
    for name in ("category", "country", "invitee", "addressee", "body", "contact_name", "email", "copy_email"):
        setattr(delegation, name, form[name].data or "")
    delegation.language, delegation.seats = form.language.data, form.seats.data
    delegation.organisation = known.organisation(form.organisation.data or "", form.country.data or "")
    if delegation.organisation and not delegation.organisation.category:
        delegation.organisation.category = form.category.data


def refuse_twice(made: Delegation, others: Sequence[Delegation]) -> None:
    """The same body twice would be asked twice; a second body of a State is told apart by its name."""

    def key(each: Delegation) -> tuple[object, ...]:
        org = each.organisation
        return (
            each.country if each.is_state else "",
            (org.id or org.name.in_("en")[0]) if org else "",
            each.invitee,
            each.body,
        )

    with db.session.no_autoflush:
        if any(key(each) == key(made) for each in others if each is not made):
            raise RuleBroken(_("It is on the list already. Name the body to tell two of them apart."), "body")


@bp.route("/workshops/<slug>/desk/participants/delegations/<int:id>", methods=["GET", "POST"])
@programme_officer
def delegation(workshop: Workshop, id: int) -> Page | tuple[str, int]:
    one = delegation_or_404(workshop, id)
    form, theirs = open_form(
        lambda sent, data: DelegationForm(sent, data=data, language=language()),
        as_filled(one),
        request.form if request.method == "POST" else None,
    )
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            write(one, form, register(db.session, workshop))
            refuse_twice(one, db.session.scalars(queries.delegations(workshop)).all())
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for(".delegation", slug=workshop.slug, id=id))
    return delegation_page(workshop, one, form, theirs)


def delegation_page(workshop: Workshop, one: Delegation, form: DelegationForm, theirs: Clash | None) -> tuple[str, int]:
    plan, members = plan_of(workshop), members_of(one)
    quota = one.seats if one.seats is not None else plan.delegation_seats
    page = render_template(
        "participation/delegations/delegation.html",
        workshop=workshop,
        one=one,
        desk=NominationDesk(one, plan, members),
        form=form,
        theirs=theirs,
        plan=plan,
        members=members,
        quota=quota,
        remarks=rules.remarks(members, quota, counts_support=plan.counts_support),
        letters=[each for each in db.session.scalars(queries.letters(workshop)) if each.delegation_id == one.id],
        former=[
            each
            for each in db.session.scalars(queries.former_holders(workshop.id))
            if each.participant.delegation_id == one.id
        ],
        organisations=organisation_names(workshop),
    )
    return page, 409 if theirs else 200


def as_filled(one: Delegation) -> dict[str, object]:
    names = (
        "category",
        "country",
        "invitee",
        "addressee",
        "body",
        "contact_name",
        "email",
        "copy_email",
        "language",
        "seats",
    )
    organisation = one.organisation.name.in_(language(), "en")[0] if one.organisation else ""
    return {name: getattr(one, name) for name in names} | {"organisation": organisation}


@bp.post("/workshops/<slug>/desk/participants/delegations/<int:id>/remove")
@programme_officer
def remove(workshop: Workshop, id: int) -> HttpResponse:
    """Only one that was never written to and has no members: everything else stays on record."""
    one = delegation_or_404(workshop, id)
    if one.invited_at or members_of(one):
        flash(_("It was invited or has members, and stays on record. It can decline instead."))
        return redirect(url_for(".delegation", slug=workshop.slug, id=id))
    name = one.name_in(language())
    db.session.delete(one)
    db.session.commit()
    flash(_("%(name)s is no longer on the list.", name=name))
    return redirect(url_for(".desk", slug=workshop.slug))


def delegation_or_404(workshop: Workshop, id: int) -> Delegation:
    """One of this workshop. Who is about to change it makes others at this workshop wait."""
    if request.method == "POST":
        db.session.scalars(lock_workshop(workshop)).one()
    found: Delegation = db.one_or_404(queries.delegations(workshop).where(Delegation.id == id))
    return found


def members_of(one: Delegation) -> Sequence[Participant]:
    return db.session.scalars(queries.members(one)).all()


def today(workshop: Workshop) -> date:
    return on_day(now(), workshop.zone)


@dataclass(frozen=True)
class NominationDesk:
    """Where members are named: behind the link of the delegation, or on the desk of the secretariat."""

    delegation: Delegation
    plan: ParticipationPlan
    members: Sequence[Participant]
    token: str = ""

    @property
    def workshop(self) -> Workshop:
        return self.delegation.workshop

    @property
    def home(self) -> str:
        if self.token:
            return url_for("delegations.nomination", token=self.token)
        return url_for("delegations.delegation", slug=self.workshop.slug, id=self.delegation.id)

    def address(self, verb: str, member: Participant | None = None) -> str:
        """Where that is done: `add`, `edit`, `substitute`, `withdraw`, `move`."""
        end = f"{verb}_member"
        number = member.id if member else None
        if self.token:
            return url_for(f"delegations.own_{end}", token=self.token, member_id=number)
        return url_for(f"delegations.{end}", slug=self.workshop.slug, id=self.delegation.id, member_id=number)

    @property
    def layout(self) -> str:
        return "participation/delegations/_link.html" if self.token else "participation/delegations/_desk.html"

    def member(self, id: int) -> Participant:
        return next((each for each in self.members if each.id == id), None) or abort(404)

    def refuse_closed(self) -> None:
        """The secretariat may always; a focal point until the day named."""
        if self.token:
            rules.refuse_closed(self.delegation, self.plan, today=today(self.workshop))

    @property
    def typed_by(self) -> int | None:
        return None if self.token else current_user.id


def desk_of(delegation: Delegation, token: str = "") -> NominationDesk:
    return NominationDesk(delegation, plan_of(delegation.workshop), members_of(delegation), token)
