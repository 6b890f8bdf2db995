"""What to read. Statements, run by the caller; `meeting_modes` and those below it run theirs."""

from collections.abc import Sequence

from sqlalchemy import BindParameter, ScalarSelect, Select, Text, cast, func, select
from sqlalchemy.orm import defer

from workshop.platform.db import Database
from workshop.programme.agenda import queries as agenda_queries
from workshop.programme.agenda.draft_state import state_texts

from .models import Release
from .released import ReleasedSession
from .released_names import MeetingModes, as_shown


def newest_release(workshop_id: int) -> Select[Release]:
    return select(Release).where(Release.workshop_id == workshop_id).order_by(Release.number.desc()).limit(1)


@state_texts.by
def number_of_newest(workshop: BindParameter[int]) -> ScalarSelect[str]:
    """A release never changes, so its id is all there is to compare."""
    newest = func.coalesce(cast(func.max(Release.id), Text), "")
    return select(newest).where(Release.workshop_id == workshop).scalar_subquery()


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


def meeting_modes(session: Database, workshop_id: int) -> MeetingModes:
    """How what is said may be attributed in each session, as the organisers have set it now."""
    rows = session.execute(agenda_queries.meeting_modes(workshop_id)).all()
    return MeetingModes({id: own or general for id, own, general in rows if id}, rows[0][2])


def shown_agenda(session: Database, release: Release | None) -> list[ReleasedSession]:
    """What everyone may read of a release now; nothing where there is none."""
    return as_shown(release.sessions, meeting_modes(session, release.workshop_id)) if release else []


def shown_agendas(
    session: Database, releases: Sequence[Release], *, to: int | None = None
) -> list[list[ReleasedSession]]:
    """The same for several releases of one workshop, at least one; `to` is whose own part it is, if it is somebody's."""
    modes = meeting_modes(session, releases[0].workshop_id)
    return [as_shown(each.sessions, modes, to=to) for each in releases]
