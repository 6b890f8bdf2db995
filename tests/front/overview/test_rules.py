from datetime import date

from flask import Flask

from tests import factories as make
from workshop.deliberation.group_reports.models import GroupReport
from workshop.front.overview import rules
from workshop.secretariat.series.front_page import Line
from workshop.secretariat.series.models import Milestone, Stage

TODAY = date(2026, 3, 1)


def test_steps_name_the_first_that_is_not_done() -> None:
    workshop = make.workshop()
    done = Milestone(workshop=workshop, stage=Stage.CONCEPT, done_at=make.NOON)
    standings = [step.standing for step in rules.steps([done])]
    assert standings == ["done", "now", "later", "later", "later", "later"]


def test_an_overdue_paper_is_bad_and_names_its_speaker(app: Flask) -> None:
    paper = make.document(workshop=make.workshop(), session=make.session(), due_on=date(2026, 2, 20))
    [need] = rules.needs_of_papers([(paper, make.person(), 1)], today=TODAY)
    assert (need.tone, need.who, need.due) == ("bad", "Ines Synthetic", date(2026, 2, 20))


def test_what_is_not_shown_is_counted(app: Flask) -> None:
    workshop = make.workshop()
    paper = make.document(workshop=workshop, session=make.session())
    rows = [(paper, None, 40)] * rules.SHOWN
    assert [str(each.what) for each in rules.needs_of_papers(rows, today=TODAY)][-1] == "32 more documents"
    found = rules.needs_of_agenda(workshop, changes=0, unchaired=[(number, 9) for number in range(1, 9)])
    assert [str(each.what) for each in found][-1] == "1 more session without a chair"


def test_unpublished_changes_are_named(app: Flask) -> None:
    [need] = rules.needs_of_agenda(make.workshop(), changes=2, unchaired=[])
    assert str(need.what) == "Changes to the agenda: 2"


def test_a_group_needs_a_rapporteur_and_a_signed_report(app: Flask) -> None:
    group, workshop = make.group(), make.workshop()

    def states(rapporteurs: int, report: GroupReport | None, *, begun: bool, signs: bool = True) -> list[str]:
        rows = [(group, report, rapporteurs)]
        return [str(need.state) for need in rules.needs_of_groups(rows, workshop, begun=begun, signs=signs)]

    assert states(0, None, begun=True) == ["not named yet", "not begun"]
    assert states(0, None, begun=True, signs=False) == ["not named yet"]
    assert states(1, None, begun=True) == ["not begun"]
    assert states(1, None, begun=False) == []  # nobody reports before the meeting
    assert states(1, GroupReport(group=group), begun=True) == ["not signed"]
    assert states(1, GroupReport(group=group, signed_at=make.NOON), begun=True) == []


def test_the_report_is_late_after_its_date(app: Flask) -> None:
    workshop = make.workshop(ends_on=TODAY)
    milestone = Milestone(workshop=workshop, stage=Stage.REPORT, due_on=date(2026, 2, 1))
    [need] = rules.needs_of_report(workshop, milestone, compiled=False, published=False, today=TODAY)
    assert need.tone == "bad"
    assert not list(rules.needs_of_report(workshop, milestone, compiled=True, published=True, today=TODAY))


def test_the_worst_comes_first() -> None:
    needs = [
        Line("a", "", "", "warn", "x", due=date(2026, 1, 1)),
        Line("b", "", "", "bad", "x", due=date(2026, 2, 1)),
        Line("c", "", "", "warn", "x"),
    ]
    assert [need.what for need in rules.in_order(needs)] == ["b", "a", "c"]
