"""The run sheet of a day: what was planned, what happens, what is to be expected; one press begins and ends things."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import pdf as paper
from workshop.platform.access import Page
from workshop.platform.conflicts import open_form
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.i18n import on_day
from workshop.programme.agenda.models import Item, Session
from workshop.programme.session_roles.queries import session_roles_of
from workshop.secretariat.series.membership import holding
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules, run_sheet
from .forms import NoteForm
from .models import Run, StageNote

SECONDS = 30  # a day is two or three sheets of paper
NOT_YOURS = _l("You can begin, end and annotate the sessions you serve. Nothing was changed.")


@dataclass
class Day:
    """All that a run sheet shows. `clock` is None while the clock of that day does not run."""

    date: date
    entries: list[run_sheet.Entry]
    runs: list[Run]
    rehearsal: bool
    is_over: bool
    clock: datetime | None

    @property
    def seen(self) -> str:
        last = rules.last_press(self.runs)
        return last.isoformat() if last else ""


@bp.get("/workshops/<slug>/desk/run-sheet")
@holding(*rules.READERS, limited=True)
def desk(workshop: Workshop) -> HttpResponse:
    """To the day that is today, else to the first."""
    days, today = days_of(workshop), on_day(now(), workshop.zone)
    return redirect(url_for("runsheet.day", slug=workshop.slug, day=today if today in days else min(days)))


@bp.get("/workshops/<slug>/desk/run-sheet/<day>")
@holding(*rules.READERS, limited=True)
def day(workshop: Workshop, day: str) -> str:
    days = days_of(workshop)
    found = day_of(workshop, day, days)
    rooms = {room.id: room for entry in found.entries if (room := entry.session.room)}
    shown = in_room(found.entries, request.args.get("room", type=int))
    return render_template(
        "programme/runsheet/day.html",
        workshop=workshop,
        day=found,
        days=days,
        entries=shown,
        next=rules.next_of(shown),
        running=[entry for entry in shown if entry.is_running],
        misfits=run_sheet.no_longer_fitting(shown),
        rooms=sorted(rooms.values(), key=lambda room: room.name) if any(e.track for e in found.entries) else [],
        room=request.args.get("room", type=int),
        hand=hand(workshop),
    )


def hand(workshop: Workshop) -> rules.Hand:
    """What the reader may press."""
    if rules.presses_everywhere(g.roles, g.limited):
        return rules.Hand(everywhere=True)
    own = db.session.scalars(session_roles_of(current_user, workshop))
    return rules.Hand(everywhere=False, sessions=frozenset(each.session_id for each in own))


@bp.post("/workshops/<slug>/desk/run-sheet/<day>/begin")
@holding(*rules.READERS, limited=True)
def begin(workshop: Workshop, day: str) -> HttpResponse:
    """Begin an entry, ending what it had to wait for. Who pressed a moment too late changes nothing."""
    held, entry = lock_pressed(workshop, day)
    if entry:
        with flashing_refusal():
            run = rules.begin(
                entry, held.entries, at=held.clock, pressed_at=now(), by=current_user.id, rehearsal=held.rehearsal
            )
            db.session.add(run)
            db.session.commit()
    return back_to(workshop, day)


@bp.post("/workshops/<slug>/desk/run-sheet/<day>/end")
@holding(*rules.READERS, limited=True)
def end(workshop: Workshop, day: str) -> HttpResponse:
    held, entry = lock_pressed(workshop, day)
    if entry:
        with flashing_refusal():
            rules.end(entry, at=held.clock)
            db.session.commit()
    return back_to(workshop, day)


@bp.post("/workshops/<slug>/desk/run-sheet/<day>/undo")
@holding(*rules.READERS, limited=True)
def undo(workshop: Workshop, day: str) -> HttpResponse:
    """Take the last press back."""
    db.session.scalars(lock_workshop(workshop)).one()
    held = day_of(workshop, day)
    if held.seen != request.form.get("seen", ""):
        flash(_("Someone else has just pressed a button. This is the current state."))
        return back_to(workshop, day)
    if not all(hand(workshop).may_press(each.session) for each in held.entries if each.run in last_pressed(held)):
        flash(NOT_YOURS)
        return back_to(workshop, day)
    with flashing_refusal():
        for run in rules.undo(held.runs):
            db.session.delete(run)
        db.session.commit()
    return back_to(workshop, day)


@bp.post("/workshops/<slug>/desk/run-sheet/<day>/clear")
@holding(*rules.READERS, limited=True)
def clear(workshop: Workshop, day: str) -> HttpResponse:
    """Forget the rehearsal of that day. What happened on the day itself is never forgotten."""
    db.session.scalars(lock_workshop(workshop)).one()
    if not hand(workshop).everywhere:
        flash(NOT_YOURS)
        return back_to(workshop, day)
    sessions = db.session.scalars(queries.sessions_of(workshop, date_of(workshop, day))).all()
    for run in db.session.scalars(queries.runs(sessions).where(Run.rehearsal)):
        db.session.delete(run)
    db.session.commit()
    flash(_("The rehearsal is cleared."))
    return back_to(workshop, day)


@bp.route("/workshops/<slug>/desk/run-sheet/<day>/notes/<int:number>/<int:item_id>", methods=["GET", "POST"])
@holding(*rules.READERS, limited=True)
def note(workshop: Workshop, day: str, number: int, item_id: int) -> Page:
    """The stage note of an item, or of the session as a whole where `item_id` is 0."""
    posted = request.method == "POST"
    if posted:
        db.session.scalars(lock_workshop(workshop)).one()
    session = db.one_or_404(queries.sessions_of(workshop, date_of(workshop, day)).where(Session.number == number))
    item: Item | None = next((each for each in session.items if each.id == item_id), None)
    if item_id and item is None:
        abort(404)
    if not hand(workshop).may_press(session):
        flash(NOT_YOURS)
        return back_to(workshop, day)
    kept = db.session.scalars(queries.note(session, item_id)).one_or_none()
    form, theirs = open_form(NoteForm, {"text": kept.text if kept else ""}, request.form if posted else None)
    if theirs is None and form.validate_on_submit():
        kept = kept or StageNote(session_id=session.id, item_id=item_id or None)
        kept.text = form.text.data or ""
        if kept.text:
            db.session.add(kept)
        elif kept.id:
            db.session.delete(kept)
        db.session.commit()
        return back_to(workshop, day, anchor=f"entry-{session.id}-{item_id}")
    page = render_template(
        "programme/runsheet/note.html",
        workshop=workshop,
        date=date_of(workshop, day),
        session=session,
        item=item,
        form=form,
        theirs=theirs,
    )
    return page, 409 if theirs else 200


@bp.get("/workshops/<slug>/desk/run-sheet/<day>.pdf")
@holding(*rules.READERS, limited=True)
def pdf(workshop: Workshop, day: str) -> HttpResponse:
    """The day on paper, marked as internal."""
    found = day_of(workshop, day)
    html = render_template("programme/runsheet/pdf/day.html", workshop=workshop, day=found, printed_at=now())
    try:
        with paper.WaitedFor("css/runsheet-print.css", seconds=SECONDS) as renderer:
            made = renderer.render(html)
    except paper.PdfUnavailable:
        flash(_("No PDF can be created on this machine at the moment. The page itself can be printed."))
    except paper.PdfFailed:
        flash(_("The PDF could not be created. The page itself can be printed."))
    else:
        name = f"run-sheet-{found.date}.pdf"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(made.content, mimetype="application/pdf", headers=headers)
    return back_to(workshop, day)


def day_of(workshop: Workshop, written: str, days: set[date] | None = None) -> Day:
    """A day of the workshop with all that is on it, and what is to be expected."""
    chosen = date_of(workshop, written, days)
    sessions = db.session.scalars(queries.sessions_of(workshop, chosen)).all()
    every = list(db.session.scalars(queries.runs(sessions)))
    at = now()
    rehearsal = rules.is_rehearsal(chosen, every, now=at, zone=workshop.zone)
    runs = [run for run in every if run.rehearsal == rehearsal]
    notes, documents = (
        db.session.scalars(statement(sessions)).all() for statement in (queries.notes, queries.awaited_documents)
    )
    entries = run_sheet.fill_entries(run_sheet.entries(sessions), runs, notes, documents)
    clock = rules.clock(chosen, runs, now=at, zone=workshop.zone)
    run_sheet.expect(entries, run_sheet.stops_of(chosen, workshop.hard_stops, workshop.zone), clock if runs else None)
    return Day(chosen, entries, runs, rehearsal, not rehearsal and on_day(at, workshop.zone) != chosen, clock)


def date_of(workshop: Workshop, written: str, days: set[date] | None = None) -> date:
    """The day of that name, or 404 where the workshop has nothing on it. `days` are its days, where they are known."""
    try:
        chosen = date.fromisoformat(written)
    except ValueError:
        abort(404)
    return chosen if chosen in (days or days_of(workshop)) else abort(404)


def days_of(workshop: Workshop) -> set[date]:
    """The days on which the workshop has sessions; without any, its first."""
    starts = db.session.scalars(queries.starts(workshop))
    return {on_day(moment, workshop.zone) for moment in starts if moment} or {workshop.starts_on}


def in_room(entries: list[run_sheet.Entry], room: int | None) -> list[run_sheet.Entry]:
    """What takes place in that room or concerns everybody; all of it without a room."""
    if not room:
        return entries
    return [entry for entry in entries if entry.track in (None, ("room", room))]


def lock_pressed(workshop: Workshop, day: str) -> tuple[Day, run_sheet.Entry | None]:
    """The day, held so that nobody else can press, and the entry pressed; None where somebody was faster."""
    db.session.scalars(lock_workshop(workshop)).one()
    held = day_of(workshop, day)
    entry = next((each for each in held.entries if each.key == request.form.get("entry")), None)
    if held.is_over:
        flash(_("That day is over."))
        entry = None
    elif held.seen != request.form.get("seen", ""):
        flash(_("Someone else has just pressed a button. This is the current state."))
        entry = None
    elif entry and not hand(workshop).may_press(entry.session):
        flash(NOT_YOURS)
        entry = None
    return held, entry


def last_pressed(held: Day) -> list[Run]:
    """What the last press began or ended."""
    last = rules.last_press(held.runs)
    return [run for run in held.runs if last and last in (run.started_at, run.ended_at)]


def back_to(workshop: Workshop, day: str, anchor: str | None = None) -> HttpResponse:
    room = request.form.get("room", type=int)
    return redirect(url_for("runsheet.day", slug=workshop.slug, day=day, room=room, _anchor=anchor))
