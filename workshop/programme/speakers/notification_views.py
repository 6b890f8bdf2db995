"""The organisers' screen from which those are told whom a release of the agenda concerns."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, outbox
from workshop.platform.db import db, now
from workshop.programme.releases.models import Release
from workshop.programme.releases.queries import release as released
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries
from .notifications import Notification, PersonConcerned, find_concerned, notified_people


@bp.route("/workshops/<slug>/desk/agenda/releases/<int:number>/tell", methods=["GET", "POST"])
@programme_officer
def tell(workshop: Workshop, number: int) -> str | HttpResponse:
    """Whom a release concerns, with the mail that each would get; on sending, those ticked get it, each once."""
    if request.method == "POST":
        db.session.scalars(lock_workshop(workshop)).one()
    releases = {each.number: each for each in db.session.scalars(released(workshop.id, number - 1, number))}
    release = releases.get(number) or abort(404)
    people = people_concerned(workshop, release, releases.get(number - 1))
    if request.method == "POST":
        ticked = set(request.form.getlist("person", type=int))
        count = write_to([each for each in people if each.person_id in ticked and each.may_be_told], release)
        flash(outbox.say_on_its_way(count))
        return redirect(url_for("speakers.tell", slug=workshop.slug, number=number))
    return render_template("programme/speakers/tell.html", workshop=workshop, release=release, people=people)


def people_concerned(workshop: Workshop, release: Release, previous: Release | None) -> list[PersonConcerned]:
    invitations = db.session.scalars(queries.invitations(workshop)).all()
    already = db.session.scalars(notified_people(release)).all()
    return find_concerned(workshop, release, previous.sessions if previous else [], invitations, already, at=now())


def write_to(people: list[PersonConcerned], release: Release) -> int:
    """Put the letters into the outbox with a note that each was written; commits. The number of them."""
    at = now()
    letters = [each.letter for each in people if each.letter]
    outbox.add(*letters)
    db.session.add_all(
        Notification(release_id=release.id, person_id=each.person_id, at=at, message=each.letter) for each in people
    )
    if letters:
        subject = f"{release.workshop.slug}, release {release.number}: {len(letters)}"
        db.session.add(audit.record("tell of agenda", subject, who=current_user.id, at=at))
    db.session.commit()
    return len(letters)
