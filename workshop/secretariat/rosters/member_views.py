"""The contacts of a workshop who are people: ticked, they are invited to become members, each by a letter of their own."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, outbox
from workshop.platform.access import Page, limited
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import LANGUAGES, language
from workshop.secretariat.members import letters, rules
from workshop.secretariat.members import queries as member_queries
from workshop.secretariat.register.person_names import listed
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Role, Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries
from .candidates import Candidate, listing_of, ticked_ids
from .forms import MembersForm
from .models import Contact


@bp.route("/workshops/<slug>/desk/contacts/invite-as-members", methods=["GET", "POST"])
@organiser
@limited("30 per minute")
def contacts_as_members(workshop: Workshop) -> Page:
    """Each with whether they are a member or invited; the roles chosen are those of everybody ticked."""
    if request.method == "POST":
        db.session.scalars(lock_workshop(workshop)).one()
    people = [each for each in db.session.scalars(queries.contacts(workshop)) if each.person]
    candidates = candidates_of(workshop, people)
    form = MembersForm()
    if form.validate_on_submit():
        with form.refusing():
            ticked = ticked_ids(candidates)
            return invite_all(workshop, [each for each in people if each.id in ticked], form.wanted)
    return render_template(
        "secretariat/rosters/contacts_as_members.html", workshop=workshop, form=form, listing=listing_of(candidates)
    )


def candidates_of(workshop: Workshop, people: Sequence[Contact]) -> list[Candidate]:
    members = {each.user.email for each in db.session.scalars(member_queries.memberships(workshop))}
    pending = {each.email for each in db.session.scalars(member_queries.pending_invitations(workshop))}
    return [candidate_of(each, members, pending) for each in people]


def candidate_of(contact: Contact, members: set[str], pending: set[str]) -> Candidate:
    address = contact.email.lower()
    state = _("no email address") if not address else ""
    state = _("invited") if address in pending else _("member") if address in members else state
    return Candidate(
        contact.id,
        listed(contact.person, language()) if contact.person else contact.label,
        url_for(".contact", slug=contact.workshop.slug, id=contact.id),
        contact.organisation.name if contact.organisation else None,
        contact.country,
        contact.category,
        contact.email,
        is_open=bool(address) and address not in pending,
        state=state,
        tone="good" if address else "warn",
    )


def invite_all(workshop: Workshop, chosen: Sequence[Contact], roles: list[Role]) -> HttpResponse:
    """All those ticked, or nobody: who cannot be invited is named. Raises RuleBroken."""
    if not chosen:
        raise RuleBroken(_("Select at least one person."))
    memberships = db.session.scalars(member_queries.memberships(workshop)).all()
    pending = list(db.session.scalars(member_queries.pending_invitations(workshop)))
    at, mails = now(), []
    for each in chosen:
        name = each.person.plain_name if each.person else ""
        who = rules.Invitee(each.email.lower(), name, roles, letter_language(each))
        inviter = current_user._get_current_object()
        invitation, secret = rules.invite(
            workshop, who, memberships=memberships, pending=pending, inviter=inviter, at=at
        )
        db.session.add(invitation)
        pending.append(invitation)
        mails.append(letters.invitation(invitation, secret=secret, at=at))
    outbox.add(*mails)
    said = f"{workshop.slug}: {len(mails)} contacts: {', '.join(roles)}"
    db.session.add(audit.record("invite members", said, who=current_user.id, at=at))
    db.session.commit()
    words = ngettext("%(num)s invitation is on its way.", "%(num)s invitations are on their way.", len(mails))
    flash(outbox.say_on_its_way(words=words))
    return redirect(url_for("members.members", slug=workshop.slug))


def letter_language(contact: Contact) -> str:
    """The contact's own, else the working language, where letters can be written in it."""
    return next((code for code in (contact.language, *contact.workshop.languages) if code in LANGUAGES), "en")
