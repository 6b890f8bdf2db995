"""The organisers' screens for questionnaires as a whole: the list, a new one, settings, versions, publishing."""

from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.answering import rules as answering_rules
from workshop.consultation.questionnaires import draft_statements, quotas
from workshop.consultation.questionnaires import queries as questionnaires_queries
from workshop.consultation.questions import draft_checks, question_texts
from workshop.platform import audit, tasks
from workshop.platform.conflicts import open_form
from workshop.platform.db import Database, Model, Words, db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.forms import posted_form
from workshop.platform.i18n import language
from workshop.secretariat.series.copying import Copy, CopyPart, copied
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop as hold_workshop

from . import bp, rules, versions
from .editor_views import EditorState, Page, editor_state
from .settings_forms import CreateForm, PublishForm, SettingsForm
from .trials import queries as trial_queries


@copied.by
def copied_questionnaires(session: Database, wanted: Copy, rows: list[Model]) -> None:
    """Each questionnaire as a draft, without dates, recipients or answers."""
    if CopyPart.QUESTIONNAIRES not in wanted.parts:
        return
    for each in session.scalars(questionnaires_queries.of_workshop(wanted.source)):
        newest = session.scalars(questionnaires_queries.newest_of(each)).one_or_none()
        made = rules.create(wanted.target, each.title, source=rules.working(each, newest), taken=())
        made.slug, made.anonymity, made.asks_publication = each.slug, each.anonymity, each.asks_publication
        made.respondents, made.states_beside = each.respondents, each.states_beside
        made.individuals_by, made.publication_by = dict(each.individuals_by), dict(each.publication_by)
        rows.append(made)


@bp.get("/workshops/<slug>/desk/questionnaires")
@organiser
def desk(workshop: Workshop) -> str:
    """Every questionnaire with its state, its versions and how many have answered."""
    counts: dict[int, list[object]] = {}
    for row in db.session.execute(questionnaires_queries.counts(workshop)):
        counts.setdefault(row.questionnaire_id, []).append(row)
    return render_template(
        "consultation/designing/desk.html",
        workshop=workshop,
        counts=counts,
        at=now(),
        questionnaires=db.session.scalars(questionnaires_queries.of_workshop(workshop)).all(),
    )


@bp.route("/workshops/<slug>/desk/questionnaires/new", methods=["GET", "POST"])
@organiser
def create(workshop: Workshop) -> Page:
    """From nothing, or as a copy of any questionnaire of a workshop that this person organises."""
    own = {
        str(form.id): (form, version)
        for form, version in db.session.execute(draft_statements.library(current_user)).all()
    }
    sources = [
        (key, f"{in_page_language(form.title)} ({in_page_language(form.workshop.short_title)})")
        for key, (form, _version) in own.items()
    ]
    form = CreateForm(sources=sources)
    if form.validate_on_submit():
        source = rules.working(*own[form.source.data]) if form.source.data else None
        taken = [each.slug for each in db.session.scalars(questionnaires_queries.of_workshop(workshop))]
        made = rules.create(workshop, form.title.data, source=source, taken=taken)
        db.session.add(made)
        db.session.commit()
        return redirect(url_for(".edit", slug=workshop.slug, questionnaire=made.slug))
    return render_template("consultation/designing/create.html", workshop=workshop, form=form)


def in_page_language(words: Words) -> str:
    return words.in_(language(), "en")[0]


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/settings", methods=["GET", "POST"])
@organiser
def settings(workshop: Workshop, questionnaire: str) -> Page:
    at = editor_state(workshop, questionnaire)
    held, zone = at.questionnaire, ZoneInfo(workshop.zone)
    shown = {
        "opens_at": held.opens_at and held.opens_at.astimezone(zone).replace(tzinfo=None),
        "closes_at": held.closes_at and held.closes_at.astimezone(zone).replace(tzinfo=None),
        "open_to_all": held.open_to_all,
        "needs_all_texts": held.needs_all_texts,
        "allows_changes": held.allows_changes,
        "quotas": quotas.as_lines(held.quotas),
    }
    form, theirs = open_form(SettingsForm, shown, posted_form())
    if theirs is None and form.validate_on_submit():
        times = {key: in_zone(form[key].data, zone) for key in ("opens_at", "closes_at")}
        with form.refusing():
            answering_rules.set_up(
                held, **times, open_to_all=form.open_to_all.data, needs_all_texts=form.needs_all_texts.data
            )
            held.allows_changes = form.allows_changes.data
            held.quotas = quotas.quotas_of_lines(form.quotas.data or "", at.document)
            db.session.scalars(hold_workshop(workshop)).one().changed_in_public()
            tasks.ask("sending.follow", held.id, at=now())  # reminders keep to these dates
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for(".settings", slug=workshop.slug, questionnaire=questionnaire))
    page = render_template(
        "consultation/designing/settings.html", workshop=workshop, bench=at, form=form, theirs=theirs
    )
    return page, 409 if theirs else 200


def in_zone(when: datetime | None, zone: ZoneInfo) -> datetime | None:
    return when.replace(tzinfo=zone) if when else None


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/versions")
@organiser
def history(workshop: Workshop, questionnaire: str) -> str:
    """Every version with what it changed against the one before."""
    at = editor_state(workshop, questionnaire)
    listed = db.session.scalars(questionnaires_queries.versions_of(at.questionnaire)).all()
    counts = {
        row.number: row
        for row in db.session.execute(questionnaires_queries.counts(workshop))
        if row.questionnaire_id == at.questionnaire.id
    }
    before = {later.number: earlier for later, earlier in pairwise(listed)}
    changes = {
        version.number: versions.differences(
            rules.as_published(at.questionnaire, before[version.number]),
            rules.as_published(at.questionnaire, version),
        )
        for version in listed
        if version.number in before
    }
    return render_template(
        "consultation/designing/history.html",
        workshop=workshop,
        bench=at,
        versions=listed,
        counts=counts,
        changes=changes,
    )


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/publish", methods=["GET", "POST"])
@organiser
def publish(workshop: Workshop, questionnaire: str) -> Page:
    """What stands in the way, what changes for whom, and the button."""
    at = editor_state(workshop, questionnaire)
    found = changes_of(at)
    suggested = versions.stay_comparable(found)
    form = PublishForm(data={"comparable": "yes" if suggested else "no", "seen": str(at.questionnaire.revision)})
    if form.validate_on_submit():
        with form.refusing():
            return publish_draft(workshop, at, form)
    return render_template(
        "consultation/designing/publish.html",
        workshop=workshop,
        bench=at,
        form=form,
        changes=found,
        suggested=suggested,
        faults=draft_checks.check(at.document),
        missing=question_texts.missing(at.document),
        same=bool(at.newest) and not at.questionnaire.draft,
    )


def changes_of(at: EditorState) -> list[versions.Difference]:
    return versions.differences(rules.as_published(at.questionnaire, at.newest), at.document) if at.newest else []


def publish_draft(workshop: Workshop, at: EditorState, form: PublishForm) -> HttpResponse:
    """Publish what this person has looked at, and nothing that came after."""
    if form.seen.data != str(at.questionnaire.revision):
        form.seen.data = str(at.questionnaire.revision)
        raise RuleBroken(_("The draft was changed in the meantime. Check the changes again, then publish."))
    version = versions.publish(
        at.questionnaire, at.newest, note=form.note.data, comparable=form.comparable.data == "yes", at=now()
    )
    db.session.scalars(hold_workshop(workshop)).one().changed_in_public()
    db.session.execute(trial_queries.erase_trials(at.questionnaire))
    db.session.add_all(
        [
            version,
            audit.record(
                "publish questionnaire", f"{at.questionnaire.slug} {version.number}", who=current_user.id, at=now()
            ),
        ]
    )
    db.session.commit()
    flash(
        _(
            "Version %(number)s is published. Answers already begun keep the version they began with.",
            number=version.number,
        )
    )
    return redirect(url_for(".history", slug=workshop.slug, questionnaire=at.questionnaire.slug))


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/remove", methods=["GET", "POST"])
@organiser
def discard(workshop: Workshop, questionnaire: str) -> Page:
    """Take a questionnaire away that nobody has begun to answer."""
    at = editor_state(workshop, questionnaire)
    answered = db.session.scalar(questionnaires_queries.how_many_answered(at.questionnaire)) or 0
    if request.method == "POST":
        if answered:
            abort(409)
        db.session.scalars(hold_workshop(workshop)).one().changed_in_public()
        db.session.add(audit.record("remove questionnaire", at.questionnaire.slug, who=current_user.id, at=now()))
        db.session.delete(at.questionnaire)
        try:
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            flash(_("Results are based on this questionnaire, so it cannot be removed."))
        else:
            flash(_("The questionnaire is removed."))
        return redirect(url_for(".desk", slug=workshop.slug))
    return render_template("consultation/designing/discard.html", workshop=workshop, bench=at, answered=answered)
