"""A table with columns that are understood, as an agenda: each row is a session, an item, a person, a group."""

import re
from dataclasses import dataclass, field

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.programme.agenda.formats import Format, Part
from workshop.secretariat.register.name_parts import HONORIFIC, split_name

from ..prose import clocks
from ..prose.calendar_days import Day, read_day
from ..prose.language_detection import language_of
from ..prose.speaker_lists import People, look_over, split_people, without_remark
from ..prose.speaker_names import read_person
from ..reading.agenda_file import Agenda, Column, Group, Item, Person, Session, When
from ..reading.agenda_words import (
    format_named,
    format_of_title,
    part_named,
    perspective_named,
    plain,
)
from ..reading.country_words import country_named
from ..reading.remarks import Setting, language_code
from .columns import PEOPLE, count_known, guess
from .content_columns import guess_by_content
from .record_cells import Cells, documents_in, questions_in_cell
from .record_times import read_when
from .text_tables import Table


def header_of(table: Table) -> int | None:
    """The row of headings: the first of the top rows in which two or more are known."""
    rows = [n for n, row in enumerate(table.rows[:40]) if any(cell.strip() for cell in row)][:15]
    return next((n for n in rows if count_known(table.rows[n]) >= 2), None)


def read_table(table: Table, agenda: Agenda, setting: Setting, header: int, day: Day | None = None) -> Day | None:
    """Read the rows into the agenda; the day that holds at the end of the table."""
    headings = [*table.rows[header], *[""] * (table.width() - len(table.rows[header]))]
    body = table.rows[header + 1 :]
    fields = guess(headings, setting.columns)
    if not ({"session", "number", "item", "key"} & {each.partition(":")[0] for each in fields}):
        fields = guess_by_content(headings, fields, body)
        agenda.must_confirm = agenda.must_confirm or not set(map(plain, headings)) & set(setting.columns)
    for index, (heading, name) in enumerate(zip(headings, fields, strict=True)):
        examples = [row[index] for row in body if index < len(row) and row[index]][:3]
        if heading or examples:
            agenda.columns.append(Column(heading or _("Column %(number)s", number=index + 1), name, examples))
            if not name and examples:
                agenda.remark(
                    table.place(header, index),
                    _("The column “%(heading)s” was not recognised and not read.", heading=heading),
                )
    reader = Records(agenda, setting, day)
    for name in {*PEOPLE, "person"} & set(fields):
        at = fields.index(name)
        reader.columns[name] = look_over(row[at] for row in body if at < len(row))
    for number, row in enumerate(body, header + 1):
        filled = [(n, cell.strip().removeprefix("'")) for n, cell in enumerate(row) if cell.strip()]
        if filled:
            by_field = {fields[n]: cell for n, cell in filled if n < len(fields) and fields[n]}
            places = {fields[n]: table.place(number, n) for n, _cell in filled if n < len(fields)}
            reader.read(Cells(by_field, places, table.place(number, None)), [cell for _n, cell in filled])
    return reader.day


@dataclass
class Records:
    agenda: Agenda
    setting: Setting
    day: Day | None = None
    columns: dict[str, People] = field(default_factory=dict)
    session: Session | None = None
    known: dict[tuple[object, ...], Session] = field(default_factory=dict)

    def read(self, cells: Cells, filled: list[str]) -> None:
        if len(filled) == 1 and (day := read_day(filled[0])):
            self.day = day
            return
        language = language_code(cells["language"]) or self.agenda.language
        title = cells.words("session", language)
        label = cells["item"] or cells["person"] or " ".join(title.values()) or filled[0]
        row = self.agenda.row(cells.place, label)
        session = self.of_row(cells, title, row)
        if session is None:
            self.agenda.rows[row].rejected = _("There is no session title in this row or above it.")
            return
        self.session = session
        for field_name, value in (
            ("subtitle", cells.words("subtitle", language)),
            ("note", cells.words("note", language)),
            ("lens", cells.words("lens", language)),
        ):
            if value and not getattr(session, field_name):
                setattr(session, field_name, value)
        session.room = session.room or cells["room"]
        session.questions += [
            each for each in questions_in_cell(cells, "questions", language) if each not in session.questions
        ]
        for name, part in PEOPLE.items():
            if part is not Part.SPEAKER or not self.has_item(cells):
                session.people += self.people(cells, name, part, row, session.people)
        self.of_session(cells, session, row)
        if cells["group"] or cells.words("topic", language) or cells.words("group_questions", language):
            self.add_group(cells, session, row, language)
        else:
            self.add_item(cells, session, row, language)

    def of_row(self, cells: Cells, title: Words, row: int) -> Session | None:
        """The session this row belongs to: named in it, or the one above."""
        number = int(cells["number"]) if cells["number"].isdigit() and len(cells["number"]) < 6 else None
        if cells["number"] and number is None:
            self.agenda.remark(cells.places["number"], _("“%(text)s” is not a number.", text=cells["number"]))
        when = self.when(cells)
        names: list[tuple[object, ...]] = (
            [("title", plain(" ".join(title.values())), number, when.day, when.start, cells["room"])] if title else []
        )
        names += [("number", number)] if number is not None and not title else []
        for name in names:
            if name in self.known:
                return self.known[name]
        if not title:
            return self.session if number is None else None
        kind = format_named(cells["format"]) if cells["format"] else None
        if cells["format"] and kind is None:
            self.agenda.remark(cells.places["format"], _("“%(text)s” is not a known format.", text=cells["format"]))
        kind = kind or next(filter(None, map(format_of_title, title.values())), None)
        session = Session(row, title, kind, number, when=when, key=cells["key"])
        self.agenda.sessions.append(session)
        for name in names:
            self.known[name] = session
        if number is not None:
            self.known.setdefault(("number", number), session)
        return session

    def when(self, cells: Cells) -> When:
        when = read_when(cells, self.setting, self.agenda)
        when.day = self.day = when.day or self.day
        return when

    def has_item(self, cells: Cells) -> bool:
        names = {name.partition(":")[0] for name in cells.values}
        return bool(names & {"item", "item_number", "role_label", "perspective"}) or (
            "document" in names and bool(self.persons_in(cells))
        )

    def persons_in(self, cells: Cells) -> bool:
        return any(cells[name] for name in ("person", "family_name", "people_speaker"))

    def of_session(self, cells: Cells, session: Session, row: int) -> None:
        """What belongs to the session as a whole: everybody appearing, its length, a document without an item."""
        for each in re.split(r"\s*[;\n]\s*", cells["session_people"]):
            label, colon, rest = each.partition(":")
            part = part_named(label) if colon else None
            if rest.strip() and part:
                read = read_person(rest, row, part=part, language=self.agenda.language)
                if read.person.name not in {who.name for who in session.people}:
                    session.people.append(read.person)
        if self.has_item(cells):
            return
        if cells["minutes"] and session.when.start and session.when.end is None:
            if minutes := clocks.read_minutes(cells["minutes"]):
                session.when.end, session.when.nights = clocks.after(session.when.start, minutes)
            else:
                self.agenda.remark(
                    cells.places["minutes"],
                    _("“%(text)s” is not a duration that can be read.", text=cells["minutes"][:40]),
                )
        part = self.part(cells, Part.PANELLIST if session.format is Format.PANEL else Part.SPEAKER)
        session.people += self.people(cells, "person", part, row, session.people)
        session.documents += documents_in(cells, row, self.agenda)

    def add_item(self, cells: Cells, session: Session, row: int, language: str) -> None:
        if not self.has_item(cells):
            return
        title = cells.words("item", language)
        title = Words({language_of(text, code) if code == language else code: text for code, text in title.items()})
        item = session.items[-1] if session.items else None
        if item is None or not title or plain(str(title)) != plain(str(item.title)):
            item = Item(row, title, cells.words("role_label", language), key=cells["key"] if session.row != row else "")
            session.items.append(item)
        if cells["perspective"]:
            item.perspective = perspective_named(cells["perspective"])
            if item.perspective is None:
                self.agenda.remark(
                    cells.places["perspective"],
                    _("“%(text)s” is not a known perspective.", text=cells["perspective"]),
                )
        if cells["minutes"]:
            item.minutes = clocks.read_minutes(cells["minutes"])
            if item.minutes is None:
                self.agenda.remark(
                    cells.places["minutes"], _("“%(text)s” is not a number of minutes.", text=cells["minutes"])
                )
        part = self.part(cells, Part.SPEAKER)
        item.people += self.people(cells, "person", part, row, item.people)
        item.people += self.people(cells, "people_speaker", Part.SPEAKER, row, item.people)
        item.documents += documents_in(cells, row, self.agenda)

    def part(self, cells: Cells, usual: Part) -> Part:
        named = part_named(cells["part"]) if cells["part"] else usual
        if named is None:
            self.agenda.remark(cells.places["part"], _("“%(text)s” is not a known part.", text=cells["part"]))
        return named or usual

    def people(self, cells: Cells, name: str, part: Part, row: int, there: list[Person]) -> list[Person]:
        """Those named in one cell, with the functions, organisations and countries of the cells beside it."""
        names = split_people(cells[name], self.columns.get(name)) if cells[name] else []
        if len(names) > 1 and not re.search(r"[;\n]", cells[name]):
            self.agenda.remark(
                cells.places[name], _("“%(text)s” was read as %(number)s people.", text=cells[name], number=len(names))
            )
        names = [bare for each in names if (bare := without_remark(each))]
        if name == "person" and not names and (cells["family_name"] or cells["given_name"]):
            names = [f"{cells['given_name']} {cells['family_name']}".strip()]
        main = name in {"person", "people_speaker"}
        found: list[Person] = []
        for index, each in enumerate(names):
            who = (
                self.person(each, row, part, cells, index, len(names))
                if main
                else read_person(each, row, part=part, language=self.agenda.language).person
            )
            if who.family_name and (who.name, who.part) not in {(one.name, one.part) for one in [*there, *found]}:
                found.append(who)
        return found

    def person(self, text: str, row: int, part: Part, cells: Cells, index: int, of: int) -> Person:
        apart = any(cells[name] for name in ("function", "standing", "organisation", "country"))
        if not apart:
            who = read_person(text, row, part=part, language=self.agenda.language).person
        else:
            marked = HONORIFIC.match(text)
            bare = text[len(marked[0]) :] if marked else text
            given, family = (
                split_name(bare.replace(",", " "))
                if not cells["family_name"]
                else (cells["given_name"], cells["family_name"])
            )
            who = Person(f"{given} {family}".strip(), row, given, family, marked[0].strip() if marked else "", part)
            self.stand(who, cells, index, of)
        if cells["family_name"]:
            who.given_name, who.family_name = cells["given_name"], cells["family_name"]
        who.honorific = cells["honorific"] or who.honorific
        return who

    def stand(self, who: Person, cells: Cells, index: int, of: int) -> None:
        """Function, organisation and country, where the cells beside the name hold as many as there are names."""

        def mine(name: str) -> str:
            several = [each.strip() for each in re.split(r"[;\n]", cells[name])]
            return several[index] if len(several) == of else (several[0] if len(several) == 1 and of == 1 else "")

        if standing := mine("standing"):
            both = read_person(f"Ana Name, {standing}", who.row, part=who.part, language=self.agenda.language).person
            who.function, who.organisation = both.function, both.organisation
        function = mine("function")
        who.function = Words({language_of(function, self.agenda.language): function}) if function else who.function
        for key, text in cells.values.items():
            if key.startswith("function:"):
                who.function = who.function.having(key.partition(":")[2], text)
        who.organisation = mine("organisation") or who.organisation
        if country := mine("country"):
            who.country = country_named(country)
            if not who.country:
                self.agenda.remark(cells.places["country"], _("“%(text)s” is not a known country.", text=country))

    def add_group(self, cells: Cells, session: Session, row: int, language: str) -> None:
        number = int(cells["group"]) if cells["group"].isdigit() and len(cells["group"]) < 4 else None
        topic = cells.words("topic", language) or (
            Words({language: cells["group"]}) if cells["group"] and number is None else Words()
        )
        same = next(
            (
                each
                for each in session.groups
                if (number, topic) in {(each.number, each.topic), (each.number, Words())} and number
            ),
            None,
        )
        if same is None:
            same = Group(row, topic, number)
            session.groups.append(same)
        same.questions += [
            each for each in questions_in_cell(cells, "group_questions", language) if each not in same.questions
        ]
