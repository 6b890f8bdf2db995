"""Personal calendars: an organiser makes the secret address, a calendar program asks it for one person's part."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, outbox
from workshop.platform.access import by_link
from workshop.platform.db import db, now
from workshop.platform.mail import link_to
from workshop.programme.releases.queries import shown_agendas
from workshop.programme.speakers.models import Invitation
from workshop.programme.speakers.queries import invitations_to
from workshop.secretariat.register.models import Person
from workshop.secretariat.series.membership import member, programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, history, letters, queries
from .exports import CALENDAR
from .models import CalendarFeed
from .views import as_file, in_language
from .writers import ical

PRIVATE = "private, no-cache"  # kept by the person's own program only, which asks whether it has changed


@bp.get("/c/<token>.ics")
@by_link(queries.feed_by_link)
def feed(_token: str, row: CalendarFeed) -> HttpResponse | HttpResponse:
    """One person's part in the agenda as published. The last secret made for her opens it; no other does."""
    workshop, person = row.workshop, row.person
    releases = db.session.scalars(queries.releases(workshop)).all() or abort(404)
    with in_language(row.language):
        programme = queries.bare(workshop, releases[-1], row.language)
        agendas = shown_agendas(db.session, releases, to=person.id)
        standings = history.standings(releases, agendas, history.slots_of(person.id))
        name = f"{programme.reader.said(workshop.short_title).text} – {person.display_name}"
        content = ical.write(programme, standings, name=name, of=person.id)
    response = as_file(content, CALENDAR, f"{workshop.slug}.ics", inline=True)
    response.headers["Cache-Control"], response.headers["X-Robots-Tag"] = PRIVATE, "noindex"
    response.add_etag()
    return response.make_conditional(request)


@bp.route("/workshops/<slug>/desk/calendars/<int:person_id>", methods=["GET", "POST"])
@programme_officer
def personal_calendar(workshop: Workshop, person_id: int) -> str:
    """Whether somebody has an address for her part in the agenda; a new one is shown once, when it is made."""
    if request.method == "POST":
        db.session.scalars(lock_workshop(workshop)).one()
    person, row = person_and_feed(workshop, person_id)
    invitation = db.session.scalar(queries.invitation_of(workshop, person))
    address, sent = "", ""
    if request.method == "POST":
        code = invitation.language if invitation else workshop.languages[0]
        row = row or CalendarFeed(workshop=workshop, person=person, language=code, made_at=now())
        address, row.language, row.made_at = link_to("agenda_out.feed", token=row.issue_link()), code, now()
        db.session.add_all([row, audit.record("make calendar address", workshop.slug, who=current_user.id, at=now())])
        if invitation and request.form.get("send"):
            write_to(invitation, address)
            sent = outbox.say_on_its_way(words=_("It also goes to %(email)s by email.", email=invitation.email))
        db.session.commit()
    return render_template(
        "programme/agenda_out/personal_calendar.html",
        workshop=workshop,
        person=person,
        feed=row,
        address=address,
        invitation=invitation,
        sent=sent,
    )


@bp.route("/workshops/<slug>/desk/my-calendar", methods=["GET", "POST"])
@member
def own_calendar(workshop: Workshop) -> str | HttpResponse:
    """For somebody who speaks: the address of her own part in the agenda, made by herself and shown once."""
    invited = db.session.scalars(invitations_to(workshop, current_user)).first()
    if invited is None:
        flash(_("You are not on the programme of this workshop. The whole programme can be added to your calendar."))
        return redirect(url_for("overview.desk", slug=workshop.slug))
    row, address = db.session.scalar(queries.feed_of(workshop, invited.person)), ""
    if request.method == "POST":
        row = row or CalendarFeed(workshop=workshop, person=invited.person, language=invited.language, made_at=now())
        address, row.made_at = link_to("agenda_out.feed", token=row.issue_link()), now()
        db.session.add_all([row, audit.record("make calendar address", workshop.slug, who=current_user.id, at=now())])
        db.session.commit()
    return render_template(
        "programme/agenda_out/own_calendar.html", workshop=workshop, invited=invited, feed=row, address=address
    )


@bp.post("/workshops/<slug>/desk/calendars/<int:person_id>/revoke")
@programme_officer
def revoke_calendar(workshop: Workshop, person_id: int) -> HttpResponse:
    """Put the address out of use."""
    _person, row = person_and_feed(workshop, person_id)
    if row:
        db.session.delete(row)
        db.session.add(audit.record("revoke calendar address", workshop.slug, who=current_user.id, at=now()))
        db.session.commit()
        flash(_("The address is disabled: calendar programs that use it no longer get anything."))
    return redirect(url_for("agenda_out.personal_calendar", slug=workshop.slug, person_id=person_id))


def person_and_feed(workshop: Workshop, person_id: int) -> tuple[Person, CalendarFeed | None]:
    person: Person = db.one_or_404(queries.appearing(workshop, person_id))
    return person, db.session.scalar(queries.feed_of(workshop, person))


def write_to(invitation: Invitation, address: str) -> None:
    """Put the mail with the address into the outbox."""
    with in_language(invitation.language):
        outbox.add(letters.personal_calendar(invitation, link=address, at=now()))
