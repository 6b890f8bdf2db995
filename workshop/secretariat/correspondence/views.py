"""The organisers' outbox: every mail of the workshop with what became of it; the text until it has gone."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, outbox
from workshop.platform.access import limited
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.mail import Message, masked
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules

A_PAGE = 50


@bp.get("/workshops/<slug>/desk/outbox")
@organiser
def messages(workshop: Workshop) -> str:
    """Every mail, or those of one tray: `?tray=refused`; `?q=` looks for words of the address or the subject."""
    words = request.args.get("q", "").strip()[:200]
    tray = rules.tray_named(request.args.get("tray", ""))
    counts = rules.count_trays({row[0]: row[1] for row in db.session.execute(queries.count_by_state(workshop))})
    matching = counts[tray] if tray else sum(counts.values())
    if words:
        matching = db.session.scalar(queries.how_many(workshop, tray, words)) or 0
    pages = -(-matching // A_PAGE)
    page = min(max(1, request.args.get("page", 1, type=int)), max(1, pages))
    found = db.session.scalars(
        queries.messages_of(workshop, tray, words).limit(A_PAGE).offset((page - 1) * A_PAGE)
    ).all()
    return render_template(
        "secretariat/correspondence/messages.html",
        workshop=workshop,
        messages=found,
        tray=tray,
        words=words,
        counts=counts,
        failed=sum(number for each, number in counts.items() if each.has_failed),
        page=page,
        pages=pages,
    )


@bp.get("/workshops/<slug>/desk/outbox/<int:number>")
@organiser
def message(workshop: Workshop, number: int) -> str:
    """One mail: what it says as long as it has not gone, with every link masked, for those open what is its reader's."""
    found = message_or_404(workshop, number)
    return render_template(
        "secretariat/correspondence/message.html", workshop=workshop, message=found, text=masked(found.text)
    )


@bp.post("/workshops/<slug>/desk/outbox/<int:number>/retry")
@organiser
@limited("60 per minute")
def retry(workshop: Workshop, number: int) -> HttpResponse:
    """Try this one now, whether it waits for its next try or was given up."""
    found = message_or_404(workshop, number)
    with flashing_refusal():
        if not found.may_be_retried:
            raise RuleBroken(
                _("This email cannot be sent again from here: its text is no longer kept. Write to the person anew.")
            )
        send_again(workshop, [found])
    return redirect(url_for(".messages", slug=workshop.slug, tray=request.form.get("tray") or None))


@bp.post("/workshops/<slug>/desk/outbox/retry")
@organiser
@limited("20 per minute")
def retry_all(workshop: Workshop) -> HttpResponse:
    """Every mail that did not arrive and can be sent again as it is; of one tray, where one is named."""
    tray = rules.tray_named(request.form.get("tray", ""))
    failed = db.session.scalars(queries.failed_messages(workshop)).all()
    wanted = [each for each in failed if tray is None or each.state in tray.states]
    if wanted:
        send_again(workshop, wanted)
    else:
        flash(_("There is no email here that can be sent again."))
    return redirect(url_for(".messages", slug=workshop.slug, tray=tray.value if tray else None))


def send_again(workshop: Workshop, wanted: list[Message]) -> None:
    """Commits, and says what happens now."""
    count = outbox.retry(wanted, at=now())
    db.session.add(audit.record("retry mails", f"{workshop.slug}: {count}", who=current_user.id, at=now()))
    db.session.commit()
    words = ngettext("One email is being tried again.", "%(num)s emails are being tried again.", count)
    flash(outbox.say_on_its_way(count, words))


def message_or_404(workshop: Workshop, number: int) -> Message:
    found: Message = db.one_or_404(queries.message_of(workshop, number))
    return found
