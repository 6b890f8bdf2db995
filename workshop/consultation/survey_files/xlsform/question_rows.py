"""One row as one question of our document, with a warning for whatever of it is not taken."""

import re

from flask_babel import gettext as _

from workshop.consultation.questions.logic.expressions import And, to_text
from workshop.consultation.questions.question import Kind
from workshop.consultation.questions.questionnaire_document import QuestionDraft
from workshop.platform.foreign.limits import EXTENSIONS

from ..questionnaire_report import QuestionnaireReport
from ..survey_codes import question_code
from .choice_lists import Lists
from .constraints import Limits, understood
from .conventions import FIGURES, MARKS, OTHER, TRANSLATED
from .form_types import RowQuestion
from .relevance_conditions import KnownQuestion, in_our_terms
from .survey_columns import Line
from .xpath_expressions import Inexpressible, read

YES = {"yes", "true", "true()", "1"}
NO = {"", "no", "false", "false()", "0"}
LISTED = {Kind.ONE, Kind.MANY, Kind.RANK, Kind.CONSENTS}
LOOKS_THAT_COUNT = {"multiline", "table-list", "field-list", "minimal", "autocomplete"}
PICTURES = ["jpg", "png"]
REFERENCE = re.compile(r"\$\{([^{}]+)\}")


class Questions:
    """Makes questions of rows, in order; knows those before."""

    def __init__(self, languages: list[str], lists: Lists, report: QuestionnaireReport) -> None:
        self.languages, self.lists, self.report = languages, lists, report
        self.known: dict[str, KnownQuestion] = {}
        self.codes: set[str] = set()

    def make(self, line: Line, asked: RowQuestion) -> QuestionDraft:
        """The question of this row; `asked` has a kind."""
        kind = asked.kind or Kind.TEXT
        limits = understood("" if kind is Kind.NOTE else line.get("constraint"), kind, line.own("limit"))
        if limits.is_email and kind is Kind.TEXT:
            kind = Kind.EMAIL
        question, known = self.begin(line, kind)
        question |= self._particulars(line, asked, kind, limits, known)
        question |= self._limits(line, limits, known)
        self._tell_the_rest(line, kind)
        self.known[line.get("name")] = known
        return without_empty_keys(question)

    def begin(self, line: Line, kind: Kind) -> tuple[QuestionDraft, KnownQuestion]:
        """What any kind of question has."""
        name = line.get("name")
        code = question_code(name, self.codes)
        self.codes.add(code)
        if code != name:
            self._warn(
                line, _("The name of this question is not allowed here and was changed."), "name", f"{name} → {code}"
            )
        self.report.taken[line.number] = code
        question = {
            "code": code,
            "type": kind.value,
            "text": self.text(line),
            "hint": self._said(line, "hint") if line.words("label") else {},
            "why": self._said(line, "guidance_hint"),
            "required": kind is not Kind.NOTE and self._required(line),
        } | {key: True for key in MARKS if line.own(key)}
        return question, KnownQuestion(code, kind)

    def text(self, line: Line) -> dict[str, str]:
        """The words of a row; without any, its hint, else its name."""
        found = self._said(line, "label") or self._said(line, "hint")
        if not line.words("label"):
            self._warn(line, _("This row has no label; its hint or its name is used instead."))
        repeats = any(REFERENCE.search(text) for column in line.texts.values() for text in column.values())
        if repeats and not line.own("type"):
            self._warn(line, _("A text repeats an earlier answer, as ${name}; here it is shown unchanged."))
        return found or {self.languages[0]: line.get("name") or line.get("type")}

    def _said(self, line: Line, column: str) -> dict[str, str]:
        """The words of a column, with earlier answers that they repeat under the names that these have here."""

        def ours(found: re.Match[str]) -> str:
            known = self.known.get(found[1].strip())
            return f"${{{known.code}}}" if known else found[0]

        return {code: REFERENCE.sub(ours, text) for code, text in line.words(column).items()}

    def _required(self, line: Line) -> bool:
        written = line.get("required").strip().lower()
        if written not in YES | NO:
            self._warn(line, _("It is required only sometimes; here it may be left blank."), "required", written)
        return written in YES

    def _particulars(
        self, line: Line, asked: RowQuestion, kind: Kind, limits: Limits, known: KnownQuestion
    ) -> QuestionDraft:
        """What only this kind of question has."""
        found: QuestionDraft = {key: line.own(key) for key in ("unit", "currency", "on_no", "reveals")}
        found |= {key: int(line.own(key)) for key in FIGURES if line.own(key).isdecimal() and len(line.own(key)) < 5}
        found["unit_label"] = dict(line.words("intersession_unit_label"))
        if ends := {key: dict(words) for key in TRANSLATED[1:] if (words := line.words(f"intersession_{key}"))}:
            found["ends"] = ends
        if kind in LISTED:
            found |= self._listed(asked, limits, known)
        if kind is Kind.CONSENT:
            known.codes = {"OK": "yes"}
        if kind is Kind.SCALE:
            found |= self._range(line)
            known.kind = Kind(found["type"])
        if kind is Kind.FILE:
            own = [each for each in line.own("kinds").split() if each in EXTENSIONS.values()]
            picture = line.get("type").strip().lower() in {"image", "photo"}
            found["kinds"] = own or (PICTURES if picture else [])
        return found

    def _listed(self, asked: RowQuestion, limits: Limits, known: KnownQuestion) -> QuestionDraft:
        listed = self.lists.named[asked.list_name]
        name = self.lists.use(asked.list_name, limits.exclusive, or_other=asked.or_other)
        other = listed.has_other or asked.or_other
        known.codes = listed.codes | ({OTHER: OTHER} if other else {})
        known.options = frozenset(listed.codes.values()) | ({OTHER} if other else set())
        return {"options": name, "other": other}

    def _range(self, line: Line) -> QuestionDraft:
        """A scale where it has two to eleven whole points, else a figure with limits."""
        given = dict(re.findall(r"(\w+)\s*=\s*(-?[0-9.]+)", line.get("parameters")))
        start, end, step = (
            _figure(given.get(key, default)) for key, default in (("start", "1"), ("end", "10"), ("step", "1"))
        )
        low, high = min(start, end), max(start, end)
        whole = all(isinstance(each, int) for each in (start, end, step))
        if whole and step == 1 and 1 <= high - low <= 10:
            return {"type": Kind.SCALE.value, "min": low, "max": high}
        if step not in {1, -1}:
            self._warn(
                line,
                _("The steps of this range are not imported, only its ends."),
                "parameters",
                line.get("parameters"),
            )
        return {"type": (Kind.INTEGER if whole else Kind.DECIMAL).value, "min": low, "max": high}

    def _limits(self, line: Line, limits: Limits, known: KnownQuestion) -> QuestionDraft:
        found = dict(limits.keys)
        if found.get("min_choices", 0) > found.get("max_choices", 10**6):
            del found["min_choices"]
            limits.lost.append(_("it asks for more choices than it allows"))
        parts = []
        for part in limits.rest:
            try:
                parts.append(in_our_terms(part, self.known, known))
            except Inexpressible as inexpressible:
                limits.lost.append(str(inexpressible))
        for reason in limits.lost:
            text = _("This part of the constraint is not imported: %(reason)s.", reason=reason)
            self._warn(line, text, "constraint", line.get("constraint"))
        if parts:
            found["limit"] = to_text(And(tuple(parts)) if len(parts) > 1 else parts[0])
        message = line.words("constraint_message")
        if message and (parts or line.own("type")):
            found["limit_message"] = dict(message)
        elif message:
            self._warn(
                line,
                _("We use our own message for such an answer; this one is not imported."),
                "constraint_message",
            )
        return found

    def condition(self, line: Line) -> str:
        """Its condition in our terms; nothing, with a warning, where it has no counterpart."""
        text = line.get("relevant").strip()
        if not text or text.lower() in YES:
            return ""
        try:
            return to_text(in_our_terms(read(text), self.known))
        except Inexpressible as reason:
            said = _("This condition is not imported, so the question is always asked: %(reason)s.", reason=reason)
            self._warn(line, said, "relevant", text)
            return ""

    def _tell_the_rest(self, line: Line, kind: Kind) -> None:
        looks = [each for each in line.get("appearance").split() if each not in LOOKS_THAT_COUNT]
        if looks:
            self._warn(line, _("Its appearance there is not imported."), "appearance", " ".join(looks))
        if line.get("calculation"):
            self._warn(line, _("Nothing is calculated here."), "calculation", line.get("calculation"))
        if line.get("parameters") and kind is not Kind.SCALE:
            self._warn(line, _("These parameters are not imported."), "parameters", line.get("parameters"))
        if kind is Kind.NOTE and (line.get("constraint") or line.get("required").lower() in YES):
            self._warn(line, _("A note asks nothing, so it is neither required nor limited here."))

    def _warn(self, line: Line, reason: str, column: str = "", text: str = "") -> None:
        self.report.warn(reason, line.number, sheet="survey", column=column, text=text)


def without_empty_keys(question: QuestionDraft) -> QuestionDraft:
    """Without the keys that say nothing; a limit of 0 says something."""
    return {key: value for key, value in question.items() if value is not False and value not in ("", None, {}, [])}


def _figure(text: str) -> int | float:
    try:
        value = float(text)
    except ValueError:
        return 1
    return int(value) if value.is_integer() else value
