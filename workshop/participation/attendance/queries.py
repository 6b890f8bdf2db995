"""What to read. Statements only: the caller runs them."""

from collections import Counter, defaultdict
from datetime import datetime

from sqlalchemy import Select, Update, func, select, update
from sqlalchemy.orm import contains_eager, joinedload

from workshop.participation.delegations.models import Delegation, Participant
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.platform.db import Database
from workshop.programme.agenda.models import Session
from workshop.programme.groups.models import Group
from workshop.secretariat.register import queries as register_queries
from workshop.secretariat.series.models import Workshop

from .models import Badge, BadgePrint, CheckIn, Door, GroupHeadCount, HeadCount, Presence, SessionAttendance
from .rules import Sitting


def badges(workshop_id: int) -> Select[Badge]:
    """The badges that are good, of those who come and are known by name, with their holders, by number."""
    return (
        select(Badge)
        .join(Badge.participant)
        .where(
            Badge.workshop_id == workshop_id,
            Badge.voided_at.is_(None),
            Participant.standing == ParticipantStatus.APPROVED,
            Participant.family_name != "",
        )
        .options(
            joinedload(Badge.participant).joinedload(Participant.delegation).joinedload(Delegation.organisation),
            joinedload(Badge.participant).joinedload(Participant.organisation),
        )
        .order_by(Participant.number, Badge.id)
    )


def badges_of(who: Participant) -> Select[Badge]:
    return select(Badge).where(Badge.participant_id == who.id).order_by(Badge.id.desc())


def badge_by_key(key: str) -> Select[Badge]:
    return select(Badge).where(Badge.key == key).options(joinedload(Badge.participant), joinedload(Badge.workshop))


def badge_print(workshop: Workshop, language: str, fingerprint: str) -> Select[BadgePrint]:
    return (
        select(BadgePrint)
        .where(
            BadgePrint.workshop_id == workshop.id,
            BadgePrint.language == language,
            BadgePrint.fingerprint == fingerprint,
        )
        .options(joinedload(BadgePrint.task))
    )


def void_badges(who: Participant, at: datetime) -> Update:
    return update(Badge).where(Badge.participant_id == who.id, Badge.voided_at.is_(None)).values(voided_at=at)


def check_ins(workshop_id: int) -> Select[CheckIn]:
    return select(CheckIn).where(CheckIn.workshop_id == workshop_id)


def present_ids(workshop_id: int) -> Select[int]:
    return select(CheckIn.participant_id).where(CheckIn.workshop_id == workshop_id)


@register_queries.came_to.by
def came_to(workshops: Select[int]) -> Select[int]:
    return select(CheckIn.participant_id).where(CheckIn.workshop_id.in_(workshops))


def seated(workshop_id: int) -> Select[Participant]:
    """Those who may come in, with whom they speak for."""
    return (
        select(Participant)
        .where(
            Participant.workshop_id == workshop_id,
            Participant.standing == ParticipantStatus.APPROVED,
            Participant.family_name != "",
        )
        .options(
            joinedload(Participant.delegation).joinedload(Delegation.organisation), joinedload(Participant.organisation)
        )
        .order_by(Participant.family_name, Participant.given_name, Participant.id)
    )


def one_seated(workshop_id: int, id: int) -> Select[Participant]:
    return select(Participant).where(Participant.workshop_id == workshop_id, Participant.id == id)


def attendance(session: Session) -> Select[SessionAttendance]:
    return (
        select(SessionAttendance)
        .where(SessionAttendance.session_id == session.id)
        .options(joinedload(SessionAttendance.participant))
    )


def attendance_counts(workshop: Workshop) -> Select[int, int | None, Presence, int]:
    """Of each session and group: how many are marked as what."""
    return (
        select(SessionAttendance.session_id, SessionAttendance.group_id, SessionAttendance.presence, func.count())
        .join(SessionAttendance.session)
        .where(Session.workshop_id == workshop.id)
        .group_by(SessionAttendance.session_id, SessionAttendance.group_id, SessionAttendance.presence)
    )


def head_counts(workshop: Workshop) -> Select[HeadCount]:
    return select(HeadCount).join(HeadCount.session).where(Session.workshop_id == workshop.id)


def group_head_counts(workshop: Workshop) -> Select[GroupHeadCount]:
    return select(GroupHeadCount).join(GroupHeadCount.group).where(Group.workshop_id == workshop.id)


def heads_in_groups(session: Database, workshop: Workshop) -> dict[int, int]:
    """How many were counted in each group, by its id."""
    return {each.group_id: sum(each.counts.values()) for each in session.scalars(group_head_counts(workshop))}


def heads_in_sessions(session: Database, workshop: Workshop) -> dict[int, int]:
    """How many were counted in each session, by its id: in its own room, else in those of its groups together."""
    in_groups: Counter[int] = Counter()
    for each in session.scalars(group_head_counts(workshop).options(contains_eager(GroupHeadCount.group))):
        in_groups[each.group.session_id] += sum(each.counts.values())
    in_rooms = {each.session_id: sum(each.counts.values()) for each in session.scalars(head_counts(workshop))}
    return {**in_groups, **{id: heads for id, heads in in_rooms.items() if heads}}


def people_in_sessions(session: Database, workshop: Workshop) -> dict[int, int]:
    """How many were in each session, by its id: as counted in its room; else those of its groups together, where each
    of them was counted or marked by name; else those marked by name.
    """
    in_session: Counter[int] = Counter()
    in_group: Counter[int] = Counter()
    for session_id, group_id, presence, people in session.execute(attendance_counts(workshop)):
        if presence is Presence.PRESENT:
            in_session[session_id] += people
            in_group[group_id or 0] += people
    in_group |= Counter(heads_in_groups(session, workshop))
    groups: dict[int, list[int]] = defaultdict(list)
    for group_id, session_id in session.execute(
        select(Group.id, Group.session_id).where(Group.workshop_id == workshop.id)
    ):
        groups[session_id].append(in_group[group_id])
    together = {id: sum(people) if all(people) else 0 for id, people in groups.items() if any(people)}
    rooms = session.scalars(head_counts(workshop))
    found = dict(in_session) | together | {each.session_id: sum(each.counts.values()) for each in rooms}
    return {id: people for id, people in found.items() if people}


def sessions_attended(who: Participant) -> Select[int]:
    return select(func.count()).where(
        SessionAttendance.participant_id == who.id, SessionAttendance.presence == Presence.PRESENT
    )


def door_by_link(token: str) -> Select[Door]:
    return (
        select(Door)
        .where(Door.opened_by(token))
        .options(joinedload(Door.session).joinedload(Session.workshop), joinedload(Door.group))
    )


def doors(sitting: Sitting) -> Select[Door]:
    group_id = sitting.group.id if sitting.group else None
    here = (Door.session_id == sitting.session.id, Door.group_id == group_id, Door.ended_at.is_(None))
    return select(Door).where(*here).order_by(Door.id)
