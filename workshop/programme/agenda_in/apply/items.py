"""What is inside a session, taken in: its items here; people, documents and groups beside this module."""

from collections.abc import Sequence
from dataclasses import fields

from workshop.platform.intake import Outcome
from workshop.programme.agenda import rules
from workshop.programme.agenda.formats import Perspective
from workshop.programme.agenda.models import Item, Session

from ..models import Of
from ..reading import agenda_file as read
from ..reading.agenda_words import plain
from . import matching
from .breakouts import take_groups
from .documents import take_documents
from .merging import Facts, merge, number_of_fact, text_of_fact, words_of_fact
from .outcome_sentences import tell
from .people import name_of, take_people
from .record import Taking, report, was_removed


def take_inside(session: Session, theirs: read.Session, taking: Taking) -> None:
    matched = match_items(theirs.items, session, taking)
    for entry in theirs.items:
        take_item(session, matched.of(entry), entry, taking)
    on_session = [who for who in session.appearances if who.item is None]
    take_people(session, None, on_session, theirs.people, taking)
    take_documents(session, None, theirs.documents, taking)
    take_groups(session, theirs, taking)


def match_items(theirs: Sequence[read.Item], session: Session, taking: Taking) -> matching.Matched[read.Item, Item]:
    people = {
        id(item): {plain(name_of(who)) for who in session.appearances if who.item is item} for item in session.items
    }
    last = {id(item): taking.last(Of.ITEM, item) for item in session.items}

    def by_key(one: read.Item, row: Item) -> bool:
        entry = last[id(row)]
        return bool(one.key) and entry is not None and one.key == entry.key

    def by_last_title(one: read.Item, row: Item) -> bool:
        return bool(matching.titles(one.title) & matching.titles(matching.said_of(last[id(row)], "title")))

    def by_title(one: read.Item, row: Item) -> bool:
        return bool(matching.titles(one.title) & matching.titles(row.title))

    def by_people(one: read.Item, row: Item) -> bool:
        return bool({plain(who.name) for who in one.people} & people[id(row)])

    def by_role(one: read.Item, row: Item) -> bool:
        return not one.title and bool(matching.titles(one.role_label) & matching.titles(row.role_label))

    def by_likeness(one: read.Item, row: Item) -> bool:
        return matching.alike(matching.titles(one.title), matching.titles(row.title))

    def by_place(one: read.Item, row: Item) -> bool:
        """Nothing was ever said of either but where it stands."""
        nameless = not (one.title or one.role_label or one.people) and not (row.title or row.role_label)
        return nameless and not people[id(row)]

    steps = [by_key, by_last_title, by_title, by_people, by_role, by_place]
    if len(theirs) * len(session.items) <= matching.MOST_COMPARED:
        steps.append(by_likeness)
    return matching.match(theirs, list(session.items), *steps)


def take_item(session: Session, row: Item | None, theirs: read.Item, taking: Taking) -> None:
    facts: Facts = {
        "title": dict(theirs.title),
        "role_label": dict(theirs.role_label),
        "minutes": theirs.minutes,
        "perspective": theirs.perspective.value if theirs.perspective else None,
    }
    if row is None:
        if was_removed(Of.ITEM, theirs.row, facts, "title", taking, session=session):
            return
        text = rules.ItemText(
            title=words_of_fact(facts, "title"),
            role_label=words_of_fact(facts, "role_label"),
            minutes=theirs.minutes,
            perspective=theirs.perspective,
        )
        row = rules.add_item(session, text, has_speaker=bool(theirs.people or theirs.documents))
        facts_shown = facts | {
            "title": facts["title"] or facts["role_label"] or {"": ", ".join(who.name for who in theirs.people)}
        }
        taking.comparison.note(theirs.row, Outcome.CREATED, tell("added", Of.ITEM, facts_shown))
    else:
        last = taking.last(Of.ITEM, row)
        ours: Facts = {
            "title": dict(row.title),
            "role_label": dict(row.role_label),
            "minutes": row.minutes,
            "perspective": row.perspective.value if row.perspective else None,
        }
        merged = merge(facts, ours, last.facts if last else None, overwrite=taking.overwrite)
        if merged.taken:
            written = {each.name: getattr(row, each.name) for each in fields(rules.ItemText)} | {
                "title": words_of_fact(merged.values, "title"),
                "role_label": words_of_fact(merged.values, "role_label"),
                "minutes": number_of_fact(merged.values, "minutes"),
                "perspective": Perspective(angle) if (angle := text_of_fact(merged.values, "perspective")) else None,
            }
            rules.edit_item(row, rules.ItemText(**written), has_speaker=True)
        report(taking, theirs.row, Of.ITEM, ours, merged)
    taking.remember(Of.ITEM, row, theirs.key, facts, session=session, item=row)
    there = [who for who in session.appearances if who.item is row]
    take_people(session, row, there, theirs.people, taking)
    take_documents(session, row, theirs.documents, taking)
