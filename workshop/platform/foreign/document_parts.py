"""Word files and web pages as lines and tables, in order, with what their marks say: a bullet, a heading.

A line is {"line": [text, number, is a bullet, level of heading]}; a table is {"table": number, "rows": …}, each cell of
it a list of paragraphs: [is a bullet, lines].
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from . import archives
from .limits import Element, Limit
from .refusals import N_, Refusal

Part = dict[str, object]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN = "word/document.xml"
NO_BODY = N_("“%(part)s” has no body: the file is not a complete Word document.")
SILENT = frozenset(
    ["script", "style", "template", "noscript", "head", "svg", "math", "object", "iframe", "select", "nav", "footer"]
)
BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "header",
        "main",
        "aside",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "caption",
        "blockquote",
        "pre",
        "br",
        "hr",
        "form",
        "fieldset",
        "address",
        "figure",
        "figcaption",
        "details",
        "summary",
        "body",
        "html",
    ]
)
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
DEEPEST = 250
TOO_DEEP = N_("The HTML is nested more than %(most)s levels deep.")
NO_HTML = N_("The HTML cannot be read: %(fault)s")


def line(text: str, number: int, *, bullet: bool = False, heading: int = 0) -> Part:
    return {"line": [text, number, bullet, heading]}


def word_parts(content: bytes, limit: Limit) -> list[Part]:
    """The document's body. Deleted text of tracked changes, comments and notes are not read. Raises Refusal."""
    with archives.open_archive(content, limit) as file:
        root = archives.parsed(archives.part(file, MAIN, limit.part), MAIN)
    body = root.find(f"{W}body")
    if body is None:
        raise Refusal(NO_BODY, part=MAIN)
    found: list[Part] = []
    paragraph = table = 0
    for block in _blocks(body):
        if block.tag == f"{W}p":
            paragraph += 1
            found += _paragraph(block, paragraph)
        else:
            table += 1
            rows = [[_cell(cell) for cell in _cells(row)] for row in block.iter(f"{W}tr")]
            found.append({"table": table, "rows": rows})
    return found


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables, also those inside content controls."""
    for block in parent:
        if block.tag in {f"{W}p", f"{W}tbl"}:
            yield block
        elif block.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"}:
            yield from _blocks(block)


def _text(node: Element) -> str:
    """The words of a paragraph; a line break in it is one."""
    said: list[str] = []
    for each in node.iter(f"{W}t", f"{W}br", f"{W}cr", f"{W}tab", f"{W}noBreakHyphen"):
        tag = each.tag.removeprefix(W)
        said.append(each.text or "" if tag == "t" else {"tab": "\t", "noBreakHyphen": "-"}.get(tag, "\n"))
    return "".join(said)


def _paragraph(node: Element, number: int) -> Iterator[Part]:
    named = _style(node)
    digits = "".join(c for c in named if c.isdigit())
    is_heading = named.startswith(("heading", "titre", "ttulo", "título", "berschrift")) and digits
    listed = _is_listed(node)
    for each in _text(node).split("\n"):
        yield line(
            each.replace("\t", " "),
            number,
            bullet=listed and not is_heading,
            heading=int(digits[:2]) if is_heading else 0,
        )


def _style(node: Element) -> str:
    style = node.find(f"{W}pPr/{W}pStyle")
    return (style.get(f"{W}val") or "").casefold() if style is not None else ""


def _is_listed(node: Element) -> bool:
    return node.find(f"{W}pPr/{W}numPr") is not None or _style(node).startswith("list")


def _cells(row: Element) -> Iterator[Element | None]:
    """The cells of a row, an empty one for each further column that one spans."""
    for cell in row.iter(f"{W}tc"):
        yield cell
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        wide = span.get(f"{W}val", "1") if span is not None else "1"
        for _column in range(min(int(wide) if wide.isdigit() else 1, 60) - 1):
            yield None


def _cell(cell: Element | None) -> list[object]:
    if cell is None:
        return []
    return [
        [_is_listed(node), [each.replace("\t", " ").strip() for each in _text(node).split("\n") if each.strip()]]
        for node in cell.iter(f"{W}p")
    ]


@dataclass
class Collector:
    """Takes the events of the parser of HTML; what it holds is flat, however deep the file nests."""

    parts: list[Part] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    silent: int = 0
    tables: int = 0
    number: int = 0
    rows: list[list[object]] | None = None
    cell: list[object] | None = None

    def start(self, tag: str, _attributes: object) -> None:
        if len(self.tags) >= DEEPEST:
            raise Refusal(TOO_DEEP, most=DEEPEST)
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
            self.rows[-1].append(self.cell)
            self.cell = None
        elif tag == "table" and self.rows is not None and "table" not in self.tags:
            self.end_table()

    def end_table(self) -> None:
        self.tables += 1
        self.parts.append({"table": self.tables, "rows": self.rows or []})
        self.rows = self.cell = None

    def data(self, text: str) -> None:
        if not self.silent:
            self.words.append(text)

    def flush(self, closing: str = "") -> None:
        text = " ".join("".join(self.words).split())
        self.words.clear()
        if not text:
            if closing == "li" and self.rows is None:
                self.parts.append(line("-", 0))
            return
        if self.cell is not None:
            self.cell.append(["li" in self.tags or closing == "li", [text]])
            return
        self.number += 1
        inside = [*self.tags, closing]
        heading = next((int(tag[1]) for tag in reversed(inside) if tag in HEADINGS), 0)
        self.parts.append(line(text, self.number, bullet=bool({"li", "dd"} & set(inside)), heading=heading))

    def close(self) -> list[Part]:
        self.flush()
        if self.rows is not None:
            self.end_table()
        return self.parts

    def comment(self, _text: str) -> None:
        """Comments are not read."""

    def pi(self, _target: str, _data: str | None = None) -> None:
        """Nor are instructions to programs."""


def page_parts(text: str) -> list[Part]:
    """A web page. Only text and its structure are taken. Raises Refusal."""
    from lxml import etree  # here because not every kind of file needs it

    collector = Collector()
    parser = etree.HTMLParser(target=collector, no_network=True, huge_tree=False, recover=True)
    try:
        for start in range(0, len(text), 65536):
            parser.feed(text[start : start + 65536])
        parser.close()
    except etree.LxmlError as fault:
        raise Refusal(NO_HTML, fault=str(fault)) from fault
    return collector.parts
