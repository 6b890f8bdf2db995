"""What was heard: written by analysts, shown and sent by organisers, read by everyone."""

from functools import partial

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.findings.queries import versions
from workshop.consultation.questionnaires.models import Questionnaire
from workshop.consultation.questionnaires.queries import questionnaire_of
from workshop.consultation.questions.definition import read_published
from workshop.platform import audit, outbox
from workshop.platform.access import Page, limited, public
from workshop.platform.conflicts import open_form
from workshop.platform.db import Words, db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.forms import posted_form
from workshop.platform.i18n import language
from workshop.platform.mail import link_to
from workshop.secretariat.series.membership import analyst, organiser
from workshop.secretariat.series.models import Workshop

from . import bp, letters, queries, rules
from .forms import EntryForm, FeedbackForm
from .models import Feedback, FeedbackEntry, Outcome


def found_feedback(workshop: Workshop, slug: str) -> Feedback:
    """The page of a questionnaire; one that nobody began is begun, and stored with the first thing that is saved."""
    found = db.session.scalars(queries.feedback_of(workshop, slug)).one_or_none()
    if found is not None:
        return found
    asked: Questionnaire = db.one_or_404(questionnaire_of(workshop, slug))
    return Feedback(questionnaire=asked)


def asked_in(workshop: Workshop, slug: str) -> list[tuple[str, str]]:
    """The questions of the newest version, as one chooses among them."""
    newest = db.session.scalars(versions(workshop, slug)).all()[-1:]
    reader = language()
    return [
        (each.code, f"{each.code} {each.text.in_(reader)[0]}")
        for version in newest
        for each in read_published(version.id, version.definition).questions
        if each.asks
    ]


def to_desk(workshop: Workshop, questionnaire: str) -> HttpResponse:
    return redirect(url_for(".desk", slug=workshop.slug, questionnaire=questionnaire))


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/what-we-heard", methods=["GET", "POST"])
@analyst
def desk(workshop: Workshop, questionnaire: str) -> Page:
    """The introduction and all that was heard."""
    feedback = found_feedback(workshop, questionnaire)
    form, theirs = open_form(FeedbackForm, {"introduction": feedback.introduction}, posted_form())
    if theirs is None and form.validate_on_submit():
        feedback.introduction = form.introduction.data
        db.session.add(feedback)
        workshop.changed_in_public()
        db.session.commit()
        flash(_("Saved."))
        return to_desk(workshop, questionnaire)
    page = render_template(
        "consultation/feedback/desk.html",
        workshop=workshop,
        feedback=feedback,
        questionnaire=feedback.questionnaire,
        groups=rules.by_outcome(feedback.entries),
        form=form,
        theirs=theirs,
        contributors=len(db.session.scalars(queries.contributors(feedback.questionnaire)).all()),
    )
    return page, 409 if theirs else 200


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/what-we-heard/entries/new", methods=["GET", "POST"])
@analyst
def add_entry(workshop: Workshop, questionnaire: str) -> Page:
    feedback = found_feedback(workshop, questionnaire)
    entry = FeedbackEntry(
        feedback=feedback,
        heard=Words(),
        outcome=Outcome.TAKEN,
        answer=Words(),
        position=1 + max((each.position for each in feedback.entries), default=0),
    )
    feedback.entries.remove(entry)  # until it is saved
    return entry_page(workshop, feedback, entry)


@bp.route(
    "/workshops/<slug>/desk/questionnaires/<questionnaire>/what-we-heard/entries/<int:id>", methods=["GET", "POST"]
)
@analyst
def edit_entry(workshop: Workshop, questionnaire: str, id: int) -> Page:
    feedback = found_feedback(workshop, questionnaire)
    return entry_page(workshop, feedback, entry_of(feedback, id))


def entry_of(feedback: Feedback, id: int) -> FeedbackEntry:
    return next((each for each in feedback.entries if each.id == id), None) or abort(404)


def entry_page(workshop: Workshop, feedback: Feedback, entry: FeedbackEntry) -> Page:
    """The form of one thing that was heard; sent, it is saved."""
    questionnaire = feedback.questionnaire
    asked = asked_in(workshop, questionnaire.slug)
    saved = {
        "heard": entry.heard,
        "outcome": entry.outcome.value,
        "answer": entry.answer,
        "questions": entry.questions,
        "position": entry.position,
    }
    form, theirs = open_form(partial(EntryForm, asked=asked), saved, posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            rules.write_entry(
                entry,
                dict(asked),
                heard=form.heard.data,
                outcome=Outcome(form.outcome.data),
                answer=form.answer.data,
                questions=form.questions.data or [],
                position=form.position.data or 1,
            )
            entry.feedback = feedback
            db.session.add(feedback)
            workshop.changed_in_public()
            db.session.commit()
            flash(_("Saved."))
            return to_desk(workshop, questionnaire.slug)
    page = render_template(
        "consultation/feedback/entry.html",
        workshop=workshop,
        questionnaire=questionnaire,
        written=entry,
        form=form,
        theirs=theirs,
    )
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/what-we-heard/entries/<int:id>/remove")
@analyst
def remove_entry(workshop: Workshop, questionnaire: str, id: int) -> HttpResponse:
    feedback = found_feedback(workshop, questionnaire)
    feedback.entries.remove(entry_of(feedback, id))
    workshop.changed_in_public()
    db.session.commit()
    flash(_("Removed."))
    return to_desk(workshop, questionnaire)


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/what-we-heard/publish")
@organiser
def publish(workshop: Workshop, questionnaire: str) -> HttpResponse:
    feedback = found_feedback(workshop, questionnaire)
    with flashing_refusal():
        rules.publish(feedback, at=now())
        db.session.add(audit.record("publish what we heard", questionnaire, who=current_user.id, at=now()))
        db.session.commit()
        flash(_("Published. Anyone can read it now."))
    return to_desk(workshop, questionnaire)


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/what-we-heard/withdraw")
@organiser
def withdraw(workshop: Workshop, questionnaire: str) -> HttpResponse:
    rules.withdraw(found_feedback(workshop, questionnaire))
    db.session.add(audit.record("withdraw what we heard", questionnaire, who=current_user.id, at=now()))
    db.session.commit()
    flash(_("No longer public. Anyone who read it before may have kept a copy."))
    return to_desk(workshop, questionnaire)


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/what-we-heard/send")
@organiser
@limited("6 per minute")
def send(workshop: Workshop, questionnaire: str) -> HttpResponse:
    """Write to those who answered, once, each in their language."""
    feedback = found_feedback(workshop, questionnaire)
    with flashing_refusal():
        at, asked = now(), feedback.questionnaire
        rules.begin_sending(feedback, at=at)
        key, read_by_all = current_app.config["SECRET_KEY"], rules.may_be_written_to(asked)
        address = link_to("feedback.what_we_heard", slug=workshop.slug, questionnaire=questionnaire)
        written = []
        for recipient in db.session.scalars(queries.contributors(asked)).all():
            link = link_to("answering.resume", token=recipient.current_link(key)) if read_by_all else ""
            written.append(letters.write(recipient, public=address, link=link, at=at))
        outbox.add(*written)
        db.session.add(audit.record("send what we heard", questionnaire, who=current_user.id, at=at))
        db.session.commit()
        flash(outbox.say_on_its_way(len(written)))
    return to_desk(workshop, questionnaire)


@bp.get("/workshops/<slug>/questionnaires/<questionnaire>/what-we-heard")
@public
def what_we_heard(slug: str, questionnaire: str) -> str:
    """What was heard, what was done with it, and what not and why."""
    feedback: Feedback = db.one_or_404(queries.public_feedback(slug, questionnaire))
    return render_template(
        "consultation/feedback/what_we_heard.html",
        meeting=feedback.questionnaire.workshop,
        feedback=feedback,
        questionnaire=feedback.questionnaire,
        groups=rules.by_outcome(feedback.entries),
    )
