from datetime import date

from flask import Flask

from tests import factories as make
from workshop.deliberation.group_reports.models import GroupReport
from workshop.deliberation.plenary.models import PlenaryReport
from workshop.front.overview import rules
from workshop.platform.db import Words
from workshop.programme.agenda.formats import Format, Part
from workshop.programme.groups.models import GroupRole
from workshop.programme.papers.models import State
from workshop.secretariat.series.models import Milestone, Stage

TODAY = date(2026, 3, 1)


def test_steps_name_the_first_that_is_not_done() -> None:
    workshop = make.workshop()
    done = Milestone(workshop=workshop, stage=Stage.CONCEPT, done_at=make.NOON)
    standings = [step.standing for step in rules.steps([done])]
    assert standings == ["done", "now", "later", "later", "later", "later"]


def test_an_overdue_paper_is_bad_and_names_its_speaker(app: Flask) -> None:
    session = make.session()
    item = make.item()
    item.id = 5
    who = make.appearance(item=item)
    who.item_id = 5
    session.appearances.append(who)
    paper = make.document(session=session, due_on=date(2026, 2, 20))
    paper.item_id = 5
    [need] = rules.needs_of_papers([paper], [session], today=TODAY)
    assert (need.tone, need.who, need.due) == ("bad", "Ines Synthetic", date(2026, 2, 20))


def test_published_and_missing_papers_need_nothing(app: Flask) -> None:
    papers = [make.document(session=make.session(), state=state) for state in (State.PUBLISHED, State.NOT_PROVIDED)]
    assert rules.needs_of_papers(papers, [], today=TODAY) == []


def test_a_plenary_needs_a_chair_and_coffee_does_not(app: Flask) -> None:
    plenary, coffee = make.session(), make.session(number=2, format=Format.COFFEE)
    assert len(rules.needs_of_agenda([plenary, coffee], changes=0)) == 1
    plenary.appearances.append(make.appearance(part=Part.CHAIR))
    assert rules.needs_of_agenda([plenary, coffee], changes=0) == []


def test_unpublished_changes_are_named(app: Flask) -> None:
    [need] = rules.needs_of_agenda([], changes=2)
    assert str(need.what) == "Changes to the agenda: 2"


def test_a_group_needs_a_rapporteur_and_a_signed_report(app: Flask) -> None:
    group, user = make.group(), make.user("chi")
    group.id, user.id = 3, 4
    states = [str(need.state) for need in rules.needs_of_groups([group], [], [], begun=True)]
    assert states == ["not named yet", "not begun"]
    servant = GroupRole(group=group, user=user, role=Part.RAPPORTEUR)
    servant.group_id = 3
    assert [str(need.state) for need in rules.needs_of_groups([group], [servant], [], begun=True)] == ["not begun"]
    assert rules.needs_of_groups([group], [servant], [], begun=False) == []  # nobody reports before the meeting
    report = GroupReport(group=group, signed_at=make.NOON)
    report.group_id = 3
    assert rules.needs_of_groups([group], [servant], [report], begun=True) == []


def test_the_report_is_late_after_its_date(app: Flask) -> None:
    milestone = Milestone(workshop=make.workshop(), stage=Stage.REPORT, due_on=date(2026, 2, 1))
    [need] = rules.needs_of_report(None, milestone, today=TODAY, last_day=TODAY)
    assert need.tone == "bad"
    published = PlenaryReport(slug="r", title=Words(), compiled_at=make.NOON, published_at=make.NOON)
    assert rules.needs_of_report(published, milestone, today=TODAY, last_day=TODAY) == []


def test_the_worst_comes_first() -> None:
    needs = [
        rules.Need("a", "", "", "warn", "x", due=date(2026, 1, 1)),
        rules.Need("b", "", "", "bad", "x", due=date(2026, 2, 1)),
        rules.Need("c", "", "", "warn", "x"),
    ]
    assert [need.what for need in rules.in_order(needs)] == ["b", "a", "c"]
