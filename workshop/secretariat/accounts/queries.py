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


def sign_in_by_cookie(token: str) -> Select[SignIn]:
    """The sign-in that a browser's token stands for, with its user."""
    return select(SignIn).where(SignIn.opened_by(token)).options(joinedload(SignIn.user))


def sign_ins_of(user: User, *, at: datetime) -> Select[SignIn]:
    """The browsers where this person is signed in, newest first."""
    running = select(SignIn).where(SignIn.user_id == user.id, SignIn.opens_at(at))
    return running.order_by(SignIn.started_at.desc(), SignIn.id.desc())


def failed_sign_ins(pseudonym: str, *, since: datetime) -> Select[int, datetime | None]:
    """How many sign-ins failed for this address, and when the last did. The audit log knows addresses by pseudonym."""
    return select(func.count(), func.max(AuditEntry.at)).where(
        AuditEntry.verb == "sign_in_failed", AuditEntry.subject == pseudonym, AuditEntry.at > since
    )


def reset_by_link(token: str) -> Select[PasswordReset]:
    """The key that a mailed token stands for, with its user."""
    return select(PasswordReset).where(PasswordReset.opened_by(token)).options(joinedload(PasswordReset.user))


def open_resets_of(user: User, *, at: datetime) -> Select[PasswordReset]:
    return select(PasswordReset).where(PasswordReset.user_id == user.id, PasswordReset.opens_at(at))
