"""What to read. Statements only: the caller runs them."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from workshop.secretariat.series.models import Series, Workshop

from .models import ContactCard

A_PAGE = 40


def listed(today: date) -> Select[ContactCard]:
    """Who is in the directory today: one condition for every page and every export."""
    return (
        select(ContactCard)
        .join(ContactCard.series)
        .options(contains_eager(ContactCard.series))
        .where(ContactCard.listed_on(today), Series.removed_at.is_(None))
        .order_by(ContactCard.id)
    )


def narrowed(
    cards: Select[ContactCard], *, country: str = "", sought: Iterable[str] = (), after: int | None = None
) -> Select[ContactCard]:
    if country:
        cards = cards.where(ContactCard.country == country)
    if after is not None:
        cards = cards.where(ContactCard.id > after)
    for word in sought:
        cards = cards.where(ContactCard.folded.contains(f" {word}", autoescape=True))
    return cards


def of_series(series_id: int) -> Select[ContactCard]:
    """All cards of a series, whatever their state."""
    return select(ContactCard).where(ContactCard.series_id == series_id).order_by(ContactCard.name, ContactCard.id)


def card_by_token(token: str) -> Select[ContactCard]:
    """What the personal link of a contact opens, as long as the series is there."""
    return (
        select(ContactCard)
        .join(ContactCard.series)
        .options(contains_eager(ContactCard.series))
        .where(ContactCard.opened_by(token), Series.removed_at.is_(None))
    )


def ending_soon(today: date, within: timedelta) -> Select[ContactCard]:
    """Those in the directory whose consent ends within that time and who have not been asked to renew it."""
    return (
        listed(today)
        .where(ContactCard.expires_on <= today + within, ContactCard.reminded_on.is_(None))
        .order_by(None)
        .order_by(ContactCard.id)
    )


def series_with_an_end(today: date) -> Select[int]:
    """The series of cards whose consent has ended within the last days: a worker may have been away for some."""
    return select(ContactCard.series_id).where(
        ContactCard.listed_at.is_not(None),
        ContactCard.expires_on < today,
        ContactCard.expires_on >= today - timedelta(days=3),
    )


def newest_workshop(series_id: int) -> Select[Workshop]:
    """In whose name a letter about the directory is written."""
    return (
        select(Workshop)
        .where(Workshop.series_id == series_id, Workshop.removed_at.is_(None))
        .order_by(Workshop.starts_on.desc(), Workshop.id.desc())
        .limit(1)
    )
