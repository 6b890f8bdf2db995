"""The columns of an XLSForm by the names its reference gives them, and each row with its texts by language."""

import html
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.opened_files import FilledCells

from ..questionnaire_report import QuestionnaireReport
from ..survey_codes import code_of
from .conventions import FIGURES, MARKS, OWN, TRANSLATED, VALUES

TRANSLATABLE = {
    "label",
    "hint",
    "guidance_hint",
    "constraint_message",
    *(f"{OWN}{key}" for key in TRANSLATED),
    f"{OWN}title",
    f"{OWN}introduction",
    f"{OWN}own_title",
    f"{OWN}own_introduction",
}
ALIASES = {
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "relevance": "relevant",
    "list name": "list_name",
    "bind:relevant": "relevant",
    "bind:required": "required",
    "bind:constraint": "constraint",
    "bind:jr:constraintmsg": "constraint_message",
    "constraining_message": "constraint_message",
    "bind:calculate": "calculation",
    "calculate": "calculation",
    "bind:readonly": "read_only",
    "readonly": "read_only",
    "read only": "read_only",
    "control:appearance": "appearance",
    "body:appearance": "appearance",
    "set_form_title": "form_title",
    "set_form_id": "form_id",
    "jr:count": "repeat_count",
    "count": "repeat_count",
    "control:jr:count": "repeat_count",
}
OWN_COLUMNS = {
    f"{OWN}{key}"
    for key in (
        "type",
        "code",
        "limit",
        "rows",
        "kinds",
        "part_of",
        "exclusive",
        "list",
        "format",
        *MARKS,
        *VALUES,
        *FIGURES,
    )
}
KNOWN = {
    "survey": {
        "type",
        "name",
        "required",
        "relevant",
        "constraint",
        "appearance",
        "parameters",
        "choice_filter",
        "repeat_count",
        "calculation",
        "default",
        "read_only",
        "disabled",
    }
    | TRANSLATABLE
    | OWN_COLUMNS,
    "choices": {"list_name", "name"} | TRANSLATABLE | OWN_COLUMNS,
    "settings": {"form_title", "form_id", "version", "default_language"} | TRANSLATABLE | OWN_COLUMNS,
}
MARKUP = re.compile(
    r"<(script|style)\b.*?</\1\s*>"
    r"|</?(?:a|abbr|b|big|blockquote|br|center|code|del|div|em|font|h[1-6]|hr|i|iframe|img|ins|label|li|mark|ol|p|pre|s|small"
    r"|span|strike|strong|sub|sup|svg|table|tbody|td|th|thead|tr|tt|u|ul|video)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
MARKDOWN = re.compile(
    r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1|^#{1,6}[ \t]+", re.MULTILINE
)  # what Kobo and ODK set in bold or large
LINK = re.compile(r"\[([^\[\]\n]+)\]\(\s*((?:https?://|mailto:)[^\s()]+)\s*\)")  # Markdown
SPARED = "$\N{WORD JOINER}{"  # how we write “${” where it names no question, so that pyxform lets it be


@dataclass
class Line:
    """One row: its number as in the file, its cells by column, its texts by column and language.

    `columns` are those that a filter of choices looks at.
    """

    number: int
    cells: dict[str, str] = field(default_factory=dict)
    texts: dict[str, Words] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)

    def get(self, column: str) -> str:
        return self.cells.get(column, "")

    def own(self, key: str) -> str:
        return self.cells.get(f"{OWN}{key}", "")

    def words(self, column: str) -> Words:
        return self.texts.get(column, Words())


class Columns:
    """The columns of one sheet; `plain` is the language of texts that name none, `filters` are looked at by filters."""

    def __init__(
        self,
        sheet: str,
        names: Iterable[str],
        *,
        plain: str,
        is_ours: bool,
        report: QuestionnaireReport,
        filters: Collection[str] = (),
    ) -> None:
        self.filters = frozenset(filters)
        self.sheet, self.plain, self.is_ours, self.report = sheet, plain, is_ours, report
        names = list(names)
        self.parts = {name: _parts(name, any("::" in each for each in names)) for name in names}
        self.codes = {name: code_of(language) for name, (_base, language) in self.parts.items() if language}
        if plain and not self.languages:
            self._take_for_plain()
        said = {(base, self.codes[name]) for name, (base, language) in self.parts.items() if language}
        self.doubled = {
            name for name, (base, language) in self.parts.items() if not language and (base, plain) in said
        } & {name for name, (base, _language) in self.parts.items() if base in TRANSLATABLE}

    @property
    def languages(self) -> list[str]:
        """The languages that texts of this sheet are in, in the order of the columns."""
        found = [
            self.codes[name] if language else self.plain
            for name, (base, language) in self.parts.items()
            if base == "label"
        ]
        return list(dict.fromkeys(code for code in found if code))

    def _take_for_plain(self) -> None:
        """Where nobody can tell any language of the labels, the first of them is taken for the plain one."""
        named = [language for base, language in self.parts.values() if base == "label" and language]
        if not named:
            return
        for name, (_base, language) in self.parts.items():
            if language == named[0]:
                self.codes[name] = self.plain
        reason = _(
            "We could not tell which language “%(named)s” is; “%(code)s” is used.",
            named=named[0],
            code=self.plain,
        )
        self.report.warn(reason, sheet=self.sheet)

    def line(self, number: int, cells: Mapping[str, str]) -> Line:
        """A row, with a warning for each cell that is of no use here."""
        line = Line(number)
        for name, text in cells.items():
            base, language = self.parts[name]
            if name in self.filters and base not in KNOWN[self.sheet]:
                line.columns[name] = text
            elif name in self.doubled:
                reason = _("Another column has this text in the same language; this one is not used.")
                self.report.warn(reason, number, sheet=self.sheet, column=name)
            elif base not in KNOWN[self.sheet]:
                self.report.warn(_("This column is not imported."), number, sheet=self.sheet, column=name)
            elif base not in TRANSLATABLE:
                line.cells.setdefault(base, text)
            elif code := self.codes[name] if language else self.plain:
                line.texts[base] = line.words(base).having(code, self._plain_text(text, number, name))
            else:
                reason = _("We could not tell which language this column is in; write it as “label::French (fr)”.")
                self.report.warn(reason, number, sheet=self.sheet, column=name)
        return line

    def _plain_text(self, text: str, number: int, column: str) -> str:
        """The text without the markup that would be shown as it stands."""
        text = text.replace(SPARED, "${")
        if not self.is_ours and LINK.search(text):
            text = LINK.sub(r"\1 (\2)", text)
            reason = _("A link in this text is written out, words first, then the address.")
            self.report.warn(reason, number, sheet=self.sheet, column=column)
        if self.is_ours or not (MARKUP.search(text) or MARKDOWN.search(text)):
            return text
        self.report.warn(_("Markup was removed from this text."), number, sheet=self.sheet, column=column)
        if MARKUP.search(text):
            text = html.unescape(MARKUP.sub(" ", re.sub(r"<br\s*/?>", "\n", text)))
        return re.sub(r"[ \t]+", " ", MARKDOWN.sub(r"\2", text)).strip()


def _parts(name: str, double: bool) -> tuple[str, str]:
    """The column's proper name, and the language it names, if any."""
    pieces = [piece.strip() for piece in re.split("::" if double else ":", name)]
    base = re.sub(r"\s+", "_", pieces[0]).lower()
    base = ALIASES.get(pieces[0].lower(), ALIASES.get(base, base))
    if len(pieces) > 1 and base in {"bind", "control", "body", "media", "instance"}:
        inner = ":".join([base, *(piece.lower() for piece in pieces[1:])])
        for alias, known in ALIASES.items():
            if inner == alias or (inner.startswith(f"{alias}:") and known in TRANSLATABLE):
                return known, ":".join(pieces[1 + alias.count(":") :])
        return inner, ""
    if base in TRANSLATABLE:
        return base, "::".join(pieces[1:])
    return (base, "") if len(pieces) == 1 else (name.lower(), "")


def lines(sheet: FilledCells, columns: Columns) -> list[Line]:
    return [columns.line(number, cells) for number, cells in sheet["rows"]]
