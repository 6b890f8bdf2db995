"""What a table or a finding is for: a session, or one of its guiding questions. No database, no request, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from workshop.consultation.questions.question import Kind
from workshop.programme.agenda.models import GuidingQuestion, Session

from ..result_tables import Tabulation

SESSION, QUESTION = "session", "question"


class Attached(Protocol):
    """Whatever is for a session."""

    session: Session | None
    guiding_question: GuidingQuestion | None


def value_of(row: Attached) -> str:
    """How the place of a row is written in a form."""
    if row.guiding_question:
        return f"{QUESTION}-{row.guiding_question.id}"
    return f"{SESSION}-{row.session.id}" if row.session else ""


def places(sessions: Iterable[Session], language: str) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Each session with its guiding questions, as a person chooses among them."""
    found: dict[str, list[tuple[str, str]]] = {}
    for session in sessions:
        title = session.title.in_(language)[0]
        named = found.setdefault(title, [])
        named.append((f"{SESSION}-{session.id}", title))
        named += [
            (f"{QUESTION}-{each.id}", f"{n}. {each.text.in_(language)[0]}")
            for n, each in enumerate(session.questions, 1)
        ]
    return found


def attach(row: Attached, chosen: str | None, sessions: Iterable[Session]) -> None:
    """Say whom a row is for, as it was chosen; for a guiding question also its session."""
    row.session = row.guiding_question = None
    kind, _dash, id = (chosen or "").partition("-")
    for session in sessions:
        if kind == SESSION and str(session.id) == id:
            row.session = session
        for each in session.questions:
            if kind == QUESTION and str(each.id) == id:
                row.session, row.guiding_question = session, each


def currencies(tables: Iterable[Tabulation]) -> list[str]:
    """The currencies whose figures are shown."""
    rows = [row for table in tables if table.kind is Kind.MONEY for row in table.rows if row.spread]
    return list(dict.fromkeys(str(row.label) for row in rows))
