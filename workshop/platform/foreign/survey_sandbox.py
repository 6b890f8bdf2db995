"""Opening a file that someone brought: in a child process of its own, or a refusal in one sentence."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop.platform.errors import RuleBroken
from workshop.platform.pdf import surroundings

ROOT = Path(__file__).resolve().parents[3]
LARGEST = 20 * 1024 * 1024
SECONDS = 25  # of CPU; a form of 400 rows takes about one
MEMORY = 384 * 1024**2  # bytes of address space
REFUSALS = {
    "unknown": _l(
        "This is not a file we can read. Accepted are XLSForm (.xlsx, .xls, .csv, .md), LimeSurvey (.lss) and our own JSON."
    ),
    "broken": _l("The file is damaged or breaks off before its end."),
    "too much": _l("The file holds far more than a questionnaire, so it is refused."),
    "no survey": _l("The workbook has no sheet “survey” with rows."),
    "far row": _l("Sheet “%(sheet)s” has something in row %(row)s, far below the rest. Delete it and try again."),
    "no header": _l("The first row of the sheet “survey” must name its columns, and it is empty."),
    "password": _l("The file is protected by a password. Save it without one and try again."),
    "not utf-8": _l(
        "The letters of this file are not written in UTF-8. Save it as “CSV UTF-8” or as .xlsx and try again."
    ),
    "web page": _l(
        "This is a web page, not a form. Perhaps the download asked for a sign-in; download the file again."
    ),
    "column twice": _l("Sheet “%(sheet)s” has the column “%(column)s” twice."),
    "not a survey": _l("This LimeSurvey file does not hold a whole survey. Export the survey itself, as .lss."),
    "entities": _l("The file declares entities of its own, which no questionnaire needs, so it is refused."),
}


def open_file(content: bytes, *, only_sheets: bool = False) -> dict[str, Any]:
    """What the child found: {"kind": "xlsform" | "limesurvey" | "json", …}. Raises RuleBroken, written for the person.

    With `only_sheets` the file is a workbook of any content: {"kind": "sheets", "sheets": …}.
    """
    if not content:
        raise RuleBroken(_("The file is empty."), "file")
    if len(content) > LARGEST:
        raise RuleBroken(_("The file is larger than 20 MB, far more than a questionnaire."), "file")
    found = _ask_child(content, "sheets" if only_sheets else "questionnaire")
    if "refused" in found:
        raise RuleBroken(_refusal(found["refused"], found["values"]), "file")
    return found


def _ask_child(content: bytes, wanted: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "workshop.platform.foreign.survey_child", str(SECONDS), str(MEMORY), wanted]
    # openpyxl reads XML through defusedxml only where it is told to leave lxml alone.
    around = surroundings() | {"OPENPYXL_LXML": "False", "PYTHONPATH": os.fspath(ROOT), "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, cwd=ROOT, env=around, timeout=SECONDS * 3, check=False
        )
        return dict(json.loads(done.stdout)) if done.returncode == 0 else {"refused": "too much", "values": {}}
    except (subprocess.TimeoutExpired, ValueError):
        return {"refused": "too much", "values": {}}


def _refusal(code: str, values: dict[str, object]) -> str:
    if code != "pyxform":
        return REFUSALS[code] % values if values else REFUSALS[code]
    if values["row"]:
        return _("Row %(row)s is refused by pyxform, the reference for XLSForms: %(message)s", **values)
    return _("The form is refused by pyxform, the reference for XLSForms: %(message)s", message=values["message"])
