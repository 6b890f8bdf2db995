"""What is inside a session, taken in: items, people, documents, break-out groups."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from flask_babel import gettext as _

from workshop.agenda import rules
from workshop.agenda.models import Appearance, Item, Part, Perspective, Session
from workshop.breakouts.models import Group, GroupQuestion
from workshop.db import Words
from workshop.papers import rules as papers
from workshop.papers.models import Document, Kind, State

from . import intake_match as matching
from .intake_merge import Facts, merge
from .intake_models import Of
from .intake_sentences import tell
from .intake_taking import Taking, report
from .reading import agenda as read
from .reading.vocabulary import plain

OPEN = {State.EXPECTED, State.NOT_PROVIDED}  # nothing has happened to the document here yet


def take_inside(session: Session, theirs: read.Session, taking: Taking) -> None:
    matched = match_items(theirs.items, session, taking)
    for entry in theirs.items:
        take_item(session, matched.of(entry), entry, taking)
    on_session = [who for who in session.appearances if who.item is None]
    take_people(session, None, on_session, theirs.people, taking)
    take_documents(session, None, theirs.documents, taking)
    take_groups(session, theirs, taking)


def match_items(theirs: Sequence[read.Item], session: Session, taking: Taking) -> matching.Matched[read.Item, Item]:
    people = {id(item): {plain(name_of(who)) for who in session.appearances if who.item is item} for item in session.items}  # fmt: skip
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
        "title": dict(theirs.title), "role_label": dict(theirs.role_label), "minutes": theirs.minutes,
        "perspective": theirs.perspective.value if theirs.perspective else None,
    }  # fmt: skip
    if row is None:
        if was_removed(Of.ITEM, theirs.row, facts, "title", taking, session=session):
            return
        text = rules.ItemText(title=Words(facts["title"]), role_label=Words(facts["role_label"]),
                              minutes=theirs.minutes, perspective=theirs.perspective)  # fmt: skip
        row = rules.add_item(session, text, has_speaker=bool(theirs.people or theirs.documents))
        facts_shown = facts | {"title": facts["title"] or facts["role_label"] or {"": ", ".join(who.name for who in theirs.people)}}  # fmt: skip
        taking.account.note(theirs.row, "created", tell("added", Of.ITEM, facts_shown))
    else:
        last = taking.last(Of.ITEM, row)
        ours = {"title": dict(row.title), "role_label": dict(row.role_label), "minutes": row.minutes,
                "perspective": row.perspective.value if row.perspective else None}  # fmt: skip
        merged = merge(facts, ours, last.facts if last else None, overwrite=taking.overwrite)
        if merged.taken:
            written = {each.name: getattr(row, each.name) for each in fields(rules.ItemText)} | {
                "title": Words(merged.values["title"]), "role_label": Words(merged.values["role_label"]), "minutes": merged.values["minutes"],
                "perspective": Perspective(merged.values["perspective"]) if merged.values["perspective"] else None,
            }  # fmt: skip
            rules.edit_item(row, rules.ItemText(**written), has_speaker=True)
        report(taking, theirs.row, Of.ITEM, ours, merged)
    taking.remember(Of.ITEM, row, theirs.key, facts, session=session, item=row)
    there = [who for who in session.appearances if who.item is row]
    take_people(session, row, there, theirs.people, taking)
    take_documents(session, row, theirs.documents, taking)


def was_removed(of: Of, row: int, facts: Facts, name: str, taking: Taking, **places: Any) -> bool:
    """Whether an earlier import had brought this and somebody removed it here: then it stays removed."""
    if taking.overwrite:
        return False
    for entry in taking.removed(of, **places):
        said, before = facts[name], entry.facts.get(name)
        same = bool(matching.titles(said) & matching.titles(before)) if isinstance(said, dict) else bool(said) and said == before  # fmt: skip
        if same or (not said and not before and facts == entry.facts):
            text = ", ".join(said.values()) if isinstance(said, dict) else said
            taking.account.keep(row, _("“%(title)s” was removed here since an earlier import and stays removed.", title=text))  # fmt: skip
            taking.account.note(row, "unchanged")
            return True
    return False


def name_of(who: Appearance) -> str:
    return f"{who.person.given_name} {who.person.family_name}".strip()


def take_people(
    session: Session, item: Item | None, there: Sequence[Appearance], theirs: Iterable[read.Person], taking: Taking
) -> None:
    def last_name(row: Appearance) -> str:
        return plain(matching.said_of(taking.last(Of.PERSON, row), "name") or "")

    def same_name(one: read.Person, row: Appearance) -> bool:
        names = {plain(name_of(row)), plain(row.person.name_as_published), last_name(row)}
        return plain(one.name) in names

    def same(one: read.Person, row: Appearance) -> bool:
        return one.part is row.part and same_name(one, row)

    def alike(one: read.Person, row: Appearance) -> bool:
        return one.part is row.part and matching.alike({plain(one.name)}, {plain(name_of(row))})

    everyone = list(theirs)
    matched = matching.match(everyone, list(there), same, same_name, alike)
    for one in everyone:
        take_person(session, item, matched.of(one), one, taking)


def take_person(session: Session, item: Item | None, row: Appearance | None, theirs: read.Person, taking: Taking) -> None:  # fmt: skip
    register = taking.known.register
    facts: Facts = {
        "name": theirs.name, "function": dict(theirs.function), "organisation": theirs.organisation,
        "country": theirs.country, "honorific": theirs.honorific, "part": theirs.part.value,
    }  # fmt: skip
    if row is None:
        if was_removed(Of.PERSON, theirs.row, facts, "name", taking, session=session, item=item):
            return
        row = rules.appear(session, item, speaker_of(facts, theirs, register), register)
        learn(row, taking)
        taking.account.note(theirs.row, "created", tell("added", Of.PERSON, facts))
    else:
        last = taking.last(Of.PERSON, row)
        ours = facts_of_person(row, theirs, register)
        merged = merge(facts, ours, last.facts if last else None, overwrite=taking.overwrite)
        if merged.taken:
            rules.edit_appearance(row, row.item, edited(row, merged.values, merged.taken, theirs), register)
            learn(row, taking)
        report(taking, theirs.row, Of.PERSON, ours, merged)
    taking.remember(Of.PERSON, row, theirs.key, facts, session=session, item=item, appearance=row)


def facts_of_person(row: Appearance, theirs: read.Person, register: rules.Register) -> Facts:
    """What is here, in the words of the file where they mean the same: an acronym of the same body is no change."""
    same_body = theirs.organisation and register.organisation(theirs.organisation, theirs.country) is row.organisation
    names = {plain(name_of(row)), plain(row.person.name_as_published)}
    here = row.organisation.name if row.organisation else Words()
    return {
        "name": theirs.name if plain(theirs.name) in names else name_of(row),
        "function": dict(row.function),
        "organisation": theirs.organisation if same_body or theirs.organisation in here.values() else here.in_(register.language)[0],
        "country": row.country, "honorific": row.person.honorific, "part": row.part.value,
    }  # fmt: skip


def speaker_of(facts: Facts, theirs: read.Person, register: rules.Register) -> rules.Speaker:
    """Somebody new here; who stands on this agenda already under this name is the same person."""
    given, family, honorific = theirs.given_name, theirs.family_name, theirs.honorific
    for person in register.people:
        if plain(f"{person.given_name} {person.family_name}") == plain(theirs.name) or plain(person.name_as_published) == plain(theirs.name):  # fmt: skip
            given, family = person.given_name, person.family_name
            honorific = person.honorific or honorific
            break
    return rules.Speaker(
        family_name=family or theirs.name, given_name=given, honorific=honorific, function=Words(facts["function"]),
        organisation=facts["organisation"], country=facts["country"], part=theirs.part,
    )  # fmt: skip


def edited(row: Appearance, values: Facts, taken: Sequence[tuple[str, Any, Any]], theirs: read.Person) -> rules.Speaker:
    person, renamed = row.person, any(name == "name" for name, _before, _after in taken)
    return rules.Speaker(
        family_name=theirs.family_name if renamed else person.family_name,
        given_name=theirs.given_name if renamed else person.given_name,
        honorific=values["honorific"],
        name_as_published="" if renamed else person.name_as_published,
        function=Words(values["function"]), organisation=values["organisation"], country=values["country"],
        part=Part(values["part"]),
    )  # fmt: skip


def learn(row: Appearance, taking: Taking) -> None:
    """Somebody new, and a body that is new, are known for the rest of the file."""
    register = taking.known.register
    if row.person not in register.people:
        register.people.append(row.person)  # type: ignore[attr-defined]
    if row.organisation is not None and row.organisation not in register.organisations:
        register.organisations.append(row.organisation)  # type: ignore[attr-defined]


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


def take_document(session: Session, item: Item | None, row: Document | None, theirs: read.Document, taking: Taking) -> None:  # fmt: skip
    place = session.title.in_(taking.account.agenda.language)[0]
    facts: Facts = {"kind": theirs.kind.value if theirs.provided or row is None else None, "provided": "yes" if theirs.provided else "no"}  # fmt: skip
    if row is None:
        known = {"kind": theirs.kind.value}
        if was_removed(Of.DOCUMENT, theirs.row, facts | known, "kind", taking, session=session, item=item):
            return
        row = papers.expect(session, item, papers.DocumentText(theirs.kind, title=theirs.title))
        if not theirs.provided:
            papers.mark_not_provided(row, at=taking.at)
        taking.added.append(row)
        taking.known.documents.append(row)
        taking.account.note(theirs.row, "created", tell("added", Of.DOCUMENT, known | {"place": place}))
    else:
        last = taking.last(Of.DOCUMENT, row)
        ours = {"kind": row.kind.value, "provided": "no" if row.state is State.NOT_PROVIDED else "yes", "place": place}
        said = facts if row.state in OPEN else {"kind": facts["kind"]}
        merged = merge(said, ours, last.facts if last else None, overwrite=taking.overwrite)
        change_document(row, merged.values, taking)
        report(taking, theirs.row, Of.DOCUMENT, ours, merged)
    taking.remember(Of.DOCUMENT, row, theirs.key, facts, session=session, item=item, document=row)


def change_document(row: Document, values: Facts, taking: Taking) -> None:
    if row.kind.value != values["kind"]:
        written = {each.name: getattr(row, each.name) for each in fields(papers.DocumentText)}
        papers.edit(row, papers.DocumentText(**(written | {"kind": Kind(values["kind"])})))
    if row.state is State.EXPECTED and values["provided"] == "no":
        papers.mark_not_provided(row, at=taking.at)
    elif row.state is State.NOT_PROVIDED and values["provided"] == "yes":
        papers.expect_again(row, at=taking.at)


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
        language = taking.account.agenda.language
        topic = theirs.topic or Words({language: _("Group %(number)s", number=number)})
        asked = [GroupQuestion(position=place, text=text) for place, text in enumerate(theirs.questions, 1)]
        row = Group(workshop=session.workshop, session=session, number=number, topic=topic, questions=asked)
        taking.added.append(row)
        taking.known.groups.append(row)
        taking.account.note(theirs.row, "created", tell("added", Of.GROUP, facts | {"topic": dict(topic)}))
    else:
        last = taking.last(Of.GROUP, row)
        ours = {"topic": dict(row.topic), "questions": [dict(each.text) for each in row.questions]}
        merged = merge(facts, ours, last.facts if last else None, overwrite=taking.overwrite)
        if dict(row.topic) != merged.values["topic"]:
            row.topic = Words(merged.values["topic"])
        for place, text in enumerate(merged.values["questions"]):
            if place >= len(row.questions):
                row.questions.append(GroupQuestion(position=place + 1, text=Words(text)))
            elif dict(row.questions[place].text) != dict(text):
                row.questions[place].text = Words(text)
        report(taking, theirs.row, Of.GROUP, ours, merged)
    taking.remember(Of.GROUP, row, theirs.key, facts, session=session, group=row)
