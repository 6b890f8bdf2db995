"""What to read. Statements only: the caller runs them."""

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from workshop.platform.audit import AuditEntry

from .models import PasswordReset, SignIn, User


def user_of(email: str) -> Select[User]:
    """The account with this address, written in lower case."""
    return select(User).where(User.email == email)


def demo_accounts() -> Select[User]:
    """The accounts that everybody may use; a production start is refused while there are any."""
    return select(User).where(User.is_demo).order_by(User.id)


def running_sign_in(token_hash: str, *, at: datetime) -> Select[SignIn]:
    """The sign-in that a browser's token stands for, with its user; nothing once it has ended or expired."""
    return _running(at).where(SignIn.token_hash == token_hash).options(joinedload(SignIn.user))


def sign_ins_of(user: User, *, at: datetime) -> Select[SignIn]:
    """The browsers where this person is signed in, newest first."""
    return _running(at).where(SignIn.user_id == user.id).order_by(SignIn.started_at.desc(), SignIn.id.desc())


def _running(at: datetime) -> Select[SignIn]:
    return select(SignIn).where(SignIn.ended_at.is_(None), SignIn.expires_at > at)


def failed_sign_ins(pseudonym: str, *, since: datetime) -> Select[int, datetime | None]:
    """How many sign-ins failed for this address, and when the last did. The audit log knows addresses by pseudonym."""
    return select(func.count(), func.max(AuditEntry.at)).where(
        AuditEntry.verb == "sign_in_failed", AuditEntry.subject == pseudonym, AuditEntry.at > since
    )


def open_reset(token_hash: str, *, at: datetime) -> Select[PasswordReset]:
    """The unused, unexpired key that a mailed token stands for, with its user."""
    return _open(at).where(PasswordReset.token_hash == token_hash).options(joinedload(PasswordReset.user))


def open_resets_of(user: User, *, at: datetime) -> Select[PasswordReset]:
    return _open(at).where(PasswordReset.user_id == user.id)


def _open(at: datetime) -> Select[PasswordReset]:
    return select(PasswordReset).where(PasswordReset.used_at.is_(None), PasswordReset.expires_at > at)
