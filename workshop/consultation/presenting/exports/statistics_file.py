"""Frozen answers with labels for SPSS: one variable for each column, its codes named, "not asked" and "no answer" missing."""

import importlib.util
import re
import tempfile
from pathlib import Path

from flask_babel import gettext as _

from workshop.consultation.findings.disclosing.crossing import ANOTHER_CURRENCY_LABEL
from workshop.consultation.findings.freezing import FIRST, NO_ANSWER, NOT_ASKED
from workshop.consultation.findings.models import Snapshot, SnapshotColumn
from workshop.consultation.findings.tallies.traits import ANOTHER_CURRENCY, LABELS, label_of_trait
from workshop.consultation.questions.definition import Definition
from workshop.platform.errors import RuleBroken

from ..sentences import named

LONGEST_LABEL, LONGEST_VALUE = 256, 120  # bytes; longer ones would be cut in silence


def is_possible() -> bool:
    """Whether the library for it is installed: it is large, so it comes with the extra "spss"."""
    return importlib.util.find_spec("pyreadstat") is not None


def as_sav(snapshot: Snapshot, definition: Definition, language: str) -> bytes:
    if not is_possible():
        raise RuleBroken(_("SPSS files cannot be made on this installation. The spreadsheet has the same answers."))
    import numpy  # large: only where such a file is made
    import pandas
    import pyreadstat

    names = {column.question: variable_name(column.question) for column in snapshot.columns}
    frame = pandas.DataFrame(
        {names[column.question]: numpy.frombuffer(column.codes, dtype="uint8") for column in snapshot.columns}
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "results.sav"
        pyreadstat.write_sav(
            frame,
            str(path),
            column_labels={names[c.question]: variable_label(c, definition, language) for c in snapshot.columns},
            variable_value_labels={names[c.question]: value_labels(c, definition, language) for c in snapshot.columns},
            missing_ranges={name: [NOT_ASKED, NO_ANSWER] for name in names.values()},
            variable_measure=dict.fromkeys(names.values(), "nominal"),
            row_compress=True,
        )
        return path.read_bytes()


def variable_name(column: str) -> str:
    """A letter first, no spaces, told apart without regard to capitals."""
    plain = re.sub(r"[^A-Za-z0-9_]", "_", column.lstrip("@~"))
    return {"@": "t_", "~": "band_"}.get(column[0], "") + plain


def variable_label(column: SnapshotColumn, definition: Definition, language: str) -> str:
    """What a column holds: its question, and the part of it or the currency."""
    if column.question in LABELS:
        return str(LABELS[column.question])
    code, _dot, part = column.question.lstrip("~").partition(".")
    question = definition.question(code)
    text = named(question.text, language) if question else code
    option = next((o for o in (*question.options, *question.rows) if o.code == part), None) if question else None
    more = named(option.label, language) if option else part
    return _cut(f"{text}: {more}" if more else text, LONGEST_LABEL)


def value_labels(column: SnapshotColumn, definition: Definition, language: str) -> dict[int | float, str]:
    """What each code of a column means."""
    question = definition.question(column.question.lstrip("~").partition(".")[0])
    listed = [*question.options, *question.columns] if question else []
    labels: dict[int | float, str] = {NOT_ASKED: _("Not asked"), NO_ANSWER: _("No answer")}
    for place, option in enumerate(column.options):
        found = next((each.label for each in listed if each.code == option), None)
        words = found or (label_of_trait(column.question, option) if column.question in LABELS else option)
        words = ANOTHER_CURRENCY_LABEL if option == ANOTHER_CURRENCY else words
        labels[FIRST + place] = _cut(named(words, language), LONGEST_VALUE)
    return labels


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")
