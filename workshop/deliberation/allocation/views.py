"""The organisers seat people in the groups of a session: by rules, by hand, and on paper for the doors."""

import secrets
from collections import defaultdict

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.db import db, now
from workshop.platform.i18n import language_name
from workshop.platform.labels import Labelled
from workshop.platform.mail import link_to
from workshop.platform.qr_codes import as_picture
from workshop.programme.agenda.models import Session
from workshop.programme.groups.queries import breakout_sessions
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .forms import LARGEST_SEED, AllocationForm
from .models import Grouping, SeatedPerson, SeatingRun, Sex
from .seat_explanation import Balance, Reason, balance, unmet_wishes

ATTRIBUTES = {
    "category": _l("Category"),
    "region": _l("Region"),
    "sex": _l("Sex"),
    "seniority": _l("Seniority"),
    "language": _l("Language"),
}
REASONS = {
    Reason.FIXED: _l("the seat is locked"),
    Reason.SEATS: _l("the group is full"),
    Reason.LANGUAGE: _l("the group speaks another language"),
    Reason.APART: _l("someone from whom they sit apart is there"),
    Reason.TOGETHER: _l("someone with whom they sit does not fit there"),
    Reason.BALANCE: _l("the groups would be less alike"),
}


def value_name(row: Balance) -> str:
    """What a value is called: categories by their label, languages by their name."""
    kinds: dict[str, type[Labelled]] = {"category": Category, "sex": Sex}
    if kind := kinds.get(row.attribute):
        return str(kind(row.value).label)
    return language_name(row.value) if row.attribute == "language" else row.value


@bp.get("/workshops/<slug>/desk/breakouts/seats")
@programme_officer
def sessions(workshop: Workshop) -> Page:
    """The break-out sessions, each with its list; the only one there is opens at once."""
    found = db.session.scalars(breakout_sessions(workshop)).all()
    if len(found) == 1:
        return redirect(url_for(".seats", slug=workshop.slug, number=found[0].number))
    counted = {row.session_id: row for row in db.session.execute(queries.seated_per_session(workshop))}
    return render_template("deliberation/allocation/sessions.html", workshop=workshop, sessions=found, counted=counted)


@bp.route("/workshops/<slug>/desk/breakouts/seats/<int:number>", methods=["GET", "POST"])
@programme_officer
def seats(workshop: Workshop, number: int) -> Page:
    """Who sits where, how alike the groups are, whose wish was not met and why; and the form that seats everybody."""
    session = held_session(workshop, number)
    people = db.session.scalars(queries.people_of(session)).all()
    groups = db.session.scalars(queries.groups_of(session)).all()
    run = db.session.scalar(queries.run_of(session))
    seated = any(each.group for each in people)
    form = AllocationForm(
        grouping=run.grouping if run else Grouping.SPLIT,
        seed=run.seed if run else secrets.randbelow(LARGEST_SEED),
        most_moves=5 if seated else None,
    )
    if form.validate_on_submit():
        with form.refusing():
            grouping, most, seed = form.grouping.data, form.most_moves.data if seated else None, form.seed.data or 0
            plan = rules.wanted(people, groups, grouping, most_moves=most, met=sat_together(session))
            moved = rules.allocate(people, groups, plan, seed=seed)
            run = run or SeatingRun(session=session, seed=0, grouping=grouping, made_at=now())
            run.seed, run.grouping, run.made_at = seed, grouping, now()
            db.session.add(run)
            db.session.add(audit.record("allocate seats", place(session), who=current_user.id, at=now()))
            db.session.commit()
            told = ngettext("%(num)s person moved.", "%(num)s people moved.", moved)
            flash(_("Everyone has a seat.") + (f" {told}" if seated else ""))
            return redirect(url_for(".seats", slug=workshop.slug, number=number))
    plan = rules.wanted(people, groups, run.grouping if run else Grouping.FREE)
    seating = {each.id: each.group.number for each in people if each.group}
    return render_template(
        "deliberation/allocation/seats.html",
        workshop=workshop,
        session=session,
        form=form,
        run=run,
        people=people,
        groups=groups,
        sitting={group.id: [each for each in people if each.group is group] for group in groups},
        waiting=[each for each in people if each.group is None],
        seats={group.id: rules.seats_of(group, len(people), len(groups)) for group in groups},
        balance=balance(plan, seating),
        unmet=unmet_wishes(plan, seating),
        reasons=REASONS,
        attribute_names=ATTRIBUTES,
        value_name=value_name,
    )


@bp.post("/workshops/<slug>/desk/breakouts/seats/<int:number>/people/<int:person_id>/move")
@programme_officer
def move(workshop: Workshop, number: int, person_id: int) -> HttpResponse:
    """Seat somebody by hand; the seat is locked, so that the next allocation leaves it."""
    session = held_session(workshop, number)
    person: SeatedPerson = db.one_or_404(queries.person(session, person_id))
    groups = {str(each.number): each for each in db.session.scalars(queries.groups_of(session))}
    rules.seat_by_hand(person, groups.get(request.form.get("group", "")), locked=True)
    db.session.commit()
    return redirect(url_for(".seats", slug=workshop.slug, number=number, _anchor=f"person-{person.id}"))


@bp.get("/workshops/<slug>/desk/breakouts/seats/<int:number>/lists")
@programme_officer
def lists(workshop: Workshop, number: int) -> str:
    """For printing: a sign for each door, with the topic, the questions, who sits there, and a code to the agenda."""
    session = held_session(workshop, number)
    people = db.session.scalars(queries.people_of(session)).all()
    groups = db.session.scalars(queries.groups_of(session)).all()
    address = link_to("public.agenda", slug=workshop.slug) + f"#session-{session.number}"
    return render_template(
        "deliberation/allocation/lists.html",
        workshop=workshop,
        session=session,
        groups=groups,
        sitting={group.id: [each for each in people if each.group is group] for group in groups},
        people=[each for each in people if each.group],
        picture=as_picture(address),
        address=address,
    )


def held_session(workshop: Workshop, number: int) -> Session:
    """The break-out session, or 404. Who is about to change seats makes others wait until the commit."""
    if request.method == "POST":
        db.session.scalars(lock_workshop(workshop)).one()
    found: Session = db.one_or_404(queries.breakout_session(workshop, number))
    return found


def sat_together(session: Session) -> list[list[tuple[str, str]]]:
    """Who sat together in other sessions: they should meet somebody else now."""
    found: dict[int | None, list[tuple[str, str]]] = defaultdict(list)
    for group_id, name, delegation in db.session.execute(queries.sat_elsewhere(session)):
        found[group_id].append(rules.key_of_person(name, delegation))
    return list(found.values())


def place(session: Session) -> str:
    return f"{session.workshop.slug}, session {session.number}"
