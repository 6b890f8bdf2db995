from datetime import datetime
from typing import Any

from flask import Blueprint, abort, current_app, g, render_template, request
from werkzeug.wrappers import Response

from workshop.access import public
from workshop.caching import tag_page, unchanged
from workshop.db import db, now
from workshop.findings.queries import published_snapshots
from workshop.papers import embargo
from workshop.questionnaires.queries import open_questionnaires
from workshop.series.models import Series
from workshop.series.queries import all_series, published_workshops

from . import programme, queries

bp = Blueprint("public", __name__)


@bp.get("/")
@public
def index() -> str:
    workshops = db.session.scalars(published_workshops()).all()
    return render_template("public/index.html", workshops=workshops, series=db.session.scalars(all_series()).all())


@bp.get("/series/<slug>/")
@public
def series(slug: str) -> str:
    series = db.one_or_404(db.select(Series).where(Series.slug == slug))
    workshops = db.session.scalars(queries.published_in(series)).all()
    return render_template("public/series.html", series=series, workshops=workshops)


@bp.get("/workshops/<slug>/")
@public
def workshop(slug: str) -> str | Response:
    if fresh := reader_is_up_to_date(slug):
        return fresh
    workshop = shown_workshop(slug)
    forms = db.session.scalars(open_questionnaires(workshop.id)).all()
    results = db.session.execute(published_snapshots(workshop.id)).all()
    return render_template("public/workshop.html", workshop=workshop, questionnaires=forms, results=results)


@bp.get("/workshops/<slug>/agenda")
@public
def agenda(slug: str) -> str | Response:
    if fresh := reader_is_up_to_date(slug):
        return fresh
    workshop = shown_workshop(slug)
    release = newest_release(workshop)
    groups = programme.groups_of(db.session.execute(queries.SHOWN_GROUPS, {"workshop": workshop.id}))
    days = programme.days(release.agenda, shown_papers(workshop), groups, zone=workshop.zone)
    return render_template("public/agenda.html", workshop=workshop, release=release, days=days)


@bp.get("/workshops/<slug>/speakers")
@public
def speakers(slug: str) -> str | Response:
    if fresh := reader_is_up_to_date(slug):
        return fresh
    workshop = shown_workshop(slug)
    release = newest_release(workshop)
    return render_template("public/speakers.html", workshop=workshop, people=programme.people(release.agenda))


@bp.get("/workshops/<slug>/papers")
@public
def papers(slug: str) -> str | Response:
    if fresh := reader_is_up_to_date(slug):
        return fresh
    workshop = shown_workshop(slug)
    release = newest_release(workshop)
    sessions = programme.sessions_with_papers(release.agenda, shown_papers(workshop))
    return render_template("public/papers.html", workshop=workshop, sessions=sessions)


@bp.get("/workshops/<slug>/reports")
@public
def reports(slug: str) -> str | Response:
    if fresh := reader_is_up_to_date(slug):
        return fresh
    workshop = shown_workshop(slug)
    reports = db.session.scalars(queries.published_reports(workshop.id)).all()
    return render_template("public/reports.html", workshop=workshop, reports=reports)


@bp.get("/help")
@public
def help() -> str:
    return render_template("public/help.html")


@bp.get("/privacy")
@public
def privacy() -> str:
    return render_template("public/privacy.html")


@bp.get("/accessibility")
@public
def accessibility() -> str:
    return render_template("public/accessibility.html")


def reader_is_up_to_date(slug: str) -> Response | None:
    """A 304 where an anonymous reader already has this version of the workshop."""
    if not request.if_none_match:
        return None
    row = db.session.execute(queries.VERSION, {"slug": slug}).one_or_none()
    return unchanged(slug, *state_of(slug, row), build=current_app.config["BUILD"]) if row else None


def state_of(slug: str, row: Any) -> tuple[object, ...]:
    """What the pages of a workshop depend on beside language and program: its version, and which embargoes hold."""
    if not row.has_embargo:
        return (row.version,)
    ends = [embargo.end(*each) for each in db.session.execute(queries.EMBARGOES, {"slug": slug})]
    return row.version, *((end.isoformat(), end <= moment()) if end else None for end in ends)


def moment() -> datetime:
    """The one moment of this request: a page and its tag never see an embargo end between them."""
    if "moment" not in g:
        g.moment = now()
    return g.moment  # type: ignore[no-any-return]


def shown_workshop(slug: str) -> Any:
    """The published workshop as a row of plain columns, or 404. The page made of it is tagged with its version."""
    workshop = db.session.execute(queries.SHOWN_WORKSHOP, {"slug": slug}).one_or_none() or abort(404)
    tag_page(slug, *state_of(slug, workshop), build=current_app.config["BUILD"])
    return workshop


def newest_release(workshop: Any) -> Any:
    """The agenda as last published, or 404."""
    return db.session.execute(queries.NEWEST_RELEASE, {"workshop": workshop.id}).one_or_none() or abort(404)


def shown_papers(workshop: Any) -> list[programme.Paper]:
    return programme.papers_of(db.session.execute(queries.SHOWN_PAPERS, {"workshop": workshop.id}), at=moment())
