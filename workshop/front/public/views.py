from collections.abc import Sequence
from datetime import datetime

from flask import abort, g, render_template, request
from flask_login import current_user

from workshop.consultation.findings.queries import published_snapshots
from workshop.consultation.questionnaires.queries import open_questionnaires
from workshop.deliberation.editions.edition_content import public_editions
from workshop.follow_up.publications.models import Publication
from workshop.follow_up.publications.queries import public_publications
from workshop.platform.access import public
from workshop.platform.caching import keep_page, read_state
from workshop.platform.db import db, now
from workshop.platform.i18n import language
from workshop.programme.agenda.formats import Perspective
from workshop.programme.papers import embargo
from workshop.programme.releases import changes as agenda_changes
from workshop.programme.releases.models import Release
from workshop.programme.releases.queries import meeting_modes, shown_agenda
from workshop.programme.releases.released import ReleasedSession, sessions_of
from workshop.programme.releases.released_names import as_shown
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Role, Series, Workshop
from workshop.secretariat.series.queries import announced_series, announced_workshops, memberships_of
from workshop.secretariat.series.rules import roles_by_workshop

from . import bp, people_list, programme_days, queries
from .role_help import help_by_role

SHOWN_OF_LIBRARY = 5  # publications on the page of a series


def state_of(slug: str, **_address: object) -> tuple[object, ...] | None:
    """What the pages of a published workshop depend on: its version, and which embargoes hold."""
    row = read_state(queries.VERSION, {"slug": slug})
    if row is None:
        return None
    workshop, version, has_embargo = row
    if not has_embargo:
        return workshop, version
    ends = [embargo.end(*each) for each in db.session.execute(queries.EMBARGOES, {"slug": slug})]
    return workshop, version, *((end.isoformat(), end <= moment()) if end else None for end in ends)


def moment() -> datetime:
    """The one moment of this request: a page and its tag never see an embargo end between them."""
    if "moment" not in g:
        g.moment = now()
    return g.moment  # type: ignore[no-any-return]


@bp.get("/")
@public
def index() -> str:
    workshops = db.session.scalars(announced_workshops()).all()
    series = db.session.scalars(announced_series()).all()
    own = db.session.scalars(memberships_of(current_user)) if current_user.is_authenticated else ()
    return render_template(
        "front/public/index.html",
        workshops=workshops,
        series=series,
        own=roles_by_workshop(own),
        library=db.session.execute(queries.LIBRARY, {"at": moment(), "today": moment().date()}).one(),
    )


@bp.get("/series/<slug>/")
@public
def series(slug: str) -> str:
    series = db.one_or_404(announced_series().where(Series.slug == slug))
    workshops = db.session.scalars(queries.announced_in(series)).all()
    publications = db.session.scalars(
        public_publications(moment()).where(Publication.series_id == series.id).limit(SHOWN_OF_LIBRARY + 1)
    ).all()
    return render_template(
        "front/public/series.html",
        series=series,
        workshops=workshops,
        publications=publications[:SHOWN_OF_LIBRARY],
        has_more=len(publications) > SHOWN_OF_LIBRARY,
        library=db.session.execute(queries.LIBRARY, {"at": moment(), "today": moment().date()}).one(),
    )


@bp.get("/workshops/<slug>/")
@public
@keep_page(state_of)
def workshop(slug: str) -> str:
    workshop = found_workshop(slug)
    return workshop_page(workshop) if workshop else announcement(slug)


def workshop_page(workshop: queries.ShownWorkshop, *, preview: bool = False) -> str:
    return render_template(
        "front/public/workshop.html",
        workshop=workshop,
        questionnaires=db.session.scalars(open_questionnaires(workshop.id)).all(),
        results=db.session.execute(published_snapshots(workshop.id)).all(),
        library=db.session.execute(queries.LIBRARY_OF_SERIES, {"at": moment(), "workshop": workshop.id}).one(),
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
@keep_page(state_of)
def agenda(slug: str) -> str:
    workshop = shown_workshop(slug)
    release = newest_release(workshop)
    sessions = shown_agenda(db.session, release)
    return render_template(
        "front/public/agenda.html",
        workshop=workshop,
        release=release,
        sessions=sessions,
        days=programme_days.days(sessions, shown_papers(workshop), zone=workshop.zone),
        perspectives=Perspective.labels(),
    )


@bp.get("/workshops/<slug>/agenda/releases")
@public
@keep_page(state_of)
def releases(slug: str) -> str:
    workshop = shown_workshop(slug)
    return render_template("front/public/releases.html", workshop=workshop, releases=shown_releases(workshop))


@bp.get("/workshops/<slug>/agenda/releases/<int:number>")
@public
@keep_page(state_of)
def release(slug: str, number: int) -> str:
    """The agenda as it was. Papers are no part of a release, so an old one comes without them."""
    workshop = shown_workshop(slug)
    found = shown_releases(workshop)
    chosen = next((each for each in found if each.number == number), None) or abort(404)
    (agenda,) = released_agendas(workshop, number)
    days = programme_days.days(agenda, [], zone=workshop.zone)
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
@keep_page(state_of, "from", "to")
def changes(slug: str) -> str:
    """What differs between two releases, the earlier one first; without any named, the last two."""
    workshop = shown_workshop(slug)
    releases = {each.number: each for each in shown_releases(workshop)}
    newest = max(releases)
    asked = request.args.get("from", newest - 1, type=int), request.args.get("to", newest, type=int)
    first, last = (releases.get(max(number, 1)) or abort(404) for number in sorted(asked))
    before, after = released_agendas(workshop, first.number, last.number)
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
@keep_page(state_of)
def speakers(slug: str) -> str:
    workshop = shown_workshop(slug)
    listed = listed_people(workshop)
    return render_template("front/public/speakers.html", workshop=workshop, groups=[("", listed)], by_country=False)


@bp.get("/workshops/<slug>/speakers/by-country")
@public
@keep_page(state_of)
def speakers_by_country(slug: str) -> str:
    workshop = shown_workshop(slug)
    groups = people_list.by_country(listed_people(workshop), language(), workshop.starts_on)
    return render_template("front/public/speakers.html", workshop=workshop, groups=groups, by_country=True)


def listed_people(workshop: queries.ShownWorkshop) -> list[people_list.Listed]:
    release = newest_release(workshop)
    profiles = db.session.execute(queries.SHOWN_PROFILES, {"workshop": workshop.id})
    return people_list.people(shown_agenda(db.session, release), profiles, language())


@bp.get("/workshops/<slug>/papers")
@public
@keep_page(state_of)
def papers(slug: str) -> str:
    workshop = shown_workshop(slug)
    release = newest_release(workshop)
    sessions = programme_days.sessions_with_papers(shown_agenda(db.session, release), shown_papers(workshop))
    return render_template("front/public/papers.html", workshop=workshop, sessions=sessions)


@bp.get("/workshops/<slug>/reports")
@public
@keep_page(state_of)
def reports(slug: str) -> str:
    workshop = shown_workshop(slug)
    editions = public_editions(db.session, workshop.id)
    return render_template("front/public/reports.html", workshop=workshop, editions=editions)


@bp.get("/help")
@public
def help() -> str:
    return render_template("front/public/help.html", roles=help_by_role())


@bp.get("/help/<role>")
@public
def help_of_role(role: str) -> str:
    """What somebody with that role does here, and where."""
    found = next((each for each in Role if each.value == role), None) or abort(404)
    roles = help_by_role()
    return render_template("front/public/help_of_role.html", role=found, texts=roles[found], roles=roles)


@bp.get("/privacy")
@public
def privacy() -> str:
    return render_template("front/public/privacy.html")


@bp.get("/accessibility")
@public
def accessibility() -> str:
    return render_template("front/public/accessibility.html")


def found_workshop(slug: str) -> queries.ShownWorkshop | None:
    """The published workshop as a row of plain columns, if any."""
    return db.session.execute(queries.SHOWN_WORKSHOP, {"slug": slug}).one_or_none()


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


def released_agendas(workshop: queries.ShownWorkshop, *numbers: int) -> list[list[ReleasedSession]]:
    """What may be shown of these releases now."""
    modes = meeting_modes(db.session, workshop.id)
    which = [{"workshop": workshop.id, "number": number} for number in numbers]
    stored = [db.session.execute(queries.SHOWN_AGENDA, each).scalar_one() for each in which]
    return [as_shown(sessions_of(each), modes) for each in stored]


def shown_papers(workshop: queries.ShownWorkshop) -> list[programme_days.Paper]:
    return programme_days.papers_of(db.session.execute(queries.SHOWN_PAPERS, {"workshop": workshop.id}), at=moment())
