"""A distribution list from a file: CSV, XLSX, XLS, or cells pasted from a sheet. Every row is in the import report."""

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import LANGUAGES
from workshop.platform.opened_files import opened_tables
from workshop.platform.rendering import comma
from workshop.secretariat.register.countries import countries
from workshop.secretariat.register.models import Category
from workshop.secretariat.rosters import roster_columns

from .rules import Address

MOST_ROWS, LONGEST_CELL = 5000, 300
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


def cells_of(content: bytes, *, filename: str = "") -> list[list[str]]:
    """The rows of the first sheet, or of a text, each where it stands in the file. Raises RuleBroken."""
    if not content.strip():
        raise RuleBroken(_("The list is empty."), "file")
    headings = [
        *(heading for known in HEADINGS.values() for heading in known),
        "email address",
        "first name",
        "last name",
    ]
    sheets = opened_tables(content, name=filename, headings=headings)
    rows: list[list[str]] = []
    for number, cells in sheets[0]["rows"] if sheets else []:
        if number > MOST_ROWS + 1:
            raise RuleBroken(_("The list has more than %(most)s rows. Please split it.", most=MOST_ROWS), "file")
        rows += [[] for _missing in range(number - 1 - len(rows))]
        rows.append([" ".join(cell.split())[:LONGEST_CELL] for cell in cells])
    return rows


def rows_of(cells: Sequence[Sequence[str]], *, default_language: str) -> list[Row]:
    """The rows below the headings, each with its number in the file. Raises RuleBroken when it is no such list."""
    numbered = [(number, row) for number, row in enumerate(cells, 1) if any(row)]
    if not numbered:
        raise RuleBroken(_("The list is empty."), "file")
    found = _columns(numbered[0][1], [row for _number, row in numbered[1:]])
    return [(number, _address(row, found, default_language)) for number, row in numbered[1:]]


def as_text(cells: Sequence[Sequence[str]]) -> str:
    """The same table as text, row by row, so that a file need not be sent twice."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter="\t", lineterminator="\n").writerows(cells)
    return text.getvalue()


def _columns(headings: Sequence[str], body: Sequence[Sequence[str]]) -> dict[str, int]:
    """Where each field stands; an institution without a name of its own is named by its people."""
    fields = roster_columns.guess(headings, body, {})
    found = {name: place for place, name in enumerate(fields) if name}
    if not ({"name", "organisation", "family_name"} & found.keys() and "email" in found):
        raise RuleBroken(
            _(
                "The first row must name the columns; at least “name” and “email” are required. It says: %(row)s.",
                row=", ".join(filter(None, headings))[:200] or "–",
            ),
            "file",
        )
    return found


def _address(row: Sequence[str], found: Mapping[str, int], default_language: str) -> Address | RuleBroken:
    def cell(name: str) -> str:
        place = found.get(name)
        return row[place] if place is not None and place < len(row) else ""

    name = cell("organisation") or cell("name") or f"{cell('given_name')} {cell('family_name')}".strip()
    if not name:
        return RuleBroken(_("The column “name” is empty."))
    if roster_columns.is_declined(cell("status")):
        return RuleBroken(_("The answer is “%(said)s”: not added.", said=cell("status")))
    try:
        return Address(
            name=name,
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
    for code, name in LANGUAGES.items():
        if plain(said) in {code, plain(name)} or plain(said).startswith(f"{code} "):
            return code
    raise RuleBroken(_("The language “%(said)s” is none of %(known)s.", said=said, known=comma().join(LANGUAGES)))


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
