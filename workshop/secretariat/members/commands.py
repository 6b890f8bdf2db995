"""The command line of this package: who is a member of a workshop, with the rules of the screens."""

from collections.abc import Sequence

import click
from email_validator import EmailNotValidError, validate_email

from workshop.platform import audit, outbox
from workshop.platform.command_line import Refused, one_or_refusal, opened_application, refused_by_rule
from workshop.platform.db import db, now
from workshop.platform.i18n import RESPONDENTS_LANGUAGES
from workshop.platform.mail import link_to
from workshop.secretariat.accounts.models import User
from workshop.secretariat.accounts.queries import user_of
from workshop.secretariat.series.models import Role, Workshop
from workshop.secretariat.series.queries import lock_workshop, workshop_named

from . import letters, queries, rules


@click.command()
@click.argument("email")
@click.option("--workshop", "slug", required=True, help="Its short name in addresses.")
@click.option(
    "--role", "values", multiple=True, type=click.Choice([each.value for each in Role]), help="May be repeated."
)
@click.option("--name", default="", help="For the greeting of the letter.")
@click.option("--language", type=click.Choice(sorted(RESPONDENTS_LANGUAGES)), help="Of the letter.")
@click.option("--remove", is_flag=True, help="Remove these roles; without --role the member.")
def member(email: str, slug: str, values: Sequence[str], name: str, language: str | None, remove: bool) -> None:
    """Make somebody a member of a workshop, add a role, or remove one. An address without account gets a letter."""
    roles = [role for role in Role if role.value in values]
    with opened_application(), refused_by_rule():
        email = plain_address(email)
        workshop = one_or_refusal(workshop_named(slug), f"There is no workshop “{slug}”.")
        db.session.scalars(lock_workshop(workshop)).one()
        if not roles and not remove:
            raise Refused("Say which role: --role organiser, for example.")
        user = db.session.scalar(user_of(email))
        if remove:
            click.echo(remove_from(workshop, email, user, roles))
        elif user:
            click.echo(change(workshop, user, {*held_by(user, workshop), *roles}))
        else:
            code = language or next((each for each in workshop.languages if each in RESPONDENTS_LANGUAGES), "en")
            click.echo(invite(workshop, rules.Invitee(email, name, roles, code)))


def plain_address(email: str) -> str:
    try:
        return validate_email(email, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise Refused(f"“{email}” is not an email address, such as name@example.org.") from error


def held_by(user: User, workshop: Workshop) -> set[Role]:
    return {each.role for each in db.session.scalars(queries.roles_of(user, workshop))}


def remove_from(workshop: Workshop, email: str, user: User | None, roles: Sequence[Role]) -> str:
    held = held_by(user, workshop) if user else set()
    if user is None or not held:
        raise Refused(f"{email} is not a member of {workshop.slug}.")
    left = held.difference(roles) if roles else set()
    return change(workshop, user, left)


def change(workshop: Workshop, user: User, roles: set[Role]) -> str:
    """From now on the person holds these roles, or none. Gives the sentence that says so."""
    memberships = db.session.scalars(queries.memberships(workshop)).all()
    if roles:
        changed = rules.change_roles(user, roles, workshop=workshop, memberships=memberships)
    else:
        changed = rules.remove(user, memberships=memberships)
    db.session.add_all(changed.added)
    for each in changed.dropped:
        db.session.delete(each)
    said = ", ".join(role.value for role in Role if role in roles) or "none"
    db.session.add(audit.record("change roles", f"{workshop.slug}: user {user.id}: {said}", who=None, at=now()))
    db.session.commit()
    return f"{user.email} in {workshop.slug}: {said}." if roles else f"{user.email} is no longer in {workshop.slug}."


def invite(workshop: Workshop, invitee: rules.Invitee) -> str:
    invitation, secret = rules.invite(
        workshop,
        invitee,
        memberships=db.session.scalars(queries.memberships(workshop)).all(),
        pending=db.session.scalars(queries.pending_invitations(workshop)).all(),
        inviter=None,
        at=now(),
    )
    db.session.add(invitation)
    outbox.add(letters.invitation(invitation, secret=secret, at=now()))
    db.session.flush()
    subject = f"{workshop.slug}: invitation {invitation.id}: {', '.join(invitation.roles)}"
    db.session.add(audit.record("invite member", subject, who=None, at=now()))
    db.session.commit()
    return f"{invitee.email} has no account and is invited by letter: {link_to('members.join', token=secret)}"
