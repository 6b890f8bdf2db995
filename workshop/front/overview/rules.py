"""What a workshop needs now, and where it stands in its life. No database, no request, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _

from workshop.deliberation.group_reports.models import GroupReport
from workshop.deliberation.plenary.models import PlenaryReport
from workshop.programme.agenda.formats import Format, Part
from workshop.programme.agenda.models import Session
from workshop.programme.groups.models import Group, GroupRole
from workshop.programme.papers.models import Document, State
from workshop.secretariat.series.models import Milestone, Stage


@dataclass(frozen=True)
class Need:
    """One line of "needs you now". `tone` is bad, warn or good; `endpoint` and `values` say where to do it."""

    what: str
    who: str
    state: str
    tone: str
    endpoint: str
    values: Mapping[str, object] = field(default_factory=dict)
    due: date | None = None


CHAIRED = {Format.PLENARY, Format.PANEL, Format.KEYNOTE}


def needs_of_papers(documents: Iterable[Document], sessions: Sequence[Session], *, today: date) -> list[Need]:
    """Documents that somebody waits for: overdue, to be cleared, to be published."""
    speakers = {who.item_id: who.person.display_name for session in sessions for who in session.appearances}
    found = []
    for document in documents:
        overdue = document.state is State.EXPECTED and document.due_on is not None and document.due_on < today
        if document.state not in {State.EXPECTED, State.RECEIVED, State.IN_CLEARANCE}:
            continue
        found.append(
            Need(
                what=_("%(kind)s, session %(number)s", kind=document.kind.label, number=document.session.number),
                who=speakers.get(document.item_id, document.author) if document.item_id else document.author,
                state=_("overdue") if overdue else document.state.label,
                tone="bad" if overdue else "warn",
                endpoint="papers.document",
                values={"key": document.key},
                due=document.due_on,
            )
        )
    return found


def needs_of_agenda(sessions: Iterable[Session], *, changes: int) -> list[Need]:
    """Changes the public does not see yet, and sessions that need a chair."""
    found = []
    if changes:
        state = _("not published")
        what = _("Changes to the agenda: %(count)s", count=changes)
        found.append(Need(what, "", state, "warn", "agenda.desk"))
    for session in sessions:
        parts = {who.part for who in session.appearances}
        if session.format in CHAIRED and not parts & {Part.CHAIR, Part.MODERATOR}:
            what = _("Chair of session %(number)s", number=session.number)
            values = {"number": session.number}
            found.append(Need(what, "", _("not named yet"), "warn", "agenda.session_items", values))
    return found


def needs_of_groups(
    groups: Iterable[Group], servants: Iterable[GroupRole], reports: Iterable[GroupReport], *, begun: bool
) -> list[Need]:
    """Groups without a rapporteur, and, once the meeting has begun, group reports still to be written or signed."""
    served = {servant.group_id for servant in servants if servant.role is Part.RAPPORTEUR}
    by_group = {report.group_id: report for report in reports}
    found = []
    for group in groups:
        values, report = {"number": group.number}, by_group.get(group.id)
        if group.id not in served and report is None:
            what = _("Rapporteur of group %(number)s", number=group.number)
            found.append(Need(what, "", _("not named yet"), "warn", "capture.desk"))
        if begun and (report is None or report.signed_at is None):
            what = _("Report of group %(number)s", number=group.number)
            state = _("not signed") if report else _("not begun")
            found.append(Need(what, report.rapporteur if report else "", state, "warn", "group_reports.group", values))
    return found


def needs_of_report(
    report: PlenaryReport | None, milestone: Milestone | None, *, today: date, last_day: date
) -> list[Need]:
    """The report to the plenary, from the last day of the meeting until it is published."""
    if (report and report.published_at) or (report is None and today < last_day):
        return []
    due = milestone.due_on if milestone else None
    late = due is not None and due < today
    state = _("compiled, not published") if report else _("not compiled")
    return [Need(_("Report to the plenary"), "", state, "bad" if late else "warn", "plenary.desk", due=due)]


def in_order(needs: Iterable[Need]) -> list[Need]:
    """The worst first, then by date; what has no date last."""
    return sorted(needs, key=lambda need: (need.tone != "bad", need.due or date.max))


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
