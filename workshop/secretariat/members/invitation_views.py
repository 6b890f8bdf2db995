"""Inviting by letter: a new invitation, the same once more, and revoking one."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, outbox
from workshop.platform.access import Page, limited
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.i18n import LANGUAGES
from workshop.secretariat.series.membership import administrator, organiser
from workshop.secretariat.series.models import Role, Workshop
from workshop.secretariat.series.queries import lock_workshop, workshop_named

from . import bp, letters, queries, rules
from .forms import InviteForm, OrganiserForm
from .models import MemberInvitation


@bp.route("/workshops/<slug>/desk/members/invite", methods=["GET", "POST"])
@organiser
@limited("30 per minute")
def invite(workshop: Workshop) -> Page:
    """The answer is the same whether or not the address has an account."""
    form = InviteForm(data={"language": letter_language(workshop)})
    if form.validate_on_submit():
        with form.refusing():
            name, language = str(form.name.data or ""), str(form.language.data)
            send(workshop, rules.Invitee(str(form.email.data), name, form.wanted, language))
            return redirect(url_for(".members", slug=workshop.slug))
    return render_template("secretariat/members/invite.html", workshop=workshop, form=form)


@bp.post("/workshops/<slug>/desk/members/invitations/<int:id>/resend")
@organiser
@limited("30 per minute")
def resend(workshop: Workshop, id: int) -> HttpResponse:
    """Another letter with another link; the link before opens nothing any more."""
    invitation = pending_or_404(workshop, id)
    secret = rules.renew(invitation, at=now())
    outbox.add(letters.invitation(invitation, secret=secret, at=now()))
    note("send invitation again", invitation)
    flash(_("The invitation to %(email)s is sent again. The earlier link no longer works.", email=invitation.email))
    return redirect(url_for(".members", slug=workshop.slug))


@bp.post("/workshops/<slug>/desk/members/invitations/<int:id>/revoke")
@organiser
def revoke(workshop: Workshop, id: int) -> HttpResponse:
    invitation = pending_or_404(workshop, id)
    invitation.end_link(now())
    note("revoke invitation", invitation)
    flash(_("The invitation to %(email)s is revoked. Its link no longer works.", email=invitation.email))
    return redirect(url_for(".members", slug=workshop.slug))


@bp.post("/administration/workshops/<slug>/organisers")
@administrator
@limited("30 per minute")
def invite_organiser(slug: str) -> HttpResponse:
    """For a workshop that nobody organises. Administrators do not come into one that somebody does."""
    workshop = db.one_or_404(workshop_named(slug))
    form = OrganiserForm()
    with flashing_refusal():
        if not form.validate_on_submit():
            raise RuleBroken(_("This is not an email address, such as name@example.org."))
        db.session.scalars(lock_workshop(workshop)).one()
        if rules.organisers(db.session.scalars(queries.memberships(workshop))):
            raise RuleBroken(_("This workshop has an organiser. Ask the organiser to invite colleagues."))
        send(workshop, rules.Invitee(str(form.email.data), "", [Role.ORGANISER], letter_language(workshop)))
    return redirect(url_for("series.administration"))


def send(workshop: Workshop, invitee: rules.Invitee) -> None:
    """Invite, write the letter, commit and say so. Raises RuleBroken."""
    db.session.scalars(lock_workshop(workshop)).one()
    invitation, secret = rules.invite(
        workshop,
        invitee,
        memberships=db.session.scalars(queries.memberships(workshop)).all(),
        pending=db.session.scalars(queries.pending_invitations(workshop)).all(),
        inviter=current_user._get_current_object(),
        at=now(),
    )
    db.session.add(invitation)
    outbox.add(letters.invitation(invitation, secret=secret, at=now()))
    note("invite member", invitation)
    words = _("The invitation to %(email)s is on its way. The link works for 14 days.", email=invitation.email)
    flash(outbox.say_on_its_way(words=words))


def letter_language(workshop: Workshop) -> str:
    """The working language, where letters can be written in it."""
    return next((code for code in workshop.languages if code in LANGUAGES), "en")


def pending_or_404(workshop: Workshop, id: int) -> MemberInvitation:
    db.session.scalars(lock_workshop(workshop)).one()
    found: MemberInvitation = db.one_or_404(queries.pending_invitations(workshop).where(MemberInvitation.id == id))
    return found


def note(verb: str, invitation: MemberInvitation) -> None:
    """Write it down, without the address, and commit."""
    db.session.flush()
    subject = f"{invitation.workshop.slug}: invitation {invitation.id}: {', '.join(invitation.roles)}"
    db.session.add(audit.record(verb, subject, who=current_user.id, at=now()))
    db.session.commit()
