"""Each clash as a sentence in which the sessions are links, and what each rule is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup, escape

from workshop.i18n import language
from workshop.stakeholders.countries import RegionalGroup

from .clashes import Clash, Rule
from .models import Session
from .programme import Entry, Programme

EXPLANATIONS = {
    Rule.PERSON_TWICE: _l("Whoever appears in a session, in any role, is needed there from its start to its end."),
    Rule.ROOM_TWICE: _l("A session that begins when another ends does not clash with it."),
    Rule.OUTSIDE_DAYS: _l("Happens when the dates of the workshop change after sessions were placed."),
    Rule.UNAVAILABLE: _l("Only for people who told when they can be there; all others are taken to be there throughout."),
    Rule.HARD_STOP: _l("An interpreted session that is still running when the interpreters leave, or begins after their last hour."),
    Rule.INTERPRETERS: _l("Needs the number of teams above; without it nothing is counted."),
    Rule.ROOM_TOO_SMALL: _l("Compares the people expected at a session with the seats of its room, where both are known."),
    Rule.OVER_LENGTH: _l("Adds up the minutes of the items; items without minutes count as none."),
    Rule.NO_CHAIR: _l("Plenaries, panels, presentations and reports to the plenary need a chair, co-chair or moderator."),
    Rule.ONE_SIDED: _l("A hint: at least two people speak on a panel, and all come from one organisation or one regional group."),
}  # fmt: skip


@dataclass(frozen=True)
class Writer:
    """Writes the sentences about the workshop of this name; names of people and organisations are looked up by id."""

    programme: Programme
    slug: str
    people: Mapping[int, str]
    organisations: Mapping[int, str]

    def sentence(self, clash: Clash) -> Markup:
        values = {"person": "", "organisation": "", **self._facts(clash)}
        if clash.person:
            values["person"] = Markup("<bdi>{}</bdi>").format(self.people[clash.person])
        if clash.organisation:
            values["organisation"] = Markup("<bdi>{}</bdi>").format(self.organisations[clash.organisation])
        links = [self.link(id) for id in clash.sessions]
        values |= {"one": links[0], "other": links[-1], "all": Markup(", ").join(links)}
        return Markup(self._pattern(clash)) % values  # noqa: S704 (the pattern is ours, what fills it is escaped)

    def link(self, id: int) -> Markup:
        """The name of a session; the welcome, which has number 0, goes by its title."""
        entry = self.programme.by_id[id]
        address = url_for("agenda.edit_session", slug=self.slug, number=entry.number)
        return Markup('<a href="{}">{}</a>').format(address, name_of(entry))

    def _facts(self, clash: Clash) -> dict[str, str | Markup]:
        first = self.programme.by_id[clash.sessions[0]]
        much, _slash, little = clash.fact.partition("/")
        room = self.programme.rooms_by_id.get(first.place.room or 0)
        group = RegionalGroup(clash.fact).label if clash.rule is Rule.ONE_SIDED and clash.fact else ""
        return {"much": much, "little": little, "room": escape(room.name if room else ""), "group": escape(group)}

    def _pattern(self, clash: Clash) -> Any:
        match clash.rule:
            case Rule.PERSON_TWICE:
                return _("%(person)s is needed in %(one)s and in %(other)s at the same time.")
            case Rule.ROOM_TWICE:
                return _("%(one)s and %(other)s are both in %(room)s at the same time.")
            case Rule.OUTSIDE_DAYS:
                return _("%(one)s is outside the days of the workshop.")
            case Rule.UNAVAILABLE:
                return _("%(person)s is in %(one)s, but cannot be there then.")
            case Rule.HARD_STOP:
                return _("%(one)s is interpreted and goes past %(much)s, when the interpreters leave.")
            case Rule.INTERPRETERS:
                return _("Interpreted at the same time: %(all)s. Teams of interpreters: %(much)s.")
            case Rule.ROOM_TOO_SMALL:
                return _("%(one)s expects %(much)s people, but %(room)s has %(little)s seats.")
            case Rule.OVER_LENGTH:
                return _("The items of %(one)s take %(much)s minutes; the session lasts %(little)s.")
            case Rule.NO_CHAIR:
                return _("%(one)s has no chair or moderator.")
        if clash.organisation:
            return _("All who speak on the panel of %(one)s come from %(organisation)s.")
        return _("All who speak on the panel of %(one)s come from one regional group: %(group)s.")


def people_in(clashes: Iterable[Clash]) -> set[int]:
    return {clash.person for clash in clashes if clash.person}


def organisations_in(clashes: Iterable[Clash]) -> set[int]:
    return {clash.organisation for clash in clashes if clash.organisation}


def name_of(entry: Entry) -> str:
    """How a sentence calls a session; the welcome, which has number 0, by its title."""
    return _("Session %(number)s", number=entry.number) if entry.number else f"“{entry.title.in_(language(), 'en')[0]}”"


def running_total(minutes: int, length: int | None) -> Any:
    """What items take of their session: 55 of 60 minutes."""
    if length is None:
        return ngettext("%(num)s minute", "%(num)s minutes", minutes)
    return ngettext("%(minutes)s of %(num)s minute", "%(minutes)s of %(num)s minutes", length, minutes=minutes)


@dataclass(frozen=True)
class Total:
    """What the items of a session take, beside how long it lasts; `unknown` is how many of them have no minutes."""

    minutes: int
    length: int | None
    unknown: int

    @property
    def over(self) -> bool:
        return self.length is not None and self.minutes > self.length

    @property
    def text(self) -> Any:
        return running_total(self.minutes, self.length)


def total_of(session: Session) -> Total | None:
    """Of a session with items."""
    if not session.items:
        return None
    lasts = (session.ends_at - session.starts_at).total_seconds() if session.starts_at and session.ends_at else None
    given = [item.minutes for item in session.items if item.minutes]
    return Total(sum(given), round(lasts / 60) if lasts else None, len(session.items) - len(given))
