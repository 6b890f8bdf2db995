"""The page of a focal point behind a personal link: the invitation, the answer, the reply; and what follows a change."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from sqlalchemy import inspect
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import files, outbox
from workshop.platform.access import Page, by_link, limited
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.foreign import uploaded_files
from workshop.platform.foreign.limits import KIND
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .forms import DeclineForm, ReplyForm, WishForm
from .letters import overlap_mail, quota_of
from .models import Delegation, Participant
from .official.letter_views import own_letters
from .overlaps import overlaps
from .views import NominationDesk, delegation_or_404, desk_of, today


def wait_to_change(delegation: Delegation, token: str) -> None:
    """Who is about to change a delegation makes others at this workshop wait: the last seat goes to one of them."""
    if request.method != "POST":
        return
    db.session.scalars(lock_workshop(delegation.workshop)).one()
    db.session.refresh(delegation)
    if not (delegation.is_opened_by(token) and delegation.link_opens(now())):
        abort(404)


NAMED_BY = ("given_name", "family_name", "email", "part", "standing")
focal_point = by_link(queries.delegation_by_link, wait_to_change)


@bp.get("/n/<token>")
@focal_point
@limited("120 per minute", methods=("GET",))
def nomination(token: str, delegation: Delegation) -> str:
    """The page of a focal point: the invitation, its members, the reply; nothing of any other delegation."""
    session.permanent = True  # a phone may close its browser between two visits; the forms then still work
    return nomination_page(desk_of(delegation, token), ReplyForm(formdata=None))


def nomination_page(desk: NominationDesk, reply: ReplyForm) -> str:
    quota = quota_of(desk.delegation, desk.plan)
    return render_template(
        "participation/delegations/nomination.html",
        desk=desk,
        workshop=desk.workshop,
        delegation=desk.delegation,
        plan=desk.plan,
        quota=quota,
        remarks=rules.remarks(desk.members, quota, counts_support=desk.plan.counts_support),
        letters=own_letters(desk.delegation),
        further=[
            page for found in queries.pages_of_delegation(db.session, desk.delegation, desk.token) for page in found
        ],
        reply=reply,
        decline=DeclineForm(formdata=None),
        wish=WishForm(formdata=None),
        editable=rules.may_edit(desk.plan, today=today(desk.workshop)),
    )


@bp.post("/n/<token>/answer")
@focal_point
@limited("60 per minute")
def answer(token: str, delegation: Delegation) -> HttpResponse:
    """It acknowledges the invitation, or declines it."""
    desk = desk_of(delegation, token)
    with flashing_refusal():
        if request.form.get("answer") == "decline":
            reason = DeclineForm().reason.data or ""
            rules.decline(delegation, reason, desk.members, at=now(), today=today(delegation.workshop))
            save(desk, list(desk.members))
            flash(_("You have declined. You can still name participants here if that changes."))
        else:
            rules.acknowledge(delegation, at=now())
            save(desk, [])
            flash(_("Thank you. The secretariat sees that the invitation has arrived."))
    return redirect(desk.home)


@bp.post("/n/<token>/reply")
@focal_point
@limited("30 per minute")
def attach_reply(token: str, delegation: Delegation) -> Page:
    """The note or letter with which names are communicated."""
    desk, form = desk_of(delegation, token), ReplyForm()
    if form.validate_on_submit():
        with form.refusing():
            desk.refuse_closed()
            delegation.reply_reference, delegation.reply_on = form.reply_reference.data or "", form.reply_on.data
            if form.file.data:
                content = uploaded_files.content_of(form.file.data, KIND)
                name = uploaded_files.shown_name(form.file.data.filename)
                delegation.reply_type = uploaded_files.inspect(content, name)
                delegation.reply_stored_as, delegation.reply_name = files.put_apart(content, "replies"), name
            save(desk, [])
            flash(_("Saved."))
            return redirect(desk.home)
    return nomination_page(desk, form)


@bp.post("/n/<token>/wish")
@focal_point
@limited("30 per minute")
def ask_for_change(token: str, delegation: Delegation) -> Page:
    """Once entries are closed, what should change is said in words, and the secretariat decides."""
    desk, form = desk_of(delegation, token), WishForm()
    if form.validate_on_submit():
        delegation.reason = str(form.wish.data)
        save(desk, [])
        flash(_("Thank you. The secretariat has your request."))
    return redirect(desk.home)


def save(desk: NominationDesk, touched: Sequence[Participant]) -> None:
    """Save, let follow what follows, and tell the secretariat what overlaps now and did not before. Commits."""
    workshop = desk.workshop
    renamed = [who for who in touched if is_renamed(who)]
    db.session.flush()
    if touched:
        queries.nominations_changed(db.session, workshop, touched)
        found = overlaps(
            db.session.scalars(queries.participants(workshop.id)),
            seats_of_a_state=desk.plan.delegation_seats,
            counts_support=desk.plan.counts_support,
        )
        new = [each for each in found if any(who in renamed for who in each.participants)]
        if desk.token and (message := overlap_mail(workshop, new, at=now())):
            outbox.add(message)
    db.session.commit()


def is_renamed(who: Participant) -> bool:
    """Whether what an overlap depends on was written since it was last saved: who it is, and whether they come."""
    state = inspect(who)
    return state.pending or any(state.attrs[name].history.has_changes() for name in NAMED_BY)


@bp.get("/workshops/<slug>/desk/participants/delegations/<int:id>/reply")
@programme_officer
def reply_file(workshop: Workshop, id: int) -> HttpResponse:
    """The scan of the note with which it replied."""
    one = delegation_or_404(workshop, id)
    if not one.reply_stored_as:
        return redirect(url_for(".delegation", slug=workshop.slug, id=id))
    return files.attachment(one.reply_stored_as, one.reply_name, one.reply_type)
