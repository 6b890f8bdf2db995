"""HTML as lines and tables. Only text and its structure are taken; nothing of it is ever shown as HTML again."""

from dataclasses import dataclass, field

from flask_babel import gettext as _

from workshop.platform.foreign.archives import Unreadable

from ..reading.agenda_words import listed
from ..reading.text_tables import Table
from .text_lines import Line, marked

SILENT = listed("script style template noscript head svg math object iframe select nav footer")
BLOCKS = listed(
    "p div section article header main aside h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table tr td th thead tbody "
    "tfoot caption blockquote pre br hr form fieldset address figure figcaption details summary body html"
)
DEEPEST = 250


@dataclass
class Collector:
    """Takes the events of the parser; what it holds is flat, however deep the file nests."""

    parts: list[Line | Table] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    silent: int = 0
    tables: int = 0
    number: int = 0
    rows: list[list[str]] | None = None
    cell: list[str] | None = None

    def start(self, tag: str, _attributes: object) -> None:
        if len(self.tags) >= DEEPEST:
            raise Unreadable(_("The HTML is nested more than %(most)s levels deep.", most=DEEPEST))
        self.tags.append(tag)
        self.silent += tag in SILENT
        if tag in BLOCKS:
            self.flush()
        if tag == "table" and self.rows is None:
            self.rows = []
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.cell = []

    def end(self, tag: str) -> None:
        if tag in self.tags:
            while self.tags:
                closed = self.tags.pop()
                self.silent -= closed in SILENT
                if closed == tag:
                    break
        if tag in BLOCKS:
            self.flush(tag)
        if tag in {"td", "th"} and self.cell is not None and self.rows:
            self.rows[-1].append("\n".join(self.cell))
            self.cell = None
        elif tag == "table" and self.rows is not None and "table" not in self.tags:
            self.end_table()

    def end_table(self) -> None:
        self.tables += 1
        named = _("table %(number)s", number=self.tables)
        rows, self.rows, self.cell = self.rows or [], None, None
        self.parts.append(Table(rows, lambda row, column, named=named: _place(named, row, column)))  # type: ignore[misc]

    def data(self, text: str) -> None:
        if not self.silent:
            self.words.append(text)

    def flush(self, closing: str = "") -> None:
        text = " ".join("".join(self.words).split())
        self.words.clear()
        if not text:
            if closing == "li" and self.rows is None:
                self.parts.append(Line("-", ""))
            return
        if self.cell is not None:
            self.cell.append(("• " if "li" in self.tags or closing == "li" else "") + text)
            return
        self.number += 1
        inside = [*self.tags, closing]
        heading = next((int(tag[1]) for tag in reversed(inside) if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}), 0)
        place = _("paragraph %(number)s", number=self.number)
        self.parts.append(Line(text, place, bullet=bool({"li", "dd"} & set(inside)), heading=heading))

    def close(self) -> list[Line | Table]:
        self.flush()
        if self.rows is not None:
            self.end_table()
        return self.parts

    def comment(self, _text: str) -> None:
        """Comments are not read."""

    def pi(self, _target: str, _data: str | None = None) -> None:
        """Nor are instructions to programs."""


def _place(table: str, row: int, column: int | None) -> str:
    if column is None:
        return str(_("%(table)s, row %(row)s", table=table, row=row + 1))
    return str(_("%(table)s, row %(row)s, column %(column)s", table=table, row=row + 1, column=column + 1))


def parts_of(text: str) -> list[Line | Table]:
    """The lines and tables of a page, in order."""
    from lxml import etree

    collector = Collector()
    parser = etree.HTMLParser(target=collector, no_network=True, huge_tree=False, recover=True)
    try:
        for start in range(0, len(text), 65536):
            parser.feed(text[start : start + 65536])
        parser.close()
    except etree.LxmlError as fault:
        raise Unreadable(_("The HTML cannot be read: %(fault)s", fault=str(fault))) from fault
    return _with_marks(collector.parts)


def _with_marks(parts: list[Line | Table]) -> list[Line | Table]:
    """Runs of lines with their spaces and bullets mended; tables as they are."""
    found: list[Line | Table] = []
    run: list[Line] = []
    for each in [*parts, None]:
        if isinstance(each, Line):
            run.append(each)
            continue
        found += marked(run, bullets=True)
        run = []
        if each is not None:
            found.append(each)
    return found
