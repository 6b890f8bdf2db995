"""Checking people in: found by three letters or by the code of their badge, also from a device that was without a line."""

from datetime import UTC, datetime

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.participation.delegations.models import Participant
from workshop.participation.registration.settling import Settlement
from workshop.platform.access import Page
from workshop.platform.db import db, now, public_key
from workshop.platform.errors import flashing_refusal
from workshop.platform.i18n import language
from workshop.platform.search_normalise import fold
from workshop.programme.agenda.queries import register
from workshop.secretariat.register.person_names import listed
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .forms import WalkInForm
from .models import CheckIn

MOST_AT_ONCE, MOST_FOUND = 500, 30
CAMERA = "camera=(self), microphone=(), geolocation=()"


@bp.get("/workshops/<slug>/desk/check-in")
@programme_officer
def desk(workshop: Workshop) -> HttpResponse:
    """Those whose names begin with the letters typed; without any, nobody is shown. The camera is allowed here alone."""
    typed = request.args.get("q", "").strip()[:60]
    people = db.session.scalars(queries.seated(workshop.id)).all()
    there = set(db.session.scalars(queries.present_ids(workshop.id)))
    page = render_template(
        "participation/attendance/desk.html",
        workshop=workshop,
        typed=typed,
        found=[each for each in people if typed and matches(each, typed)][:MOST_FOUND],
        there=there,
        expected=len(people),
        absent=rules.no_shows(people, there) if "absent" in request.args else [],
    )
    return HttpResponse(page, mimetype="text/html", headers={"Permissions-Policy": CAMERA})


def matches(who: Participant, typed: str) -> bool:
    """By the beginning of any word of the name, or by the number of the badge."""
    if typed.isdecimal():
        return who.number == int(typed)
    words = fold(f"{who.given_name} {who.family_name}").split()
    return all(any(word.startswith(part) for word in words) for part in fold(typed).split())


@bp.get("/workshops/<slug>/desk/check-in/people.json")
@programme_officer
def people_json(workshop: Workshop) -> HttpResponse:
    """Names and numbers for a device that may lose its line; no address, no needs."""
    there = set(db.session.scalars(queries.present_ids(workshop.id)))
    keys = {each.participant_id: each.key for each in db.session.scalars(queries.badges(workshop.id))}
    return jsonify(
        [
            {
                "id": who.id,
                "name": listed(who, language()),
                "find": fold(f"{who.given_name} {who.family_name}"),
                "body": who.body_in(language()),
                "number": who.number,
                "badge": keys.get(who.id, ""),
                "there": who.id in there,
            }
            for who in db.session.scalars(queries.seated(workshop.id))
        ]
    )


@bp.post("/workshops/<slug>/desk/check-in/<int:id>")
@programme_officer
def check_in(workshop: Workshop, id: int) -> HttpResponse:
    """One person has come."""
    with flashing_refusal():
        who = keep_check_in(workshop, id, public_key(), now())
        db.session.commit()
        flash(_("Checked in: %(name)s.", name=who.plain_name))
    return redirect(url_for(".desk", slug=workshop.slug, q=request.form.get("q") or None))


def keep_check_in(workshop: Workshop, id: int, client_key: str, at: datetime) -> Participant:
    """Who does the same at the same time waits, and finds it done. Raises RuleBroken."""
    db.session.scalars(lock_workshop(workshop)).one()
    who: Participant = db.one_or_404(queries.one_seated(workshop.id, id))
    earlier = db.session.scalars(queries.check_ins(workshop.id).where(CheckIn.participant_id == id)).one_or_none()
    db.session.add(rules.check_in(who, earlier, client_key=client_key, by=current_user.id, at=at))
    return who


@bp.post("/workshops/<slug>/desk/check-in/many")
@programme_officer
def check_in_many(workshop: Workshop) -> HttpResponse:
    """What a device noted while it was without a line. Each is answered for by its key; sent again, nothing changes."""
    sent = acts_of(request.get_json(silent=True))
    db.session.scalars(lock_workshop(workshop)).one()
    people = {each.id: each for each in db.session.scalars(queries.seated(workshop.id))}
    there = {each.participant_id: each for each in db.session.scalars(queries.check_ins(workshop.id))}
    answers: list[dict[str, object]] = []
    for key, id, at in sent:
        who = people.get(id)
        if who is None:
            answers.append({"key": key, "refused": _("This person has no seat any longer.")})
            continue
        there[id] = rules.check_in(who, there.get(id), client_key=key, by=current_user.id, at=at)
        db.session.add(there[id])
        answers.append({"key": key, "id": id})
    db.session.commit()
    return jsonify({"answers": answers, "there": sorted(there)})


def acts_of(sent: object) -> list[tuple[str, int, datetime]]:
    """What a device says, as far as it can be read; a moment of the future is that of now."""
    acts = sent.get("acts") if isinstance(sent, dict) else None
    if not isinstance(acts, list) or len(acts) > MOST_AT_ONCE:
        abort(400)
    found = []
    for act in acts:
        try:
            at = min(datetime.fromtimestamp(float(act["at"]) / 1000, UTC), now())
            found.append((str(act["key"])[:40], int(act["id"]), at))
        except (KeyError, TypeError, ValueError, OverflowError, OSError):
            abort(400)
    return found


@bp.post("/workshops/<slug>/desk/check-in/<int:id>/undo")
@programme_officer
def undo_check_in(workshop: Workshop, id: int) -> HttpResponse:
    """It was somebody else."""
    db.session.scalars(lock_workshop(workshop)).one()
    for each in db.session.scalars(queries.check_ins(workshop.id).where(CheckIn.participant_id == id)):
        db.session.delete(each)
    db.session.commit()
    flash(_("The check-in is undone."))
    return redirect(url_for(".desk", slug=workshop.slug, q=request.form.get("q") or None))


@bp.route("/workshops/<slug>/desk/check-in/walk-in", methods=["GET", "POST"])
@programme_officer
def walk_in(workshop: Workshop) -> Page:
    """Registered, given a badge and checked in at once, as long as there is a seat."""
    form = WalkInForm(language=language())
    if form.validate_on_submit():
        with form.refusing():
            db.session.scalars(lock_workshop(workshop)).one()
            settlement = Settlement(db.session, workshop)
            who = Participant(workshop=workshop, category=form.category.data, country=form.country.data or "")
            who.given_name, who.family_name = form.given_name.data or "", form.family_name.data or ""
            rules.walk_in(who, settlement.seating, number=settlement.next_number, at=now())
            known = register(db.session, workshop)
            who.organisation = known.organisation(form.organisation.data or "", who.country)
            badge = rules.issue(who, [], at=now())
            arrival = rules.check_in(who, None, client_key=public_key(), by=current_user.id, at=now())
            db.session.add_all([who, badge, arrival])
            db.session.commit()
            flash(_("Registered and checked in: %(name)s, badge %(number)s.", name=who.plain_name, number=who.number))
            return redirect(url_for(".desk", slug=workshop.slug))
    return render_template("participation/attendance/walk_in.html", workshop=workshop, form=form)
