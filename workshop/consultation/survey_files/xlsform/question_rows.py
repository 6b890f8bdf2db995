"""One row as one question of our document, with a warning for whatever of it is not taken."""

import re

from flask_babel import gettext as _

from workshop.consultation.questions.logic.expressions import ITSELF, And, to_text
from workshop.consultation.questions.question import Kind
from workshop.consultation.questions.questionnaire_document import QuestionDraft
from workshop.platform.foreign.limits import EXTENSIONS

from ..questionnaire_report import QuestionnaireReport
from ..survey_codes import question_code
from . import row_expressions as expressions
from .choice_lists import Lists
from .constraints import Limits, understood
from .conventions import FIGURES, MARKS, OTHER, OWN
from .form_types import RowQuestion, question_type
from .relevance_conditions import KnownQuestion, Place, in_our_terms
from .survey_columns import Line
from .xpath_expressions import Inexpressible

YES = {"yes", "true", "true()", "1"}
NO = {"", "no", "false", "false()", "0"}
LISTED = {Kind.ONE, Kind.MANY, Kind.RANK, Kind.CONSENTS}
LOOKS_THAT_COUNT = {"multiline", "table-list", "field-list", "minimal", "autocomplete", "likert"}
PICTURES = ["jpg", "png"]
REFERENCE = re.compile(r"\$\{([^{}]+)\}")


class Questions:
    """Makes questions of rows, in order; knows those before."""

    def __init__(self, languages: list[str], lists: Lists, report: QuestionnaireReport) -> None:
        self.languages, self.lists, self.report = languages, lists, report
        self.known: dict[str, KnownQuestion] = {}
        self.codes: set[str] = set()
        self.within = ""  # the repeat whose questions are read
        self.guidance_is_why = False  # in files that we wrote before there was guidance

    def make(self, line: Line, asked: RowQuestion) -> QuestionDraft:
        """The question of this row; `asked` has a kind."""
        kind = asked.kind or Kind.TEXT
        if kind is Kind.CALCULATION:
            return self._calculation(line)
        limits = understood("" if kind is Kind.NOTE else _about_itself(line), kind, line.own("limit"))
        if limits.is_email and kind is Kind.TEXT:
            kind = Kind.EMAIL
        question, known = self.begin(line, kind)
        question |= self._particulars(line, asked, kind, limits, known)
        question |= self._limits(line, limits, known)
        self._tell_the_rest(line, kind, asked)
        question |= expressions.of_row(line, kind, known, self)
        self.known[line.get("name")] = known
        return without_empty_keys(question)

    def _calculation(self, line: Line) -> QuestionDraft:
        """What a row works out. Raises Inexpressible, before anything is noted, where it cannot be said here."""
        calculation = expressions.calculation(line.get("calculation"), self, self.place)
        name = line.get("name")
        question, known = self.begin(line, Kind.CALCULATION)
        text = question["text"] if line.words("label") else {self.languages[0]: name}
        marks = {key: True for key in MARKS if line.own(key)}
        self.known[name] = known
        return {"code": known.code, "type": Kind.CALCULATION.value, "text": text, "calculation": calculation} | marks

    @property
    def place(self) -> Place:
        return Place(within=self.within)

    def begin(self, line: Line, kind: Kind) -> tuple[QuestionDraft, KnownQuestion]:
        """What any kind of question has."""
        name = line.get("name")
        code = question_code(name, self.codes)
        self.codes.add(code)
        if code != name:
            self.warn(
                line, _("The name of this question is not allowed here and was changed."), "name", f"{name} → {code}"
            )
        self.report.taken[line.number] = code
        question = {
            "code": code,
            "type": kind.value,
            "text": self.text(line),
            "hint": self._said(line, "hint") if line.words("label") else {},
            "why": self._said(line, "guidance_hint" if self.guidance_is_why else f"{OWN}why"),
            "guidance": {} if self.guidance_is_why else self._said(line, "guidance_hint"),
            "required": kind not in {Kind.NOTE, Kind.CALCULATION} and line.get("required").strip().lower() in YES,
        } | {key: True for key in MARKS if line.own(key)}
        return question, KnownQuestion(code, kind, within=self.within)

    def text(self, line: Line) -> dict[str, str]:
        """The words of a row; without any, its hint, else its name."""
        found = self._said(line, "label") or self._said(line, "hint")
        if not line.words("label") and question_type(line) != "calculate":
            self.warn(line, _("This row has no label; its hint or its name is used instead."))
        written = (text for column in line.texts.values() for text in column.values())
        unknown = {name.strip() for text in written for name in REFERENCE.findall(text)} - self.known.keys()
        for name in sorted(unknown) if not line.own("type") else ():
            self.warn(line, _("Its text repeats ${%(name)s}, which is not an earlier imported question.", name=name))
        return found or {self.languages[0]: line.get("name") or line.get("type")}

    def _said(self, line: Line, column: str) -> dict[str, str]:
        """The words of a column, with earlier answers that they repeat under the names that these have here."""

        def ours(found: re.Match[str]) -> str:
            known = self.known.get(found[1].strip())
            return f"${{{known.code}}}" if known else found[0]

        return {code: REFERENCE.sub(ours, text) for code, text in line.words(column).items()}

    def _particulars(
        self, line: Line, asked: RowQuestion, kind: Kind, limits: Limits, known: KnownQuestion
    ) -> QuestionDraft:
        """What only this kind of question has."""
        found: QuestionDraft = {key: line.own(key) for key in ("unit", "currency", "on_no", "reveals")}
        found |= {key: int(line.own(key)) for key in FIGURES if line.own(key).isdecimal() and len(line.own(key)) < 5}
        found |= {key: dict(line.words(f"{OWN}{key}")) for key in ("unit_label", "item")}
        if ends := {key: dict(words) for key in ("low", "high") if (words := line.words(f"intersession_{key}"))}:
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
        in_order = asked.kind is Kind.RANK
        name = self.lists.use(asked.list_name, limits.exclusive, or_other=asked.or_other and not in_order)
        other = (listed.has_other or asked.or_other) and not in_order
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
        found: QuestionDraft = {"type": (Kind.INTEGER if whole else Kind.DECIMAL).value, "min": low, "max": high}
        if step not in {1, -1, 0}:
            found["limit"] = f"(. - {_bracketed(low)}) mod {_bracketed(abs(step))} = 0"
        return found

    def _limits(self, line: Line, limits: Limits, known: KnownQuestion) -> QuestionDraft:
        found = dict(limits.keys)
        if found.get("min_choices", 0) > found.get("max_choices", 10**6):
            del found["min_choices"]
            limits.lost.append(_("it asks for more choices than it allows"))
        parts = []
        for part in limits.rest:
            try:
                place = Place(self.within, {ITSELF: known}, may_know_the_day=True)
                parts.append(in_our_terms(part, self.known, place))
            except Inexpressible as inexpressible:
                limits.lost.append(str(inexpressible))
        for reason in limits.lost:
            text = _("This part of the constraint is not imported: %(reason)s.", reason=reason)
            self.warn(line, text, "constraint", line.get("constraint"))
        if parts:
            found["limit"] = to_text(And(tuple(parts)) if len(parts) > 1 else parts[0])
        message = line.words("constraint_message")
        if message and (parts or limits.keys or line.own("type")):
            found["limit_message"] = self._said(line, "constraint_message")
        elif message:
            self.warn(
                line, _("We use our own message for such an answer; this one is not imported."), "constraint_message"
            )
        return found

    def condition(self, line: Line) -> str:
        """Its condition in our terms; without the parts, told, that have no counterpart."""
        text = line.get("relevant").strip()
        return expressions.condition(text, line, self) if text and text.lower() not in YES else ""

    def _tell_the_rest(self, line: Line, kind: Kind, asked: RowQuestion) -> None:
        looks = [each for each in line.get("appearance").split() if each not in LOOKS_THAT_COUNT]
        if looks:
            self.warn(line, _("Its appearance there is not imported."), "appearance", " ".join(looks))
        if line.get("calculation"):
            reason = _("Its calculation is not imported: people answer this question.")
            self.warn(line, reason, "calculation", line.get("calculation"))
        shuffles = kind in {Kind.ONE, Kind.MANY} and "randomize" in line.get("parameters")
        if line.get("parameters") and kind is not Kind.SCALE and not shuffles:
            self.warn(line, _("These parameters are not imported."), "parameters", line.get("parameters"))
        if kind is Kind.NOTE and (line.get("constraint") or line.get("required").lower() in YES):
            self.warn(line, _("A note asks nothing, so it is neither required nor limited here."))
        if kind is Kind.RANK and asked.or_other:
            self.warn(line, _("“Other” cannot be ranked here; the choices of the list can."))

    def warn(self, line: Line, reason: str, column: str = "", text: str = "") -> None:
        self.report.warn(reason, line.number, sheet="survey", column=column, text=text)


def without_empty_keys(question: QuestionDraft) -> QuestionDraft:
    """Without the keys that say nothing; a limit of 0 says something."""
    return {key: value for key, value in question.items() if value is not False and value not in ("", None, {}, [])}


def _about_itself(line: Line) -> str:
    """The constraint with "." where it names its own question."""
    own = line.get("name").strip()
    return REFERENCE.sub(lambda found: " . " if found[1].strip() == own else found[0], line.get("constraint"))


def _bracketed(figure: float) -> str:
    return f"(0 - {-figure})" if figure < 0 else str(figure)


def _figure(text: str) -> int | float:
    try:
        value = float(text)
    except ValueError:
        return 1
    return int(value) if value.is_integer() else value
