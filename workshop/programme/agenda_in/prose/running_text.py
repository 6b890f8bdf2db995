"""A published agenda as running text: sessions, items, speakers and groups told apart line by line, in order.

What a line is follows from its words first (a time, "Session 3", "Discussant:", a name before a comma) and from its
typography second, because bullets and indentation rarely survive a web page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.programme.agenda.formats import Format, Part

from ..reading.agenda_file import Agenda, Document, Group, Item, Session, When
from ..reading.agenda_words import (
    SYNONYMS,
    format_of_title,
    is_format_alone,
    is_role_label,
    perspective_in,
    plain,
)
from . import clocks
from .agenda_phrases import questions_and_rest, sentences, split_document, unglue
from .language_detection import language_of
from .line_marks import (
    FACTS,
    GROUP,
    NUMBERED,
    PLACED,
    SUFFIX,
    is_description,
    is_paper,
    is_subtitle,
    labelled,
    numeral,
    person_in,
    split_role,
    take_facts,
)
from .page_beginning import is_empty_heading, part_of_the_agenda
from .speaker_names import looks_like_person, tells_function
from .text_lines import Line, refuse_too_many


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
            self.agenda.remark(
                line.place, _("The heading “%(text)s” has nothing under it; it was left out.", text=text)
            )
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
            self.agenda.remark(
                line.place, _("“%(text)s” comes before the first session; it was left out.", text=text[:60])
            )
        else:
            self.inside(self.session, text, line)

    def at(self, start: object, end: object) -> None:
        self.when = When(day=self.when.day, start=start, end=end)  # type: ignore[arg-type]

    def begins_session(self, text: str, line: Line, *, timed: bool) -> bool:
        if line.inside:
            return False
        if timed or NUMBERED.match(text):
            return True
        if looks_like_person(text) or labelled(text):
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
            self.agenda.remark(
                line.place,
                _(
                    "A title and its description follow each other with nothing between them; “%(title)s” was read "
                    "as the title.",
                    title=title,
                ),
            )
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
        if fresh and FACTS.match(text) and take_facts(session, text):
            self.after_facts = True
            return
        if self.after_facts and fresh and is_subtitle(text, line):
            session.subtitle = Words({language_of(text, self.agenda.language): text})
        elif named := labelled(text):
            self.add_people(session, *named, line)
        elif session.format is Format.BREAKOUT and (line.bullet or GROUP.match(text)) and not looks_like_person(text):
            self.add_group(session, text, line)
        elif self.is_person(session, text):
            self.add_speaker(session, text, line)
        elif is_description(session, text, line):
            self.describe(session, text, line)
        else:
            self.add_item(session, text, line)

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
            who = person_in(bare, row, part, line, self.agenda)
            session.people.append(who)
            if kind and there is not None:
                session.documents.append(Document(kind, row, there))
            elif part is Part.DISCUSSANT:
                self.agenda.remark(
                    line.place,
                    _("%(name)s, discussant, has no title and no document; none is requested.", name=who.name),
                )

    def add_speaker(self, session: Session, text: str, line: Line) -> None:
        bare, kind, there, balanced = split_document(text)
        role, rest = split_role(bare)
        part = Part.KEYNOTE if session.format is Format.KEYNOTE else Part.SPEAKER
        apart = self.item is None or bool(self.item.people) or is_paper(self.item)
        if (kind or role) and apart:
            self.item = Item(self.agenda.row(line.place, bare))
            session.items.append(self.item)
        if self.item is None:
            row = self.agenda.row(line.place, bare)
            session.people.append(
                person_in(rest, row, Part.PANELLIST if session.format is Format.PANEL else part, line, self.agenda)
            )
            return
        self.item.people.append(person_in(rest, self.item.row, part, line, self.agenda))
        if role:
            self.give_role(self.item, role, line)
        if kind and there is not None:
            self.item.documents.append(Document(kind, self.item.row, there))
        self.tell_brackets(balanced, line)

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
            self.agenda.remark(
                line.place,
                _("The perspective is part of the title “%(title)s”; the title was kept whole.", title=title),
            )
        if kind and there is not None:
            item.documents.append(Document(kind, item.row, there))
        if there is False:
            said = (
                _("“No document” is written where a title would be; the item has no title.")
                if not bare
                else _("The entry says that there is no document; it is marked as not provided.")
            )
            self.agenda.remark(line.place, said)
        self.tell_brackets(balanced, line)
        session.items.append(item)
        self.item = item

    def give_role(self, item: Item, role: str, line: Line) -> None:
        item.role_label = item.role_label or Words({language_of(role, self.agenda.language): role})
        item.perspective = item.perspective or perspective_in(role)
        if item.perspective:
            self.agenda.remark(
                line.place,
                _(
                    "“%(role)s” was read as a perspective: %(perspective)s.",
                    role=role,
                    perspective=item.perspective.label,
                ),
            )
        if SYNONYMS.search(plain(role)):
            self.agenda.remark(
                line.place,
                _("“%(role)s” uses another word for country of origin or destination; it was kept.", role=role),
            )

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
            self.agenda.remark(
                line.place, _("A break-out group has no title of its own; give it a topic after the import.")
            )
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


def read_lines(lines: Sequence[Line], agenda: Agenda) -> None:
    """Read these lines into the agenda, after what it holds already."""
    refuse_too_many(lines)
    kept = part_of_the_agenda(lines, agenda)
    if any(line.loose for line in kept):
        place = next(line.place for line in kept if line.loose)
        agenda.remark(place, _("Bullets have no text; speakers were matched to titles by their order."))
    marks = sum(bool(NUMBERED.match(line.text) or clocks.leading_span(line.text) or line.heading) for line in kept)
    prose = Prose(agenda, outlined=marks >= 2)
    for line in kept:
        prose.read(line)
