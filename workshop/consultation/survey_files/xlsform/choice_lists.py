"""The sheet `choices` as lists of options, each used by the questions that name it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from workshop.consultation.questions.questionnaire_document import OptionDraft, option
from workshop.platform.db import Words

from ..questionnaire_report import QuestionnaireReport
from ..survey_codes import option_code
from .conventions import OTHER
from .survey_columns import Line


@dataclass
class Listed:
    """One list of the file: its options as ours, and what each code of theirs became."""

    name: str
    mark: str = ""
    options: list[OptionDraft] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    has_other: bool = False


class Lists:
    """The lists of a file, and those of them that went into our document, by the names they have there."""

    def __init__(self, lines: Sequence[Line], languages: Sequence[str], report: QuestionnaireReport) -> None:
        self.report = report
        self.named: dict[str, Listed] = {}
        self.ours: dict[str, list[OptionDraft]] = {}
        self.used: set[str] = set()
        self.columns = {name for line in lines for name in line.columns}
        for line in lines:
            self._add(line)
        self.first = languages[0] if languages else "en"

    def _add(self, line: Line) -> None:
        name, code = line.get("list_name"), line.get("name")
        if not name or not code:
            self.report.warn(
                _("A choice needs a list and a name; this row is not imported."), line.number, sheet="choices"
            )
            return
        listed = self.named.setdefault(name, Listed(name, line.own("list")))
        listed.rows.append(line.number)
        if listed.mark.startswith("#other ") and code == OTHER:
            listed.has_other = True
            return
        if code in listed.codes:
            reason = _("The list already has this choice; this row is not imported.")
            self.report.warn(reason, line.number, sheet="choices", text=f"{name}: {code}")
            return
        ours = listed.codes[code] = option_code(code, set(listed.codes.values()))
        if ours != code:
            reason = _("The code of this choice is not allowed here and was changed.")
            self.report.warn(reason, line.number, sheet="choices", text=f"{code} → {ours}")
        listed.options.append(self._option(line, ours, code))

    def _option(self, line: Line, ours: str, code: str) -> OptionDraft:
        label = line.words("label")
        if not label:
            reason = _("This choice has no text; its code is used instead.")
            self.report.warn(reason, line.number, sheet="choices")
            label = Words({"": code})  # the language is filled in when all are known
        made = option(ours, label, exclusive=bool(line.own("exclusive")))
        if line.columns:
            made["columns"] = dict(line.columns)
        return made

    def use(self, theirs: str, alone: Sequence[str] = (), *, or_other: bool = False) -> str:
        """The name under which a question finds this list in our document. `alone` are chosen alone or not at all.

        With `or_other` the choice "other" of the list is the one beside which own words are written.
        """
        listed = self.named[theirs]
        self.used.add(theirs)
        codes = {listed.codes.get(code, code) for code in alone}
        options = [
            option | ({"exclusive": True} if option["code"] in codes else {}) for option in self._worded(listed.options)
        ]
        if or_other and OTHER in listed.codes and len(options) > 1:
            options = [option for option in options if option["code"] != listed.codes[OTHER]]
            reason = _("We use our own wording for “Other” with free text; this label is not imported.")
            self.report.warn(reason, listed.rows[list(listed.codes).index(OTHER)], sheet="choices", text=theirs)
        mark = listed.mark
        name = mark.removeprefix("#other ") if mark.startswith("#other ") else mark or theirs
        return self.put(name, options, other_name=f"{name}_alone")

    def put(self, name: str, options: list[OptionDraft], *, other_name: str = "") -> str:
        """Keep a list; where another of that name says something else, under a name beside it."""
        wanted = [name, *([other_name] if other_name else []), *(f"{name}_{number}" for number in range(2, 10_000))]
        for candidate in wanted:
            if self.ours.setdefault(candidate, options) == options:
                return candidate
        raise AssertionError("unreachable: no file has that many lists")

    def _worded(self, options: list[OptionDraft]) -> list[OptionDraft]:
        return [
            option | {"label": {self.first: option["label"][""]}} if "" in option["label"] else option
            for option in options
        ]

    def leave_the_rest(self, *, is_ours: bool) -> None:
        """Lists that no question uses: kept in a file of our own, told in any other."""
        for name, listed in self.named.items():
            if name in self.used or listed.mark.startswith("#"):
                continue
            if is_ours:
                self.use(name)
            else:
                reason = _("No imported question uses this list.")
                self.report.warn(reason, *listed.rows, sheet="choices", text=name)
