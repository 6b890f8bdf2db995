"""What to read. Statements only: the caller runs them."""

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, String, cast, or_, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload

from workshop.secretariat.series.models import Series, Workshop

from .models import Gap, SharedPractice

A_PAGE = 20


def has_one_of(column: InstrumentedAttribute[list[str]], values: Sequence[str]) -> ColumnElement[bool]:
    """Whether a list has any of these texts, on either database."""
    stored = cast(column, String)
    return or_(*(stored.contains(json.dumps(value), autoescape=True) for value in values))


def public_practices() -> Select[SharedPractice]:
    """Those to which who gave them and an organiser have agreed, the newest first."""
    return (
        select(SharedPractice)
        .join(SharedPractice.series)
        .options(contains_eager(SharedPractice.series))
        .where(
            SharedPractice.consented_on.is_not(None),
            SharedPractice.published_at.is_not(None),
            Series.removed_at.is_(None),
        )
        .order_by(SharedPractice.id.desc())
    )


def narrowed(
    practices: Select[SharedPractice],
    *,
    country: str = "",
    theme: str = "",
    goals: Sequence[str] = (),
    sought: Iterable[str] = (),
    before: int | None = None,
) -> Select[SharedPractice]:
    """Those of a country, a theme, one of these goals, with these words; behind the one of that number."""
    if country:
        practices = practices.where(has_one_of(SharedPractice.countries, [country]))
    if theme:
        practices = practices.where(has_one_of(SharedPractice.themes, [theme]))
    if goals:
        practices = practices.where(has_one_of(SharedPractice.goals, goals))
    if before is not None:
        practices = practices.where(SharedPractice.id < before)
    for word in sought:
        practices = practices.where(SharedPractice.folded.contains(f" {word}", autoescape=True))
    return practices


def with_meeting(practices: Select[SharedPractice]) -> Select[SharedPractice]:
    return practices.options(joinedload(SharedPractice.meeting))


def practice_by_token(token: str) -> Select[SharedPractice]:
    """What the personal link of who gave it opens, whatever its state."""
    opened = select(SharedPractice).join(SharedPractice.series).options(contains_eager(SharedPractice.series))
    return with_meeting(opened.where(SharedPractice.opened_by(token), Series.removed_at.is_(None)))


def of_series(series_id: int) -> Select[SharedPractice]:
    """All of a series, public or not, the newest first."""
    return select(SharedPractice).where(SharedPractice.series_id == series_id).order_by(SharedPractice.id.desc())


def slugs_like(beginning: str) -> Select[str]:
    return select(SharedPractice.slug).where(SharedPractice.slug.startswith(beginning, autoescape=True))


def meetings_known_in(workshop: Workshop) -> Select[Workshop]:
    """The workshops that a practice may have been shared at: this one, and those of its series that anyone may know of."""
    return (
        select(Workshop)
        .where(Workshop.series_id == workshop.series_id, or_(Workshop.id == workshop.id, Workshop.announced))
        .order_by(Workshop.starts_on.desc(), Workshop.id)
    )


def public_gaps() -> Select[Gap]:
    """Those that an organiser has decided to show, by theme."""
    return (
        select(Gap)
        .join(Gap.series)
        .options(contains_eager(Gap.series))
        .where(Gap.published_at.is_not(None), Series.removed_at.is_(None))
        .order_by(Gap.theme, Gap.id)
    )


def gaps_of(series_id: int) -> Select[Gap]:
    return select(Gap).where(Gap.series_id == series_id).order_by(Gap.theme, Gap.id)
