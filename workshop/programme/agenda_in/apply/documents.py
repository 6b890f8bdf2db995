"""The documents that a file expects of a session or an item, taken in."""

from collections.abc import Sequence
from dataclasses import fields

from workshop.platform.intake import Outcome
from workshop.programme.agenda.models import Item, Session
from workshop.programme.papers import rules as papers
from workshop.programme.papers.models import Document, Kind, State

from ..models import Of
from ..reading import agenda_file as read
from . import matching
from .merging import Facts, merge, text_of_fact
from .outcome_sentences import tell
from .record import Taking, report, was_removed

OPEN = {State.EXPECTED, State.NOT_PROVIDED}  # nothing has happened to the document here yet


def take_documents(session: Session, item: Item | None, theirs: Sequence[read.Document], taking: Taking) -> None:
    there = [each for each in taking.known.documents if each.session is session and each.item is item]

    def same(one: read.Document, row: Document) -> bool:
        return one.kind is row.kind

    def only_one(_one: read.Document, _row: Document) -> bool:
        return len(there) == 1 == len(theirs)

    def missing(one: read.Document, row: Document) -> bool:
        return not one.provided and row.state in OPEN

    matched = matching.match(theirs, there, same, only_one, missing)
    for one in theirs:
        take_document(session, item, matched.of(one), one, taking)


def take_document(
    session: Session, item: Item | None, row: Document | None, theirs: read.Document, taking: Taking
) -> None:
    place = session.title.in_(taking.comparison.agenda.language)[0]
    facts: Facts = {
        "kind": theirs.kind.value if theirs.provided or row is None else None,
        "provided": "yes" if theirs.provided else "no",
    }
    if row is None:
        known: Facts = {"kind": theirs.kind.value}
        if was_removed(Of.DOCUMENT, theirs.row, facts | known, "kind", taking, session=session, item=item):
            return
        row = papers.expect(session, item, papers.DocumentText(theirs.kind, title=theirs.title))
        if not theirs.provided:
            papers.mark_not_provided(row, at=taking.at)
        taking.added.append(row)
        taking.known.documents.append(row)
        taking.comparison.note(theirs.row, Outcome.CREATED, tell("added", Of.DOCUMENT, known | {"place": place}))
    else:
        last = taking.last(Of.DOCUMENT, row)
        ours: Facts = {
            "kind": row.kind.value,
            "provided": "no" if row.state is State.NOT_PROVIDED else "yes",
            "place": place,
        }
        said = facts if row.state in OPEN else {"kind": facts["kind"]}
        merged = merge(said, ours, last.facts if last else None, overwrite=taking.overwrite)
        change_document(row, merged.values, taking)
        report(taking, theirs.row, Of.DOCUMENT, ours, merged)
    taking.remember(Of.DOCUMENT, row, theirs.key, facts, session=session, item=item, document=row)


def change_document(row: Document, values: Facts, taking: Taking) -> None:
    if row.kind.value != values["kind"]:
        written = {each.name: getattr(row, each.name) for each in fields(papers.DocumentText)}
        papers.edit(row, papers.DocumentText(**(written | {"kind": Kind(text_of_fact(values, "kind"))})))
    if row.state is State.EXPECTED and values["provided"] == "no":
        papers.mark_not_provided(row, at=taking.at)
    elif row.state is State.NOT_PROVIDED and values["provided"] == "yes":
        papers.expect_again(row, at=taking.at)
