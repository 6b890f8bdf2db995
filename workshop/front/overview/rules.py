"""What a workshop needs now, and where it stands in its life. No database, no request, no clock."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.deliberation.group_reports.models import GroupReport
from workshop.programme.agenda.formats import Format
from workshop.programme.groups.models import Group
from workshop.programme.papers.models import Document, State
from workshop.secretariat.register.models import Person
from workshop.secretariat.series.front_page import Line, Section
from workshop.secretariat.series.models import Milestone, Stage, Workshop

CHAIRED = (Format.PLENARY, Format.PANEL, Format.KEYNOTE)
WAITING = (State.EXPECTED, State.RECEIVED, State.IN_CLEARANCE)
SHOWN = 8  # of each kind of thing to do; what is left is one line


def needs_of_papers(rows: Sequence[tuple[Document, Person | None, int]], *, today: date) -> Iterator[Line]:
    """Documents that somebody waits for: overdue, to be cleared, to be published. Each row says how many there are."""
    for document, person, _total in rows:
        overdue = document.state is State.EXPECTED and document.due_on is not None and document.due_on < today
        yield Line(
            _("%(kind)s, session %(number)s", kind=document.kind.label, number=document.session.number),
            document.author or (person.display_name if person else ""),
            _("overdue") if overdue else document.state.label,
            "bad" if overdue else "warn",
            "papers.document",
            {"slug": document.workshop.slug, "key": document.key},
            document.due_on,
        )
    if rows and rows[0][2] > len(rows):
        more = rows[0][2] - len(rows)
        what = ngettext("%(num)s more document", "%(num)s more documents", more)
        yield Line(what, "", "", "", "papers.desk", {"slug": rows[0][0].workshop.slug})


def needs_of_agenda(workshop: Workshop, *, changes: int, unchaired: Sequence[tuple[int, int]]) -> Iterator[Line]:
    """Changes the public does not see yet, and sessions that need a chair: the number of each, and how many there are."""
    at = {"slug": workshop.slug}
    if changes:
        what = _("Changes to the agenda: %(count)s", count=changes)
        yield Line(what, "", _("not published"), "warn", "agenda.desk", at)
    for number, _total in unchaired:
        what = _("Chair of session %(number)s", number=number)
        yield Line(what, "", _("not named yet"), "warn", "agenda.session_items", at | {"number": number})
    if unchaired and unchaired[0][1] > len(unchaired):
        more = unchaired[0][1] - len(unchaired)
        what = ngettext("%(num)s more session without a chair", "%(num)s more sessions without a chair", more)
        yield Line(what, "", "", "", "agenda.desk", at)


def needs_of_groups(
    rows: Iterable[tuple[Group, GroupReport | None, int]], workshop: Workshop, *, begun: bool, signs: bool
) -> Iterator[Line]:
    """Groups without a rapporteur (`rows` say how many each has); and for who `signs`, once the meeting has begun, group
    reports still to be written or signed.
    """
    for group, report, rapporteurs in rows:
        at = {"slug": workshop.slug, "number": group.number}
        if not rapporteurs and report is None:
            what = _("Rapporteur of group %(number)s", number=group.number)
            yield Line(what, "", _("not named yet"), "warn", "groups.people", at)
        if begun and signs and (report is None or report.signed_at is None):
            yield need_of_report(group, report, at)


def need_of_report(group: Group, report: GroupReport | None, at: Mapping[str, object]) -> Line:
    what = _("Report of group %(number)s", number=group.number)
    state = _("not signed") if report else _("not begun")
    return Line(what, report.rapporteur if report else "", state, "warn", "group_reports.group", at)


def needs_of_report(
    workshop: Workshop, milestone: Milestone | None, *, compiled: bool, published: bool, today: date
) -> Iterator[Line]:
    """The report to the plenary, from the last day of the meeting until it is published."""
    if published or (not compiled and today < workshop.ends_on):
        return
    due = milestone.due_on if milestone else None
    late = due is not None and due < today
    state = _("compiled, not released") if compiled else _("not compiled")
    at = {"slug": workshop.slug}
    yield Line(_("Report to the plenary"), "", state, "bad" if late else "warn", "plenary.desk", at, due)


def in_order(needs: Iterable[Line]) -> list[Line]:
    """The worst first, then by date; what has no date last."""
    return sorted(needs, key=lambda need: (need.tone != "bad", need.due or date.max))


def by_section(lines: Iterable[Line]) -> dict[Section, list[Line]]:
    """The parts of the page that have something to say, from top to bottom; what is to do stands apart."""
    rows = list(lines)
    found = {section: [each for each in rows if each.section is section] for section in Section}
    return {section: own for section, own in found.items() if own and section is not Section.TO_DO}


@dataclass(frozen=True)
class Step:
    """A stage as the desk shows it: "done", "now" or "later"."""

    stage: Stage
    milestone: Milestone | None
    standing: str


def steps(milestones: Iterable[Milestone]) -> list[Step]:
    """The stages left to right; the first that is not done is now."""
    by_stage = {milestone.stage: milestone for milestone in milestones}
    found: list[Step] = []
    for stage in Stage:
        milestone = by_stage.get(stage)
        done = milestone is not None and milestone.done_at is not None
        now_taken = any(step.standing == "now" for step in found)
        found.append(Step(stage, milestone, "done" if done else "later" if now_taken else "now"))
    return found
