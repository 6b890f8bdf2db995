from collections.abc import Sequence
from datetime import datetime

from flask import abort, current_app, g, render_template, request
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.findings.queries import published_snapshots
from workshop.consultation.questionnaires.queries import open_questionnaires
from workshop.platform.access import public
from workshop.platform.caching import not_modified, tag_page
from workshop.platform.db import db, now
from workshop.platform.i18n import language
from workshop.programme.agenda.formats import Perspective
from workshop.programme.papers import embargo
from workshop.programme.releases import changes as agenda_changes
from workshop.programme.releases.models import Release
from workshop.programme.releases.released import ReleasedSession, sessions_of
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Series, Workshop
from workshop.secretariat.series.queries import announced_series, announced_workshops

from . import bp, people_list, programme_days, queries


@bp.get("/")
@public
def index() -> str:
    workshops = db.session.scalars(announced_workshops()).all()
    series = db.session.scalars(announced_series()).all()
    return render_template("front/public/index.html", workshops=workshops, series=series)


@bp.get("/series/<slug>/")
@public
def series(slug: str) -> str:
    series = db.one_or_404(announced_series().where(Series.slug == slug))
    workshops = db.session.scalars(queries.announced_in(series)).all()
    return render_template("front/public/series.html", series=series, workshops=workshops)


@bp.get("/workshops/<slug>/")
@public
def workshop(slug: str) -> str | HttpResponse:
    if fresh := reader_is_up_to_date(slug):
        return fresh
    workshop = found_workshop(slug)
    return workshop_page(workshop) if workshop else announcement(slug)


def workshop_page(workshop: queries.ShownWorkshop, *, preview: bool = False) -> str:
    return render_template(
        "front/public/workshop.html",
        workshop=workshop,
        questionnaires=db.session.scalars(open_questionnaires(workshop.id)).all(),
        results=db.session.execute(published_snapshots(workshop.id)).all(),
        preview=preview,
    )


@bp.get("/workshops/<slug>/desk/preview")
@organiser
def preview(workshop: Workshop) -> str:
    """The public page as a visitor will see it, before anybody can."""
    row = db.session.execute(queries.PREVIEWED_WORKSHOP, {"slug": workshop.slug}).one()
    return workshop_page(row, preview=True)


@bp.get("/workshops/<slug>/agenda")
@public
def agenda(slug: str) -> str | HttpResponse:
    if fresh := reader_is_up_to_date(slug):
        return fresh
    workshop = shown_workshop(slug)
    release = newest_release(workshop)
    groups = programme_days.groups_of(db.session.execute(queries.SHOWN_GROUPS, {"workshop": workshop.id}))
    days = programme_days.days(release.sessions, shown_papers(workshop), groups, zone=workshop.zone)
    return render_template(
        "front/public/agenda.html", workshop=workshop, release=release, days=days, perspectives=Perspective.labels()
    )


@bp.get("/workshops/<slug>/agenda/releases")
@public
def releases(slug: str) -> str | HttpResponse:
    if fresh := reader_is_up_to_date(slug):
        return fresh
    workshop = shown_workshop(slug)
    return render_template("front/public/releases.html", workshop=workshop, releases=shown_releases(workshop))


@bp.get("/workshops/<slug>/agenda/releases/<int:number>")
@public
def release(slug: str, number: int) -> str | HttpResponse:
    """The agenda as it was. Papers and groups are no part of a release, so an old one comes without them."""
    if fresh := reader_is_up_to_date(slug):
        return fresh
    workshop = shown_workshop(slug)
    found = shown_releases(workshop)
    chosen = next((each for each in found if each.number == number), None) or abort(404)
    days = programme_days.days(released_agenda(workshop, number), [], [], zone=workshop.zone)
    return render_template(
        "front/public/release.html",
        workshop=workshop,
        release=chosen,
        newest=found[0],
        days=days,
        perspectives=Perspective.labels(),
    )


@bp.get("/workshops/<slug>/agenda/changes")
@public
def changes(slug: str) -> str | HttpResponse:
    """What differs between two releases, the earlier one first; without any named, the last two."""
    if fresh := reader_is_up_to_date(slug):
        return fresh
    workshop = shown_workshop(slug)
    releases = {each.number: each for each in shown_releases(workshop)}
    newest = max(releases)
    asked = request.args.get("from", newest - 1, type=int), request.args.get("to", newest, type=int)
    first, last = (releases.get(max(number, 1)) or abort(404) for number in sorted(asked))
    before, after = (released_agenda(workshop, each.number) for each in (first, last))
    found = agenda_changes.find_changes(before, after, zone=workshop.zone, language=language())
    return render_template(
        "front/public/changes.html",
        workshop=workshop,
        releases=list(releases.values()),
        first=first,
        last=last,
        changes=agenda_changes.group_by_session(found),
    )


@bp.get("/workshops/<slug>/speakers")
@public
def speakers(slug: str) -> str | HttpResponse:
    if fresh := reader_is_up_to_date(slug):
        return fresh
    workshop = shown_workshop(slug)
    listed = listed_people(workshop)
    return render_template("front/public/speakers.html", workshop=workshop, groups=[("", listed)], by_country=False)


@bp.get("/workshops/<slug>/speakers/by-country")
@public
def speakers_by_country(slug: str) -> str | HttpResponse:
    if fresh := reader_is_up_to_date(slug):
        return fresh
    workshop = shown_workshop(slug)
    groups = people_list.by_country(listed_people(workshop), language())
    return render_template("front/public/speakers.html", workshop=workshop, groups=groups, by_country=True)


def listed_people(workshop: queries.ShownWorkshop) -> list[people_list.Listed]:
    release = newest_release(workshop)
    profiles = db.session.execute(queries.SHOWN_PROFILES, {"workshop": workshop.id})
    return people_list.people(release.sessions, profiles, language())


@bp.get("/workshops/<slug>/papers")
@public
def papers(slug: str) -> str | HttpResponse:
    if fresh := reader_is_up_to_date(slug):
        return fresh
    workshop = shown_workshop(slug)
    release = newest_release(workshop)
    sessions = programme_days.sessions_with_papers(release.sessions, shown_papers(workshop))
    return render_template("front/public/papers.html", workshop=workshop, sessions=sessions)


@bp.get("/workshops/<slug>/reports")
@public
def reports(slug: str) -> str | HttpResponse:
    if fresh := reader_is_up_to_date(slug):
        return fresh
    workshop = shown_workshop(slug)
    reports = db.session.scalars(queries.published_reports(workshop.id)).all()
    return render_template("front/public/reports.html", workshop=workshop, reports=reports)


@bp.get("/help")
@public
def help() -> str:
    return render_template("front/public/help.html")


@bp.get("/privacy")
@public
def privacy() -> str:
    return render_template("front/public/privacy.html")


@bp.get("/accessibility")
@public
def accessibility() -> str:
    return render_template("front/public/accessibility.html")


def reader_is_up_to_date(slug: str) -> HttpResponse | None:
    """A 304 where an anonymous reader already has this version of the workshop."""
    if not request.if_none_match:
        return None
    row = db.session.execute(queries.VERSION, {"slug": slug}).one_or_none()
    return not_modified(slug, *state_of(slug, row), build=current_app.config["BUILD"]) if row else None


def state_of(slug: str, row: queries.VersionRow) -> tuple[object, ...]:
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


def found_workshop(slug: str) -> queries.ShownWorkshop | None:
    """The published workshop as a row of plain columns, if any. The page made of it is tagged with its version."""
    workshop = db.session.execute(queries.SHOWN_WORKSHOP, {"slug": slug}).one_or_none()
    if workshop:
        tag_page(slug, *state_of(slug, workshop), build=current_app.config["BUILD"])
    return workshop


def shown_workshop(slug: str) -> queries.ShownWorkshop:
    """The same, or 404."""
    return found_workshop(slug) or abort(404)


def announcement(slug: str) -> str:
    """The page of a workshop of which no more than title, dates and place is public yet, or 404."""
    workshop = db.session.execute(queries.ANNOUNCED_WORKSHOP, {"slug": slug}).one_or_none() or abort(404)
    return render_template("front/public/announced.html", workshop=workshop)


def newest_release(workshop: queries.ShownWorkshop) -> Release:
    """The agenda as last published, or 404."""
    return db.session.scalars(queries.NEWEST_RELEASE, {"workshop": workshop.id}).one_or_none() or abort(404)


def shown_releases(workshop: queries.ShownWorkshop) -> Sequence[queries.ReleaseRow]:
    """Every release without its agenda, the newest first, or 404 where there is none."""
    return db.session.execute(queries.SHOWN_RELEASES, {"workshop": workshop.id}).all() or abort(404)


def released_agenda(workshop: queries.ShownWorkshop, number: int) -> list[ReleasedSession]:
    return sessions_of(
        db.session.execute(queries.SHOWN_AGENDA, {"workshop": workshop.id, "number": number}).scalar_one()
    )


def shown_papers(workshop: queries.ShownWorkshop) -> list[programme_days.Paper]:
    return programme_days.papers_of(db.session.execute(queries.SHOWN_PAPERS, {"workshop": workshop.id}), at=moment())
