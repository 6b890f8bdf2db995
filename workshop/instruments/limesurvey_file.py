"""A LimeSurvey survey structure (.lss) as plain tables. Runs in the child, like `sheets.py`."""

import io
from typing import Any

from workshop.instruments.sheets import Measure
from workshop.instruments.unreadable import Unreadable

WANTED = {
    "groups", "group_l10ns", "questions", "question_l10ns", "subquestions", "answers", "answer_l10ns",
    "question_attributes", "conditions", "surveys", "surveys_languagesettings", "defaultvalues", "quota", "assessments",
}  # fmt: skip


def read_tables(content: bytes) -> dict[str, Any]:
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
