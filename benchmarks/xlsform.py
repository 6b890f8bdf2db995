"""An XLSForm of 400 rows in ten languages, with groups, conditions and choices, read from the file to the draft."""

import io
import math
import sys
import time

import xlsxwriter
from flask import Flask

from benchmarks.figures import WORKSHOP, Figure, demonstration, show
from benchmarks.report import cpu
from workshop.consultation.designing import versions
from workshop.consultation.questionnaires import rules as questionnaires_rules
from workshop.consultation.survey_files.importing import keep, look
from workshop.platform.db import Words, db, now
from workshop.secretariat.series.models import Workshop
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
        busy_with_household, page = of_household(app, workshop)
    return [
        Figure("XLSForm of 400 rows, 100 calculations, 5 rosters, imported: CPU", busy_with_household, "s", 5),
        Figure("Its section page with a roster: CPU", page * 1000, "ms", 12),
        Figure(f"XLSForm of {ROWS} rows in {len(LANGUAGES)} languages, imported", seconds, "s", 5),
        Figure("the same in CPU time, its own processes only", busy, "s", 5),
    ]


def of_household(app: Flask, workshop: Workshop) -> tuple[float, float]:
    """The seconds that importing it takes, and that one page of it takes a respondent."""
    busy = cpu()
    brought = look(db.session, workshop, household(), slug="household")
    busy = cpu() - busy
    report = brought.read.report
    assert (report.rows, [remark.reason for remark in report.unsupported]) == (400, [])
    keep(db.session, workshop, brought, source="a benchmark", who=None, at=now())
    questionnaire = brought.questionnaire
    assert questionnaire is not None
    version = versions.publish(questionnaire, None, note=Words(), comparable=True, at=now())
    response, secret = questionnaires_rules.begin(version, language="en", at=now())
    response.answers = {f"n0_{place}": 10 - place for place in range(8)}
    db.session.add_all([version, response])
    db.session.commit()
    client = app.test_client()
    address = f"/q/{secret}/{brought.document['sections'][0]['code']}"
    assert client.get(address).status_code == 200
    best = math.inf
    for _round in range(20):
        start = time.process_time()
        client.get(address)
        best = min(best, time.process_time() - start)
    return busy, best


def household() -> bytes:
    """A form as the field writes them: 400 rows, of which 100 calculate, and 5 rosters."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        survey, choices = book.add_worksheet("survey"), book.add_worksheet("choices")
        survey.write_row(0, 0, ["type", "name", "label", "relevant", "required", "calculation"])
        for place, cells in enumerate(rows_of_household(), 1):
            survey.write_row(place, 0, cells)
        choices.write_row(0, 0, ["list_name", "name", "label"])
        for place, code in enumerate("abcde", 1):
            choices.write_row(place, 0, ["c", code, f"Choice {code}"])
    return made.getvalue()


def rows_of_household() -> list[list[str]]:
    """Ten groups of forty rows; every second one holds a roster."""
    rows = []
    for group in range(10):
        rows.append(["begin_group", f"g{group}", f"Group {group}"])
        for place in range(10):
            name = f"{group}_{place}"
            asked = f"${{n{group}_{place - 1}}} > 2" if place else ""
            rows.append(
                [
                    "integer",
                    f"n{name}",
                    f"How many in {name}? So far ${{t{group}_0}}." if place > 1 else f"How many {name}?",
                    asked,
                ]
            )
            rows.append(
                [
                    "calculate",
                    f"t{name}",
                    "",
                    "",
                    "",
                    f"coalesce(${{n{name}}}, 0) + {f'${{t{group}_{place - 1}}}' if place else 0}",
                ]
            )
        roster = group % 2 == 0
        rows.append(["begin_repeat", f"r{group}", "Members"] if roster else ["text", f"w{group}", "Words"])
        rows += [
            [
                "select_one c" if place % 2 else "text",
                f"q{group}_{place}",
                f"Question {place}",
                f"${{n{group}_0}} > {place}",
            ]
            for place in range(15)
        ]
        rows.append(["end_repeat"] if roster else ["note", f"x{group}", f"There are ${{t{group}_9}}."])
        rows += [["text", f"z{group}", "Anything else?"], ["end_group"]]
    return rows


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
