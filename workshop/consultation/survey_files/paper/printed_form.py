"""A questionnaire to be filled in by pen: what stands on the sheets, in one language, before it becomes PDF or Word."""

import re
from collections.abc import Callable
from datetime import datetime

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import gettext as _

from workshop.consultation.questionnaires.rules import publications
from workshop.consultation.questions.choices.long_lists import is_long
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.logic.condition_words import ConditionWords
from workshop.consultation.questions.logic.filled_texts import filled_text
from workshop.consultation.questions.question import Kind, Option, Question
from workshop.platform.db import Words as Texts

from ..edition import Edition
from .printed_limits import limits, unit
from .printed_parts import Choice, Paper, Part, PrintedQuestion, PrintedText, own_language
from .routing import Jump, jumps

PLAIN_CODE = re.compile(r"[A-Z]{1,3}[0-9]{1,3}[a-z]?")
ROWS = 5  # entries for which there is room, where nothing says how many
MOST_LABELS = 7  # choices that are written out above a column
LINE = 70  # characters that fit on a written line


def paper(of: Edition, language: str, *, at: datetime) -> Paper:
    """Everything on the sheets. To be called, and drawn, within `speaking(language)`."""
    definition = of.definition
    write = _Writer(definition, language, at)
    parts = [
        Part(
            section.code,
            write.text(section.title),
            write.text(section.note),
            [write.asked(q) for q in section.questions if q.type is not Kind.CALCULATION],
        )
        for section in definition.sections
    ]
    return Paper(
        language,
        own_language(language),
        write.text(of.title),
        write.text(of.introduction),
        _told(of, write),
        [str(each.label) for each in publications(of.questionnaire)],
        parts,
        _("version %(number)s", number=of.number) if of.number else _("draft"),
        of.questionnaire.closes_at,
        of.questionnaire.workshop.zone,
    )


def _told(of: Edition, write: "_Writer") -> list[tuple[str, PrintedText]]:
    """What must be known before the first question, as on the screen: who asks, why, who reads it, how long it is kept."""
    asked = of.questionnaire
    lines = (
        (_("Asked by"), asked.asked_by),
        (_("Purpose"), asked.purpose),
        (_("Access to the answers"), asked.readers),
    )
    told = [(label, write.text(words)) for label, words in lines if words]
    if asked.kept_until:
        day = format_date(asked.kept_until, "long", locale=get_locale())
        until = _("Until %(day)s; then they are erased. Totals in which no one can be recognised are kept.", day=day)
        told.append((_("How long they are kept"), PrintedText(until, own_language(write.language))))
    return told


def numbers(definition: Definition) -> dict[str, str]:
    """Each question's number on paper: its code where all look like A1, else counted within the sections."""
    questions = [q for q in definition.questions if q.asks]
    if all(PLAIN_CODE.fullmatch(question.code) for question in questions):
        return {question.code: question.code for question in questions}
    return {
        question.code: f"{section.code}{number}"
        for section in definition.sections
        for number, question in enumerate((q for q in section.questions if q.asks), 1)
    }


class _Writer:
    def __init__(self, definition: Definition, language: str, at: datetime) -> None:
        self.definition, self.language, self.at = definition, language, at
        self.numbers = numbers(definition)
        self.words = ConditionWords(definition.everything, (language, *definition.languages), self.numbers)
        self.jumps = jumps(definition)

    def text(self, words: Texts) -> PrintedText:
        text, language = words.in_(self.language, *self.definition.languages)
        return PrintedText(filled_text(text, self._say), language)

    def _say(self, code: str) -> str | None:
        """What a text repeats: the calculation, or where the answer stands."""
        if self.definition.question(code) is None:
            return None
        number = self.numbers.get(code, code)
        return self.words.calculation(code) or _("(your answer to question %(number)s)", number=number)

    def asked(self, question: Question) -> PrintedQuestion:
        asked = PrintedQuestion(
            number=self.numbers.get(question.code, ""),
            kind=question.type,
            text=self.text(question.text),
            hint=self.text(question.hint),
            why=self.text(question.why),
            guidance=self.text(question.guidance),
            required=question.required,
            limits=" ".join(
                filter(
                    None, (limits(question, self.at), self.text(question.limit_message).text, self._needed(question))
                )
            ),
            go_to=[self._go_to(jump) for jump in self.jumps.get(question.code, [])],
            draw="year" if question.unit == "year" else DRAWN.get(question.type, "choices"),
            unit=unit(question, self.text(question.unit_label).text),
        )
        SHAPES.get(question.type, _listed)(self, question, asked)
        return asked

    def _needed(self, question: Question) -> str:
        if question.required_if is None:
            return ""
        return _("Needs an answer if %(condition)s.", condition=self.words.of(question.required_if))

    def _go_to(self, jump: Jump) -> str:
        condition = self.words.of(jump.when)
        target = jump.to
        while target and not target.asks:  # a note has no number to go to; the question after it has
            following = self.definition.questions[self.definition.questions.index(target) + 1 :]
            target = following[0] if following else None
        if target is None:
            return _("If %(condition)s, go to the end of the questionnaire.", condition=condition)
        return _("If %(condition)s, go to question %(number)s.", condition=condition, number=self.numbers[target.code])

    def choice(self, option: Option) -> Choice:
        return Choice(self.text(option.label), alone=option.exclusive)

    def own(self, text: str) -> PrintedText:
        return PrintedText(text, own_language(self.language))


def _listed(write: _Writer, question: Question, asked: PrintedQuestion) -> None:
    if is_long(question):
        told = _("Write the name (the list has %(count)s entries):", count=len(question.options))
        asked.draw, asked.labels = "lines", [told, *[""] * (0 if question.type is Kind.ONE else 2)]
        return
    asked.choices = [write.choice(option) for option in question.options]
    if question.other:
        asked.choices.append(Choice(write.own(_("Other, namely:")), lines=True))
    if question.reveals:
        asked.labels, asked.lines = [_("Email address for this:")], 1


def _consent(write: _Writer, question: Question, asked: PrintedQuestion) -> None:
    asked.choices = [Choice(write.own(_("Yes"))), Choice(write.own(_("No")))]
    if question.ends_on_no:
        asked.stop = _("If your answer is no, stop here. Nothing you wrote is used.")


def _matrix(write: _Writer, question: Question, asked: PrintedQuestion) -> None:
    asked.choices = [write.choice(option) for option in question.columns]
    asked.rows = [write.text(option.label) for option in question.rows]


def _scale(write: _Writer, question: Question, asked: PrintedQuestion) -> None:
    asked.points, asked.ends = list(question.steps), (write.text(question.low), write.text(question.high))


def _money(write: _Writer, question: Question, asked: PrintedQuestion) -> None:
    asked.labels = [_("Amount:")] + ([] if question.currency else [_("Currency:")])
    asked.unit = question.currency


def _countries(write: _Writer, question: Question, asked: PrintedQuestion) -> None:
    asked.labels = [f"{number}." for number in range(1, question.places + 1)]


def _file(write: _Writer, question: Question, asked: PrintedQuestion) -> None:
    asked.labels = [_("Attach it to this form. Its title:")]


def _text(write: _Writer, question: Question, asked: PrintedQuestion) -> None:
    longest = question.max_length or (500 if question.type is Kind.LONGTEXT else LINE)
    asked.lines = max(4 if question.type is Kind.LONGTEXT else 1, min(14, -(-longest // LINE)))
    if question.type is not Kind.LONGTEXT:
        asked.lines = min(asked.lines, 2)


def _time(write: _Writer, question: Question, asked: PrintedQuestion) -> None:
    asked.labels = ([_("Day, month, year:")] if question.type is Kind.MOMENT else []) + [_("Hour and minute:")]


def _repeat(write: _Writer, question: Question, asked: PrintedQuestion) -> None:
    """A table: each entry a row, what is asked of it the columns."""
    for inner in question.questions:
        if inner.asks:
            text, labels = write.text(inner.text), [write.text(option.label).text for option in inner.options]
            said = f"{text.text} ({' / '.join(labels)})" if labels and len(labels) < MOST_LABELS else text.text
            asked.choices.append(Choice(PrintedText(f"{said} *" if inner.required else said, text.language)))
    count = min(question.most_entries, max(question.least or 0, ROWS))
    asked.rows = [write.own(str(number)) for number in range(1, count + 1)]


def _nothing(write: _Writer, question: Question, asked: PrintedQuestion) -> None:
    """A shape that needs no more."""


DRAWN = {
    Kind.MATRIX: "table",
    Kind.SCALE: "scale",
    Kind.RANK: "rank",
    Kind.INTEGER: "figure",
    Kind.DECIMAL: "figure",
    Kind.MONEY: "lines",
    Kind.DATE: "date",
    Kind.YEAR: "year",
    Kind.COUNTRY: "written",
    Kind.COUNTRIES: "lines",
    Kind.TEXT: "written",
    Kind.LONGTEXT: "written",
    Kind.EMAIL: "written",
    Kind.FILE: "lines",
    Kind.NOTE: "note",
    Kind.TIME: "lines",
    Kind.MOMENT: "lines",
    Kind.REPEAT: "entries",
    Kind.ONE: "one",
    Kind.CONSENT: "one",
}
SHAPES: dict[Kind, Callable[[_Writer, Question, PrintedQuestion], None]] = {
    Kind.CONSENT: _consent,
    Kind.MATRIX: _matrix,
    Kind.SCALE: _scale,
    Kind.MONEY: _money,
    Kind.COUNTRIES: _countries,
    Kind.FILE: _file,
    Kind.TEXT: _text,
    Kind.LONGTEXT: _text,
    Kind.EMAIL: _text,
    Kind.COUNTRY: _text,
    Kind.INTEGER: _nothing,
    Kind.DECIMAL: _nothing,
    Kind.DATE: _nothing,
    Kind.YEAR: _nothing,
    Kind.NOTE: _nothing,
    Kind.TIME: _time,
    Kind.MOMENT: _time,
    Kind.REPEAT: _repeat,
}
