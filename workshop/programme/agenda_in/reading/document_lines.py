"""Word files and web pages, opened apart, as lines and tables that know their place."""

from collections.abc import Iterable

from flask_babel import gettext as _

from workshop.platform.opened_files import LinePart, Paragraphs, TablePart

from ..prose.agenda_phrases import split_document
from ..prose.speaker_names import looks_like_person
from ..prose.text_lines import Line, mark_bullets
from ..tables.text_tables import Table
from .agenda_words import is_role_label, perspective_alone


def lines_and_tables(parts: Iterable[LinePart | TablePart]) -> list[Line | Table]:
    """The parts in order; runs of lines with their spaces and bullets mended."""
    found: list[Line | Table] = []
    run: list[Line] = []
    for part in parts:
        if "line" in part:
            run.append(_line(*part["line"]))
        else:
            found += [*mark_bullets(run, bullets=True), _table(part["table"], part["rows"])]
            run = []
    return [*found, *mark_bullets(run, bullets=True)]


def _line(text: str, number: int, bullet: bool, heading: int) -> Line:
    return Line(text, _("paragraph %(number)s", number=number) if number else "", bullet=bullet, heading=heading)


def _table(number: int, rows: list[list[Paragraphs]]) -> Table:
    named = _("table %(number)s", number=number)

    def place(row: int, column: int | None) -> str:
        if column is None:
            return str(_("%(table)s, row %(row)s", table=named, row=row + 1))
        return str(_("%(table)s, row %(row)s, column %(column)s", table=named, row=row + 1, column=column + 1))

    return Table([[_cell(cell) for cell in row] for row in rows], place)


def _cell(paragraphs: Paragraphs) -> str:
    lines = [("• " if bullet else "") + line for bullet, said in paragraphs for line in person_last(said)]
    return "\n".join(lines)


def person_last(lines: list[str]) -> list[str]:
    """An entry that begins with the speaker and goes on with title and role, in the order of all others:
    the title, then "role - speaker (document)".
    """
    if len(lines) < 2 or not looks_like_person(lines[0]):
        return lines
    person, *rest = lines
    last, kind, provided, _balanced = split_document(rest[-1])
    document = "" if kind is None else " (no document)" if not provided else f" ({kind.value.replace('_', ' ')})"
    role = f"{last} - " if is_role_label(last) and not perspective_alone(last) else ""
    title = rest[:-1] if role or perspective_alone(last) else [*rest[:-1], last]
    return [*(f"• {each}" for each in title), f"{role}{person}{document}"]


def with_tables(lines: Iterable[Line]) -> list[Line | Table]:
    """Plain text in which runs of lines between upright strokes are tables, as in Markdown."""
    found: list[Line | Table] = []
    run: list[Line] = []
    for line in [*lines, Line("", "")]:
        if line.text.count("|") >= 2 and (line.text.startswith("|") or run or line.text.count("|") > 2):
            run.append(line)
            continue
        found += [_drawn(run)] if len(run) > 1 else run
        run = []
        found += [line] if line.text else []
    return found


def _drawn(lines: list[Line]) -> Table:
    rows, places = [], []
    for line in lines:
        cells = [each.strip() for each in line.text.strip().strip("|").split("|")]
        if not all(set(each) <= {"-", ":", " ", "="} for each in cells):
            rows.append([each.replace("<br>", "\n").replace("<br/>", "\n") for each in cells])
            places.append(line.place)
    return Table(rows, lambda row, _column: places[row] if row < len(places) else "")
