"""What to read. Statements only: the caller runs them."""

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from workshop.programme.agenda.models import Session

from .models import Floor, FloorRequest


def floor_of(session: Session) -> Select[Floor]:
    return select(Floor).where(Floor.session_id == session.id)


def requests_of(session: Session) -> Select[FloorRequest]:
    """All requests for the floor of a session, in the order in which they were made, with what holds for them."""
    return (
        select(FloorRequest)
        .join(FloorRequest.floor)
        .where(Floor.session_id == session.id)
        .options(contains_eager(FloorRequest.floor))
        .order_by(FloorRequest.number)
    )
