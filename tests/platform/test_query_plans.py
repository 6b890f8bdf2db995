"""No page reads a whole table that grows: the plans of what every address asks for, on the database of this run."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, text

from tests import factories as make
from tests.cast import Company
from tests.conftest import CheckedClient, SignedIn
from tests.consultation.questions.documents import asks, document
from tests.front.public.test_views import full_session, publish
from workshop.consultation.questionnaires import rules as questionnaires_rules
from workshop.consultation.questionnaires.models import Recipient
from workshop.consultation.questionnaires.states import ResponseState
from workshop.platform.db import Words, db

KNOWN: dict[str, Any] = {"slug": "w", "number": 1, "questionnaire": "q", "report": "plenary", "layout": "programme"}
# Tables that stay small, or that are read whole on purpose.
SMALL = {
    "series": "a handful in each installation",
    "workshop": "the front page lists all of them",
    "publication": "some each year, a page at a time in the order of an index",
    "shared_practice": "some each year, a page at a time from the newest",
    "gap": "some for each theme, all on one page",
    "contact_card": "some for each series, a page at a time in the order of the table",
    "task": "counted by state for whoever runs the machine, in an index that holds nothing else",
}
# Indexes whose first column is the same for most rows: to find a row by them is to read the table.
VAGUE = re.compile(r"ix_(message|task)_state|ix_response_state")


@contextmanager
def statements() -> Iterator[dict[str, Any]]:
    """What is read while it is open, each statement once, with values that it had."""
    seen: dict[str, Any] = {}

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")) and not many:
            seen.setdefault(statement, values)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def whole_tables(statement: str, values: Any) -> set[str]:
    """The tables that the database would read from end to end for this statement."""
    names = set(db.metadata.tables)
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            plan = [str(row[3]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
            scanned = [each[1] for line in plan if (each := re.match(r"SCAN (\w+)\b", line))]
            vague = [each[1] for line in plan if (each := re.match(r"SEARCH (\w+) .*", line)) and VAGUE.search(line)]
            called = {alias: name for name, alias in re.findall(r'(?:FROM|JOIN) "?(\w+)"? AS "?(\w+)', statement)}
            return {str(called.get(each, each)) for each in (*scanned, *vague)} & names
        # Of tables with two rows it would always read all.
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = [str(row[0]) for row in connection.exec_driver_sql(f"EXPLAIN {statement}", values)]
        return {str(each[1]) for line in plan if (each := re.search(r'Seq Scan on "?(\w+)', line))} & names


@pytest.fixture
def busy(company: Company, app: Flask) -> Company:
    """A workshop with something on every page."""
    for number in (1, 2):
        db.session.add_all(full_session(company.workshop, number))
    publish(company.workshop)
    form = make.questionnaire(workshop=company.workshop)
    for number in (1, 2):
        version = make.version(document(asks("Q1", "text")), questionnaire=form, number=number)
        for state in ResponseState:
            response, _secret = questionnaires_rules.begin(version, language="en", at=make.NOON)
            response.state, response.submitted_at = state, make.NOON
            db.session.add(response)
    recipient = Recipient(questionnaire=form, name="A ministry", email="ministry@example.org", language="en")
    db.session.add_all([recipient])
    db.session.commit()
    return company


def addresses(app: Flask) -> list[str]:
    """Every page whose address can be made of what that workshop holds."""
    with app.test_request_context():
        return [
            app.url_for(rule.endpoint, **{each: KNOWN[each] for each in rule.arguments})
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ()) and rule.arguments <= set(KNOWN) and rule.endpoint != "static"
        ]


def test_no_page_reads_a_whole_table_that_grows(busy: Company, as_: SignedIn, app: Flask) -> None:
    ana, nobody, opened = as_("ana"), app.test_client(), 0
    assert isinstance(nobody, CheckedClient)
    found: set[str] = set()
    plans: set[str] = set()
    for address in [*addresses(app), "/workshops/w/search?q=migration", "/workshops/w/desk/search?q=migration"]:
        with statements() as asked:
            opened += ana.get(address).status_code == 200
            nobody.get(address)
        for statement, values in asked.items():
            if statement not in plans:
                plans.add(statement)
                for table in whole_tables(statement, values) - set(SMALL):
                    found.add(f"{table} for {address}")
    assert opened > 60
    assert "\n".join(sorted(found)) == ""


def test_a_plan_that_reads_all_is_seen(app: Flask) -> None:
    db.session.add(make.organisation(name=Words(en="One")))
    db.session.commit()
    assert whole_tables("SELECT * FROM organisation WHERE country = 'CHE'", ()) == {"organisation"}
    assert whole_tables("SELECT * FROM organisation WHERE id = 1", ()) == set()
