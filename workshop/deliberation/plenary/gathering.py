"""What a report is compiled from, read now."""

from collections import Counter

from workshop.consultation.findings.disclosing.showing import tables_of
from workshop.deliberation.capture.queries import points_of_workshop, session_points_of_workshop
from workshop.deliberation.group_reports import queries as group_reports_queries
from workshop.participation.attendance.queries import people_in_sessions, present_ids
from workshop.participation.delegations.queries import participants
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.platform.db import Database
from workshop.programme.groups.queries import groups
from workshop.programme.papers.queries import documents
from workshop.programme.releases.queries import meeting_modes, newest_release
from workshop.secretariat.register.countries import RegionalGroup, group_of
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import milestones

from . import queries
from .drafting import Material
from .models import RecommendationNumber, next_numbers


def collect_material(session: Database, workshop: Workshop, results: str = "") -> Material:
    """Everything the report is compiled from, read now. `results` is the number of the snapshot that was chosen.

    Recommendations without a number are given one.
    """
    release = session.scalar(newest_release(workshop.id))
    chosen = next((each for each in session.scalars(queries.snapshots(workshop)) if str(each.id) == results), None)
    snapshot = session.scalar(queries.tables_shown(chosen)) if chosen else None
    reports = session.scalars(group_reports_queries.group_reports(workshop)).all()
    attended, was_counted = count_attendance(session, workshop)
    return Material(
        workshop=workshop,
        agenda=release.sessions if release else [],
        documents=session.scalars(documents(workshop.id)).unique().all(),
        groups=session.scalars(groups(workshop.id)).all(),
        reports=reports,
        milestones=session.scalars(milestones(workshop)).all(),
        snapshot=snapshot,
        points=session.scalars(points_of_workshop(workshop)).all(),
        session_points=session.scalars(session_points_of_workshop(workshop)).all(),
        attended=attended,
        was_counted=was_counted,
        in_room=people_in_sessions(session, workshop),
        modes=meeting_modes(session, workshop.id).by_session,
        tables=tables_of(snapshot, ()) if snapshot else (),
        numbers_of_recommendations=number_recommendations(
            session, workshop, [offer.id for each in reports for offer in each.recommendations]
        ),
    )


def count_attendance(session: Database, workshop: Workshop) -> tuple[Counter[Category | RegionalGroup], bool]:
    """Those who were checked in, by category and by region; where nobody was, those expected. Whether they were counted.

    As on the page of counts: somebody who was erased since, or gave the seat back, still came.
    """
    people = session.scalars(participants(workshop.id)).all()
    present = set(session.scalars(present_ids(workshop.id)))
    came = [each for each in people if each.id in present]
    there = came or [each for each in people if each.standing is ParticipantStatus.APPROVED]
    categories: list[Category | RegionalGroup | None] = [each.category for each in there]
    regions = (group_of(who.country) for who in there)
    return Counter(each for each in [*categories, *regions] if each), bool(came)


def number_recommendations(session: Database, workshop: Workshop, offers: list[int]) -> dict[int, int]:
    """The permanent number of each recommendation, by its id."""
    taken = list(session.scalars(queries.recommendation_numbers(workshop)))
    new = next_numbers(taken, offers)
    session.add_all(
        RecommendationNumber(workshop=workshop, recommendation_id=offer, number=number) for offer, number in new.items()
    )
    return {each.recommendation_id: each.number for each in taken if each.recommendation_id} | new
