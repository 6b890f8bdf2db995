"""The organisers' screens for the agenda as a whole: the draft, its sessions, publishing."""

from dataclasses import fields, replace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.conflicts import begin_form, open_form
from workshop.platform.db import Words, db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.forms import posted_form
from workshop.platform.i18n import language
from workshop.secretariat.activity.change_listener import note, write_notes
from workshop.secretariat.series import queries as series_queries
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop

from . import bp, queries, question_wordings, rules, times
from .draft_state import read_draft
from .forms import AddSessionForm, QuestionsForm, SessionForm
from .item_views import back_to, held_session, place
from .models import Room, Session
from .timetable import checks, clash_phrases

BLANKS: list[dict[str, object]] = [{}, {}]


@bp.get("/workshops/<slug>/desk/agenda")
@programme_officer
def desk(workshop: Workshop) -> str:
    page = max(1, request.args.get("page", 1, type=int))
    state, sessions = read_draft(db.session, workshop, page)
    return render_template(
        "programme/agenda/desk.html",
        workshop=workshop,
        days=times.by_day(sessions, workshop.zone),
        page=min(page, state.pages),
        state=state,
        documents=queries.documents_by_session(db.session, workshop, [each.id for each in sessions]),
        clashes=clash_phrases.counted(state.tally),
    )


@bp.route("/workshops/<slug>/desk/agenda/sessions/new", methods=["GET", "POST"])
@programme_officer
def add_session(workshop: Workshop) -> Page:
    form = begin_form(AddSessionForm, {"questions": [*BLANKS, {}]}, posted_form())
    if form.validate_on_submit():
        db.session.scalars(series_queries.lock_workshop(workshop)).one()
        others, rooms = (
            db.session.scalars(queries.sessions(workshop)).all(),
            db.session.scalars(queries.rooms(workshop)),
        )
        with form.refusing():
            text = replace(form.typed(rules.SessionText), questions=questions_of(form))
            with checks.no_new_clash(db.session, workshop):
                session = rules.add_session(workshop, text, before=others, rooms=rooms)
                db.session.add(session)
            db.session.commit()
            return back_to(session, part="edit_session")
    return render_template("programme/agenda/add_session.html", workshop=workshop, form=form)


@bp.route("/workshops/<slug>/desk/agenda/sessions/<int:number>", methods=["GET", "POST"])
@programme_officer
def edit_session(workshop: Workshop, number: int) -> Page:
    session = held_session(workshop, number)
    form, theirs = open_form(SessionForm, as_filled(session), posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            with checks.no_new_clash(db.session, workshop):
                text = form.typed(rules.SessionText)
                rules.edit_session(session, text, rooms=db.session.scalars(queries.rooms(workshop)).all())
            db.session.commit()
            return back_to(session, part="edit_questions" if request.form.get("then") == "next" else "edit_session")
    page = render_template(
        "programme/agenda/edit_session.html", workshop=workshop, session=session, form=form, theirs=theirs
    )
    return page, 409 if theirs else 200


@bp.route("/workshops/<slug>/desk/agenda/sessions/<int:number>/questions", methods=["GET", "POST"])
@programme_officer
def edit_questions(workshop: Workshop, number: int) -> Page:
    session = held_session(workshop, number)
    form, theirs = open_form(QuestionsForm, {"questions": as_rows(session)}, posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            rules.edit_questions(session, questions_of(form))
            db.session.commit()
            return back_to(session, part="session_items" if request.form.get("then") == "next" else "edit_questions")
    page = render_template(
        "programme/agenda/edit_questions.html",
        workshop=workshop,
        session=session,
        form=form,
        theirs=theirs,
        wordings=db.session.scalars(queries.wordings(session)).all(),
    )
    return page, 409 if theirs else 200


@bp.get("/workshops/<slug>/desk/agenda/sessions/<int:number>/items")
@programme_officer
def session_items(workshop: Workshop, number: int) -> str:
    """Items, people and documents: each is edited on a page of its own."""
    session = held_session(workshop, number)
    return render_template(
        "programme/agenda/session_items.html",
        workshop=workshop,
        session=session,
        total=clash_phrases.total_of(session),
        documents=queries.documents_by_session(db.session, workshop, [session.id]).get(session.id, []),
    )


@bp.post("/workshops/<slug>/desk/agenda/sessions/<int:number>/move")
@programme_officer
def move_session(workshop: Workshop, number: int) -> HttpResponse:
    session = held_session(workshop, number)
    sessions = db.session.scalars(queries.sessions(workshop)).all()
    with flashing_refusal():
        other = rules.neighbour(sessions, session, up=request.args.get("to") == "up")
        numbers = session.number, other.number
        steps = ((session, numbers), (other, numbers[::-1]))
        write_notes(db.session, (note(Session, each, workshop, number=step) for each, step in steps))
        for statement in queries.swap(session, other):
            db.session.execute(statement)
        db.session.commit()
    return back_to(session, part="edit_session")


@bp.route("/workshops/<slug>/desk/agenda/sessions/<int:number>/remove", methods=["GET", "POST"])
@programme_officer
def remove_session(workshop: Workshop, number: int) -> Page:
    session = held_session(workshop, number)
    may = rules.may_remove(resting=db.session.scalars(queries.resting_on(session)).one())
    if request.method == "POST" and may:
        db.session.delete(session)
        db.session.add(audit.record("remove session", place(session), who=current_user.id, at=now()))
        db.session.commit()
        flash(_("The session is removed. The public sees it until you publish the agenda."))
        return redirect(url_for("agenda.desk", slug=workshop.slug))
    return render_template("programme/agenda/remove_session.html", workshop=workshop, session=session, may=may)


def questions_of(form: QuestionsForm) -> list[question_wordings.QuestionText]:
    """The questions that were typed; one that is ticked for removal has no text left."""
    return [
        question_wordings.QuestionText(
            text=Words() if each["remove"] else each["text"], id=each["id"], place=each["place"]
        )
        for each in form.questions.data
    ]


def as_rows(session: Session) -> list[dict[str, object]]:
    """The questions of a session as their form shows them, with two empty lines for further ones."""
    kept = enumerate(session.questions, 1)
    return [*({"id": each.id, "text": each.text, "place": place} for place, each in kept), *BLANKS]


def as_filled(session: Session) -> dict[str, object]:
    """A session as its form shows it."""
    plain = {each.name for each in fields(rules.SessionText)} & set(Session.__mapper__.columns.keys())
    return {
        **{name: getattr(session, name) for name in plain},
        **times.as_form_times(session.starts_at, session.ends_at, session.workshop.zone),
        "room": session.room.name if session.room else "",
        "seen": str(session.revision),
    }


@bp.app_template_filter("room_name")
def room_name(room: Room) -> Markup:
    """The name of a room in the reader's language, where it has one there; a name of its own is not translated."""
    return Markup("<bdi>{}</bdi>").format(room.words.in_(language(), room.workshop.languages[0])[0])
