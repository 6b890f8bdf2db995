"""What differs between two releases in who appears: a place taken over, a statement read by somebody else."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext as _

Data = dict[str, Any]
Told = tuple[str, frozenset[int]]


UNSEEN = {"category", "replaces"}


def as_read(who: Data) -> Data:
    """What of an entry is printed: the rest serves lists and comparisons."""
    return {key: value for key, value in who.items() if key not in UNSEEN}


def takeovers(old: Sequence[Data], new: Sequence[Data]) -> list[tuple[Data, Data]]:
    """Pairs of who had a place and who has it now; both as `rules.as_published` writes them."""
    gone = {who["id"]: who for who in old if who["id"] not in {each["id"] for each in new}}
    stayed = {who["id"] for who in old}
    pairs = []
    for who in new:
        before = next((gone[id] for id in who.get("replaces", ()) if id in gone), None)
        if before and who["id"] not in stayed:
            pairs.append((gone.pop(before["id"]), who))
    return pairs


def told(old: Sequence[Data], new: Sequence[Data], name: str) -> list[Told]:
    """A sentence for each place taken over and each statement now read by another, in the session called `name`,
    with the ids of the people it is about.
    """
    found: list[Told] = []
    for before, after in takeovers(old, new):
        text = _(
            "%(session)s: %(before)s replaced by %(after)s", session=name, before=before["name"], after=called(after)
        )
        found.append((text, frozenset({before["id"], after["id"]})))
    return [*found, *_read_by_another(old, new, name)]


def others(people: Sequence[Data], said: Sequence[Told]) -> list[Data]:
    """The people about whom nothing was said yet, as far as readers see them."""
    done = {id for _text, ids in said for id in ids}
    return [as_read(who) for who in people if who["id"] not in done]


def called(who: Data) -> str:
    """How a sentence calls somebody: with whoever reads the statement, if somebody else does."""
    reader = who.get("delivered_by")
    if not reader:
        return str(who["name"])
    return str(_("statement of %(person)s, delivered by %(reader)s", person=who["name"], reader=reader["name"]))


def _read_by_another(old: Sequence[Data], new: Sequence[Data], name: str) -> Iterator[Told]:
    before = {(who["id"], who["part"]): who for who in old}
    for who in new:
        was = before.get((who["id"], who["part"]))
        if was is None or _reader(was) == _reader(who) or _rest(was) != _rest(who):
            continue
        reader, person = who.get("delivered_by"), who["name"]
        text = (
            _(
                "%(session)s: the statement of %(person)s will be delivered by %(reader)s",
                session=name,
                person=person,
                reader=reader["name"],
            )
            if reader
            else _("%(session)s: %(person)s delivers the statement in person", session=name, person=person)
        )
        yield text, frozenset({who["id"]})


def _reader(who: Data) -> Any:
    return (who.get("delivered_by") or {}).get("id")


def _rest(who: Data) -> Data:
    return {key: value for key, value in as_read(who).items() if key != "delivered_by"}
