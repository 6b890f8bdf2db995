"""The sheet `choices`: our lists, and those that XLSForm needs besides (yes or no, countries, a list with "other")."""

import re
from collections.abc import Callable

from babel import Locale
from flask_babel import gettext as _

from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.question import Kind, Option, Question
from workshop.platform.db import Words
from workshop.secretariat.register.countries import countries, name_of

from ..survey_codes import in_each
from .conventions import NO, OTHER, OWN, YES

Row = dict[str, str | Words]
LISTS = {Kind.ONE, Kind.MANY, Kind.RANK, Kind.CONSENTS}


class Choices:
    """Lists by the names they have in the file; asking for one puts it there."""

    def __init__(self, definition: Definition) -> None:
        self.definition, self.languages = definition, definition.languages
        self.names: dict[str, str] = {}  # ours to theirs
        self.extra: dict[str, list[Row]] = {}  # theirs to the rows of a list that is not ours
        everything = definition.everything.values()
        row_lists = {question.rows_list for question in everything if question.rows_list}
        asked = {q.options_list for q in everything} | {q.columns_list for q in everything}
        for name in definition.lists:
            if name in asked or name not in row_lists:
                self.names[name] = self._new(name)

    def _new(self, wanted: str) -> str:
        name = re.sub(r"[^\w.-]", "_", wanted) or "list"
        while name in self.names.values() or name in self.extra:
            name += "_"
        return name

    def name_of(self, ours: str) -> str:
        return self.names[ours]

    def list_for(self, question: Question) -> str:
        """The name of the list that this question chooses from, or nothing."""
        if question.type in {Kind.COUNTRY, Kind.COUNTRIES}:
            return self._extra("countries", "#countries", self._countries)
        if question.type is Kind.CONSENT:
            return self._extra("yes_no", "#consent", self._yes_no)
        if question.type not in LISTS:
            return ""
        ours = question.options_list
        if question.other:
            return self._extra(f"{ours}_or_other", f"#other {ours}", lambda: self._with_other(ours))
        return self.names[ours]

    def _extra(self, wanted: str, mark: str, make: Callable[[], list[Row]]) -> str:
        for name, rows in self.extra.items():
            if rows[0][f"{OWN}list"] == mark:
                return name
        name = self._new(wanted)
        self.extra[name] = [row | {"list_name": name, f"{OWN}list": mark} for row in make()]
        return name

    def _countries(self) -> list[Row]:
        return [
            {"name": code, "label": Words({each: _country(code, each) for each in self.languages})}
            for code in sorted(countries(), key=lambda code: name_of(code, "en"))
        ]

    def _yes_no(self) -> list[Row]:
        return [
            {"name": YES, "label": in_each(self.languages, lambda: _("Yes"))},
            {"name": NO, "label": in_each(self.languages, lambda: _("No"))},
        ]

    def _with_other(self, ours: str) -> list[Row]:
        other: Row = {"name": OTHER, "label": in_each(self.languages, lambda: _("Other"))}
        return [*(_row(option) for option in self.definition.lists[ours]), other]

    def rows(self) -> list[Row]:
        """All rows of the sheet."""
        own = [
            {"list_name": theirs} | _row(option) | {f"{OWN}list": ours if ours != theirs else ""}
            for ours, theirs in self.names.items()
            for option in self.definition.lists[ours]
        ]
        return own + [row for rows in self.extra.values() for row in rows]


def _row(option: Option) -> Row:
    own: Row = {f"{OWN}exclusive": "yes" if option.exclusive else ""}
    return {"name": option.code, "label": option.label, **own, **option.columns}


def _country(code: str, language: str) -> str:
    """In languages we have no list for, as Unicode names it."""
    if language in {"en", "fr", "es"}:
        return name_of(code, language)
    try:
        return str(
            Locale.parse(language.replace("-", "_")).territories.get(countries()[code].alpha2, name_of(code, "en"))
        )
    except ValueError:
        return name_of(code, "en")
