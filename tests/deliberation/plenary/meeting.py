"""A small workshop with everything a report is compiled from, in two shapes: in memory, and saved."""

from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import select

from tests import factories as make
from tests.factories import NOON
from tests.looking import there
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.findings.result_tables import Row, Tabulation
from workshop.consultation.findings.suppression import Hidden
from workshop.consultation.questions.question import Kind as QuestionKind
from workshop.consultation.questions.question import Section
from workshop.deliberation.capture.models import Point, PointKind
from workshop.deliberation.group_reports.models import GroupReport, Strength
from workshop.deliberation.plenary.drafting import Material
from workshop.platform.db import Words, db
from workshop.programme.agenda.formats import Part, Perspective
from workshop.programme.agenda.models import Session
from workshop.programme.groups.models import Group
from workshop.programme.papers.models import Document, Kind, State
from workshop.programme.releases import rules as releases_rules
from workshop.programme.releases.models import Release
from workshop.programme.releases.released import sessions_of
from workshop.secretariat.series.models import Milestone, Stage, Workshop


@dataclass
class Met:
    """What the report of a workshop is compiled from."""

    workshop: Workshop
    plenary: Session
    breakouts: Session
    papers: list[Document]
    groups: list[Group]
    reports: list[GroupReport]
    milestones: list[Milestone]
    release: Release | None = None

    @property
    def sessions(self) -> list[Session]:
        return [self.plenary, self.breakouts]

    @property
    def point(self) -> Point:
        """The first point noted, of those saved."""
        return db.session.scalars(select(Point).order_by(Point.id).limit(1)).one()


def meeting(workshop: Workshop | None = None) -> Met:
    """One plenary session with two talks, one break-out session with two groups, each with a signed report."""
    workshop = workshop or make.workshop(
        funders=["Fund of Examples"], objectives=[Words(en="See why", fr="Voir pourquoi")]
    )
    plenary = make.session(
        workshop=workshop, number=1, starts_at=NOON, ends_at=NOON, questions=[make.question("Why now?")]
    )
    named = make.item(position=1, title=Words(fr="Le codéveloppement"))
    unnamed = make.item(position=2, title=Words(en="An account"), perspective=Perspective.ORIGIN)
    plenary.items += [named, unnamed]
    speakers = [make.person(given_name="Ada", family_name="Paper"), make.person(given_name="Bea", family_name="Silent")]
    for item, person in zip((named, unnamed), speakers, strict=True):
        plenary.appearances.append(make.appearance(item=item, person=person, part=Part.SPEAKER, country="TUN"))
    papers = [
        make.document(workshop=workshop, session=plenary, item=named, kind=Kind.STATEMENT, state=State.PUBLISHED),
        make.document(workshop=workshop, session=plenary, item=unnamed, kind=Kind.OTHER, state=State.NOT_PROVIDED),
    ]
    breakouts = make.session(workshop=workshop, number=2, title=Words(en="Break-out groups"))
    groups = [
        make.group(
            workshop=workshop,
            session=breakouts,
            number=n,
            topic=Words(en=f"Topic {n}"),
            questions=[make.group_question(f"Question of group {n}?")],
        )
        for n in (1, 2)
    ]
    reports = [group_report(groups[0], language="fr"), group_report(groups[1])]
    step = Milestone(workshop=workshop, stage=Stage.FOLLOW_UP, due_on=workshop.ends_on)
    return Met(
        workshop=workshop,
        plenary=plenary,
        breakouts=breakouts,
        papers=papers,
        groups=groups,
        reports=reports,
        milestones=[step],
    )


def group_report(group: Any, language: str = "en") -> GroupReport:
    """A signed report with one key point resting on two points, one practice and one recommendation."""
    points = [make.point(n, group=group, question=group.questions[0], kind=PointKind.OBSTACLE) for n in (1, 2)]
    report = make.group_report(
        group=group,
        language=language,
        headcount={"ngo": 6, "state_member": 7},
        signed_at=NOON,
        moderator="Mo Moderator",
        differences="Some wanted one office.",
        lessons=["Ask early."],
    )
    text = "Les transferts coûtent {0} trop cher <b>" if language == "fr" else "Transfers cost too much."
    report.key_points.append(
        make.key_point(
            text,
            question=group.questions[0],
            kind=PointKind.OBSTACLE,
            strength=Strength.SOME,
            perspective=Perspective.DIASPORA,
            points=points,
        )
    )
    report.practices.append(make.practice("Joint desk", place="Nowhere-sur-Mer", who="Two ministries"))
    report.recommendations.append(make.recommendation(question=group.questions[0]))
    return report


def numbered(met: Met) -> Met:
    """Give everything an id, as the database would."""
    numbers = count(1)
    items = [item for session in met.sessions for item in session.items]
    people = [who.person for session in met.sessions for who in session.appearances]
    everything: list[Any] = [
        met.workshop,
        *met.sessions,
        *items,
        *people,
        *met.papers,
        *met.groups,
        *met.milestones,
        *met.reports,
    ]
    for thing in everything:
        thing.id = next(numbers)
    for paper in met.papers:
        paper.session_id, paper.item_id = paper.session.id, there(paper.item).id
    for report in met.reports:
        parts: list[Any] = [
            *report.key_points,
            *report.recommendations,
            *(p for key in report.key_points for p in key.points),
        ]
        for thing in parts:
            thing.id = next(numbers)
    return met


def material(met: Met | None = None, **but: Any) -> Material:
    """What the rules are given."""
    met = met or numbered(meeting())
    values: dict[str, Any] = {
        "workshop": met.workshop,
        "agenda": sessions_of(releases_rules.as_published(met.sessions)),
        "documents": met.papers,
        "groups": met.groups,
        "reports": met.reports,
        "milestones": met.milestones,
    }
    return Material(**(values | but))


def snapshot(**but: Any) -> Snapshot:
    values: dict[str, Any] = {
        "number": 1,
        "taken_at": NOON,
        "responses": 49,
        "caveat": Words(en="Self-selected."),
        "title": Words(en="First look"),
    }
    taken = Snapshot(**(values | but))
    taken.id = 900
    return taken


def tabulation() -> Tabulation:
    """Two options, one of them chosen by too few."""
    rows = (Row(Words(en="Cost", fr="Coût"), 35, 0.71), Row(Words(en="Red tape"), None, hidden=Hidden.UNDER))
    section = Section("E", Words(en="Obstacles"), ())
    return Tabulation("E4", section, Words(en="Which obstacles?"), QuestionKind.MANY, asked=49, answered=44, rows=rows)


def saved(workshop: Workshop) -> Met:
    """The same in the database, with its agenda published; not committed."""
    met = meeting(workshop)
    db.session.add_all([*met.sessions, *met.papers, *met.groups, *met.reports, *met.milestones])
    db.session.flush()
    release = Release(workshop=workshop, number=1, published_at=NOON, agenda=releases_rules.as_published(met.sessions))
    db.session.add(release)
    met.release = release
    return met
