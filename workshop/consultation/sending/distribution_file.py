"""A distribution list from a file: CSV, XLSX, or cells pasted from a sheet. Every row is in the import report."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.platform.foreign.uploaded_files import refuse_dangerous_archive
from workshop.platform.i18n import RESPONDENTS_LANGUAGES
from workshop.secretariat.register.countries import countries
from workshop.secretariat.register.models import Category

from .rules import Address

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5000, 30, 300
HEADINGS = {
    "name": (
        "name",
        "organisation",
        "organization",
        "institution",
        "nom",
        "organisme",
        "nombre",
        "organizacion",
        "الاسم",
        "الموسسة",
    ),
    "email": (
        "email",
        "mail",
        "address",
        "courriel",
        "adresse",
        "correo",
        "correo electronico",
        "adresse electronique",
        "البريد الالكتروني",
    ),
    "language": ("language", "langue", "idioma", "lang", "اللغة"),
    "category": ("category", "categorie", "categoria", "type", "الفية"),
    "country": ("country", "pays", "pais", "state", "etat", "estado", "البلد"),
}
Row = tuple[int, Address | RuleBroken]


def rows_of(content: bytes, *, default_language: str) -> list[Row]:
    """The rows below the headings, each with its number in the file. Raises RuleBroken when it is no such list."""
    numbered = [(number, row) for number, row in enumerate(_cells(content), 1) if any(row)]
    if not numbered:
        raise RuleBroken(_("The list is empty."), "file")
    columns = _columns(numbered[0][1])
    return [(number, _address(row, columns, default_language)) for number, row in numbered[1:]]


def as_text(content: bytes) -> str:
    """The same table as text, row by row, so that a file need not be sent twice."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter="\t", lineterminator="\n").writerows(_cells(content))
    return text.getvalue()


def _cells(content: bytes) -> Iterator[list[str]]:
    return _sheet(content) if content.startswith(b"PK\x03\x04") else _text(content)


def _columns(headings: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        for name, known in HEADINGS.items():
            if plain(heading) in known:
                found.setdefault(name, place)
    if not {"name", "email"} <= found.keys():
        raise RuleBroken(
            _(
                "The first row must name the columns; at least “name” and “email” are needed. It says: %(row)s.",
                row=", ".join(filter(None, headings))[:200] or "–",
            ),
            "file",
        )
    return found


def _address(row: Sequence[str], columns: Mapping[str, int], default_language: str) -> Address | RuleBroken:
    def cell(name: str) -> str:
        place = columns.get(name)
        return row[place] if place is not None and place < len(row) else ""

    if not cell("name"):
        return RuleBroken(_("The column “name” is empty."))
    try:
        return Address(
            name=cell("name"),
            email=cell("email"),
            language=language_of(cell("language")) or default_language,
            category=_category(cell("category")),
            country=_country(cell("country")),
        )
    except RuleBroken as refusal:
        return refusal


def language_of(said: str) -> str:
    if not said:
        return ""
    for code, name in RESPONDENTS_LANGUAGES.items():
        if plain(said) in {code, plain(name)} or plain(said).startswith(f"{code} "):
            return code
    raise RuleBroken(
        _("The language “%(said)s” is none of %(known)s.", said=said, known=", ".join(RESPONDENTS_LANGUAGES))
    )


def _category(said: str) -> Category | None:
    if not said:
        return None
    for category in Category:
        if plain(said) in {plain(category.value), plain(str(category.label))}:
            return category
    raise RuleBroken(_("The category “%(said)s” is not known.", said=said))


def _country(said: str) -> str:
    if not said:
        return ""
    for code, country in countries().items():
        if plain(said) in {code.casefold(), country.alpha2.casefold(), *map(plain, country.names.values())}:
            return code
    raise RuleBroken(_("The country “%(said)s” is not known.", said=said))


def plain(said: str) -> str:
    """Without capitals, accents and marks, so that "E-mail" and "email" are the same heading."""
    letters = unicodedata.normalize("NFKD", said.casefold()).replace("-", "").replace("_", " ")
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def _text(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if "\0" in text:
        raise RuleBroken(_("This is neither a table of text nor an XLSX file."), "file")
    first = text.lstrip().partition("\n")[0]
    comma = max("\t;,", key=first.count)
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=comma), 1):
        _refuse_long(number, len(row))
        yield [" ".join(cell.split())[:LONGEST_CELL] for cell in row]


def _sheet(content: bytes) -> Iterator[list[str]]:
    refuse_dangerous_archive(content)
    import openpyxl  # here because it is large and seldom needed

    try:
        sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
            _refuse_long(number, 0)
            yield [_written(cell) for cell in row]
    except RuleBroken:
        raise
    except Exception as error:  # the library raises whatever a damaged file leads it to
        raise RuleBroken(_("The XLSX file is damaged, or is none. Please save it again and retry."), "file") from error


def _written(cell: object) -> str:
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return " ".join(str(cell).split())[:LONGEST_CELL] if cell is not None else ""


def _refuse_long(rows: int, columns: int) -> None:
    if rows > MOST_ROWS + 1 or columns > 1000:
        raise RuleBroken(_("The list has more than %(most)s rows. Please split it.", most=MOST_ROWS), "file")
