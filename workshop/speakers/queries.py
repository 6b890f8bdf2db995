"""What to read. Statements only: the caller runs them."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from workshop.series.models import Workshop

from .models import Invitation


def invitations(workshop: Workshop) -> Select[Invitation]:
    return (
        select(Invitation)
        .where(Invitation.workshop_id == workshop.id)
        .options(joinedload(Invitation.person))
        .order_by(Invitation.id)
    )


def by_token(token_hash: str) -> Select[Invitation]:
    """The invitation whose personal link holds that secret."""
    return (
        select(Invitation)
        .where(Invitation.token_hash == token_hash)
        .options(joinedload(Invitation.person), joinedload(Invitation.workshop))
    )
