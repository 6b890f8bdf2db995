"""The break-out groups of a session, taken in."""

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.intake import Outcome
from workshop.programme.agenda.models import Session
from workshop.programme.agenda.question_wordings import QuestionText
from workshop.programme.groups.models import Group
from workshop.programme.groups.rules import ask

from ..models import Of
from ..reading import agenda_file as read
from . import matching
from .merging import Facts, list_of_fact, merge, words_of_fact
from .outcome_sentences import tell
from .record import Taking, report, was_removed


def take_groups(session: Session, theirs: read.Session, taking: Taking) -> None:
    there = [each for each in taking.known.groups if each.session is session]

    def last_topic(one: read.Group, row: Group) -> bool:
        return bool(matching.titles(one.topic) & matching.titles(matching.said_of(taking.last(Of.GROUP, row), "topic")))

    def topic(one: read.Group, row: Group) -> bool:
        return bool(matching.titles(one.topic) & matching.titles(row.topic))

    def number(one: read.Group, row: Group) -> bool:
        return one.number is not None and one.number == row.number

    def question(one: read.Group, row: Group) -> bool:
        asked = {text for each in one.questions for text in matching.titles(each)}
        return bool(asked & {text for each in row.questions for text in matching.titles(each.text)})

    def in_order(one: read.Group, row: Group) -> bool:
        return one.number is None and theirs.groups.index(one) == there.index(row)

    matched = matching.match(theirs.groups, there, last_topic, topic, number, question, in_order)
    for one in theirs.groups:
        take_group(session, matched.of(one), one, taking)


def take_group(session: Session, row: Group | None, theirs: read.Group, taking: Taking) -> None:
    facts: Facts = {"topic": dict(theirs.topic), "questions": [dict(each) for each in theirs.questions]}
    if row is None:
        if was_removed(Of.GROUP, theirs.row, facts, "topic", taking, session=session):
            return
        used = {each.number for each in taking.known.groups}
        number = theirs.number if theirs.number and theirs.number not in used else max(used, default=0) + 1
        language = taking.comparison.agenda.language
        topic = theirs.topic or Words({language: _("Group %(number)s", number=number)})
        row = Group(workshop=session.workshop, session=session, number=number, topic=topic)
        ask(row, [QuestionText(text=text) for text in theirs.questions], resting={})
        taking.added.append(row)
        taking.known.groups.append(row)
        taking.comparison.note(theirs.row, Outcome.CREATED, tell("added", Of.GROUP, facts | {"topic": dict(topic)}))
    else:
        last = taking.last(Of.GROUP, row)
        here: list[Facts] = [dict(each.text) for each in row.questions]
        facts["questions"] = matching.in_their_places([dict(each) for each in theirs.questions], here)
        ours: Facts = {"topic": dict(row.topic), "questions": here}
        merged = merge(facts, ours, last.facts if last else None, overwrite=taking.overwrite)
        if dict(row.topic) != merged.values["topic"]:
            row.topic = words_of_fact(merged.values, "topic")
        ids = [*(each.id for each in row.questions), *[None] * len(theirs.questions)]
        said = zip(list_of_fact(merged.values, "questions"), ids, strict=False)
        ask(row, [QuestionText(text=text, id=id) for text, id in said], resting={})
        report(taking, theirs.row, Of.GROUP, ours, merged)
    taking.remember(Of.GROUP, row, theirs.key, facts, session=session, group=row)
