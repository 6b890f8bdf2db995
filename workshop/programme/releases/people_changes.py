"""What differs between two releases in who appears: a place taken over, a statement read by somebody else."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flask_babel import gettext as _

from .released import ReleasedPerson

Told = tuple[str, frozenset[int]]
People = Sequence[ReleasedPerson]


def as_read(who: ReleasedPerson) -> ReleasedPerson:
    """What of an entry is printed: the rest serves lists and comparisons."""
    return replace(who, category=None, replaces=())


def takeovers(old: People, new: People) -> list[tuple[ReleasedPerson, ReleasedPerson]]:
    """Pairs of who had a place and who has it now."""
    gone = {who.id: who for who in old if who.id not in {each.id for each in new}}
    stayed = {who.id for who in old}
    pairs = []
    for who in new:
        before = next((gone[id] for id in who.replaces if id in gone), None)
        if before and who.id not in stayed:
            pairs.append((gone.pop(before.id), who))
    return pairs


def sentences_of_places(old: People, new: People, name: str) -> list[Told]:
    """A sentence for each place taken over and each statement now read by another, in the session called `name`,
    with the ids of the people it is about.
    """
    found: list[Told] = []
    for before, after in takeovers(old, new):
        text = _(
            "%(session)s: %(before)s replaced by %(after)s",
            session=name,
            before=before.name,
            after=name_in_sentence(after),
        )
        found.append((text, frozenset({before.id, after.id})))
    return [*found, *_read_by_another(old, new, name)]


def others(people: People, said: Sequence[Told]) -> list[ReleasedPerson]:
    """The people about whom nothing was said yet, as far as readers see them."""
    done = {id for _text, ids in said for id in ids}
    return [as_read(who) for who in people if who.id not in done]


def name_in_sentence(who: ReleasedPerson) -> str:
    """How a sentence calls somebody: with whoever reads the statement, if somebody else does."""
    reader = who.delivered_by
    if not reader:
        return who.name
    return str(_("statement of %(person)s, delivered by %(reader)s", person=who.name, reader=reader.name))


def _read_by_another(old: People, new: People, name: str) -> Iterator[Told]:
    before = {(who.id, who.part): who for who in old}
    for who in new:
        was = before.get((who.id, who.part))
        if was is None or _reader(was) == _reader(who) or _rest(was) != _rest(who):
            continue
        reader, person = who.delivered_by, who.name
        text = (
            _(
                "%(session)s: the statement of %(person)s will be delivered by %(reader)s",
                session=name,
                person=person,
                reader=reader.name,
            )
            if reader
            else _("%(session)s: %(person)s delivers the statement in person", session=name, person=person)
        )
        yield text, frozenset({who.id})


def _reader(who: ReleasedPerson) -> int | None:
    return who.delivered_by.id if who.delivered_by else None


def _rest(who: ReleasedPerson) -> ReleasedPerson:
    return replace(as_read(who), delivered_by=None)
