"""A LimeSurvey survey as a document of ours. Its rows are its groups and questions, counted in the order they are asked."""

import re
from collections.abc import Callable, Mapping

from flask_babel import gettext as _

from workshop.consultation.questions.logic.expressions import to_text
from workshop.consultation.questions.question import Kind
from workshop.consultation.questions.questionnaire_document import Document, QuestionDraft, SectionDraft
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.opened_files import LimeSurvey

from ..questionnaire_report import QuestionnaireReport
from ..survey_codes import code_of, section_code, slug_of
from ..xlsform.choice_lists import Lists
from ..xlsform.form_reader import Read
from ..xlsform.form_types import NEVER
from ..xlsform.relevance_conditions import in_our_terms
from ..xlsform.xpath_expressions import Inexpressible
from .definition_maker import Maker
from .lsq_questions import TYPES, UNKNOWN
from .lsq_texts import Texts
from .relevance import conditions, equation

Row = Mapping[str, str]
UNTAKEN_TEXTS = ("surveyls_description", "surveyls_endtext", "surveyls_policy_notice")
UNTAKEN: dict[str, Callable[[], str]] = {
    "quota": lambda: _("Quotas are not imported."),
    "assessments": lambda: _("Assessments are not imported."),
}


def read(found: LimeSurvey) -> Read:
    """The questionnaire in a .lss, .lsa or .tsv file. Raises RuleBroken."""
    tables = found["tables"]
    for answer in tables.get("answers", ()):
        answer["answer_key"] = answer.get("aid") or f"{answer.get('qid')}/{answer.get('scale_id')}/{answer.get('code')}"
    report = QuestionnaireReport("limesurvey")
    survey = (tables.get("surveys") or [{}])[0]
    named = [*found["languages"], survey.get("language", ""), *survey.get("additional_languages", "").split()]
    languages = list(dict.fromkeys(code for each in named if each and (code := code_of(each)))) or ["en"]
    texts = Texts(tables, languages)
    maker = Maker(tables, texts, languages, Lists([], languages, report), report)
    sections = Sections(tables, texts, maker).all()
    if not sections:
        raise RuleBroken(_("No question of this survey can be imported."), "file")
    _tell_the_rest(tables, texts, report)
    for name in found["left"]:
        report.warn(_("This part of the archive is not imported: only the survey itself is."), sheet=name)
    report.languages, report.questions = languages, sum(len(section["questions"]) for section in sections)
    document: Document = {"languages": languages, "lists": maker.lists.ours, "sections": sections}
    sid = survey.get("sid", "")
    title = texts.of("survey", sid, "surveyls_title")
    return Read(
        document, report, slug_of(title.in_(languages[0])[0]), title, texts.of("survey", sid, "surveyls_welcometext")
    )


def _tell_the_rest(tables: Mapping[str, list[dict[str, str]]], texts: Texts, report: QuestionnaireReport) -> None:
    """What of the survey as a whole is not taken."""
    for table, sentence in UNTAKEN.items():
        if tables.get(table):
            report.warn(sentence(), sheet=table)
    for column in UNTAKEN_TEXTS:
        if any(row.get(column) for row in tables.get("surveys_languagesettings", ())):
            report.warn(_("This text of the survey is not imported."), sheet="surveys_languagesettings", column=column)
    for language in sorted(texts.foreign):
        reason = _("Its texts in “%(language)s” are not imported: that is none of its languages.", language=language)
        report.warn(reason, sheet="surveys")


class Sections:
    """Goes through groups and questions in their order."""

    def __init__(self, tables: Mapping[str, list[dict[str, str]]], texts: Texts, maker: Maker) -> None:
        self.tables, self.texts, self.maker, self.report = tables, texts, maker, maker.report
        self.groups = _once(tables["groups"], "gid", "group_order")
        self.never = {group.get("gid") for group in self.groups if group.get("grelevance", "").strip() == "0"}
        asked = [row for row in tables["questions"] if row.get("parent_qid", "0") == "0"]
        self.questions = _once(asked, "qid", "question_order")
        self.titles = {row["qid"]: row.get("title", "") for row in self.questions if "qid" in row}

    def all(self) -> list[SectionDraft]:
        found: list[SectionDraft] = []
        for group in self.groups:
            self.report.rows += 1
            self.report.structural += 1
            section = self._section(group, self.report.rows, section_code(len(found) + 1))
            for question in self.questions:
                if question.get("gid") == group.get("gid"):
                    self.report.rows += 1
                    section["questions"] += self._row(question, self.report.rows)
            if section["questions"]:
                found.append(section)
        groups = {group.get("gid") for group in self.groups}
        for question in self.questions:
            if question.get("gid") not in groups:
                self.report.rows += 1
                reason = _("Its group is not in the file.")
                self.report.refuse(self.report.rows, reason, text=question.get("title", ""))
        return found

    def _section(self, group: Row, row: int, code: str) -> SectionDraft:
        number = group.get("gid", "")
        title = self.texts.of("group", number, "group_name") or Words({self.maker.languages[0]: code})
        section: SectionDraft = {"code": code, "title": dict(title), "questions": []}
        if note := self.texts.of("group", number, "description"):
            section["note"] = dict(note)
        relevance = "" if number in self.never else group.get("grelevance", "")
        if condition := self._condition(relevance, "", row, code):
            section["condition"] = condition
        return section

    def _row(self, question: Row, row: int) -> list[QuestionDraft]:
        kind = TYPES.get(question.get("type", ""))
        name = question.get("title", "")
        if kind is None or kind.kind is None:
            self.report.refuse(row, str(kind.reason if kind else UNKNOWN), text=f"{name} ({question.get('type', '')})")
            return []
        if self.maker.attribute(question, "hidden") == "1" and kind.kind is not Kind.CALCULATION:
            self.report.refuse(row, _("It is hidden from respondents."), text=name)
            return []
        if question.get("relevance", "").strip() == "0" or question.get("gid") in self.never:
            self.report.refuse(row, str(NEVER), text=name)
            return []
        condition = self._condition(question.get("relevance", ""), question.get("qid", ""), row, name)
        try:
            made = self.maker.make(question, kind, row)
        except Inexpressible as reason:
            self.report.refuse(row, _("It is not calculated here: %(reason)s.", reason=reason), text=name)
            return []
        if not made:
            self.report.refuse(row, _("It has no choices."), text=name)
        return [each | ({"condition": condition} if condition else {}) for each in made]

    def _condition(self, relevance: str, qid: str, row: int, name: str) -> str:
        """The condition in our terms; nothing, with a warning, where it cannot be said."""
        text = relevance.strip()
        older = [each for each in self.tables.get("conditions", ()) if qid and each.get("qid") == qid]
        try:
            if text in {"", "1"} and older:
                text = conditions(older, self.titles)
            if text in {"", "1"}:
                return ""
            return to_text(in_our_terms(equation(text, self.maker.boxes, self.maker.known), self.maker.known))
        except Inexpressible as reason:
            said = _("This condition is not imported, so the question is always asked: %(reason)s.", reason=reason)
            self.report.warn(said, row, column=name, text=text)
            return ""


def _once(rows: list[dict[str, str]], key: str, order: str) -> list[dict[str, str]]:
    """Each row once (older files have one for each language), in its order."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        found.setdefault(row.get(key, ""), row)
    return sorted(found.values(), key=lambda row: int(re.sub(r"\D", "", row.get(order, "0")) or 0))
