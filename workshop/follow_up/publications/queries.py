"""What to read. Statements only: the caller runs them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import BindParameter, ColumnElement, Select, String, Update, and_, cast, exists, or_, select, update
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from workshop.deliberation.editions.models import Edition, EditionState
from workshop.deliberation.plenary.models import PlenaryReport
from workshop.secretariat.series.models import Series, Workshop

from .models import CheckedLink, Publication, PublicationKind

CHECKED_AGAIN = timedelta(days=7)
A_PAGE = 20


def is_out(at: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Decided by an organiser, under no embargo any more; beside `Series` in a statement."""
    free = or_(Publication.embargo_until.is_(None), Publication.embargo_until <= at)
    return and_(Publication.published_at.is_not(None), free, Series.removed_at.is_(None))


def public_publications(at: datetime) -> Select[Publication]:
    """What everybody may read, the newest first."""
    return (
        select(Publication)
        .join(Publication.series)
        .options(contains_eager(Publication.series))
        .where(is_out(at))
        .order_by(Publication.issued_on.desc(), Publication.id.desc())
    )


def narrowed(
    publications: Select[Publication],
    *,
    kind: PublicationKind | None = None,
    series: str = "",
    language: str = "",
    sought: Iterable[str] = (),
) -> Select[Publication]:
    """Those of a kind, a series, a language, in which each of the folded words begins one of theirs."""
    if kind:
        publications = publications.where(Publication.kind == kind)
    if series:
        publications = publications.where(Series.slug == series)
    if language:
        publications = publications.where(
            cast(Publication.languages, String).contains(f'"{language}"', autoescape=True)
        )
    for word in sought:
        publications = publications.where(Publication.folded.contains(f" {word}", autoescape=True))
    return publications


def after(publications: Select[Publication], issued_on: date, id: int) -> Select[Publication]:
    """Those that come behind this one."""
    earlier = and_(Publication.issued_on == issued_on, Publication.id < id)
    return publications.where(or_(Publication.issued_on < issued_on, earlier))


def whole(publications: Select[Publication]) -> Select[Publication]:
    """With all its parts, and the report it was made from."""
    return publications.options(
        selectinload(Publication.files),
        selectinload(Publication.editions),
        selectinload(Publication.mentions),
        selectinload(Publication.checked_links),
        joinedload(Publication.edition).joinedload(Edition.report).joinedload(PlenaryReport.workshop),
    )


def of_series(series_id: int) -> Select[Publication]:
    """All of a series, published or not, the newest first."""
    return (
        select(Publication)
        .where(Publication.series_id == series_id)
        .order_by(Publication.issued_on.desc(), Publication.id.desc())
    )


def slugs_like(beginning: str) -> Select[str]:
    return select(Publication.slug).where(Publication.slug.startswith(beginning, autoescape=True))


def public_series(at: datetime) -> Select[Series]:
    """The series that something in the library belongs to."""
    return select(Series).where(exists().where(Publication.series_id == Series.id, is_out(at))).order_by(Series.id)


def has_publications(at: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Whether the library has something of the series of a workshop; beside `Workshop` in a statement."""
    return (
        select(Publication.id)
        .join(Publication.series)
        .where(Publication.series_id == Workshop.series_id, is_out(at))
        .exists()
    )


def released_reports(series_id: int) -> Select[Edition]:
    """Public reports of the workshops of a series of which no publication was made yet, the newest first."""
    made = select(Publication.edition_id).where(Publication.edition_id == Edition.id)
    return (
        select(Edition)
        .join(Edition.report)
        .join(PlenaryReport.workshop)
        .options(contains_eager(Edition.report).contains_eager(PlenaryReport.workshop), selectinload(Edition.releases))
        .where(
            Workshop.series_id == series_id,
            Workshop.published,
            Edition.state == EditionState.RELEASED,
            ~made.exists(),
        )
        .order_by(Edition.id.desc())
    )


def change_in_public(series_id: int) -> Update:
    """Every workshop of the series has another public version: its page and its search name publications."""
    return (
        update(Workshop)
        .where(Workshop.series_id == series_id)
        .values(version=Workshop.version + 1)
        .execution_options(synchronize_session=False)
    )


def links_due(at: datetime) -> Select[CheckedLink]:
    """Those to be looked at today: unknown, known for a week, or without an answer the last time."""
    return (
        select(CheckedLink)
        .join(CheckedLink.publication)
        .where(
            Publication.published_at.is_not(None),
            or_(
                CheckedLink.checked_at.is_(None),
                CheckedLink.checked_at <= at - CHECKED_AGAIN,
                CheckedLink.failures > 0,
            ),
        )
        .order_by(CheckedLink.id)
    )
