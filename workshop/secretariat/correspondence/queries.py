"""What to read. Statements only: the caller runs them."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from workshop.platform.mail import FAILED, Message, MessageState
from workshop.secretariat.series.models import Workshop

from .rules import Tray


def messages_of(workshop: Workshop, tray: Tray | None = None, words: str = "") -> Select[Message]:
    """Those that its organisers may see, the newest first; with `words` those in whose address or subject they all stand."""
    found = select(Message).where(Message.workshop_id == workshop.id).order_by(Message.id.desc())
    for word in words.split():
        found = found.where(
            or_(*(each.icontains(word, autoescape=True) for each in (Message.recipient, Message.subject)))
        )
    return found.where(Message.state.in_(tray.states)) if tray else found


def how_many(workshop: Workshop, tray: Tray | None, words: str) -> Select[int]:
    return select(func.count()).select_from(messages_of(workshop, tray, words).order_by(None).subquery())


def message_of(workshop: Workshop, number: int) -> Select[Message]:
    return messages_of(workshop).where(Message.id == number)


def count_by_state(workshop: Workshop) -> Select[MessageState, int]:
    return select(Message.state, func.count()).where(Message.workshop_id == workshop.id).group_by(Message.state)


def failed_messages(workshop: Workshop) -> Select[Message]:
    """Those that somebody must look after, and that can be sent again as they are."""
    return messages_of(workshop).where(Message.state.in_(FAILED), Message.text != "")


def messages(states: Collection[MessageState] = (), workshop: Workshop | None = None) -> Select[Message]:
    """Those of the whole installation, the oldest first: for whoever runs it."""
    wanted: list[ColumnElement[bool]] = [Message.state.in_(states)] if states else []
    if workshop:
        wanted.append(Message.workshop_id == workshop.id)
    return select(Message).where(*wanted).order_by(Message.id)


def numbered(numbers: Collection[int]) -> Select[Message]:
    return select(Message).where(Message.id.in_(numbers) if numbers else false()).order_by(Message.id)
