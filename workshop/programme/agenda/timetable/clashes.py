"""What does not fit in a timetable. Pure: the same programme always has the same clashes, and finding them is quick."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from workshop.platform.labels import Labelled
from workshop.secretariat.register.countries import group_of

from ..formats import Format, Part
from .plan import Entry, Needed, Programme

Span = tuple[datetime, datetime]
CHAIRED = {Format.PLENARY, Format.PANEL, Format.PRESENTATION, Format.REPORT_BACK}
PRESIDING = {Part.CHAIR, Part.CO_CHAIR, Part.MODERATOR}
SPEAKING = {Part.KEYNOTE, Part.SPEAKER, Part.PANELLIST, Part.DISCUSSANT}


class Level(Labelled):
    """What a kind of clash does in one workshop."""

    BLOCK = "block", _l("Block")
    WARN = "warn", _l("Warn")
    IGNORE = "ignore", _l("Ignore")


class Rule(Labelled):
    """A kind of clash or gap. In the order in which they are listed."""

    PERSON_TWICE = "person_twice", _l("The same person in two sessions at once")
    ROOM_TWICE = "room_twice", _l("Two sessions in one room at once")
    OUTSIDE_DAYS = "outside_days", _l("A session outside the days of the workshop")
    UNAVAILABLE = "unavailable", _l("A person who cannot be there at that time")
    HARD_STOP = "hard_stop", _l("Past the hours of the interpreters")
    INTERPRETERS = "interpreters", _l("More interpreted sessions at once than teams of interpreters")
    ROOM_TOO_SMALL = "room_too_small", _l("A room with too few seats")
    OVER_LENGTH = "over_length", _l("Items that take longer than their session")
    NO_CHAIR = "no_chair", _l("A session without a chair")
    ONE_SIDED = "one_sided", _l("A panel of one organisation or one region")

    @property
    def is_gap(self) -> bool:
        """Something is missing; a clash is too much in one place."""
        return self is Rule.NO_CHAIR


class Tally(NamedTuple):
    """How many clashes there are, and how many gaps."""

    clashes: int = 0
    gaps: int = 0

    def plus(self, rule: Rule) -> "Tally":
        return Tally(self.clashes + (not rule.is_gap), self.gaps + rule.is_gap)


@dataclass(frozen=True)
class Clash:
    """One thing that does not fit or is missing, and between what: ids of sessions, of a person or an organisation, and a fact."""

    rule: Rule
    sessions: tuple[int, ...]
    person: int | None = None
    organisation: int | None = None
    fact: str = ""


def level_of(rule: Rule, levels: Mapping[str, str]) -> Level:
    """What this workshop wants of it; it warns where nothing was decided."""
    return Level(levels.get(rule, Level.WARN))


def tally(found: Iterable[Clash]) -> Tally:
    gaps = [clash.rule.is_gap for clash in found]
    return Tally(len(gaps) - sum(gaps), sum(gaps))


def at_level(clashes: Iterable[Clash], levels: Mapping[str, str], *wanted: Level) -> list[Clash]:
    return [clash for clash in clashes if level_of(clash.rule, levels) in wanted]


def new_ones(before: Iterable[Clash], after: Iterable[Clash]) -> list[Clash]:
    """Those that were not there before; one that only became smaller, or bigger, was."""
    known: dict[tuple[Rule, int | None], list[set[int]]] = {}
    for clash in before:
        known.setdefault((clash.rule, clash.person), []).append({*clash.sessions})
    return [
        clash
        for clash in after
        if not any(old >= {*clash.sessions} for old in known.get((clash.rule, clash.person), ()))
    ]


def find(programme: Programme) -> list[Clash]:
    """Every clash, each once, by rule and then as the sessions follow each other."""
    timed = sorted((each for each in programme.entries if each.timed), key=_by_time)
    checks: tuple[Callable[[Programme, list[Entry]], Iterator[Clash]], ...] = (
        _together,
        _outside,
        _unavailable,
        _past_stops,
        _too_many_interpreted,
        _alone,
    )
    found = dict.fromkeys(clash for check in checks for clash in check(programme, timed))
    order = {rule: place for place, rule in enumerate(Rule)}
    return sorted(found, key=lambda clash: order[clash.rule])


def _by_time(entry: Entry) -> tuple[Span, int]:
    return entry.span, entry.number


def overlapping(timed: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Every two that share a moment; one that begins when another ends does not. `timed` is in order of time."""
    running: list[Entry] = []
    for entry in timed:
        start = entry.span[0]
        running = [each for each in running if each.span[1] > start]
        yield from ((each, entry) for each in running)
        running.append(entry)


def _together(programme: Programme, timed: list[Entry]) -> Iterator[Clash]:
    """A person or a room needed twice at once."""
    in_room: dict[int, list[Entry]] = {}
    with_person: dict[int, list[Entry]] = {}
    for entry in timed:
        if entry.place.room:
            in_room.setdefault(entry.place.room, []).append(entry)
        for person in {each.person for each in programme.people_of.get(entry.id, ())}:
            with_person.setdefault(person, []).append(entry)
    found: list[tuple[tuple[Entry, Entry], int | None]] = [
        (both, None) for entries in in_room.values() for both in overlapping(entries)
    ]
    found += [(both, person) for person, entries in with_person.items() for both in overlapping(entries)]
    places = {entry.id: place for place, entry in enumerate(timed)}
    for (one, other), shared in sorted(
        found, key=lambda each: (places[each[0][1].id], places[each[0][0].id], each[1] or 0)
    ):
        rule = Rule.ROOM_TWICE if shared is None else Rule.PERSON_TWICE
        yield Clash(rule, (one.id, other.id), person=shared)


def _outside(programme: Programme, timed: list[Entry]) -> Iterator[Clash]:
    for entry in timed:
        start, end = map(programme.local, entry.span)
        if start.date() < programme.first or (end - timedelta(microseconds=1)).date() > programme.last:
            yield Clash(Rule.OUTSIDE_DAYS, (entry.id,))


def _unavailable(programme: Programme, timed: list[Entry]) -> Iterator[Clash]:
    """Somebody told when they can be there, and the session is not wholly within."""
    there = {person: merge_spans(spans) for person, spans in programme.there.items()}
    for entry in timed:
        start, end = entry.span
        for needed in programme.people_of.get(entry.id, ()):
            spans = there.get(needed.person)
            if spans and not any(begin <= start and end <= until for begin, until in spans):
                yield Clash(Rule.UNAVAILABLE, (entry.id,), person=needed.person)


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """The same times in as few spans as possible."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _past_stops(programme: Programme, timed: list[Entry]) -> Iterator[Clash]:
    """An interpreted session is running when the interpreters leave, or only begins after their last hour."""
    stops = sorted(time.fromisoformat(stop) for stop in programme.hard_stops)
    for entry in timed if stops else ():
        if not entry.interpreted:
            continue
        start, end = map(programme.local, entry.span)
        passed = [stop for stop in stops if start < datetime.combine(start, stop) < end]
        if passed or start.time() >= stops[-1]:
            yield Clash(Rule.HARD_STOP, (entry.id,), fact=f"{(passed or stops[-1:])[0]:%H:%M}")


def _too_many_interpreted(programme: Programme, timed: list[Entry]) -> Iterator[Clash]:
    """All that are interpreted at the moment when one too many begins."""
    if programme.teams is None:
        return
    running: list[Entry] = []
    interpreted = [each for each in timed if each.interpreted]
    for place, entry in enumerate(interpreted, 1):
        start = entry.span[0]
        running = [*(each for each in running if each.span[1] > start), entry]
        all_begun = place == len(interpreted) or interpreted[place].span[0] > start
        if all_begun and len(running) > programme.teams:
            yield Clash(Rule.INTERPRETERS, tuple(each.id for each in running), fact=str(programme.teams))


def _alone(programme: Programme, timed: list[Entry]) -> Iterator[Clash]:
    """What can be seen of a session by itself, whether it has a time yet or not."""
    for entry in programme.entries:
        people = programme.people_of.get(entry.id, [])
        seats = programme.rooms_by_id[entry.place.room].seats if entry.place.room else None
        if seats is not None and entry.expected is not None and entry.expected > seats:
            yield Clash(Rule.ROOM_TOO_SMALL, (entry.id,), fact=f"{entry.expected}/{seats}")
        if entry.length is not None and entry.minutes > entry.length:
            yield Clash(Rule.OVER_LENGTH, (entry.id,), fact=f"{entry.minutes}/{entry.length}")
        if entry.format in CHAIRED and not any(each.part in PRESIDING for each in people):
            yield Clash(Rule.NO_CHAIR, (entry.id,))
        if entry.format is Format.PANEL:
            yield from _one_sided(entry, [each for each in people if each.part in SPEAKING])


def _one_sided(entry: Entry, panel: list[Needed]) -> Iterator[Clash]:
    """Two people or more, and all are known to come from one organisation, or from one regional group."""
    if len({each.person for each in panel}) < 2:
        return
    houses = {each.organisation for each in panel}
    groups = {group_of(each.country) for each in panel}
    if len(houses) == 1 and None not in houses:
        yield Clash(Rule.ONE_SIDED, (entry.id,), organisation=houses.pop())
    elif len(groups) == 1 and (group := groups.pop()):
        yield Clash(Rule.ONE_SIDED, (entry.id,), fact=group.value)
