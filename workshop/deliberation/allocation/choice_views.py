"""The organisers let people choose their group, and tell everyone by mail where they sit."""

from collections.abc import Sequence

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, outbox
from workshop.platform.access import Page
from workshop.platform.conflicts import open_form
from workshop.platform.db import db, now
from workshop.platform.forms import posted_form
from workshop.platform.mail import link_to
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop

from . import bp, queries, seat_choice, seat_notice
from .forms import ChoiceForm
from .models import ChoiceKind, SeatChoice, SeatedPerson
from .views import held_session, place


@bp.route("/workshops/<slug>/desk/breakouts/seats/<int:number>/choice", methods=["GET", "POST"])
@programme_officer
def choice(workshop: Workshop, number: int) -> Page:
    """Whether people choose themselves; who waits for which group; and who is told what."""
    session = held_session(workshop, number)
    kept = db.session.scalar(queries.choice_of(session)) or SeatChoice(session=session)
    form, theirs = open_form(ChoiceForm, {"kind": kept.kind, "is_open": kept.is_open}, posted_form())
    if theirs is None and form.validate_on_submit():
        kept.kind, kept.is_open = ChoiceKind(form.kind.data), bool(form.is_open.data)
        db.session.add_all(
            [kept, audit.record("let people choose groups", place(session), who=current_user.id, at=now())]
        )
        db.session.commit()
        flash(_("Saved."))
        return redirect(url_for(".choice", slug=workshop.slug, number=number))
    people = db.session.scalars(queries.people_of(session)).all()
    groups = db.session.scalars(queries.groups_of(session)).all()
    page = render_template(
        "deliberation/allocation/choice.html",
        workshop=workshop,
        session=session,
        form=form,
        theirs=theirs,
        kept=kept,
        people=people,
        without_email=[each for each in people if not each.email],
        untold=untold(people, kept),
        queues={group: waiting for group in groups if (waiting := seat_choice.queue(group, people))},
    )
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/breakouts/seats/<int:number>/notices")
@programme_officer
def send_notices(workshop: Workshop, number: int) -> HttpResponse:
    """A letter to each who has not been told of the present seat, with the link to a page of one's own."""
    session = held_session(workshop, number)
    kept = db.session.scalar(queries.choice_of(session))
    addressed = untold(db.session.scalars(queries.people_of(session)).all(), kept)
    for person in addressed:
        link = link_to("allocation.own_seat", token=person.current_link(str(current_app.config["SECRET_KEY"])))
        may_choose = bool(kept and kept.is_open)
        outbox.add(seat_notice.letter(person, link=link, may_choose=may_choose, at=now()))
        person.told_of = person.group.number if person.group else 0
    db.session.add(audit.record("send seat notices", place(session), who=current_user.id, at=now()))
    db.session.commit()
    flash(outbox.say_on_its_way(len(addressed)) if addressed else _("Everyone with an address has been told already."))
    return redirect(url_for(".choice", slug=workshop.slug, number=number))


def untold(people: Sequence[SeatedPerson], choice: SeatChoice | None) -> list[SeatedPerson]:
    """Those with an address who sit elsewhere than they were told, or who can choose and do not know it."""
    may_choose = bool(choice and choice.is_open)
    return [
        each
        for each in people
        if each.email and (each.group or may_choose) and each.told_of != (each.group.number if each.group else 0)
    ]
