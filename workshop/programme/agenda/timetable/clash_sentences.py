"""Each clash as a sentence in which the sessions are links, and what each rule is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from workshop.secretariat.register.countries import RegionalGroup

from .clash_phrases import Wording
from .clashes import Clash, Rule
from .plan import Programme

EXPLANATIONS = {
    Rule.PERSON_TWICE: _l("Everyone who appears in a session, in any role, must be there from its start to its end."),
    Rule.ROOM_TWICE: _l("A session that begins when another ends does not clash with it."),
    Rule.OUTSIDE_DAYS: _l("Happens when the dates of the workshop change after sessions were placed."),
    Rule.UNAVAILABLE: _l(
        "Only for people who said when they can be there; all others are assumed to be there throughout."
    ),
    Rule.HARD_STOP: _l(
        "An interpreted session that is still running when the interpreters leave, or begins after their last hour."
    ),
    Rule.INTERPRETERS: _l("Needs the number of teams above; without it nothing is counted."),
    Rule.ROOM_TOO_SMALL: _l(
        "Compares the people expected at a session with the seats of its room, where both are known."
    ),
    Rule.OVER_LENGTH: _l("Adds up the minutes of the items; items without minutes count as none."),
    Rule.NO_CHAIR: _l(
        "Plenaries, panels, presentations and reports to the plenary need a chair, co-chair or moderator."
    ),
    Rule.ONE_SIDED: _l(
        "A hint: at least two people speak on a panel, and all come from one organisation or one regional group."
    ),
}
SENTENCES = {
    Rule.PERSON_TWICE: _l("%(person)s is needed in %(one)s and in %(other)s at the same time."),
    Rule.ROOM_TWICE: _l("%(one)s and %(other)s are both in %(room)s at the same time."),
    Rule.OUTSIDE_DAYS: _l("%(one)s is outside the days of the workshop."),
    Rule.UNAVAILABLE: _l("%(person)s is in %(one)s, but cannot be there then."),
    Rule.HARD_STOP: _l("%(one)s is interpreted and runs past %(much)s, when the interpreters leave."),
    Rule.INTERPRETERS: _l("Interpreted at the same time: %(all)s. Teams of interpreters: %(much)s."),
    Rule.ROOM_TOO_SMALL: _l("%(one)s expects %(much)s people, but %(room)s has %(little)s seats."),
    Rule.OVER_LENGTH: _l("The items of %(one)s take %(much)s minutes; the session lasts %(little)s."),
    Rule.NO_CHAIR: _l("%(one)s has no chair or moderator."),
    Rule.ONE_SIDED: _l("All who speak on the panel of %(one)s come from one regional group: %(group)s."),
}
FROM_ONE_ORGANISATION = _l("All who speak on the panel of %(one)s come from %(organisation)s.")


@dataclass(frozen=True)
class Writer:
    """Writes the sentences in these words; names of people and organisations are looked up by id."""

    programme: Programme
    words: Wording
    people: Mapping[int, str]
    organisations: Mapping[int, str]
    links: dict[int, Markup] = field(default_factory=dict)
    patterns: dict[tuple[Rule, bool], Markup] = field(default_factory=dict)

    def sentence(self, clash: Clash) -> Markup:
        values = self._facts(clash)
        if clash.person:
            values["person"] = Markup("<bdi>{}</bdi>").format(self.people[clash.person])
        if clash.organisation:
            values["organisation"] = Markup("<bdi>{}</bdi>").format(self.organisations[clash.organisation])
        links = [self.link(id) for id in clash.sessions]
        values |= {"one": links[0], "other": links[-1], "all": Markup(", ").join(links)}
        kind = (clash.rule, clash.organisation is not None)
        if kind not in self.patterns:  # looked up once for a page
            pattern = FROM_ONE_ORGANISATION if clash.organisation else SENTENCES[clash.rule]
            self.patterns[kind] = Markup(str(pattern))  # noqa: S704 (ours; what fills it is escaped)
        return self.patterns[kind] % values

    def link(self, id: int) -> Markup:
        """The name of a session; the welcome, which has number 0, goes by its title."""
        if id not in self.links:
            entry = self.programme.by_id[id]
            address = self.words.sessions + str(entry.number)
            self.links[id] = Markup('<a href="{}">{}</a>').format(address, self.words.name(entry))
        return self.links[id]

    def _facts(self, clash: Clash) -> dict[str, str | Markup]:
        first = self.programme.by_id[clash.sessions[0]]
        much, _slash, little = clash.fact.partition("/")
        room = self.programme.rooms_by_id.get(first.place.room or 0)
        group = RegionalGroup(clash.fact).label if clash.rule is Rule.ONE_SIDED and clash.fact else ""
        return {"much": much, "little": little, "room": escape(room.name if room else ""), "group": escape(group)}


def people_in(clashes: Iterable[Clash]) -> set[int]:
    return {clash.person for clash in clashes if clash.person}


def organisations_in(clashes: Iterable[Clash]) -> set[int]:
    return {clash.organisation for clash in clashes if clash.organisation}
