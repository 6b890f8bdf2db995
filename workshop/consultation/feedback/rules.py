"""Writing what was heard, showing it, and finding where an answer went. No database, no request, no clock."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from workshop.consultation.findings.models import Snapshot
from workshop.consultation.findings.result_tables import Tabulation
from workshop.consultation.presenting.models import Finding
from workshop.consultation.presenting.quotations import ShownQuote, quotes_shown
from workshop.consultation.questionnaires.models import Questionnaire, Response
from workshop.consultation.questionnaires.states import Anonymity, ResponseState
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken

from .models import Feedback, FeedbackEntry, Outcome


def write_entry(
    entry: FeedbackEntry,
    asked: Collection[str],
    *,
    heard: Words,
    outcome: Outcome,
    answer: Words,
    questions: Sequence[str],
    position: int,
) -> None:
    """Say what was heard and what became of it; what was not taken up needs a reason."""
    if outcome is not Outcome.TAKEN and not answer:
        raise RuleBroken(_("Say why it was not, or not wholly, acted on: respondents read it."), field="answer")
    entry.heard, entry.outcome, entry.answer, entry.position = heard, outcome, answer, position
    entry.questions = [code for code in questions if code in asked]


def publish(feedback: Feedback, *, at: datetime) -> None:
    if not feedback.entries:
        raise RuleBroken(_("Add at least one thing that was heard first."))
    feedback.published_at = feedback.published_at or at
    feedback.questionnaire.workshop.changed_in_public()


def withdraw(feedback: Feedback) -> None:
    feedback.published_at = None
    feedback.questionnaire.workshop.changed_in_public()


def begin_sending(feedback: Feedback, *, at: datetime) -> None:
    """Respondents are written to once."""
    if feedback.published_at is None:
        raise RuleBroken(_("Publish the page first: the email says where to read it."))
    if feedback.sent_at:
        raise RuleBroken(_("Respondents were written to already."))
    feedback.sent_at = at


@dataclass(frozen=True)
class Whereabouts:
    """Where one set of answers went: the results it is counted in, the findings about questions it answers, and those that
    quote words of it."""

    results: Sequence[Snapshot]
    findings: Sequence[Finding]
    quoting: Sequence[tuple[Finding, Sequence[ShownQuote]]]
    answered: Collection[str]


def whereabouts(
    response: Response,
    snapshots: Iterable[Snapshot],
    findings: Sequence[Finding],
    table_of: Callable[[Finding], Tabulation | None],
) -> Whereabouts:
    """As far as its writer may know it: of what is public alone. Answers that were withdrawn are in nothing that follows."""
    answered = {code for code, answer in response.answers.items() if answer not in (None, "", [], {})}
    if response.state is not ResponseState.SUBMITTED:
        return Whereabouts((), (), (), ())
    counted = [each for each in snapshots if _is_counted(response, each)]
    told = [each for each in findings if each.table in answered and each.snapshot in counted]
    return Whereabouts(counted, told, _quoting(response, findings, table_of), answered)


def _quoting(
    response: Response, findings: Iterable[Finding], table_of: Callable[[Finding], Tabulation | None]
) -> list[tuple[Finding, Sequence[ShownQuote]]]:
    """The findings on public results that quote this answer, with the words as everyone reads them."""
    found = []
    for finding in findings:
        own = {each.id for each in finding.quotes if each.response is response}
        if own and finding.snapshot.published:
            found.append((finding, [each for each in quotes_shown(finding, table_of(finding)) if each.id in own]))
    return [(finding, words) for finding, words in found if words]


def _is_counted(response: Response, snapshot: Snapshot) -> bool:
    sent = response.submitted_at
    return response.version.number in snapshot.versions and (sent is None or sent <= snapshot.until)


def may_be_written_to(questionnaire: Questionnaire) -> bool:
    """Whether a letter may hold the personal link: of anonymous answers nobody knows whose they are."""
    return questionnaire.anonymity is not Anonymity.ANONYMOUS


def by_outcome(entries: Iterable[FeedbackEntry]) -> Mapping[Outcome, list[FeedbackEntry]]:
    """What was heard, by what became of it, in the order of the outcomes."""
    listed = list(entries)
    found = {outcome: [each for each in listed if each.outcome is outcome] for outcome in Outcome}
    return {outcome: these for outcome, these in found.items() if these}
