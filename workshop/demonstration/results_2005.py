"""Results of the questionnaire of 2005: interim ones, rounded, and the final ones that took their place."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from workshop.consultation.findings import queries, rules
from workshop.consultation.findings.disclosing.showing import definition_of, precisions_of, tables_of
from workshop.consultation.findings.freezing import fill
from workshop.consultation.findings.models import Audience, Precision, Snapshot, TableChoice
from workshop.consultation.findings.result_tables import Tabulation
from workshop.consultation.presenting import queries as presenting_queries
from workshop.consultation.presenting import quotations
from workshop.consultation.presenting import rules as presenting_rules
from workshop.consultation.presenting.models import Finding
from workshop.consultation.presenting.sentences import drafted
from workshop.consultation.questionnaires import queries as questionnaires_queries
from workshop.consultation.questionnaires.models import Questionnaire, Response
from workshop.consultation.text_answers import queries as text_queries
from workshop.platform.db import Words, db
from workshop.programme.agenda.models import Session
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Workshop

from . import feedback_2005

CAVEAT = Words(
    en="Respondents chose to answer (self-selected): the results are not representative of all who could have "
    "answered, and speak only of those who did.",
    fr="Les répondants ont choisi de répondre (auto-sélection) : les résultats ne sont pas représentatifs de tous ceux qui "
    "auraient pu répondre et ne parlent que de ceux qui l'ont fait.",
    es="Quienes respondieron lo hicieron por decisión propia (autoselección): los resultados no son representativos de todas "
    "las personas que podían responder y solo hablan de quienes respondieron.",
    ar="اختار المجيبون أن يجيبوا بأنفسهم: لا تمثل النتائج كل من كان بوسعه أن يجيب، ولا تتحدث إلا عمن أجاب.",
)
FINDINGS = ("C3", "B5", "E4", "F1", "B7")
# For which session, by its place in the programme, and which of its guiding questions (0: for the session as a whole).
PLACES = {"C3": (5, 0), "C4": (5, 3), "D1": (5, 2), "E4": (5, 6), "F1": (5, 7), "B5": (6, 0), "B7": (6, 0)}
QUOTED = ("C3", "F2", "anonymous")  # beside which finding, from which question, and what its author allows
INTERIM = Words(en="Initial analysis", fr="Première analyse", es="Análisis inicial", ar="تحليل أولي")
FINAL = Words(en="Final results", fr="Résultats définitifs", es="Resultados definitivos", ar="النتائج النهائية")


def load(workshop: Workshop, people: Mapping[str, User], *, at: datetime) -> list[Snapshot]:
    """Both snapshots, published, and what respondents were told; the answers must have been flushed."""
    questionnaire = db.session.scalars(questionnaires_queries.questionnaire_of(workshop, "diaspora")).one()
    interim = _take(questionnaire, people, number=1, title=INTERIM, as_of=at - timedelta(days=7), rounded=True, at=at)
    _show(interim, (), people, at=at - timedelta(days=7))
    final = _take(questionnaire, people, number=2, title=FINAL, as_of=at, rounded=False, at=at)
    _show(final, [interim], people, at=at)
    sessions = db.session.scalars(presenting_queries.sessions_of(workshop)).all()
    db.session.add_all(_choice(questionnaire, table, sessions) for table in PLACES)
    shown = [table for table in FINDINGS if final.precisions.get(table) is Precision.EXACT]
    for position, table in enumerate(shown, 1):
        db.session.add(_finding(final, table, position, sessions, people, at=at))
    feedback_2005.load(questionnaire, people, at=at)
    return [interim, final]


def _attach(row: TableChoice | Finding, table: str, sessions: Sequence[Session]) -> None:
    place, question = PLACES[table]
    row.session = sessions[place - 1]
    row.guiding_question = row.session.questions[question - 1] if question else None


def _choice(questionnaire: Questionnaire, table: str, sessions: Sequence[Session]) -> TableChoice:
    """For the briefing of its session."""
    choice = TableChoice(questionnaire=questionnaire, table=table)
    _attach(choice, table, sessions)
    return choice


def _finding(
    snapshot: Snapshot,
    name: str,
    position: int,
    sessions: Sequence[Session],
    people: Mapping[str, User],
    *,
    at: datetime,
) -> Finding:
    """A finding in the words that are drafted from its table, published."""
    workshop = snapshot.questionnaire.workshop
    shown = {table.question: table for table in tables_of(snapshot, ())}
    finding = presenting_rules.write_finding(
        snapshot,
        shown,
        table=name,
        statement=drafted(shown[name], snapshot, workshop.languages),
        caveat=Words(),
        position=position,
        who=people["analyst"].id,
        at=at,
    )
    _attach(finding, name, sessions)
    if name == QUOTED[0]:
        _quote(finding, shown[name])
    presenting_rules.publish_finding(finding, at=at)
    return finding


def _quote(finding: Finding, table: Tabulation) -> None:
    """The words of one respondent who allows it."""
    _table, question, allowed = QUOTED
    rows = db.session.execute(text_queries.texts(finding.snapshot.questionnaire_id, question)).all()
    author = db.session.get_one(Response, next(row.id for row in rows if row.publication == allowed))
    words = str(author.answers[question])
    finding.quotes.append(quotations.quote(finding, table, author, question, excerpt=words, names=()))


def _take(
    questionnaire: Questionnaire,
    people: Mapping[str, User],
    *,
    number: int,
    title: Words,
    as_of: datetime,
    rounded: bool,
    at: datetime,
) -> Snapshot:
    versions = db.session.scalars(queries.versions(questionnaire.workshop, questionnaire.slug)).all()
    snapshot = rules.prepare(
        versions,
        answers=db.session.scalar(queries.how_many_submitted(versions, as_of)) or 0,
        number=number,
        title=title,
        caveat=CAVEAT,
        at=at,
        as_of=as_of,
        rounded=rounded,
        who=people["analyst"].id,
    )
    rows = db.session.execute(queries.submitted_responses(versions, as_of)).all()
    fill(snapshot, definition_of(snapshot), rows)
    snapshot.frozen = True
    db.session.add(snapshot)
    db.session.flush()
    return snapshot


def _show(snapshot: Snapshot, earlier: list[Snapshot] | tuple[()], people: Mapping[str, User], *, at: datetime) -> None:
    plan = precisions_of(snapshot, earlier)
    rules.show(snapshot, plan, Audience.EVERYONE, at=at, who=people["organiser"].id)
