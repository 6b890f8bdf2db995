"""For those who serve sessions: the agenda as it stands, and of each session what one needs in the chair."""

from pathlib import PurePosixPath

from flask import abort, g, render_template
from flask_login import current_user
from werkzeug.utils import secure_filename
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import files
from workshop.platform.db import db, now
from workshop.platform.foreign.limits import EXTENSIONS
from workshop.platform.i18n import on_day
from workshop.platform.lists import page_of
from workshop.programme.papers import embargo
from workshop.programme.papers.models import State
from workshop.programme.session_roles import queries as session_roles
from workshop.programme.session_roles.rules import reads_before_public
from workshop.secretariat.series.front_page import Reader
from workshop.secretariat.series.membership import holding
from workshop.secretariat.series.models import Role, Workshop

from . import bp, queries

SERVING = (
    Role.ORGANISER,
    Role.PROGRAMME,
    Role.DOCUMENTS,
    Role.CHAIR,
    Role.MODERATOR,
    Role.RAPPORTEUR,
    Role.NOTE_TAKER,
)
NOT_SHOWN = (State.NOT_PROVIDED, State.WITHDRAWN)


@bp.get("/workshops/<slug>/desk/programme")
@holding(*SERVING, limited=True)
def programme(workshop: Workshop) -> str:
    """The draft agenda, to read."""
    leading: dict[int, list[object]] = {}
    for who in db.session.scalars(queries.leading_people(workshop)):
        leading.setdefault(who.session_id, []).append(who)
    days: dict[object, list[object]] = {}
    page = page_of(db.session.scalars(queries.sessions_alone(workshop)).all())
    for session in page.rows:
        day = on_day(session.starts_at, workshop.zone) if session.starts_at else None
        days.setdefault(day, []).append(session)
    own = db.session.scalars(session_roles.session_roles_of(current_user, workshop)).all()
    return render_template(
        "front/briefing/programme.html",
        workshop=workshop,
        days=days,
        page=page,
        leading=leading,
        own={each.session_id: each.role for each in own},
    )


@bp.get("/workshops/<slug>/desk/programme/<int:number>")
@holding(*SERVING, limited=True)
def session(workshop: Workshop, number: int) -> str:
    """The briefing: guiding questions, who speaks in which order and for how long, and the papers."""
    found = db.one_or_404(queries.session_in_full(workshop, number))
    documents = db.session.scalars(queries.documents_of_session(found)).unique().all()
    reader = Reader(workshop, current_user, frozenset(g.roles), frozenset(g.limited), now())
    own = db.session.scalars(session_roles.session_roles_of(current_user, workshop)).all()
    reads_all = reads_before_public(found, roles=g.roles, limited=g.limited, own=own)
    return render_template(
        "front/briefing/session.html",
        workshop=workshop,
        session=found,
        mode=found.mode or workshop.mode,
        documents=[each for each in documents if each.state not in NOT_SHOWN],
        reads_all=reads_all,
        held={each.id for each in documents if embargo.holds(each, at=reader.at)},
        serving=db.session.scalars(session_roles.roles_of_session(found)).all(),
        ways=[way for ways in session_roles.session_ways(found, reader) for way in ways],
    )


@bp.get("/workshops/<slug>/desk/programme/papers/<key>/<language>")
@holding(*SERVING, limited=True)
def paper(workshop: Workshop, key: str, language: str) -> HttpResponse:
    """A paper before the public sees it, for those who serve its session; to everybody else it does not exist."""
    file = db.one_or_404(queries.newest_file(workshop, key, language))
    own = db.session.scalars(session_roles.session_roles_of(current_user, workshop)).all()
    if not reads_before_public(file.document.session, roles=g.roles, limited=g.limited, own=own):
        abort(404)
    stem = secure_filename(PurePosixPath(file.filename).stem) or file.document.key
    return files.attachment(file.stored_as, f"{stem}.{EXTENSIONS[file.media_type]}", file.media_type)
