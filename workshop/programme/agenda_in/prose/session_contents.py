"""What stands inside a session of a running text: people, items with their documents, groups, questions, descriptions."""

import enum
import re
from dataclasses import dataclass

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.programme.agenda.formats import Format, Part

from ..reading.agenda_file import Agenda, Document, Group, Item, Session
from ..reading.agenda_words import SYNONYMS, is_role_label, perspective_in, plain
from .agenda_phrases import questions_and_rest, sentences, split_document
from .language_detection import language_of
from .line_marks import GROUP, SUFFIX, is_paper, numeral, person_in, split_role
from .speaker_lists import split_people, without_remark
from .speaker_names import looks_like_person, tells_function
from .text_lines import Line


class Layout(enum.Enum):
    """What begins a session: a time; a number or a heading; only its words."""

    CLOCK = enum.auto()
    MARKS = enum.auto()
    LOOSE = enum.auto()


@dataclass
class Contents:
    """Takes the lines of a session, each by what it is."""

    agenda: Agenda
    layout: Layout
    item: Item | None = None

    def is_person(self, session: Session, text: str) -> bool:
        bare, kind, _there, _balanced = split_document(text)
        role, rest = split_role(bare)
        if not looks_like_person(rest):
            return False
        waiting = self.item is not None and not self.item.people
        return bool(role or kind or waiting or tells_function(rest) or not session.items)

    def add_people(self, session: Session, part: Part, text: str, line: Line) -> None:
        for each in split_people(text) if self.layout is not Layout.LOOSE else re.split(r"\s*;\s*", text):
            bare, kind, there, _balanced = split_document(each)
            bare = without_remark(bare)
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
