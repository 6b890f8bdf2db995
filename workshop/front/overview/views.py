"""Where a person goes after signing in: the workshops they have a part in."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform.access import Page, signed_in
from workshop.platform.conflicts import open_form
from workshop.platform.db import db, now
from workshop.platform.forms import posted_form
from workshop.platform.i18n import on_day
from workshop.programme.agenda.queries import sessions
from workshop.programme.groups.queries import groups
from workshop.programme.papers.queries import documents_of
from workshop.programme.releases.queries import newest_release
from workshop.programme.releases.released import sessions_of
from workshop.programme.releases.rules import as_published
from workshop.secretariat.series import queries as series_queries
from workshop.secretariat.series import rules as series_rules
from workshop.secretariat.series.membership import member, organiser
from workshop.secretariat.series.models import Milestone, Role, Stage, Workshop
from workshop.secretariat.series.queries import lock_workshop, milestones
from workshop.secretariat.settings import removal

from . import bp, queries, rules, setting_up
from .forms import StagesForm


@bp.get("/workshops/<slug>/desk/")
@member
def desk(workshop: Workshop) -> str:
    stages = db.session.scalars(milestones(workshop)).all()
    plans = g.may_open("agenda.desk") or g.may_open("papers.desk")
    needs = needs_of(workshop, list(stages)) if plans else needs_of_rapporteur(workshop)
    return render_template(
        "front/overview/desk.html",
        workshop=workshop,
        setting_up=steps_of(workshop),
        steps=rules.steps(stages),
        needs=rules.in_order(needs),
        answers=db.session.execute(queries.answers_so_far(workshop)).all() if Role.ORGANISER in g.roles else [],
    )


def steps_of(workshop: Workshop) -> list[setting_up.SetupStep]:
    """What is left to set up, for organisers who have not put the steps away and are not through."""
    if Role.ORGANISER not in g.roles or workshop.steps_put_away:
        return []
    there = db.session.execute(setting_up.counts(workshop)).one()._asdict()
    steps = setting_up.steps(workshop, there)
    return [] if all(step.done for step in steps) else steps


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


def needs_of(workshop: Workshop, stages: list[Milestone]) -> list[rules.Need]:
    """Everything the reader should do next, as far as her roles let her."""
    today = on_day(now(), workshop.zone)
    draft = db.session.scalars(sessions(workshop)).all()
    release = db.session.scalars(newest_release(workshop.id)).one_or_none()
    published = {each.id: each for each in release.sessions} if release else {}
    changes = sum(published.get(each.id) != each for each in sessions_of(as_published(draft)))
    report = db.session.scalars(queries.newest_report(workshop)).one_or_none()
    milestone = next((each for each in stages if each.stage is Stage.REPORT), None)
    found: list[rules.Need] = []
    if g.may_open("papers.desk"):
        documents = db.session.scalars(documents_of(workshop)).unique()
        found += rules.needs_of_papers(documents, draft, today=today)
    if g.may_open("agenda.desk"):
        found += rules.needs_of_agenda(draft, changes=changes)
    found += needs_of_rapporteur(workshop)
    if Role.ORGANISER in g.roles:
        found += rules.needs_of_report(report, milestone, today=today, last_day=workshop.ends_on)
    return found


def needs_of_rapporteur(workshop: Workshop) -> list[rules.Need]:
    """What the groups still owe; nothing for a member who has no part in them."""
    if not g.roles & {Role.ORGANISER, Role.RAPPORTEUR, Role.CHAIR}:
        return []
    return rules.needs_of_groups(
        db.session.scalars(groups(workshop.id)),
        db.session.scalars(queries.servants(workshop)),
        db.session.scalars(queries.group_reports(workshop)),
        begun=on_day(now(), workshop.zone) >= workshop.starts_on,
    )


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
