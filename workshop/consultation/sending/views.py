"""The organisers' screens of sending out: the board, the list and its recipients."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires import recipients as questionnaires_recipients
from workshop.consultation.questionnaires import resubmission, tally
from workshop.consultation.questionnaires.models import Questionnaire, Recipient
from workshop.consultation.questionnaires.queries import questionnaire_of
from workshop.consultation.questionnaires.rules import closed_reason, is_open
from workshop.platform import audit, outbox
from workshop.platform.access import Page, limited
from workshop.platform.conflicts import begin_form, open_form
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.forms import posted_form
from workshop.platform.mail import MessageState
from workshop.platform.reminders import Step, step_at
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, letters, queries, rules
from .forms import RecipientForm
from .list_tasks import register
from .models import Kind, Letter
from .response_board import AnonymousProgress, Board, anonymous_progress, matching
from .response_board import board as counted
from .tasks import everybody, write_to, written_before

A_PAGE = 100
LIST = "/workshops/<slug>/desk/questionnaires/<questionnaire>/recipients"


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/recipients")
@organiser
def board(workshop: Workshop, questionnaire: str) -> str:
    """How far the answers have come, and the list: `?show=owing` only those who have not answered, `?q=` by words."""
    form = asked_for(workshop, questionnaire)
    rows = everybody(form)
    show, wanted = request.args.get("show", ""), request.args.get("q", "").strip()
    narrowed = {
        "owing": [row for row in rows if row.progress.is_owed],
        "unreached": [row for row in rows if row.is_unreached],
    }
    shown = matching(narrowed.get(show, rows), wanted)
    pages = max(1, -(-len(shown) // A_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    return render_template(
        "consultation/sending/board.html",
        workshop=workshop,
        questionnaire=form,
        board=(progress := counted(rows)),
        anonymous=anonymous_part(form, progress),
        show=show,
        wanted=wanted,
        rows=shown[(page - 1) * A_PAGE : page * A_PAGE],
        shown=len(shown),
        owing_shown=sum(row.progress.is_owed for row in shown),
        page=page,
        pages=pages,
        waiting=sum(not row.recipient.invited and not row.recipient.declined for row in rows),
        owing=sum(row.progress.is_owed for row in rows),
        unreached=sum(row.is_unreached for row in rows),
        reminders=[
            (each, rules.due_at(each.moment, form) or each.due_at)
            for each in db.session.scalars(queries.reminders(form))
        ],
        closed=closed_reason(form, now()),
        at=now(),
        published=db.session.scalar(queries.is_published(form)),
    )


def anonymous_part(asked: Questionnaire, progress: Board) -> AnonymousProgress | None:
    """What the page says of anonymous answers instead of who gave them; None for all others."""
    if not tally.is_kept_for(asked):
        return None
    states = {row[0]: row[1] for row in db.session.execute(queries.answers_by_state(asked))}
    return anonymous_progress(progress, states)


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/recipients/add", methods=["GET", "POST"])
@organiser
def add(workshop: Workshop, questionnaire: str) -> Page:
    asked = asked_for(workshop, questionnaire)
    form = begin_form(RecipientForm, {}, posted_form())
    if form.validate_on_submit():
        with form.refusing():
            recipient = rules.add(
                asked,
                form.typed(rules.Address),
                before=db.session.scalars(queries.recipients(asked)).all(),
                register=register(),
            )
            db.session.add(recipient)
            db.session.commit()
            flash(_("%(name)s is on the list.", name=recipient.name))
            return redirect(board_of(asked))
    return render_template("consultation/sending/add.html", workshop=workshop, questionnaire=asked, form=form)


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/recipients/<key>", methods=["GET", "POST"])
@organiser
def recipient(workshop: Workshop, questionnaire: str, key: str) -> Page:
    """One recipient: the address, what was sent, the link."""
    asked = asked_for(workshop, questionnaire)
    row = recipient_of(asked, key)
    shown = {each: getattr(row, each) for each in ("name", "email", "language", "category", "country")}
    form, theirs = open_form(RecipientForm, shown, posted_form())
    if theirs is None and form.validate_on_submit():
        before = row.email
        with form.refusing():
            rules.edit(row, form.typed(rules.Address), others=db.session.scalars(queries.recipients(asked)).all())
            db.session.commit()
            flash(_("Saved."))
            if row.invited and row.email != before:
                flash(
                    _(
                        "The link sent to %(email)s still opens the questionnaire. Send it to the new address too, "
                        "or replace it with another.",
                        email=before,
                    )
                )
                return redirect(request.path + "#link")
            return redirect(board_of(asked))
    mails = db.session.scalars(queries.letters_to(row)).all()
    page = render_template(
        "consultation/sending/recipient.html",
        workshop=workshop,
        questionnaire=asked,
        recipient=row,
        form=form,
        theirs=theirs,
        letters=mails,
        until=questionnaires_recipients.good_until(row),
        closed=closed_reason(asked, now()),
        progress=questionnaires_recipients.progress(row, mail=unsent(mails)),
    )
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/recipients/<key>/remove")
@organiser
def remove(workshop: Workshop, questionnaire: str, key: str) -> HttpResponse:
    """Off the list. Answers that were sent stay; nobody is written to any more."""
    asked = asked_for(workshop, questionnaire)
    row = recipient_of(asked, key)
    tally.forget(row)
    db.session.delete(row)
    db.session.add(audit.record("remove recipient", asked.slug, who=current_user.id, at=now()))
    db.session.commit()
    flash(_("%(name)s is removed from the list. Answers already given are kept.", name=row.name))
    return redirect(board_of(asked))


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/recipients/<key>/reopen")
@organiser
def reopen(workshop: Workshop, questionnaire: str, key: str) -> HttpResponse:
    """Let whoever has sent answers change them; it is noted who allowed it and when."""
    asked = asked_for(workshop, questionnaire)
    row = recipient_of(asked, key)
    with flashing_refusal():
        if row.response is None:
            raise RuleBroken(_("There are no answers to reopen."))
        resubmission.reopen(row.response, at=now())
        db.session.add(audit.record("reopen answers", f"{asked.slug} {row.key}", who=current_user.id, at=now()))
        db.session.commit()
        flash(_("The answers of %(name)s are reopened, and must be submitted again to count.", name=row.name))
    return redirect(board_of(asked))


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/recipients/<key>/resend")
@organiser
@limited("60 per minute")
def resend(workshop: Workshop, questionnaire: str, key: str) -> HttpResponse:
    """The invitation once more; `anew` with another link, which makes the earlier one worthless."""
    asked = asked_for(workshop, questionnaire)
    row = recipient_of(asked, key)
    if request.form.get("anew"):
        row.renew_link(current_app.config["SECRET_KEY"])
    at = now()
    step = step_at(f"again {at.isoformat(timespec='minutes')}", at, workshop.zone)
    return send_and_return(asked, [row], Kind.INVITATION, step)


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/recipients/invite", methods=["GET", "POST"])
@organiser
@limited("20 per minute")
def invite(workshop: Workshop, questionnaire: str) -> Page:
    """Everybody who was not invited yet: a last look at what goes out to how many, then it goes."""
    asked = asked_for(workshop, questionnaire)
    if said := not_now(asked, Kind.INVITATION):
        flash(said)
        return redirect(board_of(asked))
    waiting = [row.recipient for row in everybody(asked) if not (row.recipient.invited or row.recipient.declined)]
    step = step_at("invitation", now(), workshop.zone)
    if request.method == "GET":
        return render_template("consultation/sending/invite.html", **ready(asked, waiting, Kind.INVITATION, step))
    return send_and_return(asked, waiting, Kind.INVITATION, step)


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/recipients/remind", methods=["GET", "POST"])
@organiser
@limited("20 per minute")
def remind(workshop: Workshop, questionnaire: str) -> Page:
    """Everybody who still owes an answer, of those with the words of `?q=`, after a last look, or the one named by `key`;
    on one day nobody twice.
    """
    asked = asked_for(workshop, questionnaire)
    key, step = request.form.get("key", ""), rules.step_by_hand(now(), workshop.zone)
    if request.method == "POST" and not not_now(asked, Kind.REMINDER):
        tally.carry_over(asked)
    rows = matching(everybody(asked), request.args.get("q", ""))
    owing = [row.recipient for row in rows if row.progress.is_owed and key in {"", row.recipient.key}]
    if request.method == "GET" and not not_now(asked, Kind.REMINDER):
        return render_template("consultation/sending/remind.html", **ready(asked, owing, Kind.REMINDER, step))
    return send_and_return(asked, owing, Kind.REMINDER, step)


def ready(asked: Questionnaire, recipients: list[Recipient], kind: Kind, step: Step[str]) -> dict[str, object]:
    """What the page shows before mails go out: who is left to write to, and the letter in each of their languages."""
    before = written_before(asked, kind, step)
    left = [each for each in recipients if not before.covers(each.id, step)]
    text = db.session.scalars(queries.text(asked, kind)).one_or_none()
    read = [
        (code, number, *letters.preview(asked, text, kind, code))
        for code, number in Counter(each.language for each in left).most_common()
    ]
    return {"workshop": asked.workshop, "questionnaire": asked, "kind": kind, "recipients": left, "letters": read}


def not_now(asked: Questionnaire, kind: Kind) -> str:
    """Why no such mail can go out now, or nothing."""
    if not db.session.scalar(queries.is_published(asked)):
        return str(_("Publish the questionnaire first: no one could open it yet."))
    return "" if is_open(asked, now()) or kind is Kind.INVITATION else closed_reason(asked, now())


def send_and_return(asked: Questionnaire, recipients: list[Recipient], kind: Kind, step: Step[str]) -> HttpResponse:
    """Write, commit, and say how many mails go out."""
    if said := not_now(asked, kind):
        flash(said)
        return redirect(board_of(asked))
    written = write_to(asked, recipients, kind, step, at=now())
    db.session.add(audit.record(f"send {kind.value}s", f"{asked.slug}: {len(written)}", who=current_user.id, at=now()))
    db.session.commit()
    if written:
        flash(outbox.say_on_its_way(len(written)))
    else:
        flash(_("No emails were sent: no recipients remain, or they were already written to today."))
    return redirect(board_of(asked))


def unsent(mails: Sequence[Letter]) -> MessageState | None:
    """The state of the newest mail, where it did not arrive or none has left yet."""
    states = [each.message.state for each in mails]
    has_left = MessageState.SENT in states
    return states[0] if states and (states[0].has_failed or not has_left) else None


def asked_for(workshop: Workshop, slug: str) -> Questionnaire:
    found: Questionnaire = db.first_or_404(questionnaire_of(workshop, slug))
    return found


def recipient_of(asked: Questionnaire, key: str) -> Recipient:
    found: Recipient = db.one_or_404(queries.recipient(asked, key))
    return found


def board_of(asked: Questionnaire, **values: Any) -> str:
    return url_for("sending.board", slug=asked.workshop.slug, questionnaire=asked.slug, **values)
