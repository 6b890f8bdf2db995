"""Questionnaires of others as plain rows: XLSForm (.xlsx, .xls, .ods, .csv, .md), LimeSurvey (.lss, .lsa, .tsv), and
JSON of our own.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from itertools import chain, zip_longest

from .archives import open_archive, part, refuse_declarations
from .limits import Limit
from .refusals import DAMAGED, N_, Refusal
from .separated_text import decoded, numbered_rows, sign_by_headings
from .surveys.survey_structure import is_structure, read_structure
from .tables import Measure, Sheet, is_workbook, sheet_of, sheets_of
from .workbooks import NO_WORKBOOK, Grid

UNKNOWN = N_(
    "This is not a file we can read. Accepted are XLSForm (.xlsx, .xls, .ods, .csv, .md), LimeSurvey (.lss, .lsa, .tsv) and "
    "our own JSON."
)
NO_SURVEY = N_("The workbook has no sheet “survey” with rows.")
NO_HEADER = N_("The first row of the sheet “survey” must name its columns, and it is empty.")
NOT_UTF_8 = N_("The characters of this file are not in UTF-8. Save it as “CSV UTF-8” or as .xlsx and try again.")
WEB_PAGE = N_("This is a web page, not a form. Perhaps the download asked for a sign-in; download the file again.")
COLUMN_TWICE = N_("Sheet “%(sheet)s” has the column “%(column)s” twice.")
NOT_A_SURVEY = N_("This LimeSurvey file does not contain a whole survey. Export the survey itself, as .lss.")
ROW_REFUSED = N_("Row %(row)s is refused by pyxform, the reference for XLSForms: %(message)s")
FORM_REFUSED = N_("The form is refused by pyxform, the reference for XLSForms: %(message)s")
WANTED = {
    "groups",
    "group_l10ns",
    "questions",
    "question_l10ns",
    "subquestions",
    "answers",
    "answer_l10ns",
    "question_attributes",
    "conditions",
    "surveys",
    "surveys_languagesettings",
    "defaultvalues",
    "defaultvalue_l10ns",
    "quota",
    "assessments",
}


WEB_PAGE_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|table)\b", re.IGNORECASE)
A_FORM = re.compile(rb"\W*(survey|type)\b", re.IGNORECASE)
ROW = re.compile(r"\[row : (\d+)\]|\brow (\d+)\b")
QUOTED = re.compile(r"'([^']+)'")
WORDS_OF_PYXFORM = {"survey", "choices", "settings", "type", "name", "label", "list_name"}
PIPE = re.compile(r"(?<!\\)\|")
NAMES = ("survey", "choices", "settings")


def read_survey(content: bytes, limit: Limit) -> dict[str, object]:
    """What is in the file: {"kind": "xlsform" | "limesurvey" | "json", …}. Raises Refusal."""
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if WEB_PAGE_START.match(content):
        raise Refusal(WEB_PAGE)
    if start == b"<":
        return {"kind": "limesurvey", **limesurvey(content, limit), "left": []}
    if start == b"{":
        return {"kind": "json", "document": own_json(content)}
    if is_structure(content):
        return {"kind": "limesurvey", **read_structure(form_text(content), Measure(limit)), "left": []}
    if inner := survey_in_archive(content, limit):
        return inner
    return {"kind": "xlsform", **xlsform(form_sheets(content, limit))}


def survey_in_archive(content: bytes, limit: Limit) -> dict[str, object] | None:
    """The survey in an archive of LimeSurvey (.lsa), and the names of what else lies in it; None for other files."""
    if not content.startswith(b"PK"):
        return None
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if not (survey := next((name for name in names if name.lower().endswith(".lss")), "")):
        return None
    with open_archive(content, limit) as archive:
        inside = part(archive, survey, limit.unpacked)
    return {"kind": "limesurvey", **limesurvey(inside, limit), "left": [name for name in names if name != survey][:50]}


def read_sheets(content: bytes, limit: Limit) -> dict[str, object]:
    """A workbook of any content: {"sheets": {name: {"columns": …, "rows": …, "headless": …}}}. Raises Refusal."""
    return {"sheets": {sheet.name: sheet.plain() for sheet in form_sheets(content, limit)}}


class FormSheet:
    """Its name in small letters, its columns in order, and its rows: number and filled cells. The header is row 1."""

    def __init__(self, sheet: Sheet) -> None:
        self.name = sheet.name.strip().lower()
        header = sheet.rows[0][1] if sheet.rows and sheet.rows[0][0] == 1 else []
        self.columns = [column for column in header if column]
        self.rows: list[tuple[int, dict[str, str]]] = []
        self.headless: list[int] = []  # rows with something under no heading
        for column in self.columns:
            if self.columns.count(column) > 1:
                raise Refusal(COLUMN_TWICE, sheet=self.name, column=column[:60])
        for number, cells in sheet.rows:
            if number > 1:
                self._add(number, {column or "": text for column, text in zip_longest(header, cells) if text})

    def _add(self, number: int, cells: dict[str, str]) -> None:
        if cells.pop("", ""):
            self.headless.append(number)
        if cells:
            self.rows.append((number, cells))

    def plain(self) -> dict[str, object]:
        return {"columns": self.columns, "rows": self.rows, "headless": self.headless[:1000]}


def form_sheets(content: bytes, limit: Limit) -> list[FormSheet]:
    """The sheets of a form, whatever of the four it is. Raises Refusal."""
    if is_workbook(content):
        try:
            return [FormSheet(sheet) for sheet in sheets_of(content, limit)]
        except Refusal as refusal:
            raise (Refusal(UNKNOWN) if refusal.sentences == [NO_WORKBOOK] else refusal) from refusal
    measure = Measure(limit)
    return [FormSheet(sheet_of(name, grid, measure)) for name, grid in in_text(form_text(content))]


def form_text(content: bytes) -> str:
    """Questions are asked in any language, so an encoding is not guessed here. Raises Refusal."""
    try:
        text, guessed = decoded(content)
    except Refusal as refusal:
        raise Refusal(UNKNOWN) from refusal
    if guessed:
        raise Refusal(NOT_UTF_8 if A_FORM.match(content) else UNKNOWN)
    return text


def in_text(text: str) -> list[tuple[str, Grid]]:
    """XLSForms written as text: .csv with all its sheets or the sheet "survey" alone, and the tables of .md.

    Rows whose first cell names a sheet where one begins; the other cells are its rows. Where the first row names
    columns instead, all of it is the sheet "survey".
    """
    rows = markdown_rows(text) if text.lstrip().startswith("|") else separated_rows(text)
    first = next(rows, [])
    header = [cell.strip().lower() for cell in first]
    if {"type", "name"} <= set(header) and header[0] not in {"", *NAMES}:
        return [("survey", enumerate(chain([first], rows), 1))]
    found: dict[str, list[tuple[int, list[str]]]] = {}
    name = ""
    for cells in chain([first], rows):
        if cells and cells[0].strip():
            name = cells[0].strip()
            found.setdefault(name.lower(), [])
        if name and any(cell.strip() for cell in cells[1:]):
            listed = found[name.lower()]
            listed.append((len(listed) + 1, cells[1:]))
    if "survey" not in found:
        raise Refusal(UNKNOWN)
    return list(found.items())


def separated_rows(text: str) -> Iterator[list[str]]:
    return (row for _line, row in numbered_rows(text, sign_by_headings(text, {"type"}) or ","))


def markdown_rows(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        if line.lstrip().startswith("|") and not re.fullmatch(r"[\s|:-]+", line):
            cells = PIPE.split(line.strip()[1:].removesuffix("|"))
            yield [cell.strip().replace(r"\|", "|") for cell in cells]


def own_json(content: bytes) -> object:
    try:
        found = json.loads(content)
        json.dumps(found, ensure_ascii=False).encode()  # half a character cannot be kept anywhere
    except ValueError as error:
        raise Refusal(DAMAGED) from error
    if b"\\u0000" in content:
        raise Refusal(DAMAGED)
    return found


def xlsform(sheets: list[FormSheet]) -> dict[str, object]:
    named = {sheet.name: sheet for sheet in sheets}
    if len(sheets) == 1 and "survey" not in named:
        named = {"survey": sheets[0]}
    if "survey" in named and named["survey"].headless and not named["survey"].columns:
        raise Refusal(NO_HEADER)
    if "survey" not in named or not named["survey"].rows:
        raise Refusal(NO_SURVEY)
    known = {name: named[name] for name in NAMES if name in named}
    ask_pyxform(named, [sheet.name for sheet in sheets])
    return {
        "sheets": {name: sheet.plain() for name, sheet in known.items()},
        "others": [name for name, sheet in named.items() if name not in known and sheet.rows],
    }


def limesurvey(content: bytes, limit: Limit) -> dict[str, object]:
    """{"tables": {name: [row, …]}, "languages": [code, …]}. Raises Refusal."""
    from defusedxml import ElementTree  # here because only this kind of file needs it

    refuse_declarations(content, "")
    measure = Measure(limit)
    tables: dict[str, list[dict[str, str]]] = {}
    languages: list[str] = []
    path: list[str] = []
    kind = ""
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                path.append(element.tag)
                if len(path) == 1 and element.tag != "document":
                    raise Refusal(UNKNOWN)
                if len(path) > 20:
                    raise Refusal(NOT_A_SURVEY)
                continue
            path.pop()
            text = (element.text or "").strip()
            if path == ["document"] and element.tag == "LimeSurveyDocType":
                kind = text
            elif path == ["document", "languages"]:
                languages.append(text)
            elif len(path) == 3 and path[2] == "rows" and path[1] in WANTED:
                row = {child.tag: measure.add((child.text or "").strip()) for child in element}
                tables.setdefault(path[1], []).append({key: value for key, value in row.items() if value})
            if len(path) <= 3:
                element.clear()
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Refusal(DAMAGED) from error
    if kind != "Survey" or not tables.get("questions") or not tables.get("groups"):
        raise Refusal(NOT_A_SURVEY)
    return {"tables": tables, "languages": languages}


PYXFORM_READS = ("survey", "choices", "settings", "external_choices", "entities", "osm")


def ask_pyxform(sheets: dict[str, FormSheet], names: list[str]) -> None:
    """Refuse what pyxform, the reference for this format, refuses; with its words and the row."""
    from pyxform.errors import PyXFormError  # here because it takes half a second
    from pyxform.xls2xform import convert

    data: dict[str, object] = {"sheet_names": names, "fallback_form_name": "questionnaire"}
    for name in PYXFORM_READS:
        if name in sheets:
            data[name] = _with_blanks(sheets[name])
            data[f"{name}_header"] = [dict.fromkeys(sheets[name].columns)]
    try:
        convert(data)
    except PyXFormError as error:
        raise refused_by_pyxform(str(error), sheets["survey"]) from error
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # its own faults on odd forms: refused all the same, and not as ours
        raise refused_by_pyxform(f"{type(error).__name__}: {error}", sheets["survey"]) from error


def _with_blanks(sheet: FormSheet) -> list[dict[str, str]]:
    """The rows with the empty ones between them, so that pyxform counts as the person does."""
    found = dict(sheet.rows)
    last = sheet.rows[-1][0] if sheet.rows else 1
    return [found.get(number, {}) for number in range(2, last + 1)]


def refused_by_pyxform(message: str, survey: FormSheet) -> Refusal:
    told = ROW.search(message)
    words = " ".join(re.sub(r"\[row : \d+\]\s*", "", message).split())[:600]
    row = int(told[1] or told[2]) if told else _row_quoted(message, survey)
    return Refusal(ROW_REFUSED, row=row, message=words) if row else Refusal(FORM_REFUSED, message=words)


def _row_quoted(message: str, survey: FormSheet) -> int | None:
    """The first row with a type or name that the message quotes, where it tells no row itself."""
    quoted = set(QUOTED.findall(message)) - WORDS_OF_PYXFORM
    columns = [column for column in survey.columns if column.strip().lower() in {"type", "name"}]
    for number, cells in survey.rows:
        if quoted & {" ".join(cells.get(column, "").split()) for column in columns}:
            return number
    return None
