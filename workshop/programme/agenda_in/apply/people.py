"""Who appears in a session or on an item of it, taken in."""

from collections.abc import Iterable, Sequence

from workshop.platform.db import Words
from workshop.platform.intake import Outcome
from workshop.programme.agenda import appearances
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Appearance, Item, Session

from ..models import Of
from ..reading import agenda_file as read
from ..reading.agenda_words import plain
from . import matching
from .merging import Facts, merge, text_of_fact, words_of_fact
from .outcome_sentences import tell
from .record import Taking, report, was_removed


def name_of(who: Appearance) -> str:
    return f"{who.person.given_name} {who.person.family_name}".strip()


def take_people(
    session: Session, item: Item | None, there: Sequence[Appearance], theirs: Iterable[read.Person], taking: Taking
) -> None:
    def last_name(row: Appearance) -> str:
        return plain(str(matching.said_of(taking.last(Of.PERSON, row), "name") or ""))

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


def take_person(
    session: Session, item: Item | None, row: Appearance | None, theirs: read.Person, taking: Taking
) -> None:
    register = taking.known.register
    facts: Facts = {
        "name": theirs.name,
        "function": dict(theirs.function),
        "organisation": theirs.organisation,
        "country": theirs.country,
        "honorific": theirs.honorific,
        "part": theirs.part.value,
    }
    if row is None:
        if was_removed(Of.PERSON, theirs.row, facts, "name", taking, session=session, item=item):
            return
        row = appearances.appear(session, item, speaker_of(facts, theirs, register), register)
        learn(row, taking)
        taking.comparison.note(theirs.row, Outcome.CREATED, tell("added", Of.PERSON, facts))
    else:
        last = taking.last(Of.PERSON, row)
        ours = facts_of_person(row, theirs, register)
        merged = merge(facts, ours, last.facts if last else None, overwrite=taking.overwrite)
        if merged.taken:
            appearances.edit_appearance(
                row, row.item, edited_speaker(row, merged.values, merged.taken, theirs), register
            )
            learn(row, taking)
        report(taking, theirs.row, Of.PERSON, ours, merged)
    taking.remember(Of.PERSON, row, theirs.key, facts, session=session, item=item, appearance=row)


def facts_of_person(row: Appearance, theirs: read.Person, register: appearances.Register) -> Facts:
    """What is here, in the words of the file where they mean the same: an acronym of the same body is no change."""
    same_body = theirs.organisation and register.organisation(theirs.organisation, theirs.country) is row.organisation
    names = {plain(name_of(row)), plain(row.person.name_as_published)}
    here = row.organisation.name if row.organisation else Words()
    return {
        "name": theirs.name if plain(theirs.name) in names else name_of(row),
        "function": dict(row.function),
        "organisation": theirs.organisation
        if same_body or theirs.organisation in here.values()
        else here.in_(register.language)[0],
        "country": row.country,
        "honorific": row.person.honorific,
        "part": row.part.value,
    }


def speaker_of(facts: Facts, theirs: read.Person, register: appearances.Register) -> appearances.Speaker:
    """Somebody new here; who stands on this agenda already under this name is the same person."""
    given, family, honorific = theirs.given_name, theirs.family_name, theirs.honorific
    for person in register.people:
        if plain(f"{person.given_name} {person.family_name}") == plain(theirs.name) or plain(
            person.name_as_published
        ) == plain(theirs.name):
            given, family = person.given_name, person.family_name
            honorific = person.honorific or honorific
            break
    return appearances.Speaker(
        family_name=family or theirs.name,
        given_name=given,
        honorific=honorific,
        function=words_of_fact(facts, "function"),
        organisation=theirs.organisation,
        country=theirs.country,
        part=theirs.part,
    )


def edited_speaker(
    row: Appearance, values: Facts, taken: Sequence[tuple[str, object, object]], theirs: read.Person
) -> appearances.Speaker:
    person, renamed = row.person, any(name == "name" for name, _before, _after in taken)
    return appearances.Speaker(
        family_name=theirs.family_name if renamed else person.family_name,
        given_name=theirs.given_name if renamed else person.given_name,
        honorific=text_of_fact(values, "honorific"),
        name_as_published="" if renamed else person.name_as_published,
        function=words_of_fact(values, "function"),
        organisation=text_of_fact(values, "organisation"),
        country=text_of_fact(values, "country"),
        part=Part(text_of_fact(values, "part")),
    )


def learn(row: Appearance, taking: Taking) -> None:
    """Somebody new, and a body that is new, are known for the rest of the file."""
    register = taking.known.register
    if row.person not in register.people:
        register.people.append(row.person)  # type: ignore[attr-defined]
    if row.organisation is not None and row.organisation not in register.organisations:
        register.organisations.append(row.organisation)  # type: ignore[attr-defined]
