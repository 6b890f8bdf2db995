"""Where a person goes after signing in: the workshops they have a part in, and what each has for them."""

from collections.abc import Iterator, Mapping, Sequence

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform.access import Page, signed_in
from workshop.platform.conflicts import open_form
from workshop.platform.db import db, now
from workshop.platform.forms import posted_form
from workshop.platform.i18n import on_day
from workshop.secretariat.series import front_page
from workshop.secretariat.series import queries as series_queries
from workshop.secretariat.series import rules as series_rules
from workshop.secretariat.series.front_page import Line, Reader, Section
from workshop.secretariat.series.membership import member, organiser
from workshop.secretariat.series.models import Milestone, Role, Stage, Workshop
from workshop.secretariat.series.queries import lock_workshop, milestones
from workshop.secretariat.settings import removal

from . import bp, queries, rules, setting_up
from .forms import StagesForm

PREPARING = {Role.ORGANISER, Role.PROGRAMME, Role.DOCUMENTS, Role.ANALYST}


@bp.get("/workshops/<slug>/desk/")
@member
def desk(workshop: Workshop) -> str:
    """What there is to do, the state of the workshop for those who prepare it, and what concerns the reader herself."""
    reader = Reader(workshop, current_user, frozenset(g.roles), frozenset(g.limited), now())
    prepares = bool(g.roles & PREPARING)
    stages = db.session.scalars(milestones(workshop)).all() if prepares else []
    facts = db.session.execute(queries.facts(workshop)).one()._asdict() if prepares else {}
    found = [line for answer in front_page.lines(db.session, reader) for line in answer]
    needs = [*needs_of(reader, facts, stages), *(each for each in found if each.section is Section.TO_DO)]
    counted = g.may_open("findings.take")
    return render_template(
        "front/overview/desk.html",
        workshop=workshop,
        prepares=prepares,
        own_roles=[role for role in Role if role in g.roles],
        setting_up=setting_up.shown_steps(workshop, facts, g.may_open) if prepares else [],
        steps=rules.steps(stages),
        needs=rules.in_order(needs),
        sections=rules.by_section(found),
        answers=db.session.execute(queries.answers_so_far(workshop)).all() if counted else [],
    )


@bp.post("/workshops/<slug>/desk/steps")
@organiser
def put_steps_away(workshop: Workshop) -> HttpResponse:
    """Hide the steps, or show them again."""
    workshop.steps_put_away = not workshop.steps_put_away
    db.session.commit()
    return redirect(url_for("overview.desk", slug=workshop.slug))


@bp.route("/workshops/<slug>/desk/stages", methods=["GET", "POST"])
@organiser
def stages(workshop: Workshop) -> Page:
    if request.method == "POST":
        db.session.scalars(lock_workshop(workshop)).one()
    kept = {each.stage: each for each in db.session.scalars(milestones(workshop))}
    form, theirs = open_form(StagesForm, _as_filled(kept), posted_form())
    if theirs is None and form.validate_on_submit():
        for stage in Stage:
            milestone = kept.get(stage) or Milestone(workshop=workshop, stage=stage)
            milestone.due_on = form[f"{stage.value}_due"].data
            milestone.done_at = (milestone.done_at or now()) if form[f"{stage.value}_done"].data else None
            db.session.add(milestone)
        db.session.commit()
        flash(_("The stages are saved."))
        return redirect(url_for("overview.desk", slug=workshop.slug))
    page = render_template(
        "front/overview/stages.html", workshop=workshop, form=form, theirs=theirs, stages=list(Stage)
    )
    return page, 409 if theirs else 200


def _as_filled(kept: dict[Stage, Milestone]) -> dict[str, object]:
    due = {f"{stage.value}_due": each.due_on for stage, each in kept.items()}
    return due | {f"{stage.value}_done": each.done_at is not None for stage, each in kept.items()}


def needs_of(reader: Reader, facts: Mapping[str, int], stages: Sequence[Milestone]) -> Iterator[Line]:
    """What those who prepare the workshop should do next, as far as the reader's roles let her."""
    workshop, today = reader.workshop, on_day(reader.at, reader.workshop.zone)
    if g.may_open("papers.document"):
        rows = db.session.execute(queries.awaited_documents(workshop)).all()
        yield from rules.needs_of_papers(rows, today=today)
    if g.may_open("agenda.session_items"):
        unchaired = db.session.execute(queries.sessions_without_chair(workshop)).all()
        changes = facts["changed"] if facts["releases"] else facts["sessions"]
        yield from rules.needs_of_agenda(workshop, changes=changes, unchaired=unchaired)
    if g.may_open("groups.people"):
        groups = db.session.execute(queries.groups_and_reports(workshop)).all()
        begun, signs = today >= workshop.starts_on, Role.ORGANISER in g.roles
        yield from rules.needs_of_groups(groups, workshop, begun=begun, signs=signs)
    if Role.ORGANISER in g.roles:
        milestone = next((each for each in stages if each.stage is Stage.REPORT), None)
        compiled, published = bool(facts["compiled"]), bool(facts["report_published"])
        yield from rules.needs_of_report(workshop, milestone, compiled=compiled, published=published, today=today)


@bp.get("/home")
@signed_in
def home() -> HttpResponse:
    """The address that letters and bookmarks use for one's own workshops."""
    return redirect(url_for("overview.mine"))


@bp.get("/workshops/mine")
@signed_in
def mine() -> str | HttpResponse:
    workshops = series_rules.roles_by_workshop(db.session.scalars(series_queries.memberships_of(current_user)))
    may_begin = db.session.scalar(series_queries.series_open_to(current_user).limit(1)) is not None
    if len(workshops) == 1 and not may_begin:
        return redirect(url_for("overview.desk", slug=next(iter(workshops)).slug))
    return render_template(
        "front/overview/mine.html",
        workshops=workshops,
        may_begin=may_begin,
        removed=db.session.scalar(removal.removed_workshops(current_user).limit(1)) is not None,
    )
