"""Word files (DOCX): paragraphs and tables in order, straight from the file's own XML."""

from collections.abc import Iterator

from flask_babel import gettext as _

from workshop.platform.foreign import archives
from workshop.platform.foreign.archives import Unreadable
from workshop.platform.foreign.media_types import Element

from ..prose.agenda_phrases import split_document
from ..prose.speaker_names import looks_like_person
from ..prose.text_lines import Line, marked
from .agenda_words import is_role_label, perspective_alone
from .text_tables import Table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN = "word/document.xml"


def parts_of(content: bytes) -> list[Line | Table]:
    """The lines and tables of the document's body. Deleted text of tracked changes, comments and notes are not read."""
    with archives.opened(content) as file:
        root = archives.parsed(archives.part(file, MAIN), MAIN)
    body = root.find(f"{W}body")
    if body is None:
        raise Unreadable(_("“%(part)s” has no body: the file is not a complete Word document.", part=MAIN))
    found: list[Line | Table] = []
    run: list[Line] = []
    paragraph = table = 0
    for block in _blocks(body):
        if block.tag == f"{W}p":
            paragraph += 1
            run += _paragraph(block, _("paragraph %(number)s", number=paragraph))
        else:
            table += 1
            found += [*marked(run, bullets=True), _table(block, table)]
            run = []
    return [*found, *marked(run, bullets=True)]


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


def _paragraph(node: Element, place: str) -> Iterator[Line]:
    named = _style(node)
    digits = "".join(c for c in named if c.isdigit())
    is_heading = named.startswith(("heading", "titre", "ttulo", "título", "berschrift")) and digits
    listed = _is_listed(node)
    for line in _text(node).split("\n"):
        yield Line(
            line.replace("\t", " "), place, bullet=listed and not is_heading, heading=int(digits) if is_heading else 0
        )


def _style(node: Element) -> str:
    style = node.find(f"{W}pPr/{W}pStyle")
    return (style.get(f"{W}val") or "").casefold() if style is not None else ""


def _is_listed(node: Element) -> bool:
    return node.find(f"{W}pPr/{W}numPr") is not None or _style(node).startswith("list")


def person_last(lines: list[str]) -> list[str]:
    """An entry that begins with the speaker and goes on with title and role, in the order of all others:
    the title, then "role - speaker (document)".
    """
    if len(lines) < 2 or not looks_like_person(lines[0]):
        return lines
    person, *rest = lines
    last, kind, provided, _balanced = split_document(rest[-1])
    document = "" if kind is None else " (no document)" if not provided else f" ({kind.value.replace('_', ' ')})"
    role = f"{last} - " if is_role_label(last) else ""
    title = rest[:-1] if role or perspective_alone(last) else [*rest[:-1], last]
    return [*(f"• {each}" for each in title), f"{role}{person}{document}"]


def _table(node: Element, number: int) -> Table:
    named = _("table %(number)s", number=number)
    rows = [[_cell(cell) for cell in _cells(row)] for row in node.iter(f"{W}tr")]

    def place(row: int, column: int | None) -> str:
        if column is None:
            return str(_("%(table)s, row %(row)s", table=named, row=row + 1))
        return str(_("%(table)s, row %(row)s, column %(column)s", table=named, row=row + 1, column=column + 1))

    return Table(rows, place)


def _cells(row: Element) -> Iterator[Element]:
    """The cells of a row, an empty one for each further column that one spans."""
    for cell in row.iter(f"{W}tc"):
        yield cell
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        wide = span.get(f"{W}val", "1") if span is not None else "1"
        for _column in range(min(int(wide) if wide.isdigit() else 1, 60) - 1):
            yield None


def _cell(cell: Element) -> str:
    if cell is None:
        return ""
    lines = []
    for node in cell.iter(f"{W}p"):
        bullet = "• " if _is_listed(node) else ""
        said = [line.replace("\t", " ").strip() for line in _text(node).split("\n") if line.strip()]
        lines += [bullet + line for line in person_last(said)]
    return "\n".join(lines)
