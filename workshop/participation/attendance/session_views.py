"""Attendance session by session: counted, or name by name where the mode of the session lets anybody be named."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform.access import Page
from workshop.platform.conflicts import open_form, seal, unseal
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.forms import posted_form
from workshop.platform.mail import link_to
from workshop.platform.qr_codes import as_picture
from workshop.programme.agenda.models import Session
from workshop.programme.agenda.queries import sessions
from workshop.programme.groups.models import Group
from workshop.programme.groups.queries import group as one_group
from workshop.programme.groups.queries import groups
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .forms import CountForm
from .models import Door, GroupHeadCount, HeadCount, Presence
from .rules import Sitting

AFTER = timedelta(hours=2)  # for so long after a session its door takes answers
WITHOUT_A_TIME = timedelta(hours=12)


@bp.get("/workshops/<slug>/desk/attendance")
@programme_officer
def attendance(workshop: Workshop) -> str:
    """Every session, and every group under its own, with what is known of who was there."""
    in_session: dict[int, Counter[str]] = defaultdict(Counter)
    in_group: dict[int | None, Counter[str]] = defaultdict(Counter)
    for session_id, group_id, presence, count in db.session.execute(queries.attendance_counts(workshop)):
        in_session[session_id][presence.value] += count
        in_group[group_id][presence.value] += count
    heads = queries.heads_in_sessions(db.session, workshop)
    heads_of_groups = queries.heads_in_groups(db.session, workshop)
    lines = []
    found = db.session.scalars(groups(workshop.id)).all()
    for session in db.session.scalars(sessions(workshop)):
        own = [group for group in found if group.session_id == session.id]
        lines.append(SittingLine(Sitting(session), in_session[session.id], heads.get(session.id, 0)))
        lines += [SittingLine(Sitting(session, g), in_group[g.id], heads_of_groups.get(g.id, 0)) for g in own]
    return render_template("participation/attendance/sessions.html", workshop=workshop, lines=lines, address=address)


@dataclass(frozen=True)
class SittingLine:
    """A session or a group as the list shows it."""

    sitting: Sitting
    marked: Counter[str]
    heads: int


def address(verb: str, sitting: Sitting) -> str:
    """Where that is done: `attendance`, `mark`, `open_door`, `close_door`."""
    number, slug = sitting.session.number, sitting.session.workshop.slug
    if sitting.group:
        return url_for(f"attendance.group_{verb}", slug=slug, number=number, group_number=sitting.group.number)
    names = {"attendance": "session_attendance", "mark": "mark_attendance"}
    return url_for(f"attendance.{names.get(verb, verb)}", slug=slug, number=number)


@bp.route("/workshops/<slug>/desk/attendance/<int:number>", methods=["GET", "POST"])
@programme_officer
def session_attendance(workshop: Workshop, number: int) -> Page | tuple[str, int]:
    """Heads by category, for every session; names below, where there may be any."""
    session = session_or_404(workshop, number)
    kept = db.session.scalars(queries.head_counts(workshop).where(HeadCount.session_id == session.id)).one_or_none()
    return counted(Sitting(session), kept or HeadCount(session=session, counts={}))


@bp.route("/workshops/<slug>/desk/attendance/<int:number>/groups/<int:group_number>", methods=["GET", "POST"])
@programme_officer
def group_attendance(workshop: Workshop, number: int, group_number: int) -> Page | tuple[str, int]:
    """The same of one group."""
    sitting, group = group_or_404(workshop, number, group_number)
    there = queries.group_head_counts(workshop).where(GroupHeadCount.group_id == group.id)
    kept = db.session.scalars(there).one_or_none()
    return counted(sitting, kept or GroupHeadCount(group=group, counts={}))


def counted(sitting: Sitting, kept: HeadCount | GroupHeadCount) -> Page | tuple[str, int]:
    said = {f"count_{each.value}": kept.counts.get(each.value) for each in Category}
    form, theirs = open_form(CountForm, said, posted_form())
    if theirs is None and form.validate_on_submit():
        numbers = {each.value: form[f"count_{each.value}"].data for each in Category}
        kept.counts = {name: count for name, count in numbers.items() if count}
        db.session.add(kept)
        return save_and_return(sitting)
    marked = db.session.scalars(queries.attendance(sitting.session)).all() if sitting.is_named else []
    people = db.session.scalars(queries.seated(sitting.session.workshop_id)).all() if sitting.is_named else []
    marks = sitting.marks(marked)
    page = render_template(
        "participation/attendance/session.html",
        workshop=sitting.session.workshop,
        sitting=sitting,
        address=address,
        form=form,
        theirs=theirs,
        total=sum(kept.counts.values()),
        categories=[form[f"count_{each.value}"] for each in Category],
        people=sitting.may_be_marked(people, marked),
        marks=marks,
        marks_seen=seal({str(id): mark.value for id, mark in marks.items()}),
        presences=list(Presence),
        doors=db.session.scalars(queries.doors(sitting)).all(),
    )
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/attendance/<int:number>/names")
@programme_officer
def mark_attendance(workshop: Workshop, number: int) -> HttpResponse:
    return marked_by_name(Sitting(session_or_404(workshop, number)))


@bp.post("/workshops/<slug>/desk/attendance/<int:number>/groups/<int:group_number>/names")
@programme_officer
def group_mark(workshop: Workshop, number: int, group_number: int) -> HttpResponse:
    return marked_by_name(group_or_404(workshop, number, group_number)[0])


def marked_by_name(sitting: Sitting) -> HttpResponse:
    """Those whose mark was changed on the page are marked as chosen; what others marked meanwhile stays."""
    if (before := unseal(request.form.get("opened"))) is None:
        abort(428)
    with flashing_refusal():
        rules.refuse_names(sitting)
        kept = {each.participant_id: each for each in db.session.scalars(queries.attendance(sitting.session))}
        people = db.session.scalars(queries.seated(sitting.session.workshop_id)).all()
        at = now()
        for who in sitting.may_be_marked(people, kept.values()):
            chosen = request.form.get(f"p{who.id}", "")
            if chosen == before.get(str(who.id), ""):
                continue
            if chosen in set(Presence):
                db.session.add(rules.attend(sitting, who, kept.get(who.id), Presence(chosen), at=at))
            elif who.id in kept:
                db.session.delete(kept[who.id])
        return save_and_return(sitting)
    return redirect(address("attendance", sitting))


@bp.post("/workshops/<slug>/desk/attendance/<int:number>/door")
@programme_officer
def open_door(workshop: Workshop, number: int) -> Page:
    return opened_door(Sitting(session_or_404(workshop, number)))


@bp.post("/workshops/<slug>/desk/attendance/<int:number>/groups/<int:group_number>/door")
@programme_officer
def group_open_door(workshop: Workshop, number: int, group_number: int) -> Page:
    return opened_door(group_or_404(workshop, number, group_number)[0])


def opened_door(sitting: Sitting) -> Page:
    """A code for the door, shown once to be printed; the one before opens nothing any more."""
    with flashing_refusal():
        rules.refuse_names(sitting)
        at = now()
        for each in db.session.scalars(queries.doors(sitting)):
            each.end_link(at)
        expires_at = max(sitting.ends_at or at, at) + (AFTER if sitting.ends_at else WITHOUT_A_TIME)
        door = Door(session=sitting.session, group=sitting.group, expires_at=expires_at)
        leads_to = link_to("attendance.door", token=door.issue_link())
        db.session.add(door)
        db.session.commit()
        return render_template(
            "participation/attendance/door_sign.html",
            workshop=sitting.session.workshop,
            sitting=sitting,
            back=address("attendance", sitting),
            address=leads_to,
            picture=as_picture(leads_to),
            expires_at=door.expires_at,
        )
    return redirect(address("attendance", sitting))


@bp.post("/workshops/<slug>/desk/attendance/<int:number>/door/close")
@programme_officer
def close_door(workshop: Workshop, number: int) -> HttpResponse:
    return closed_door(Sitting(session_or_404(workshop, number)))


@bp.post("/workshops/<slug>/desk/attendance/<int:number>/groups/<int:group_number>/door/close")
@programme_officer
def group_close_door(workshop: Workshop, number: int, group_number: int) -> HttpResponse:
    return closed_door(group_or_404(workshop, number, group_number)[0])


def closed_door(sitting: Sitting) -> HttpResponse:
    for each in db.session.scalars(queries.doors(sitting)):
        each.end_link(now())
    flash(_("The code on the door no longer works."))
    db.session.commit()
    return redirect(address("attendance", sitting))


def session_or_404(workshop: Workshop, number: int) -> Session:
    """One of this workshop. Who is about to change it makes others wait."""
    if request.method == "POST":
        db.session.scalars(lock_workshop(workshop)).one()
    found = db.session.scalars(sessions(workshop)).all()
    return next((each for each in found if each.number == number), None) or abort(404)


def group_or_404(workshop: Workshop, number: int, group_number: int) -> tuple[Sitting, Group]:
    session = session_or_404(workshop, number)
    found: Group = db.one_or_404(one_group(workshop, group_number).where(Group.session_id == session.id))
    return Sitting(session, found), found


def save_and_return(sitting: Sitting) -> HttpResponse:
    db.session.commit()
    flash(_("Saved."))
    return redirect(address("attendance", sitting))
