"""Whose account an account of the other service opens. No database, no request, no clock."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.secretariat.accounts.models import User

from .models import OpenIdentity

NO_PASSWORD = "-"  # noqa: S105  # no password hashes to this


@dataclass(frozen=True)
class Claims:
    """What it says of a person. `is_verified` is true only where it says in so many words that the address is theirs."""

    issuer: str
    subject: str
    email: str
    is_verified: bool
    name: str


def refuse_unverified(claims: Claims, *, service: str) -> None:
    """An address that the service has not verified may be anybody's."""
    if not claims.is_verified:
        raise RuleBroken(
            _(
                "%(service)s does not confirm that the email address is yours. Confirm it there, or sign in here with "
                "your password.",
                service=service,
            )
        )


def refuse_to_take_over(owner: User | None, *, service: str) -> None:
    """An account is never opened by an address alone: addresses change hands."""
    if owner:
        raise RuleBroken(
            _(
                "There is an account with your email address already. Sign in with it, then link it to %(service)s "
                "under “Sign-in” in your account.",
                service=service,
            )
        )


def refuse_another_owner(found: OpenIdentity | None, user: User) -> None:
    if found and found.user_id != user.id:
        raise RuleBroken(_("That account opens another account here already. Nothing was changed."))


def new_account(claims: Claims, *, at: datetime) -> User:
    """An account without a password and without a role: it sees what everybody sees until somebody gives it one."""
    return User(email=claims.email, name=claims.name, password_hash=NO_PASSWORD, created_at=at)


def link(user: User, claims: Claims, *, at: datetime) -> OpenIdentity:
    return OpenIdentity(user=user, issuer=claims.issuer, subject=claims.subject, linked_at=at)


def refuse_to_lock_out(user: User, identities: list[OpenIdentity]) -> None:
    """Whoever has no password keeps the last of these, or sets a password first."""
    if len(identities) == 1 and not user.has_password:
        raise RuleBroken(_("Your account has no password yet. Set one first, or you could no longer sign in."))
