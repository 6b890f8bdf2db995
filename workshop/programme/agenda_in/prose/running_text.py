"""A published agenda as running text: sessions, items, speakers and groups told apart line by line, in order.

What a line is follows from its words first (a time, "Session 3", "Discussant:", a name before a comma) and from its
typography second, because bullets and indentation rarely survive a web page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.programme.agenda.formats import Format, Part

from ..reading.agenda_file import Agenda, Item, Session, When
from ..reading.agenda_words import format_of_title, is_format_alone, is_role_label, part_named
from .agenda_phrases import split_document, unglue
from .calendar_days import Day
from .clocks import after, read_minutes
from .language_detection import language_of
from .line_marks import (
    FACTS,
    GROUP,
    NUMBERED,
    PLACED,
    is_description,
    is_subtitle,
    label_alone,
    labelled,
    numeral,
    person_in,
    take_facts,
)
from .page_beginning import is_empty_heading
from .session_contents import Contents, Layout
from .session_starts import Kind, Mark, split_room
from .speaker_lists import is_person, split_people
from .speaker_names import is_name, looks_like_person, tells_function
from .text_lines import Line

LENGTH_IN = re.compile(
    r"[\s(\[,–—-]+(\d{1,3}\s?(?:minutes|mins?|min\.|minuten|minutos|['’′]|h(?:ours?)?))\b\.?[)\],\s–—-]*(.*)$",
    re.IGNORECASE,
)


@dataclass
class Prose(Contents):
    """Where the reading stands. `explained` counts the lines that said what they are, of `total`."""

    session: Session | None = None
    when: When = field(default_factory=When)
    after_facts: bool = False
    explained: float = 0
    total: int = 0
    part: Part | None = None  # "Speakers:" stood alone: those who follow
    hour: time | None = None  # in an outline with lengths of time, when the next entry begins
    lengths: int = 0

    @property
    def outlined(self) -> bool:
        """Sessions are marked by numbers, times or headings, so a plain line does not begin one."""
        return self.layout is not Layout.LOOSE

    def read(self, mark: Mark) -> None:
        if mark.kind is Kind.CONSUMED:
            return
        self.total += 1
        line, text = mark.line, mark.text or mark.line.text
        if mark.kind is Kind.DAY and mark.day:
            self.explained += 1
            self.when, self.part = When(day=mark.day), None
            self.hour = mark.span[0] if mark.span else None
        elif mark.kind is Kind.CONTACT:
            if self.session is not None:
                self.leave_out(line)
        elif is_empty_heading(text):
            self.agenda.remark(
                line.place, _("The heading “%(text)s” has nothing under it; it was left out.", text=text)
            )
            self.explained += 1
        elif placed := PLACED.match(text):
            self.explained += 1
            if self.session:
                self.session.room = placed[1].strip()
        else:
            self.read_words(mark, text, line)

    def read_words(self, mark: Mark, text: str, line: Line) -> None:
        """A line that begins a session or stands inside one."""
        if mark.day:
            self.when = When(day=mark.day)
        if mark.kind is Kind.SESSION and mark.span:
            self.when = When(day=self.when.day, start=mark.span[0], end=mark.span[1])
            self.explained += 1
            self.begin_session(text, line)
            if self.session and mark.room:
                self.session.room = mark.room
        elif mark.kind is Kind.SLOT and mark.span and self.session:
            self.explained += 1
            self.add_slot(self.session, text, mark, line)
        elif mark.kind is Kind.TIME:
            return  # a time that nothing belongs to explains nothing
        elif self.begins_session(text, line):
            self.explained += 1 if self.layout is not Layout.MARKS or NUMBERED.match(text) else 0.7
            self.begin_session(text, line)
        elif self.session is None:
            self.agenda.remark(
                line.place, _("“%(text)s” comes before the first session; it was left out.", text=text[:60])
            )
        else:
            self.inside(self.session, text, line)

    def take_length(self, text: str) -> str:
        """A title in an outline without the length of time that it names; from it and the beginning follow the times."""
        found = LENGTH_IN.search(text) if self.layout is Layout.MARKS else None
        minutes = read_minutes(found[1]) if found else None
        if found is None or not minutes:
            return text
        self.lengths += 1
        if self.hour is not None:
            end, nights = after(self.hour, minutes)
            self.when = When(day=self.when.day, start=self.hour, end=end, nights=nights)
            self.hour = end
        beside = found[2].strip(" ,–—-)")
        text = text[: found.start()].strip(" ,–—-(")
        return f"{text} – {beside}" if is_person(beside.split(",")[0]) else text

    def leave_out(self, line: Line) -> None:
        """Nothing is made of what no reader explains; it is told."""
        self.agenda.row(
            line.place, line.text, _("“%(text)s” was not understood; nothing was made of it.", text=line.text[:80])
        )

    def add_slot(self, session: Session, text: str, mark: Mark, line: Line) -> None:
        """A part of a session with a time of its own is an item of that length."""
        title, people = title_and_people(text)
        item = Item(self.agenda.row(line.place, text), self.words(title))
        if mark.span and mark.span[1]:
            begin, end = (each.hour * 60 + each.minute for each in (mark.span[0], mark.span[1]))
            item.minutes = end - begin if end > begin else None
        for each in people:
            item.people.append(person_in(each, item.row, Part.SPEAKER, line, self.agenda))
        session.items.append(item)
        self.item = item

    def words(self, text: str) -> Words:
        return Words({language_of(text, self.agenda.language): text}) if text else Words()

    def begins_session(self, text: str, line: Line) -> bool:
        if line.inside:
            return False
        if NUMBERED.match(text) and not text.endswith("?"):
            return True
        if self.layout is Layout.CLOCK:
            return False
        if looks_like_person(text) or labelled(text):
            return False
        if line.heading:
            return not (self.session and self.session.format is Format.BREAKOUT and GROUP.match(text))
        if line.bullet:
            return False
        words = unglue(text)
        title = words[0] if words else re.split(r"\s+[-–—]\s+", text)[0]
        return bool(is_format_alone(title) or words)

    def begin_session(self, text: str, line: Line) -> None:
        number = None
        if found := NUMBERED.match(text):
            number, text = numeral(found[1]), found[2] or text
        text = self.take_length(text)
        title, description = unglue(text) or (text, "")
        item, people = "", list[str]()
        if self.layout is not Layout.LOOSE and not description:
            title, people = title_and_people(title)
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
        self.when, self.item, self.after_facts, self.part = When(day=self.when.day), None, False, None
        for each in people:
            part = Part.KEYNOTE if kind is Format.KEYNOTE else Part.SPEAKER
            self.session.people.append(person_in(each, row, part, line, self.agenda))
        if description:
            self.describe(self.session, description, Line(description, line.place))
        if item:
            self.add_item(self.session, item, line)

    def inside(self, session: Session, text: str, line: Line) -> None:
        """A line within a session that begins neither a session nor a day."""
        fresh = not (session.items or session.people or session.questions or session.note or session.subtitle)
        self.explained += 1
        if fresh and FACTS.match(text) and take_facts(session, text):
            self.after_facts = True
        elif fresh and split_room(text)[0] == "":
            session.room = split_room(text)[1]
        elif (part := label_alone(text)) and not is_name(text):
            self.part = part
        elif self.after_facts and fresh and is_subtitle(text, line):
            session.subtitle = self.words(text)
        elif named := labelled(text):
            self.part = None
            self.add_people(session, *named, line)
        elif self.part and (is_person(text.split(",")[0]) or looks_like_person(text)):
            self.add_people(session, self.part, text, line)
        elif session.format is Format.BREAKOUT and (line.bullet or GROUP.match(text)) and not looks_like_person(text):
            self.add_group(session, text, line)
        elif self.is_person(session, text):
            self.add_speaker(session, text, line)
        elif line.inside and not session.items and all(map(is_person, split_people(text))):
            self.add_people(session, Part.SPEAKER, text, line)
        elif is_description(session, text, line):
            self.describe(session, text, line)
        elif self.is_entry(text, line):
            self.add_item(session, text, line)
        else:
            self.explained -= 0.6
            self.describe(session, text, line)

    def is_entry(self, text: str, line: Line) -> bool:
        """Whether a line is marked as something of its own; in a text with times a bare one only goes into the note."""
        marked = line.bullet or line.loose or bool(split_document(text)[1]) or is_role_label(text)
        return marked or self.layout is Layout.LOOSE or (line.inside and not text.endswith((".", "?")))


def title_and_people(text: str) -> tuple[str, list[str]]:
    """ "Welcome – Ana Example, Director, IOM" and "Ana Example, IOM": the title, and those named beside it."""
    for found in re.finditer(r"\s+[-–—|]\s+|:\s+|,?\s+(?:by|par|por|von|مع)\s+|\s*\((?=[^()]*\)$)", text):
        title, rest = text[: found.start()].strip(), text[found.end() :].strip().rstrip(")")
        people = split_people(rest)
        spoken = format_of_title(title) in {Format.WELCOME, Format.KEYNOTE, Format.WRAP_UP} and ":" not in found[0]
        sure = bool(people) and (
            all(looks_like_person(each) for each in people)
            or (spoken and rest.isascii() and all(is_person(each.split(",")[0]) for each in people))
        )
        if title and sure and part_named(title) is None:
            return title, people
    if looks_like_person(text) and tells_function(text):
        return "", [text]
    return text, []


def read_in_layout(marks: Sequence[Mark], layout: Layout, agenda: Agenda, day: Day | None) -> Prose:
    """Read these lines into the agenda in one of the ways that there are."""
    prose = Prose(agenda, layout, when=When(day=day))
    for mark in marks:
        prose.read(mark)
    return prose
