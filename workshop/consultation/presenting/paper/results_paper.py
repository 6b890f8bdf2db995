"""What stands on paper about results: tables in parts, each with its sentence, snapshot and caveat.

The summary has the tables of one snapshot, the briefing those that are for a session, each once. No database, no request,
no clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from workshop.consultation.findings.models import Snapshot, TableChoice
from workshop.consultation.findings.respondent_units import notes_on_respondents, respondents_of
from workshop.consultation.findings.result_tables import Tabulation
from workshop.platform.db import Words
from workshop.programme.agenda.models import Session

from ..crossed_tables import is_crossing
from ..models import Finding, FindingState
from ..pictures import caveat_of, date_of, title_of
from ..quotations import ShownQuote, quotes_shown
from ..sentences import named, sentence_of


@dataclass(frozen=True)
class PaperTable:
    """One table with what is said about it: the findings a person wrote, else a sentence drafted from its figures; and
    the words of respondents that stand with those findings."""

    tabulation: Tabulation
    statements: Sequence[tuple[str, str]]  # each with its language
    caveats: Sequence[str] = ()
    quotes: Sequence[ShownQuote] = ()


@dataclass(frozen=True)
class Part:
    """Tables under one heading. `facts` and `caveat` are said where they are of another snapshot than the part before."""

    heading: str
    tables: Sequence[PaperTable]
    facts: Sequence[str] = ()
    caveat: str = ""


@dataclass(frozen=True)
class ResultsPaper:
    """A whole document in one language."""

    language: str
    title: str
    subtitle: str
    facts: Sequence[str]
    caveat: str
    parts: Sequence[Part]
    questions: Sequence[str] = ()


def facts_of_snapshot(snapshot: Snapshot, language: str) -> list[str]:
    """Whose answers these are, as of when, and how many: what goes with every figure."""
    told = [
        named(snapshot.questionnaire.title, language),
        title_of(snapshot, language),
        date_of(snapshot),
        respondents_of(snapshot),
        _("n = %(n)s", n=snapshot.responses),
    ]
    return [*told, *notes_on_respondents(snapshot)]


def summary(
    snapshot: Snapshot, tables: Iterable[Tabulation], findings: Sequence[Finding], language: str
) -> ResultsPaper:
    """The tables of a snapshot section by section, without those that a person left out."""
    left_out = {choice.table for choice in snapshot.choices if not choice.in_summary}
    shown = [each for each in tables if each.has_figures and each.question not in left_out]
    sections = {each.section.code: each.section for each in shown}
    written = _by_table(findings)
    parts = [
        Part(
            named(section.title, language),
            [_paper_table(t, snapshot, written, language) for t in shown if t.section.code == code],
        )
        for code, section in sections.items()
    ]
    return ResultsPaper(
        language,
        title=_("Summary of results"),
        subtitle=named(snapshot.questionnaire.workshop.title, language),
        facts=facts_of_snapshot(snapshot, language),
        caveat=caveat_of(snapshot, language),
        parts=parts,
    )


Shown = tuple[Snapshot, Sequence[Tabulation]]


def briefing(
    session: Session, shown: Iterable[Shown], choices: Iterable[TableChoice], findings: Sequence[Finding], language: str
) -> ResultsPaper:
    """What the results say for one session: the tables that are for it, and those of its findings, each once."""
    places = {(choice.questionnaire_id, choice.table): choice for choice in choices if choice.session}
    own = [each for each in findings if each.session is session]
    parts = []
    for snapshot, tables in shown:
        of_findings = {each.table for each in own if each.snapshot is snapshot}
        mapped = {
            table
            for (questionnaire, table), choice in places.items()
            if questionnaire == snapshot.questionnaire_id and choice.session is session
        }
        written = _by_table(each for each in own if each.snapshot is snapshot)
        wanted = [t for t in tables if t.has_figures and t.question in of_findings | mapped]
        if wanted:
            parts.append(
                Part(
                    named(snapshot.questionnaire.title, language),
                    [_paper_table(t, snapshot, written, language) for t in wanted],
                    facts_of_snapshot(snapshot, language)[1:],
                    caveat_of(snapshot, language),
                )
            )
    return ResultsPaper(
        language,
        title=_("Briefing: %(session)s", session=named(session.title, language)),
        subtitle=named(session.workshop.title, language),
        facts=(),
        caveat="",
        parts=parts,
        questions=[named(each.text, language) for each in session.questions],
    )


def _by_table(findings: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for each in findings:
        if each.state is not FindingState.WITHDRAWN:
            found.setdefault(each.table, []).append(each)
    return found


def _paper_table(
    table: Tabulation, snapshot: Snapshot, findings: Mapping[str, list[Finding]], language: str
) -> PaperTable:
    written = findings.get(table.question, [])
    said = [Words(each.statement).in_(language) for each in written]
    caveats = [Words(each.caveat).in_(language)[0] for each in written if each.caveat]
    quotes = [quote for each in written for quote in quotes_shown(each, table)]
    if not said and not is_crossing(table):
        said = [(sentence_of(table, snapshot, language), language)]
    return PaperTable(table, said, caveats, quotes)
