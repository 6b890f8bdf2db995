"""What to read. Statements only: the caller runs them."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from workshop.secretariat.accounts.models import User

from .models import OpenIdentity


def identity(issuer: str, subject: str) -> Select[OpenIdentity]:
    """The account there that opens one here, with its user."""
    found = select(OpenIdentity).where(OpenIdentity.issuer == issuer, OpenIdentity.subject == subject)
    return found.options(joinedload(OpenIdentity.user))


def identities_of(user: User) -> Select[OpenIdentity]:
    return select(OpenIdentity).where(OpenIdentity.user_id == user.id).order_by(OpenIdentity.id)
