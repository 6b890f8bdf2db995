"""What to read. Statements only: the caller runs them."""

from datetime import datetime

from sqlalchemy import Delete, Select, delete, or_, select, update
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.dml import ReturningUpdate

from workshop.secretariat.accounts.models import User

from .models import Passkey, SpentChallenge


def passkeys_of(user: User) -> Select[Passkey]:
    return select(Passkey).where(Passkey.user_id == user.id).order_by(Passkey.id)


def passkey_named(credential: str) -> Select[Passkey]:
    """The passkey that a device calls so, with its user."""
    return select(Passkey).where(Passkey.credential == credential).options(joinedload(Passkey.user))


def use_passkey(passkey: Passkey, uses: int, *, at: datetime) -> ReturningUpdate[int]:
    """Notes the use. A device that counts must have counted on since the last one; one that does not says 0 always."""
    counted_on = or_(Passkey.uses < uses, Passkey.uses + uses == 0)
    used = update(Passkey).where(Passkey.id == passkey.id, counted_on).values(uses=uses, last_used_at=at)
    return used.returning(Passkey.id)


def spent_challenge(challenge: str) -> Select[SpentChallenge]:
    return select(SpentChallenge).where(SpentChallenge.opened_by(challenge))


def forget_challenges(before: datetime) -> Delete:
    return delete(SpentChallenge).where(SpentChallenge.expires_at < before)
