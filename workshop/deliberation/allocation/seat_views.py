"""What somebody sees behind the link to a seat: the group, its questions, the calendar; and the choice, while it is open."""

from flask import Response as HttpResponse
from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from workshop.platform.access import Page, by_link, limited
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.i18n import language
from workshop.platform.mail import link_to
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, seat_choice, seat_notice
from .models import SeatedPerson

holder = by_link(queries.person_by_link)
WISHES = 3


@bp.get("/seat/<token>")
@holder
def own_seat(token: str, person: SeatedPerson) -> Page:
    """Where this person sits, and what can be chosen; of the others only how many seats are left."""
    groups = db.session.scalars(queries.groups_of(person.session)).all()
    people = db.session.scalars(queries.people_of(person.session)).all()
    waiting = seat_choice.queue(person.waits_for, people) if person.waits_for else []
    return render_template(
        "deliberation/allocation/own_seat.html",
        workshop=person.session.workshop,
        session=person.session,
        person=person,
        groups=groups,
        choice=db.session.scalar(queries.choice_of(person.session)),
        free={group.id: seat_choice.free_seats(group, people, groups) for group in groups},
        place=waiting.index(person) + 1 if person in waiting else 0,
        wishes=range(min(WISHES, len(groups))),
        token=token,
    )


@bp.post("/seat/<token>/group")
@holder
@limited("30 per minute")
def choose(token: str, person: SeatedPerson) -> Page:
    """A seat where there is one, else a place in the queue."""
    db.session.scalars(lock_workshop(person.session.workshop)).one()
    db.session.refresh(person)
    people = db.session.scalars(queries.people_of(person.session).execution_options(populate_existing=True)).all()
    groups = db.session.scalars(queries.groups_of(person.session)).all()
    group = next((each for each in groups if each.number == request.form.get("group", type=int)), None) or abort(404)
    open_choice = db.session.scalar(queries.choice_of(person.session))
    with flashing_refusal():
        seated = seat_choice.choose_group(person, group, open_choice, people, groups, at=now())
        db.session.commit()
        flash(_("You have a seat in this group.") if seated else _("The group is full. You are on its waiting list."))
    return redirect(url_for(".own_seat", token=token))


@bp.post("/seat/<token>/wishes")
@holder
@limited("30 per minute")
def wish(token: str, person: SeatedPerson) -> Page:
    """The groups in the order in which this person wants them."""
    with flashing_refusal():
        numbers = [request.form.get(f"wish-{rank}", type=int) for rank in range(WISHES)]
        seat_choice.rank_groups(person, numbers, db.session.scalar(queries.choice_of(person.session)))
        db.session.commit()
        flash(_("Saved. The organisers allocate by these wishes as far as they can."))
    return redirect(url_for(".own_seat", token=token))


@bp.get("/seat/<token>.ics")
@holder
def seat_calendar(_token: str, person: SeatedPerson) -> HttpResponse:
    group, workshop = person.group or abort(404), person.session.workshop
    topic, title = (each.in_(language(), "en")[0] for each in (group.topic, workshop.title))
    content = seat_notice.calendar_entry(
        group,
        key=f"{workshop.slug}-group-{group.number}@intersession",
        summary=_("Group %(number)s: %(topic)s", number=group.number, topic=topic) + f" ({title})",
        url=link_to("public.agenda", slug=workshop.slug),
        at=now(),
    )
    response = HttpResponse(content, mimetype="text/calendar")
    response.headers.set("Content-Disposition", "attachment", filename=f"{workshop.slug}-group-{group.number}.ics")
    response.headers["Cache-Control"] = "private, no-store"
    return response
