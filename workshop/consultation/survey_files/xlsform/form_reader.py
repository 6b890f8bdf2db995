"""An XLSForm as a document of ours, with a report of every row of its sheet `survey`."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from workshop.consultation.questions import draft_editing
from workshop.consultation.questions.document_checks import NOT_IN_REPEATS
from workshop.consultation.questions.document_reader import SECTION_CODE
from workshop.consultation.questions.question import Kind
from workshop.consultation.questions.questionnaire_document import Document, QuestionDraft, SectionDraft
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.opened_files import FilledCells, XlsForm

from ..questionnaire_report import QuestionnaireReport
from ..survey_codes import code_of, language_written, section_code, slug_of
from . import row_expressions
from .choice_lists import Lists
from .conventions import OWN
from .form_types import IN_REPEAT, NEVER, NOT_IN_REPEAT, RowQuestion, boundary, question_of_row
from .question_rows import NO, Questions, without_empty_keys
from .relevance_conditions import Place
from .row_groups import Node, is_table, matrix, tree, unwrap_groups
from .survey_columns import Columns, Line, lines
from .xpath_expressions import Inexpressible

COMPANIONS = {"other_text", "email_text", "currency_text"}


@dataclass
class Read:
    """A file as a questionnaire: its document, what it is called, and the report."""

    document: Document
    report: QuestionnaireReport
    slug: str = ""
    title: Words = field(default_factory=Words)
    introduction: Words = field(default_factory=Words)


def read(found: XlsForm, *, plain_language: str) -> Read:
    """The questionnaire in an XLSForm. `plain_language` is that of texts that name none. Raises RuleBroken."""
    report = QuestionnaireReport("xlsform")
    sheets, settings = found["sheets"], _settings(found["sheets"], report)
    plain = code_of(settings.get("default_language")) or _language_of(sheets["survey"], report) or plain_language
    is_ours = bool(settings.own("format"))
    columns = Columns("survey", sheets["survey"]["columns"], plain=plain, is_ours=is_ours, report=report)
    survey = lines(sheets["survey"], columns)
    languages = columns.languages or [plain]
    lists = Lists(_choices(sheets, survey, plain=plain, is_ours=is_ours, report=report), languages, report)
    questions = Questions(languages, lists, report)
    questions.guidance_is_why = settings.own("format") == "1"
    reader = Reader(questions, _title(settings, plain), {line.get("name") for line in survey})
    sections = reader.sections(tree(survey))
    if not sections:
        raise RuleBroken(_("No row of this form can be imported as a question."), "file")
    lists.leave_the_rest(is_ours=is_ours)
    for name, sheet in sheets.items():
        if sheet["headless"]:
            report.warn(_("Cells without a column heading are not imported."), *sheet["headless"], sheet=name)
    for name in found["others"]:
        report.warn(_("This sheet is not imported."), sheet=name)
    report.rows, report.languages = len(survey), languages
    document: Document = {"languages": languages, "lists": lists.ours, "sections": sections}
    for key in ("title", "introduction"):
        if words := settings.words(f"intersession_own_{key}"):
            document[key] = dict(words)
    report.questions = len(list(draft_editing.questions(document)))
    introduction = settings.words("intersession_introduction")
    return Read(document, report, slug_of(settings.get("form_id")), reader.title, introduction)


def _language_of(survey: FilledCells, report: QuestionnaireReport) -> str:
    """The language that the labels are written in, where their columns name none and it can be told."""
    names = [name for name in survey["columns"] if name.strip().lower() in {"label", "hint"}]
    if not names or any("label:" in name.lower() for name in survey["columns"]):
        return ""
    code = language_written([cells[name] for _number, cells in survey["rows"] for name in names if name in cells])
    if code:
        report.warn(
            _("No language is named in this file; the texts are taken for “%(code)s”.", code=code), sheet="survey"
        )
    return code


def _choices(
    sheets: Mapping[str, FilledCells], survey: Sequence[Line], *, plain: str, is_ours: bool, report: QuestionnaireReport
) -> list[Line]:
    """The rows of the choices, with the columns that the filters of the survey look at."""
    if "choices" not in sheets:
        return []
    filters = {name for line in survey for name in re.findall(r"[A-Za-z_][\w-]*", line.get("choice_filter"))}
    columns = Columns(
        "choices", sheets["choices"]["columns"], plain=plain, is_ours=is_ours, report=report, filters=filters
    )
    return lines(sheets["choices"], columns)


def _settings(sheets: Mapping[str, FilledCells], report: QuestionnaireReport) -> Line:
    """The one row of the settings; what is not taken of it is told."""
    sheet = sheets.get("settings")
    if not sheet or not sheet["rows"]:
        return Line(0)
    columns = Columns("settings", sheet["columns"], plain="", is_ours=True, report=report)
    if more := [number for number, _cells in sheet["rows"][1:]]:
        report.warn(_("Only the first row of the settings counts."), *more, sheet="settings")
    return columns.line(*sheet["rows"][0])


def _title(settings: Line, plain: str) -> Words:
    return settings.words("intersession_title") or Words(
        {plain: settings.get("form_title")} if settings.get("form_title") else {}
    )


class Reader:
    """Goes through the groups and puts every row where it belongs."""

    def __init__(self, questions: Questions, title: Words, names: Collection[str] = ()) -> None:
        self.questions, self.title, self.names = questions, title, names
        self.report, self.lists = questions.report, questions.lists
        self.found: list[SectionDraft] = []
        self.codes: set[str] = set()

    def sections(self, nodes: list[Node]) -> list[SectionDraft]:
        """The sections of our document. Questions outside of any group stand in sections of their own."""
        wrappers, nodes = unwrap_groups(nodes)
        conditions = []
        for wrapper in wrappers:
            self.report.structural += 1 + bool(wrapper.end)
            conditions += self._condition(wrapper.line)
            if wrapper.words and len(wrappers) == 1 and not self.title:
                self.title = wrapper.line.words("label")
        loose: SectionDraft | None = None
        for node in nodes:
            if node.kind == "group" and node.words and not is_table(node) and not _never(node.line):
                self._section(node, conditions)
                loose = None
            else:
                loose = loose or self._begin("", self.title or Words({self.questions.languages[0]: _("Questions")}))
                self._into(loose, node, conditions)
        return [section for section in self.found if section["questions"]]

    def _begin(self, code: str, title: Words) -> SectionDraft:
        number = len(self.found) + 1
        taken = {*self.codes, *self.names, *self.questions.codes}
        while not SECTION_CODE.fullmatch(code) or code in taken:
            code, number = section_code(number), number + 1
        self.codes.add(code)
        self.questions.codes.add(code)
        section: SectionDraft = {"code": code, "title": dict(title), "questions": []}
        self.found.append(section)
        return section

    def _section(self, node: Node, conditions: list[str]) -> None:
        self.report.structural += 1 + bool(node.end)
        section = self._begin(node.line.own("code"), node.line.words("label"))
        if own := " and ".join(_bracketed([*conditions, *self._condition(node.line)])):
            section["condition"] = own
        if node.line.words("hint"):
            self._warn_hint(node.line)
        for inner in node.inside:
            self._into(section, inner, [])

    def _into(self, section: SectionDraft, node: Node, conditions: list[str]) -> None:
        """A row, or a group within a section, which is only its rows."""
        if node.kind == "repeat" and self.questions.within:
            self._leave(node, IN_REPEAT, _("Nothing inside this repeat is imported."))
        elif node.kind == "repeat" and not _never(node.line):
            self._repeat(section, node, conditions)
        elif node.kind and _never(node.line):
            self._leave(node, NEVER, _("Nothing inside this group is imported."))
        elif is_table(node):
            self._keep(section, matrix(self.questions, node), conditions, node.line)
        elif node.kind:
            self.report.structural += 1 + bool(node.end)
            inner = [*conditions, *self._condition(node.line)]
            if node.words:
                note, _known = self.questions.begin(node.line, Kind.NOTE)
                del self.report.taken[node.line.number]  # the row itself is structural
                self._keep(section, without_empty_keys(note), inner, None)
            for each in node.inside:
                self._into(section, each, inner)
        else:
            self._row(section, node.line, conditions)

    def _repeat(self, section: SectionDraft, node: Node, conditions: list[str]) -> None:
        """A group asked several times over, as one question that holds its questions."""
        questions, line = self.questions, node.line
        self.report.structural += 1 + bool(node.end)
        question, known = questions.begin(line, Kind.REPEAT)
        del self.report.taken[line.number]  # the row itself is structural
        questions.known[line.get("name")] = known
        for key in ("least", "most"):
            if line.own(key).isdecimal():
                question[key] = int(line.own(key))
        question["item"] = dict(line.words(f"{OWN}item"))
        if line.get("repeat_count"):
            question["times"] = self._times(line)
        inside: SectionDraft = {"code": known.code, "title": {}, "questions": []}
        questions.within = known.code
        condition = self._condition(line)
        for each in node.inside:
            self._into(inside, each, [])
        questions.within = ""
        question["questions"] = inside["questions"]
        if any(Kind(each["type"]) not in {Kind.NOTE, Kind.CALCULATION} for each in inside["questions"]):
            self._keep(section, without_empty_keys(question), [*conditions, *condition], None)
        else:
            self._forget(inside["questions"])

    def _times(self, line: Line) -> str:
        text = line.get("repeat_count").strip()
        try:
            return row_expressions.calculation(text, self.questions, Place())
        except Inexpressible as reason:
            said = _("How often it is asked is not imported, so people decide: %(reason)s.", reason=reason)
            self.report.warn(said, line.number, sheet="survey", column="repeat_count", text=text)
            return ""

    def _forget(self, questions: Sequence[QuestionDraft]) -> None:
        """Rows of a repeat in which nothing is asked."""
        codes = {each["code"] for each in questions}
        for number in [row for row, code in self.report.taken.items() if code in codes]:
            del self.report.taken[number]
            self.report.refuse(number, _("Nothing is asked in this repeat."), sheet="survey")

    def _row(self, section: SectionDraft, line: Line, conditions: list[str]) -> None:
        if line.own("type") == "section_note" and line.words("label"):
            section["note"] = dict(line.words("label"))
            self.report.taken[line.number] = f"section {section['code']}"
            return
        parent = self.questions.known.get(line.own("part_of"))
        if line.own("type") in COMPANIONS and parent:
            self.report.taken[line.number] = parent.code
            return
        wanted = question_of_row(line)
        if boundary(line)[0]:
            self.report.structural += 1
        elif wanted.kind is None:
            self.report.refuse(line.number, str(wanted.reason), sheet="survey", text=line.get("type"))
        elif wanted.list_name and not self._has_choices(wanted.list_name, line):
            self.report.refuse(line.number, _("Its list has no choices."), sheet="survey", text=line.get("type"))
        elif _never(line):
            self.report.refuse(line.number, str(NEVER), sheet="survey", text=line.get("relevant"))
        elif self.questions.within and wanted.kind in NOT_IN_REPEATS:
            self.report.refuse(line.number, str(NOT_IN_REPEAT), sheet="survey", text=line.get("type"))
        else:
            self._make(section, line, wanted, conditions)

    def _make(self, section: SectionDraft, line: Line, wanted: RowQuestion, conditions: list[str]) -> None:
        condition = self._condition(line)
        try:
            question = self.questions.make(line, wanted)
        except Inexpressible as reason:
            said = _("What it calculates is not imported: %(reason)s.", reason=reason)
            self.report.refuse(line.number, said, sheet="survey", text=line.get("calculation"))
        else:
            self._keep(section, question, [*conditions, *condition], None)

    def _has_choices(self, name: str, line: Line) -> bool:
        listed = self.lists.named.get(name)
        return bool(listed and (listed.options or line.own("type") in {"country", "countries", "consent"}))

    def _keep(self, section: SectionDraft, question: QuestionDraft, conditions: list[str], line: Line | None) -> None:
        own = self._condition(line) if line else []
        if condition := " and ".join(_bracketed([*conditions, *own])):
            question["condition"] = condition
        section["questions"].append(question)

    def _condition(self, line: Line) -> list[str]:
        return [text] if (text := self.questions.condition(line)) else []

    def _leave(self, node: Node, reason: object, about_all: str) -> None:
        """A group of which nothing is taken."""
        self.report.structural += len(list(node.boundaries))
        for line in node.rows:
            self.report.refuse(line.number, str(reason), sheet="survey", text=line.get("type"))
        self.report.warn(about_all, node.line.number, sheet="survey")

    def _warn_hint(self, line: Line) -> None:
        self.report.warn(_("The hint of a group is not imported."), line.number, sheet="survey", column="hint")


def _never(line: Line) -> bool:
    return line.get("relevant").strip().lower() in NO - {""}


def _bracketed(conditions: Sequence[str]) -> list[str]:
    """Conditions that must all hold, each written so that they may stand side by side."""
    several = len(conditions) > 1
    return [f"({text})" if several and " or " in text else text for text in conditions]
