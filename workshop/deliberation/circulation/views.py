"""A review on the desk: sending an edition round, corrections from the floor, and deciding about each remark."""

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.deliberation.editions import queries as editions_queries
from workshop.deliberation.editions.models import Edition
from workshop.deliberation.plenary import queries as plenary_queries
from workshop.deliberation.plenary.rules import EDITORS
from workshop.platform import audit, outbox, tasks
from workshop.platform.access import Page
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.forms import whole
from workshop.platform.i18n import language, moment
from workshop.secretariat.series.membership import holding, organiser
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, letters, queries, rules
from .forms import DecisionForm, RecipientsForm, RemarkForm
from .models import ReviewCopy
from .tasks import REMIND


def edition_of(workshop: Workshop, report: str, number: int, *, waiting: bool = False) -> Edition:
    """An edition of a report, with everybody else kept waiting where something is about to change."""
    if waiting:
        db.session.scalars(lock_workshop(workshop)).one()
    found = db.one_or_404(plenary_queries.report(workshop, report))
    edition: Edition = db.one_or_404(editions_queries.edition(found, number))
    return edition


@bp.route("/workshops/<slug>/desk/reports/<report>/editions/<int:number>/remarks", methods=["GET", "POST"])
@holding(*EDITORS)
def remarks(workshop: Workshop, report: str, number: int) -> Page:
    """Who has the edition, what came back, and a form for what is said from the floor."""
    form = RemarkForm()
    edition = edition_of(workshop, report, number, waiting=form.is_submitted())
    if form.validate_on_submit():
        with form.refusing():
            db.session.add(remark_in(form, edition, None))
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for(".remarks", slug=workshop.slug, report=report, number=number))
    found = db.session.scalars(queries.remarks(edition)).all()
    page = render_template(
        "deliberation/circulation/remarks.html",
        workshop=workshop,
        report=edition.report,
        edition=edition,
        form=form,
        decision=DecisionForm(formdata=None),
        remarks=found,
        is_open=rules.is_open(edition, now()),
        result=rules.result_of(found, moment(edition.review_until, workshop.zone)) if edition.review_until else "",
        copies=db.session.scalars(queries.copies(edition)).all(),
        recipients=offered(workshop, edition),
    )
    return page, 422 if form.errors else 200


def offered(workshop: Workshop, edition: Edition) -> RecipientsForm:
    return RecipientsForm(formdata=None).offer(list(db.session.scalars(queries.recipients(workshop, edition))))


def remark_in(form: RemarkForm, edition: Edition, copy: ReviewCopy | None) -> object:
    """What was typed, as a remark of whoever holds this copy, or from the floor."""
    return rules.make_remark(
        edition,
        copy,
        kind=form.kind.data,
        paragraph=form.paragraph.data,
        text=form.text.data or "",
        wording=form.wording.data or "",
        language=language(),
        blocks=db.session.scalars(queries.blocks_of(edition)).all(),
        at=now(),
    )


@bp.post("/workshops/<slug>/desk/reports/<report>/editions/<int:number>/send")
@organiser
def send_copies(workshop: Workshop, report: str, number: int) -> HttpResponse:
    """Send the edition to participants, each with a link of their own; and remind them once, at half time."""
    edition = edition_of(workshop, report, number, waiting=True)
    people = list(db.session.scalars(queries.recipients(workshop, edition)))
    form, at = RecipientsForm().offer(people), now()
    with flashing_refusal():
        rules.refuse_closed(edition, at)
        if not form.validate_on_submit():
            raise RuleBroken(_("One of those you chose is no longer on the list. Nothing was sent."))
        chosen = set(form.people.data or ()) or {each.id for each in people}
        copies = [ReviewCopy(edition=edition, participant=each, sent_at=at) for each in people if each.id in chosen]
        db.session.add_all(copies)
        db.session.flush()
        key = current_app.config["SECRET_KEY"]
        outbox.add(*(letters.write(copy, key=key, reminds=False, at=at) for copy in copies))
        for copy in copies:
            tasks.ask(REMIND, copy.id, at=rules.half_time(at, edition.review_until or at))
        subject = f"{workshop.slug}/{report} {number}"
        db.session.add(audit.record("send edition to participants", subject, who=current_user.id, at=at))
        db.session.commit()
        flash(outbox.say_on_its_way(len(copies)))
    return redirect(url_for(".remarks", slug=workshop.slug, report=report, number=number))


@bp.post("/workshops/<slug>/desk/reports/<report>/editions/<int:number>/decide")
@holding(*EDITORS)
def decide(workshop: Workshop, report: str, number: int) -> HttpResponse:
    """What becomes of a remark; the wording proposed may be used as it is."""
    edition, form = edition_of(workshop, report, number, waiting=True), DecisionForm()
    id = whole(form.remark.data)
    remark = next((each for each in db.session.scalars(queries.remarks(edition)) if each.id == id), None) or abort(404)
    with flashing_refusal():
        if form.validate_on_submit():
            answer, by = form.answer.data or "", current_user.id
            if form.uses_wording:
                rules.use_wording(remark, by=by, at=now())
            else:
                rules.decide(remark, form.decision.data, answer=answer, by=by, at=now())
            db.session.commit()
            flash(_("Saved."))
    return redirect(url_for(".remarks", slug=workshop.slug, report=report, number=number, _anchor=f"r{id}"))
