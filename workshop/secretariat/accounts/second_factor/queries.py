"""What to read, and what only one of several may change. Statements only: the caller runs them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Delete, Select, delete, exists, func, select, update
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.dml import ReturningUpdate

from workshop.secretariat.accounts.models import User
from workshop.secretariat.accounts.passkeys.models import Passkey

from .models import Authenticator, HalfSignIn, RecoveryCode


def authenticator_of(user: User) -> Select[Authenticator]:
    """The app of this person, confirmed or still being set up."""
    return select(Authenticator).where(Authenticator.user_id == user.id)


def confirmed_authenticator_of(user: User) -> Select[Authenticator]:
    return authenticator_of(user).where(Authenticator.confirmed_at.is_not(None))


def has_second_factor(user: User) -> Select[bool]:
    """Whether this person has an app or a passkey."""
    app = exists().where(Authenticator.user_id == user.id, Authenticator.confirmed_at.is_not(None))
    return select(app | exists().where(Passkey.user_id == user.id))


def recovery_codes_left(user: User) -> Select[int]:
    return select(func.count()).where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))


def recovery_code(user: User, code: str) -> Select[RecoveryCode]:
    """The code of this person, used or not."""
    return select(RecoveryCode).where(RecoveryCode.user_id == user.id, RecoveryCode.opened_by(code))


def use_recovery_code(row: RecoveryCode, *, at: datetime) -> ReturningUpdate[int]:
    """Spends the code: of two who send it at once, one changes a row."""
    unused = (RecoveryCode.id == row.id, RecoveryCode.used_at.is_(None))
    return update(RecoveryCode).where(*unused).values(used_at=at).returning(RecoveryCode.id)


def use_step(app: Authenticator, step: int) -> ReturningUpdate[int]:
    """Spends the code of that half minute, and all before it: of two who send it at once, one changes a row."""
    unspent = (Authenticator.id == app.id, Authenticator.last_step < step)
    return update(Authenticator).where(*unspent).values(last_step=step).returning(Authenticator.id)


def half_sign_in(token: str) -> Select[HalfSignIn]:
    """The sign-in that waits for a code in the browser with this secret, with its user."""
    return select(HalfSignIn).where(HalfSignIn.opened_by(token)).options(joinedload(HalfSignIn.user))


def forget_recovery_codes(user: User) -> Delete:
    return delete(RecoveryCode).where(RecoveryCode.user_id == user.id)


def forget_second_factors(user: User) -> list[Delete]:
    """Everything that is asked after the password, and all passkeys."""
    kinds: tuple[Any, ...] = (Authenticator, RecoveryCode, Passkey)
    return [delete(kind).where(kind.user_id == user.id) for kind in kinds]


def forget_halves(before: datetime) -> Delete:
    return delete(HalfSignIn).where(HalfSignIn.expires_at < before)
