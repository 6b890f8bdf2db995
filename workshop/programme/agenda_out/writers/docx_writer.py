"""The agenda as a Word document: a heading and a table for each day. It carries no name but those on the agenda."""

from flask_babel import gettext as _

from workshop.platform.foreign.limits import Element
from workshop.platform.i18n import dates, day, moment
from workshop.platform.word_document import WordDocument

from ..blocks import Block, Entry, TextInLanguage, Who
from ..published_programme import Programme

WIDTHS = (28, 137)


def as_docx(programme: Programme) -> bytes:
    return Writer(programme).whole()


class Writer:
    """One document being written, in the direction and language of the programme."""

    def __init__(self, programme: Programme) -> None:
        self.programme, self.language = programme, programme.language
        title, edition, at = programme.title.text, programme.edition, programme.release.published_at
        self.word = WordDocument(programme.language, title=title, subject=edition, at=at)

    def whole(self) -> bytes:
        programme, workshop = self.programme, self.programme.workshop
        self.paragraph(None, programme.title, style="Title")
        when = dates(workshop.starts_on, workshop.ends_on)
        self.paragraph(None, f"{when} · {programme.place}", style="Subtitle")
        published = moment(programme.release.published_at, programme.zone)
        self.paragraph(None, _("%(edition)s, published %(when)s", edition=programme.edition, when=published))
        self.paragraph(None, _("Times in %(place)s", place=programme.place))
        if programme.has_foreign_words:
            said = _("Some texts exist in another language only; they are printed as they are.")
            self.run(self.paragraph(None), said, italic=True)
        for date, blocks in programme.days:
            heading = day(date) if date else _("Time to be announced")
            self.paragraph(None, heading[:1].upper() + heading[1:], style="Heading 1")
            self._table(blocks)
        return self.word.content()

    def _table(self, blocks: list[Block]) -> None:
        table = self.word.table((_("Time"), _("Session")), WIDTHS)
        for block in blocks:
            self._session(table.add_row().cells, block)
        self.word.close_table(table, WIDTHS)

    def _session(self, cells: Element, block: Block) -> None:
        time = _("open")
        if block.starts_at and block.ends_at:
            time = f"{self.programme.clock(block.starts_at)}–{self.programme.clock(block.ends_at)}"
        self.paragraph(cells[0], time)
        self.paragraph(cells[1], block.title, style="Heading 2")
        self.paragraph(cells[1], " · ".join(filter(None, (block.kind, block.room))))
        if block.subtitle:
            self.run(self.paragraph(cells[1]), block.subtitle, italic=True)
        if block.note:
            self.paragraph(cells[1], block.note)
        for question in block.questions:
            self.paragraph(cells[1], question, style="List Bullet")
        for who in block.people:
            line = self.paragraph(cells[1])
            self.run(line, _("%(part)s:", part=who.role) + " ")
            self._person(line, who)
        for entry in block.entries:
            self._item(cells[1], entry)
        for paper in block.papers:
            self.paragraph(cells[1], " – ".join(filter(None, (paper.title.text, paper.line))))
        for group in block.groups:
            topic = _("Group %(number)s: %(topic)s", number=group.number, topic=group.topic.text)
            self.run(self.paragraph(cells[1]), topic, bold=True)
            for question in group.questions:
                self.paragraph(cells[1], question, style="List Bullet")
        if block.lens:
            self.paragraph(cells[1], block.lens)

    def _item(self, cell: Element, entry: Entry) -> None:
        line = self.paragraph(cell)
        for number, who in enumerate(entry.people):
            if number:
                self.run(line, "; ")
            self._person(line, who)
        for said in (entry.title, entry.role or TextInLanguage(entry.perspective, self.language)):
            if said:
                self.run(line, "\n" if line.runs else "")
                self.run(line, said, italic=said is entry.title)
        for paper in entry.papers:
            self.run(line, f" – {paper.line}")

    def _person(self, line: Element, who: Who) -> None:
        self.run(line, who.name, bold=True)
        for said in (who.function, who.organisation, TextInLanguage(who.country, self.language)):
            if said:
                self.run(line, ", ")
                self.run(line, said)

    def paragraph(self, place: Element, text: TextInLanguage | str = "", style: str = "Normal") -> Element:
        """A paragraph at the end of the document (None) or of a cell."""
        line = self.word.paragraph(place=place, style=style)
        if text:
            self.run(line, text)
        return line

    def run(self, line: Element, text: TextInLanguage | str, *, bold: bool = False, italic: bool = False) -> None:
        """Some words, in a language of their own where they have one."""
        code = text.language if isinstance(text, TextInLanguage) else ""
        self.word.run(line, str(text), language=code, bold=bold, italic=italic)
