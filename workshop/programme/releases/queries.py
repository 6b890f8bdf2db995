"""What to read. Statements only: the caller runs them."""

from sqlalchemy import Select, select
from sqlalchemy.orm import defer

from .models import Release


def newest_release(workshop_id: int) -> Select[Release]:
    return select(Release).where(Release.workshop_id == workshop_id).order_by(Release.number.desc()).limit(1)


def releases(workshop_id: int) -> Select[Release]:
    """Every release without its agenda, the newest first."""
    return (
        select(Release)
        .where(Release.workshop_id == workshop_id)
        .options(defer(Release.agenda))
        .order_by(Release.number.desc())
    )


def release(workshop_id: int, *numbers: int) -> Select[Release]:
    """The releases of these numbers with their agendas, in order."""
    return (
        select(Release).where(Release.workshop_id == workshop_id, Release.number.in_(numbers)).order_by(Release.number)
    )
