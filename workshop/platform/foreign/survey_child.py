"""The child that opens a file nobody has vouched for: bytes in, plain rows as JSON out, within limits.

It is not given our settings, and what it cannot do within its memory and time it does not do.
"""

import io
import json
import re
import resource
import sys
from typing import Any

from .sheet_rows import Measure, Sheet, read_sheets
from .workbooks import Unreadable

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
    "quota",
    "assessments",
}


def read_tables(content: bytes) -> dict[str, object]:
    """{"tables": {name: [row, …]}, "languages": [code, …]}. Raises Unreadable."""
    from defusedxml import ElementTree  # here because only this kind of file needs it
    from defusedxml.common import DefusedXmlException

    measure = Measure()
    tables: dict[str, list[dict[str, str]]] = {}
    languages: list[str] = []
    path: list[str] = []
    kind = ""
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                path.append(element.tag)
                if len(path) == 1 and element.tag != "document":
                    raise Unreadable("unknown")
                if len(path) > 20:
                    raise Unreadable("not a survey")
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
    except DefusedXmlException as error:
        raise Unreadable("entities") from error
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("broken") from error
    if kind != "Survey" or not tables.get("questions") or not tables.get("groups"):
        raise Unreadable("not a survey")
    return {"tables": tables, "languages": languages}


WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|table)\b", re.IGNORECASE)
ROW = re.compile(r"\[row : (\d+)\]|\brow (\d+)\b")
QUOTED = re.compile(r"'([^']+)'")
WORDS_OF_PYXFORM = {"survey", "choices", "settings", "type", "name", "label", "list_name"}


def opened(content: bytes, wanted: str = "questionnaire") -> dict[str, object]:
    """What is in the file, or {"refused": why}. `wanted` may be "sheets": a workbook of whatever content."""
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    try:
        if wanted == "sheets":
            return {"kind": "sheets", "sheets": {sheet.name: _plain(sheet) for sheet in read_sheets(content)}}
        if WEB_PAGE.match(content):
            raise Unreadable("web page")
        if start == b"<":
            from .survey_child import read_tables  # here: lxml is needed for this kind only

            return {"kind": "limesurvey", **read_tables(content)}
        if start == b"{":
            return {"kind": "json", "document": _json(content)}
        return {"kind": "xlsform", **_xlsform(read_sheets(content))}
    except Unreadable as refusal:
        return {"refused": refusal.code, "values": refusal.values}
    except (MemoryError, RecursionError):
        return {"refused": "too much", "values": {}}


def _json(content: bytes) -> Any:
    try:
        found = json.loads(content)
        json.dumps(found, ensure_ascii=False).encode()  # half a character cannot be kept anywhere
    except ValueError as error:
        raise Unreadable("broken") from error
    if b"\\u0000" in content:
        raise Unreadable("broken")
    return found


def _xlsform(sheets: list[Sheet]) -> dict[str, object]:
    named = {sheet.name: sheet for sheet in sheets}
    if len(sheets) == 1 and "survey" not in named:
        named = {"survey": sheets[0]}
    if "survey" in named and named["survey"].headless and not named["survey"].columns:
        raise Unreadable("no header")
    if "survey" not in named or not named["survey"].rows:
        raise Unreadable("no survey")
    known = {name: named[name] for name in ("survey", "choices", "settings") if name in named}
    _ask_pyxform(named, [sheet.name for sheet in sheets])
    return {
        "sheets": {name: _plain(sheet) for name, sheet in known.items()},
        "others": [name for name, sheet in named.items() if name not in known and sheet.rows],
    }


def _plain(sheet: Sheet) -> dict[str, object]:
    return {"columns": sheet.columns, "rows": sheet.rows, "headless": sheet.headless[:1000]}


PYXFORM_READS = ("survey", "choices", "settings", "external_choices", "entities", "osm")


def _ask_pyxform(sheets: dict[str, Sheet], names: list[str]) -> None:
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
        raise Unreadable("pyxform", **_said(str(error), sheets["survey"])) from error
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # its own faults on odd forms: refused all the same, and not as ours
        raise Unreadable("pyxform", **_said(f"{type(error).__name__}: {error}", sheets["survey"])) from error


def _with_blanks(sheet: Sheet) -> list[dict[str, str]]:
    """The rows with the empty ones between them, so that pyxform counts as the person does."""
    found = dict(sheet.rows)
    last = sheet.rows[-1][0] if sheet.rows else 1
    return [found.get(number, {}) for number in range(2, last + 1)]


def _said(message: str, survey: Sheet) -> dict[str, object]:
    row = ROW.search(message)
    words = " ".join(re.sub(r"\[row : \d+\]\s*", "", message).split())
    return {"message": words[:600], "row": int(row[1] or row[2]) if row else _row_quoted(message, survey)}


def _row_quoted(message: str, survey: Sheet) -> int | None:
    """The first row with a type or name that the message quotes, where it tells no row itself."""
    quoted = set(QUOTED.findall(message)) - WORDS_OF_PYXFORM
    columns = [column for column in survey.columns if column.strip().lower() in {"type", "name"}]
    for number, cells in survey.rows:
        if quoted & {" ".join(cells.get(column, "").split()) for column in columns}:
            return number
    return None


def main(seconds: int, memory: int, wanted: str) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    answer = opened(sys.stdin.buffer.read(), wanted)
    json.dump(answer, sys.stdout, ensure_ascii=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
