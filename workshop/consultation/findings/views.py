"""Snapshots of a questionnaire: the board of results, taking one, reading it, and who answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from flask import abort, current_app, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires import queries as answers
from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion
from workshop.consultation.questionnaires.states import Anonymity, Publication, Respondents
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.question import Kind
from workshop.consultation.transcription.queries import UNCHECKED, how_many
from workshop.platform import audit, tasks
from workshop.platform.access import Page, limited
from workshop.platform.conflicts import open_form
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.forms import posted_form
from workshop.platform.i18n import language, on_day
from workshop.platform.kept_results import results
from workshop.secretariat.series.membership import analyst, holding
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .disclosing.showing import pages_of
from .exploring.representation import Part, count_invited, representation
from .forms import RespondentsForm, SnapshotForm, usual_words
from .models import Snapshot
from .respondent_units import notes_on_respondents, respondents_of
from .tallies.traits import STATES
from .tallies.versions_together import counted_together
from .tasks import FREEZE

bp.add_app_template_filter(respondents_of, "respondents")
bp.add_app_template_filter(notes_on_respondents, "respondent_notes")


@bp.get("/workshops/<slug>/desk/questionnaires/results")
@holding(*rules.READERS)
def desk(workshop: Workshop) -> str:
    """Each questionnaire: how many have answered, and what was frozen; for chair and rapporteurs what they may read."""
    makes = g.may_open("findings.take")
    listed = queries.snapshots(workshop.id) if makes else queries.snapshots_shown_to_staff(workshop.id)
    versions, snapshots = (db.session.execute(statement).all() for statement in (answers.counts(workshop), listed))
    return render_template(
        "consultation/findings/desk.html",
        workshop=workshop,
        questionnaires=db.session.scalars(answers.of_workshop(workshop)).all(),
        versions=versions,
        snapshots=snapshots,
        at=now(),
        public_url=current_app.config["PUBLIC_URL"],
    )


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots", methods=["GET", "POST"])
@analyst
@limited("10 per minute")
def take(workshop: Workshop, questionnaire: str) -> str | HttpResponse:
    versions = db.session.scalars(queries.versions(workshop, questionnaire)).all() or abort(404)
    asked, groups = versions[-1].questionnaire, counted_together(versions)
    number = 1 + (db.session.scalar(queries.last_number(asked)) or 0)
    words = usual_words(workshop.languages, on_day(now(), workshop.zone))
    still_open = asked.closes_at is None or asked.closes_at > now()
    submitted = [db.session.scalar(queries.how_many_submitted(group)) or 0 for group in groups]
    newest = rules.newest_with_enough(submitted)
    form = SnapshotForm(
        data=words | {"number": str(number), "group": str(newest), "rounded": still_open and bool(asked.closes_at)},
        groups=[_names(group, count) for group, count in zip(groups, submitted, strict=True)],
    )
    if form.validate_on_submit():
        with form.refusing():
            chosen = int(form.group.data)
            return begin(groups[chosen], form, number, submitted=submitted[chosen])
    cut_off = asked.interim_at
    return render_template(
        "consultation/findings/take.html",
        workshop=workshop,
        questionnaire=asked,
        groups=groups,
        form=form,
        cut_off=cut_off,
        submitted=submitted[newest],
        unchecked=db.session.scalar(how_many(asked, UNCHECKED)),
        in_time=db.session.scalar(queries.how_many_submitted(groups[newest], cut_off)) if cut_off else None,
    )


def _names(group: Sequence[QuestionnaireVersion], submitted: int) -> str:
    versions = _("version %(number)s", number=group[0].number)
    if len(group) > 1:
        versions = _("versions %(first)s to %(last)s, counted together", first=group[0].number, last=group[-1].number)
    return ngettext(
        "%(versions)s: %(num)s set of answers", "%(versions)s: %(num)s sets of answers", submitted, versions=versions
    )


def begin(versions: Sequence[QuestionnaireVersion], form: SnapshotForm, number: int, *, submitted: int) -> HttpResponse:
    """Have the snapshot of that form taken, unless it was already: the button may be pressed twice."""
    questionnaire, at = versions[-1].questionnaire, now()
    workshop, wanted = questionnaire.workshop, int(form.number.data or 0)
    address = url_for(".snapshot", slug=workshop.slug, questionnaire=questionnaire.slug, number=wanted)
    if wanted != number:
        return redirect(address)
    until = _until(questionnaire, form)
    snapshot = rules.prepare(
        versions,
        answers=db.session.scalar(queries.how_many_submitted(versions, until)) or 0 if until else submitted,
        number=number,
        title=form.title.data,
        caveat=form.caveat.data,
        at=at,
        as_of=until,
        invited=db.session.scalar(queries.how_many_invited(questionnaire)) or None,
        invited_by=_invited_by(questionnaire),
        rounded=form.rounded.data,
        who=current_user.id,
    )
    db.session.add_all([snapshot, audit_entry("take snapshot", questionnaire.slug, number)])
    try:
        db.session.flush()
        snapshot.task = tasks.ask(FREEZE, snapshot.id, at=at)
        db.session.commit()
    except IntegrityError:  # the same button, a moment ago
        db.session.rollback()
    return redirect(address)


def _invited_by(questionnaire: Questionnaire) -> dict[str, dict[str, int]]:
    """Who was invited, by kind and region; States are left out where their replies are."""
    apart = questionnaire.states_beside and questionnaire.respondents is not Respondents.STATES
    rows = db.session.execute(queries.invitations(questionnaire)).all()
    return count_invited(rows, without=[each.value for each in STATES] if apart else ())


def _until(questionnaire: Questionnaire, form: SnapshotForm) -> datetime | None:
    """The moment whose answers are wanted; None is now."""
    if form.interim.data and questionnaire.interim_at:
        return questionnaire.interim_at
    typed: datetime | None = form.as_of.data
    return min(typed.replace(tzinfo=ZoneInfo(questionnaire.workshop.zone)), now()) if typed else None


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>")
@holding(*rules.READERS)
def snapshot(workshop: Workshop, questionnaire: str, number: int) -> str:
    snapshot = snapshot_for_reader(workshop, questionnaire, number)
    if not snapshot.frozen:
        return render_template("consultation/findings/progress.html", workshop=workshop, snapshot=snapshot)
    others = db.session.scalars(queries.others(snapshot)).all()
    return render_template(
        "consultation/findings/snapshot.html",
        workshop=workshop,
        snapshot=snapshot,
        superseding=rules.superseding(snapshot, others),
        withdrew=db.session.scalar(queries.how_many_withdrew(snapshot)),
        comparable=[each for each in others if each.frozen and rules.may_read(each, g.roles)],
        taken_by=db.session.scalar(queries.who_took(snapshot)) if g.may_open("findings.take") else None,
        representation=_representation(snapshot) if g.may_open("findings.take") else {},
        **pages_of(snapshot, db.session.scalars(queries.in_ledger(snapshot)).all()),
    )


def _representation(snapshot: Snapshot) -> Mapping[str, list[Part]]:
    return results.find(("representation", snapshot.key, language()), partial(representation, snapshot))


def snapshot_for_reader(workshop: Workshop, questionnaire: str, number: int) -> Snapshot:
    """A snapshot that whoever is signed in may read."""
    snapshot: Snapshot = db.one_or_404(queries.snapshot(workshop.id, questionnaire, number))
    if not rules.may_read(snapshot, g.roles):
        abort(403)
    return snapshot


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/snapshots/<int:number>/delete")
@analyst
def delete(workshop: Workshop, questionnaire: str, number: int) -> HttpResponse:
    """Delete a snapshot that nobody was shown."""
    snapshot = db.one_or_404(queries.snapshot(workshop.id, questionnaire, number))
    with flashing_refusal():
        rules.refuse_deletion(snapshot)
        db.session.delete(snapshot)
        db.session.add(audit_entry("delete snapshot", questionnaire, number))
        db.session.commit()
        flash(_("Snapshot deleted. No one else had seen it."))
        return redirect(url_for(".desk", slug=workshop.slug))
    return redirect(url_for(".snapshot", slug=workshop.slug, questionnaire=questionnaire, number=number))


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/respondents", methods=["GET", "POST"])
@analyst
def respondents(workshop: Workshop, questionnaire: str) -> Page:
    """Who answers: every sentence of later results uses it."""
    asked = db.one_or_404(answers.questionnaire_of(workshop, questionnaire))
    newest = db.session.scalars(queries.versions(workshop, questionnaire)).all()[-1:]
    definition = Definition.read(newest[0].definition) if newest else None
    by, published_by = asked.individuals_by, dict(asked.publication_by)
    saved = {
        "respondents": asked.respondents.value,
        "individuals": f"{by['question']}={by['option']}" if by else "",
        "named": _chosen(published_by, "named"),
        "anonymous": _chosen(published_by, "anonymous"),
        "states_beside": asked.states_beside,
    }
    form, theirs = open_form(partial(RespondentsForm, answers=_single_answers(definition)), saved, posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            rules.describe_respondents(
                asked,
                definition,
                respondents=Respondents(form.respondents.data),
                individuals=form.individuals.data or "",
                named=form.named.data or "",
                anonymous=form.anonymous.data or "",
                states_beside=form.states_beside.data,
            )
            if asked.publication_by != published_by:
                _note_publications(asked)
            db.session.commit()
            flash(_("Saved. Snapshots created from now on use it."))
            return redirect(url_for(".desk", slug=workshop.slug))
    page = render_template(
        "consultation/findings/respondents.html", workshop=workshop, questionnaire=asked, form=form, theirs=theirs
    )
    return page, 409 if theirs else 200


def _chosen(by: Mapping[str, str], key: str) -> str:
    return f"{by['question']}={by[key]}" if key in by else ""


def _note_publications(asked: Questionnaire) -> None:
    """What was submitted already is read anew: nobody is quoted who did not say so."""
    db.session.execute(queries.publish_as(asked, Publication.TOTALS))
    by = asked.publication_by
    for publication in (Publication.NAMED, Publication.ANONYMOUS):
        if publication.value in by:
            wanted = Publication.ANONYMOUS if asked.anonymity is Anonymity.ANONYMOUS else publication
            db.session.execute(queries.publish_as(asked, wanted, (by["question"], by[publication.value])))


def _single_answers(definition: Definition | None) -> list[tuple[str, str]]:
    """Each answer to a question with one answer, as it is chosen in a list."""
    questions = [each for each in (definition.questions if definition else ()) if each.type is Kind.ONE]
    return [
        (f"{each.code}={option.code}", f"{each.code}: {option.label.in_(language())[0]}")
        for each in questions
        for option in each.options
        if not each.personal
    ]


def audit_entry(verb: str, questionnaire: str, number: int) -> audit.AuditEntry:
    return audit.record(verb, f"{questionnaire} {number}", who=current_user.id, at=now())
