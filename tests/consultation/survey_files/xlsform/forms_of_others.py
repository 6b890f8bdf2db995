"""XLSForms as others write them, as sheets of rows; `xlsx` makes a file of them."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

Sheets = Mapping[str, Sequence[Sequence[Any]]]


def xlsx(sheets: Sheets) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def as_csv(sheets: Sheets) -> bytes:
    lines = []
    for name, rows in sheets.items():
        lines.append(name)
        lines += [",".join(["", *(f'"{cell}"' if cell is not None else "" for cell in row)]) for row in rows]
    return "\n".join(lines).encode()


def as_markdown(sheets: Sheets) -> bytes:
    lines = []
    for name, rows in sheets.items():
        lines.append(f"| {name} |")
        lines += ["| | " + " | ".join("" if cell is None else str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines).encode()


HEADER = [
    "type",
    "name",
    "label::English (en)",
    "label::Arabic (ar)",
    "hint::English (en)",
    "required",
    "relevant",
    "constraint",
    "appearance",
    "calculation",
    "choice_filter",
    "parameters",
]
HOUSEHOLD: Sheets = {
    "survey": [
        HEADER,
        ["start", "start"],
        ["note", "welcome", "Welcome", "أهلا"],
        ["begin_group", "who", "Who you are", "من أنت"],
        ["select_one yesno", "consent", "Do you agree?", "هل توافق؟", None, "yes"],
        ["integer", "age", "Your age", "عمرك", "In years", "yes", "${consent} = 'yes'", ". >= 18 and . < 120"],
        [
            "select_multiple langs or_other",
            "spoken",
            "Languages",
            "اللغات",
            None,
            None,
            None,
            "not(selected(., 'none') and count-selected(.) > 1)",
        ],
        ["calculate", "double", None, None, None, None, None, None, None, "${age} * 2"],
        [
            "begin_group",
            "inner",
            "Where you live",
            "أين تسكن",
            None,
            None,
            "${age} > 20 and string-length(${spoken}) > 0",
        ],
        ["text", "street", "Street", "الشارع", None, None, None, "string-length(.) <= 80"],
        ["geopoint", "place", "Place", "المكان"],
        ["end_group"],
        ["select_one towns", "town", "Town", "المدينة", None, None, None, None, "minimal", None, "region = ${consent}"],
        ["end_group"],
        ["begin_repeat", "children", "Children", "الأطفال"],
        ["text", "child", "Name", "الاسم"],
        ["end_repeat"],
        ["begin_group", "grid", "How often?", "كم مرة؟", None, None, None, None, "table-list"],
        ["select_one often", "radio", "Radio", "راديو"],
        ["select_one often", "tv", "TV", "تلفاز"],
        ["end_group"],
        ["range", "score", "Score", "نتيجة", None, None, None, None, None, None, None, "start=1 end=5 step=1"],
        ["acknowledge", "done", "I am done", "انتهيت", None, None, "${double} > 40"],
        ["image", "photo", "A photo", "صورة"],
        ["text", "mail", "E-mail", "بريد", None, None, None, "regex(., '[^@]+@[^@]+')"],
        ["date", "day", "Day", "اليوم", None, None, None, ". <= today()"],
    ],
    "choices": [
        ["list_name", "name", "label::English (en)", "label::Arabic (ar)", "region"],
        ["yesno", "yes", "Yes", "نعم"],
        ["yesno", "no", "No", "لا"],
        ["langs", "ar", "Arabic", "العربية"],
        ["langs", "none", "None", "لا شيء"],
        ["often", "never", "Never", "أبدا"],
        ["often", "other", "Otherwise", "غير ذلك"],
        ["towns", "x", "X", "س", "r1"],
    ],
    "settings": [["form_title", "form_id", "default_language"], ["Household survey", "Household_2026", "English (en)"]],
}
