"""An XLSForm of 400 rows in ten languages, with groups, conditions and choices, read from the file to the draft."""

import io
import sys
import time

import xlsxwriter

from benchmarks.figures import WORKSHOP, Figure, demonstration, show
from benchmarks.report import cpu
from workshop.consultation.survey_files.importing import keep, look
from workshop.platform.db import db, now
from workshop.secretariat.series.queries import workshop_named

LANGUAGES = (
    "English (en)",
    "French (fr)",
    "Spanish (es)",
    "Arabic (ar)",
    "Swahili (sw)",
    "Portuguese (pt)",
    "Somali (so)",
    "Russian (ru)",
    "Urdu (ur)",
    "Amharic (am)",
)
ROWS = 400


def measure() -> list[Figure]:
    content = form()
    with demonstration() as app, app.app_context():
        workshop = db.session.scalars(workshop_named(WORKSHOP.rpartition("/")[2])).one()
        start, busy = time.monotonic(), cpu()
        brought = look(db.session, workshop, content)
        keep(db.session, workshop, brought, source="a benchmark", who=None, at=now())
        db.session.commit()
        seconds, busy = time.monotonic() - start, cpu() - busy
        report = brought.read.report
        assert report.rows == ROWS
        assert sum(report.done().counts.values()) == ROWS
    return [
        Figure(f"XLSForm of {ROWS} rows in {len(LANGUAGES)} languages, imported", seconds, "s", 5),
        Figure("the same in CPU time, its own processes only", busy, "s", 5),
    ]


def form() -> bytes:
    """Twenty groups of eighteen questions."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        labels = [f"{column}::{name}" for column in ("label", "hint") for name in LANGUAGES]
        survey, choices, settings = (book.add_worksheet(name) for name in ("survey", "choices", "settings"))
        survey.write_row(0, 0, ["type", "name", "required", "relevant", "constraint", *labels])
        for number in range(1, ROWS + 1):
            survey.write_row(number, 0, row(number))
        choices.write_row(0, 0, ["list_name", "name", *labels[: len(LANGUAGES)]])
        for number in range(200):
            said = [f"Choice {number} in {name}" for name in LANGUAGES]
            choices.write_row(number + 1, 0, [f"list{number // 10}", f"c{number % 10}", *said])
        settings.write_row(0, 0, ["form_title", "form_id", "default_language"])
        settings.write_row(1, 0, ["A long form", "long-form", LANGUAGES[0]])
    return made.getvalue()


def row(number: int) -> list[str]:
    place = (number - 1) % 20
    texts = [f"Text {number} in {name}, long enough to be a question" for name in LANGUAGES] * 2
    if place == 0:
        return ["begin_group", f"group{number}", "", "", "", *texts]
    if place == 19:
        return ["end_group"]
    kind = ("select_one list3", "integer", "select_multiple list5", "text", "decimal", "date")[number % 6]
    relevant = f"${{q{number - 1}}} != '' and not(${{q{number - 1}}} = 'x')" if place > 1 else ""
    limit = ". >= 0 and . <= 100" if kind in {"integer", "decimal"} else ""
    return [kind, f"q{number}", "yes" if number % 3 else "", relevant, limit, *texts]


if __name__ == "__main__":
    sys.exit(not show(measure()))
