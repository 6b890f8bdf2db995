"""One question of a LimeSurvey file as one or more of ours."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from flask_babel import gettext as _

from workshop.consultation.questions.logic.expressions import is_date
from workshop.consultation.questions.question import Kind
from workshop.consultation.questions.questionnaire_document import OptionDraft, QuestionDraft, option
from workshop.platform.db import Words
from workshop.platform.foreign.limits import EXTENSIONS

from ..questionnaire_report import QuestionnaireReport
from ..survey_codes import in_each, option_code, question_code
from ..xlsform.choice_lists import Lists
from ..xlsform.conventions import OTHER
from ..xlsform.question_rows import without_empty_keys
from ..xlsform.relevance_conditions import KnownQuestion
from .lsq_expressions import calculation, default_of, limit_of_pattern, with_repeated_answers
from .lsq_questions import FIXED, LOOKS, QuestionType
from .lsq_texts import Texts

Row = Mapping[str, str]
OWN_OTHER = "-oth-"


class Maker:
    def __init__(
        self,
        tables: Mapping[str, list[dict[str, str]]],
        texts: Texts,
        languages: list[str],
        lists: Lists,
        report: QuestionnaireReport,
    ) -> None:
        self.texts, self.languages, self.lists, self.report = texts, languages, lists, report
        self.known: dict[str, KnownQuestion] = {}
        self.boxes: dict[str, tuple[str, str]] = {}
        self.codes: set[str] = set()
        self.row = 0  # of the question that is being made
        self.attributes: dict[tuple[str, str], str] = {}
        for row in tables.get("question_attributes", ()):
            self.attributes.setdefault((row.get("qid", ""), row.get("attribute", "")), row.get("value", ""))
        self.parts: dict[str, list[dict[str, str]]] = {}
        for row in [*tables.get("subquestions", ()), *tables["questions"]]:
            if row.get("parent_qid", "0") != "0":
                self._add(self.parts, row["parent_qid"], row, "qid", "question_order")
        self.defaults = _defaults(tables)
        self.answers: dict[str, list[dict[str, str]]] = {}
        for row in tables.get("answers", ()):
            self._add(self.answers, row.get("qid", ""), row, "answer_key", "sortorder")

    def _add(self, into: dict[str, list[dict[str, str]]], of: str, row: dict[str, str], key: str, order: str) -> None:
        listed = into.setdefault(of, [])
        if not any(row.get(key) == before.get(key) for before in listed):
            listed.append(row)
            listed.sort(key=lambda each: int(re.sub(r"\D", "", each.get(order, "0")) or 0))

    def attribute(self, question: Row, name: str) -> str:
        return self.attributes.get((question.get("qid", ""), name), "")

    def make(self, question: Row, kind: QuestionType, row: int) -> list[QuestionDraft]:
        """The questions of ours that it becomes; none where it has nothing to choose from."""
        self.row = row
        if kind.kind is Kind.CALCULATION:
            return self._calculation(question, row)
        self._tell(question, kind, row)
        if kind.each:
            return [self._one(question, kind, row, part) for part in self.parts.get(question["qid"], [])]
        of = {**self._listed(question, kind), "type": (kind.kind or Kind.TEXT).value}
        if any(key in of and not of[key] for key in ("options", "rows", "columns")):
            return []
        return [self._one(question, kind, row, None, of)]

    def _calculation(self, question: Row, row: int) -> list[QuestionDraft]:
        """What LimeSurvey works out. Raises Inexpressible."""
        text = self.texts.of("question", question["qid"], "question")
        written = self.attribute(question, "equation") or text.in_(*self.languages)[0]
        worked_out = calculation(written, self.known)
        code = question_code(question.get("title", ""), self.codes)
        self.codes.add(code)
        self.report.taken[row] = code
        for alias in self._aliases(question, None, question.get("title", "")):
            self.known[alias] = KnownQuestion(code, Kind.CALCULATION)
        return [{"code": code, "type": "calculation", "text": {self.languages[0]: code}, "calculation": worked_out}]

    def _pattern(self, question: Row, kind: QuestionType, row: int) -> QuestionDraft:
        """The pattern that answers must fit."""
        if not (pattern := question.get("preg", "")):
            return {}
        limit = limit_of_pattern(pattern) if kind.kind in {Kind.TEXT, Kind.LONGTEXT} else ""
        if not limit:
            self.report.warn(_("The pattern that answers must fit is not imported."), row, text=pattern)
        return {"limit": limit} if limit else {}

    def _default(self, question: Row, kind: Kind, codes: Mapping[str, str], row: int) -> QuestionDraft:
        """What the form holds at first."""
        written = self.defaults.get(question["qid"], [])
        if not written:
            return {}
        default = default_of(written[0], kind, codes) if len(written) == 1 else ""
        if not default:
            self.report.warn(_("Its default is not imported."), row, text=" ".join(written)[:200])
        return {"default": default} if default else {}

    def _one(
        self, question: Row, kind: QuestionType, row: int, part: Row | None, of: QuestionDraft | None = None
    ) -> QuestionDraft:
        name = f"{question.get('title', '')}_{part.get('title', '')}" if part else question.get("title", "")
        code = question_code(name, self.codes)
        self.codes.add(code)
        if code != name:
            self.report.warn(
                _("The name of this question is not allowed here and was changed."), row, text=f"{name} → {code}"
            )
        self.report.taken[row] = code
        made: QuestionDraft = {
            "code": code,
            "type": str(kind.kind),
            "text": dict(self._text(question, part, name, row)),
        }
        made |= {"hint": dict(self.texts.of("question", question["qid"], "help"))}
        made |= {"required": question.get("mandatory") in {"Y", "S"} and kind.kind is not Kind.NOTE}
        made |= (of or {}) | self._limits(question, kind) | self._pattern(question, kind, row)
        own_codes, exact = made.pop("codes", {}), Kind(made["type"])
        made |= self._default(question, exact, own_codes, row)
        ours = self.lists.ours.get(made.get("options", ""), [])
        options = frozenset(option["code"] for option in ours) | ({OTHER} if made.get("other") else set())
        known = KnownQuestion(code, exact, own_codes, options if ours else frozenset())
        for alias in self._aliases(question, part, name):
            self.known[alias] = known
        if exact is Kind.MANY:
            for theirs in own_codes:
                for alias in self._aliases(question, None, question.get("title", "")):
                    joint = "" if "X" in alias and alias[0].isdigit() else "_"
                    self.boxes[f"{alias}{joint}{theirs}"] = (alias, theirs)
        return without_empty_keys(made)

    def _aliases(self, question: Row, part: Row | None, name: str) -> Iterator[str]:
        """All names under which an equation may speak of it."""
        yield name
        suffix = part.get("title", "") if part else ""
        yield f"{question.get('sid', '')}X{question.get('gid', '')}X{question['qid']}{suffix}"
        yield f"Q{question['qid']}" + (f"_S{part.get('qid', '')}" if part else "")

    def _text(self, question: Row, part: Row | None, name: str, row: int) -> Words:
        text = self.texts.of("question", question["qid"], "question")
        if part:
            own = self.texts.of("question", part.get("qid", ""), "question")
            text = Words({code: f"{text[code]} – {own[code]}" if text.get(code) else own[code] for code in own}) or text
        text, is_left = with_repeated_answers(text, self.known)
        if is_left:
            self.report.warn(_("A text repeats an earlier answer; here it is shown unchanged."), row)
        if not text:
            self.report.warn(_("It has no text; its code is used instead."), row)
        return text or Words({self.languages[0]: name})

    def _limits(self, question: Row, kind: QuestionType) -> QuestionDraft:
        match kind.kind:
            case Kind.DECIMAL:
                whole = self.attribute(question, "num_value_int_only") == "1"
                limits = {
                    "min": _figure(self.attribute(question, "min_num_value_n")),
                    "max": _figure(self.attribute(question, "max_num_value_n")),
                }
                return limits | ({"type": Kind.INTEGER.value} if whole else {})
            case Kind.TEXT | Kind.LONGTEXT:
                return {"max_length": _count(self.attribute(question, "maximum_chars"))}
            case Kind.SCALE:
                return {"min": 1, "max": 5}
            case Kind.MANY:
                return {
                    "min_choices": _count(self.attribute(question, "min_answers")),
                    "max_choices": _count(self.attribute(question, "max_answers")),
                }
            case Kind.RANK:
                return {"top": _count(self.attribute(question, "max_answers"))}
            case Kind.DATE:
                ends = {
                    "earliest": self.attribute(question, "date_min"),
                    "latest": self.attribute(question, "date_max"),
                }
                return {key: day for key, day in ends.items() if is_date(day)}
            case Kind.FILE:
                named = re.findall(r"[a-z]+", self.attribute(question, "allowed_filetypes").lower())
                size = _count(self.attribute(question, "max_filesize"))
                kinds = [each for each in dict.fromkeys(named) if each in EXTENSIONS.values()]
                return {"kinds": kinds, "max_size": max(1, min(40, size // 1024)) if size else None}
        return {}

    def _listed(self, question: Row, kind: QuestionType) -> QuestionDraft:
        """The lists it chooses from, and what their codes were called."""
        code, number = question.get("title", "") or f"q{question['qid']}", question["qid"]
        parts, answers = self.parts.get(number, []), self.answers.get(number, [])
        alone = set(re.split(r"[;, ]+", self.attribute(question, "exclude_all_others")))
        if kind.kind is Kind.MATRIX:
            rows, _codes = self._options(parts, "title", "question", alone=set())
            columns, _codes = (
                self._fixed(kind.fixed) if kind.fixed else self._options(answers, "code", "answer", alone=set())
            )
            return {"rows": self._put(f"{code}_rows", rows), "columns": self._put(f"{code}_columns", columns)}
        if kind.kind not in {Kind.ONE, Kind.MANY, Kind.RANK}:
            return {}
        if kind.fixed:
            options, codes = self._fixed(kind.fixed)
        elif kind.kind is Kind.MANY or (kind.kind is Kind.RANK and not answers):
            options, codes = self._options(parts, "title", "question", alone=alone)
        else:
            options, codes = self._options(answers, "code", "answer", alone=set())
        other = question.get("other") == "Y" and kind.kind is not Kind.RANK
        return {
            "options": self._put(code, options),
            "other": other,
            "codes": codes | ({OWN_OTHER: OTHER} if other else {}),
        }

    def _put(self, name: str, options: list[OptionDraft]) -> str:
        return self.lists.put(name, options) if options else ""

    def _options(
        self, rows: Sequence[Row], key: str, column: str, *, alone: set[str]
    ) -> tuple[list[OptionDraft], dict[str, str]]:
        options: list[OptionDraft] = []
        codes: dict[str, str] = {}
        for row in rows:
            theirs = row.get(key, "")
            if row.get("scale_id", "0") not in {"", "0"} or theirs in codes:
                continue
            at = row.get("answer_key" if column == "answer" else "qid", "")
            label = self.texts.of(column, at, column) or Words({self.languages[0]: theirs or "–"})
            codes[theirs] = option_code(theirs, set(codes.values()))
            if codes[theirs] != theirs:
                reason = _("The code of this choice is not allowed here and was changed.")
                self.report.warn(reason, self.row, text=f"{theirs} → {codes[theirs]}")
            options.append(option(codes[theirs], label, exclusive=theirs in alone))
        return options, codes

    def _fixed(self, answers: Sequence[str]) -> tuple[list[OptionDraft], dict[str, str]]:
        def label(code: str) -> Words:
            return in_each(self.languages, lambda: FIXED.get(code, code))

        return [{"code": code, "label": dict(label(code))} for code in answers], {code: code for code in answers}

    def _tell(self, question: Row, kind: QuestionType, row: int) -> None:
        """What of it is not taken."""
        if kind.comment:
            self.report.warn(_("The comment beside the answer is not imported."), row)
        if question.get("mandatory") == "S":
            self.report.warn(_("It could be left blank after a warning; here it is required."), row)
        if self.attribute(question, "min_answers") and kind.kind is not Kind.MANY:
            self.report.warn(_("The minimum number of answers is not imported."), row)
        for (qid, name), value in self.attributes.items():
            if qid == question["qid"] and name not in LOOKS and value not in {"", "0", "N"}:
                self.report.warn(_("This setting is not imported."), row, column=name)


def _defaults(tables: Mapping[str, list[dict[str, str]]]) -> dict[str, list[str]]:
    """The default answers of each question, once each; newer files have their words in a table of their own."""
    words: dict[str, str] = {}
    for row in tables.get("defaultvalue_l10ns", ()):
        words.setdefault(row.get("dvid", ""), row.get("defaultvalue", ""))
    found: dict[str, list[str]] = {}
    for row in tables.get("defaultvalues", ()):
        written = row.get("defaultvalue") or words.get(row.get("dvid", ""), "")
        listed = found.setdefault(row.get("qid", ""), [])
        if written and written not in listed:
            listed.append(written)
    return found


def _figure(text: str) -> int | float | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if not value.is_finite():
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _count(text: str) -> int | None:
    return int(text) if text.isdecimal() and int(text[:9]) > 0 else None
