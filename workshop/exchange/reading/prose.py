"""A published agenda as running text: sessions, items, speakers and groups told apart line by line, in order.

What a line is follows from its words first (a time, "Session 3", "Discussant:", a name before a comma) and from its
typography second, because bullets and indentation rarely survive a web page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from workshop.agenda.models import Format, Part
from workshop.db import Words

from . import clocks
from .agenda import Agenda, Document, Group, Item, Person, Session, When
from .beginning import is_empty_heading, part_of_the_agenda
from .lines import Line, refuse_too_many
from .names import is_guess, is_name, looks_like_person, read_person, tells_function
from .phrases import questions_and_rest, sentences, split_document, unglue
from .tongues import language_of
from .vocabulary import (
    SYNONYMS,
    format_named,
    format_of_title,
    is_format_alone,
    is_role_label,
    part_named,
    perspective_in,
    plain,
)

NUMBERED = re.compile(
    r"^(?:working )?(?:session|séance|seance|sesión|sesion|agenda item|point|punto|module|módulo)\s+"
    r"(?:n[o°º]\.?\s*)?(\d{1,3}|[IVX]{1,5})\b\s*[:.\-–—)]*\s*(.*)$", re.IGNORECASE)  # fmt: skip
GROUP = re.compile(
    r"^(?:break-?out |working )?(?:group|groupe|grupo)\s+(?:n[o°º]\.?\s*)?(\d{1,2}|[A-H]|[IVX]{1,4})\b\s*[:.\-–—)]*\s*(.*)$", re.IGNORECASE)  # fmt: skip
LABELLED = re.compile(r"^([^:–—]{4,40}?)\s*(?::|\s[-–—])\s+(.+)$")
FACTS = re.compile(r"^[^·]{3,40}(?: · [^·]{1,80})?$")
PLACED = re.compile(r"^(?:venue|room|salle|lieu|sala|lugar)\s*:\s*(.{1,80})$", re.IGNORECASE)
SUFFIX = re.compile(r"[:–—-]\s*((?:an?|une?|una?|the|le|la)\s+)?([\w\s]{4,40}?(?:perspective|point of view))$", re.IGNORECASE)  # fmt: skip
ROMAN = {"I": 1, "V": 5, "X": 10}


@dataclass
class Prose:
    """Where the reading stands."""

    agenda: Agenda
    outlined: bool  # sessions are marked by numbers, times or headings, so a plain line does not begin one
    session: Session | None = None
    item: Item | None = None
    when: When = field(default_factory=When)
    after_facts: bool = False
    timed: bool = False  # a time stood on a line of its own: the next line is the session

    def read(self, line: Line) -> None:
        text = line.text
        if day := clocks.read_day(text):
            self.when = When(day=day)
            return
        if is_empty_heading(text):
            self.agenda.remark(line.place, _("The heading “%(text)s” has nothing under it; it was left out.", text=text))  # fmt: skip
            return
        if placed := PLACED.match(text):
            if self.session:
                self.session.room = placed[1].strip()
            return
        led = clocks.leading_span(text)
        if led:
            self.at(*led[0])
            if not led[1]:
                self.timed = True
                return
            text = led[1]
        if self.begins_session(text, line, timed=bool(led) or self.timed):
            self.begin_session(text, line)
        elif self.session is None:
            self.agenda.remark(line.place, _("“%(text)s” stands before the first session; it was left out.", text=text[:60]))  # fmt: skip
        else:
            self.inside(self.session, text, line)

    def at(self, start: object, end: object) -> None:
        self.when = When(day=self.when.day, start=start, end=end)  # type: ignore[arg-type]

    def begins_session(self, text: str, line: Line, *, timed: bool) -> bool:
        if line.inside:
            return False
        if timed or NUMBERED.match(text):
            return True
        if looks_like_person(text) or self.labelled(text):
            return False
        if line.heading:
            return not (self.session and self.session.format is Format.BREAKOUT and GROUP.match(text))
        if line.bullet:
            return False
        words = unglue(text)
        title = words[0] if words else re.split(r"\s+[-–—]\s+", text)[0]
        if is_format_alone(title) or words:
            return True
        if self.outlined or line.loose or split_document(text)[1]:
            return False
        return len(text) < 120 and not re.search(r"[.?!:;,]$", text) and not re.match(r"[a-zà-ÿ(]", text)

    def begin_session(self, text: str, line: Line) -> None:
        number = None
        if found := NUMBERED.match(text):
            number, text = numeral(found[1]), found[2] or text
        title, description = unglue(text) or (text, "")
        item = ""
        if not description and (cut := re.match(r"^(.+?)\s+[-–—]\s+(.+)$", title)) and is_format_alone(cut[1]):
            title, item = cut[1], cut[2]
        if description:
            self.agenda.remark(line.place, _("A title and its description stand there without anything between them; “%(title)s” was taken as the title.", title=title))  # fmt: skip
        row = self.agenda.row(line.place, title)
        kind = format_of_title(title)
        language = language_of(title, self.agenda.language)
        self.session = Session(row, Words({language: title}), kind, number, when=self.when)
        self.agenda.sessions.append(self.session)
        self.when, self.timed, self.item, self.after_facts = When(day=self.when.day), False, None, False
        if description:
            self.describe(self.session, description, Line(description, line.place))
        if item:
            self.add_item(self.session, item, line)

    def inside(self, session: Session, text: str, line: Line) -> None:
        """A line within a session that begins neither a session nor a day."""
        fresh = not (session.items or session.people or session.questions or session.note or session.subtitle)
        if fresh and FACTS.match(text) and self.take_facts(session, text):
            self.after_facts = True
            return
        if self.after_facts and fresh and self.is_subtitle(text, line):
            session.subtitle = Words({language_of(text, self.agenda.language): text})
        elif labelled := self.labelled(text):
            self.add_people(session, *labelled, line)
        elif session.format is Format.BREAKOUT and (line.bullet or GROUP.match(text)) and not looks_like_person(text):
            self.add_group(session, text, line)
        elif self.is_person(session, text):
            self.add_speaker(session, text, line)
        elif self.is_description(session, text, line):
            self.describe(session, text, line)
        else:
            self.add_item(session, text, line)

    def is_description(self, session: Session, text: str, line: Line) -> bool:
        """A paragraph, or a guiding question in the list that stands before the items."""
        asks = text.endswith("?") and not session.items and not line.loose
        return asks or (not line.bullet and (text.endswith(("?", ".", "!")) or len(text) > 200))

    def is_subtitle(self, text: str, line: Line) -> bool:
        """A line under format and room that is nothing else."""
        other = line.bullet or GROUP.match(text) or split_document(text)[1] or looks_like_person(text)
        return not (other or self.labelled(text) or is_role_label(text) or text.endswith(("?", ".")))

    def take_facts(self, session: Session, text: str) -> bool:
        """ "Panel · Room A": format and room on a line of their own."""
        kind, _dot, room = text.partition(" · ")
        if (named := format_named(kind)) is None:
            return False
        session.format, session.room = named, room.strip() or session.room
        return True

    def labelled(self, text: str) -> tuple[Part, str] | None:
        """ "Discussant: Hans Timmer, …": the part, and who plays it."""
        found = LABELLED.match(text)
        part = part_named(found[1]) if found else None
        return (part, found[2]) if found and part and (is_name(found[2].split(",")[0]) or ":" in text[:45]) else None

    def is_person(self, session: Session, text: str) -> bool:
        bare, kind, _there, _balanced = split_document(text)
        role, rest = split_role(bare)
        if not looks_like_person(rest):
            return False
        waiting = self.item is not None and not self.item.people
        return bool(role or kind or waiting or tells_function(rest) or not session.items)

    def add_people(self, session: Session, part: Part, text: str, line: Line) -> None:
        for each in re.split(r"\s*;\s*", text):
            bare, kind, there, _balanced = split_document(each)
            row = self.agenda.row(line.place, f"{part.label}: {bare}")
            who = self.person(bare, row, part, line)
            session.people.append(who)
            if kind and there is not None:
                session.documents.append(Document(kind, row, there))
            elif part is Part.DISCUSSANT:
                self.agenda.remark(line.place, _("%(name)s, discussant, has no title and no document; none is expected.", name=who.name))  # fmt: skip

    def person(self, text: str, row: int, part: Part, line: Line) -> Person:
        read = read_person(text, row, part=part, language=self.agenda.language)
        who = read.person
        for doubt in read.doubts:
            self.agenda.remark(line.place, f"{who.name}: {doubt}")
        if is_guess(who):
            self.agenda.remark(line.place, _("%(name)s: the name is kept as published; “%(family)s” was taken as the family name.", name=who.name, family=who.family_name))  # fmt: skip
        for language in who.function:
            if language != self.agenda.language:
                self.agenda.remark(line.place, _("%(name)s: the function is in another language than the agenda; it was kept as published.", name=who.name))  # fmt: skip
        return who

    def add_speaker(self, session: Session, text: str, line: Line) -> None:
        bare, kind, there, balanced = split_document(text)
        role, rest = split_role(bare)
        part = Part.KEYNOTE if session.format is Format.KEYNOTE else Part.SPEAKER
        apart = self.item is None or bool(self.item.people) or self.is_paper(self.item)
        if (kind or role) and apart:
            self.item = Item(self.agenda.row(line.place, bare))
            session.items.append(self.item)
        if self.item is None:
            row = self.agenda.row(line.place, bare)
            session.people.append(self.person(rest, row, Part.PANELLIST if session.format is Format.PANEL else part, line))  # fmt: skip
            return
        self.item.people.append(self.person(rest, self.item.row, part, line))
        if role:
            self.give_role(self.item, role, line)
        if kind and there is not None:
            self.item.documents.append(Document(kind, self.item.row, there))
        self.tell_brackets(balanced, line)

    def is_paper(self, item: Item) -> bool:
        """Whether an entry is a document for all, which nobody presents: the speaker after it has one of her own."""
        return not item.people and not item.role_label and any(each.provided for each in item.documents)

    def add_item(self, session: Session, text: str, line: Line) -> None:
        bare, kind, there, balanced = split_document(text)
        role, title = split_role(bare)
        if not role and is_role_label(title):
            role, title = title, ""
        language = language_of(title, self.agenda.language)
        item = Item(self.agenda.row(line.place, text), Words({language: title}) if title else Words())
        if role:
            self.give_role(item, role, line)
        elif suffix := SUFFIX.search(title):
            item.perspective = perspective_in(suffix[2])
            self.agenda.remark(line.place, _("The perspective is part of the title “%(title)s”; the title was kept whole.", title=title))  # fmt: skip
        if kind and there is not None:
            item.documents.append(Document(kind, item.row, there))
        if there is False:
            said = _("“No document” stands where a title would be; the item has no title.") if not bare else _("The entry says that there is no document; it is marked as not provided.")  # fmt: skip
            self.agenda.remark(line.place, said)
        self.tell_brackets(balanced, line)
        session.items.append(item)
        self.item = item

    def give_role(self, item: Item, role: str, line: Line) -> None:
        item.role_label = item.role_label or Words({language_of(role, self.agenda.language): role})
        item.perspective = item.perspective or perspective_in(role)
        if item.perspective:
            self.agenda.remark(line.place, _("“%(role)s” was read as a perspective: %(perspective)s.", role=role, perspective=item.perspective.label))  # fmt: skip
        if SYNONYMS.search(plain(role)):
            self.agenda.remark(line.place, _("“%(role)s” uses another word for country of origin or destination; it was kept.", role=role))  # fmt: skip

    def tell_brackets(self, balanced: bool, line: Line) -> None:
        if not balanced:
            self.agenda.remark(line.place, _("The brackets around the kind of document do not match."))

    def add_group(self, session: Session, text: str, line: Line) -> None:
        number = None
        if found := GROUP.match(text):
            number, text = numeral(found[1]), found[2]
        asked, rest = questions_and_rest(text)
        if not found and asked and not rest and session.groups and session.groups[-1].headed:
            session.groups[-1].questions += [Words({self.agenda.language: each}) for each in asked]
            return
        topic = ""
        if asked and (cut := re.match(r"^([^:?]{4,100}):\s+(.+)$", asked[0])) and not rest:
            topic, asked[0] = cut[1], cut[2]
        elif rest:
            topic = sentences(rest)[0].rstrip(".:")
        row = self.agenda.row(line.place, topic or text)
        language = self.agenda.language
        group = Group(row, Words({language: topic}) if topic else Words(), number)
        group.headed = bool(found) and not asked
        group.questions = [Words({language: each}) for each in asked]
        if not (found and topic):
            self.agenda.remark(line.place, _("A break-out group has no title of its own; give it a topic after the import."))  # fmt: skip
        session.groups.append(group)

    def describe(self, session: Session, text: str, line: Line) -> None:
        language = language_of(text, self.agenda.language)
        if session.format is Format.BREAKOUT:
            if text.endswith("?") and not session.groups:
                self.add_group(session, text, line)
            else:
                session.lens = session.lens.having(language, " ".join([*session.lens.values(), text]))
            return
        asked, rest = questions_and_rest(text)
        session.questions += [Words({language: each}) for each in asked]
        if rest:
            session.note = session.note.having(language, "\n".join([*session.note.values(), rest]))


def split_role(text: str) -> tuple[str, str]:
    """ "Host country perspective - Title" and "Speaker from … - Name, …": the role, and what follows it."""
    found = re.match(r"^(.+?)\s+[-–—]\s+(.+)$", text)
    if found and is_role_label(found[1]):
        return found[1], found[2]
    found = re.match(r"^([^:]{4,80}):\s+(.+)$", text)
    if found and is_role_label(found[1]) and looks_like_person(found[2]):
        return found[1], found[2]
    return "", text


def numeral(text: str) -> int | None:
    """3, III or C as a number."""
    if text.isdigit():
        return int(text)
    letters = text.upper()
    if set(letters) <= set(ROMAN):
        values = [ROMAN[each] for each in letters]
        return sum(-v if v < max(values[n:]) else v for n, v in enumerate(values))
    return ord(letters) - ord("A") + 1 if len(letters) == 1 else None


def read_lines(lines: Sequence[Line], agenda: Agenda) -> None:
    """Read these lines into the agenda, after what it holds already."""
    refuse_too_many(lines)
    kept = part_of_the_agenda(lines, agenda)
    if any(line.loose for line in kept):
        place = next(line.place for line in kept if line.loose)
        agenda.remark(place, _("Bullets stand there without text; speakers were joined to titles by their order."))
    marks = sum(bool(NUMBERED.match(line.text) or clocks.leading_span(line.text) or line.heading) for line in kept)
    prose = Prose(agenda, outlined=marks >= 2)
    for line in kept:
        prose.read(line)
