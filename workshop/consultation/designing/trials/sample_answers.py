"""Invented answers that fit a questionnaire: to each question that they lead to, within its limits where that can be done.

No database, no request, no clock.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from workshop.consultation.questions import answer_checks
from workshop.consultation.questions.logic.counted_answers import how_many, offered, settle_into
from workshop.consultation.questions.logic.evaluation import evaluate
from workshop.consultation.questions.question import Kind, Question
from workshop.secretariat.register.countries import countries

TRIES = 12
LEFT_BLANK = 0.1
SPAN = 100  # how far figures and days without limits spread
WORDS = (
    "Sample answer",
    "Another sample answer",
    "A longer sample answer, to see how it reads where people write more",
)


def sample_answers(questions: tuple[Question, ...], dice: Random, *, at: datetime) -> dict[str, object]:
    """One set of answers."""
    return _Respondent(dice, at).fill(questions, {})


class _Respondent:
    def __init__(self, dice: Random, at: datetime) -> None:
        self.dice, self.at = dice, at

    def fill(self, questions: tuple[Question, ...], outside: Mapping[str, object]) -> dict[str, object]:
        counted, answers = dict(outside), dict[str, object]()
        for question in questions:
            is_asked = question.condition is None or evaluate(question.condition, counted)
            if is_asked and question.asks and not self._leaves(question, counted):
                answers |= self._fitting(question, counted)
            settle_into(counted, [question], answers)
        return answers

    def _leaves(self, question: Question, counted: Mapping[str, object]) -> bool:
        return not answer_checks.is_required(question, counted) and self.dice.random() < LEFT_BLANK

    def _fitting(self, question: Question, counted: Mapping[str, object]) -> dict[str, object]:
        """An answer that the question takes; nothing where none was found."""
        for _try in range(TRIES):
            made = MAKERS[question.type](self, question, counted)
            if made in (None, "", [], {}):
                continue
            answers = {question.code: made}
            if not answer_checks.fault(question, answers, counted, at=self.at, on_paper=False):
                return answers
        return {}

    def one(self, question: Question, counted: Mapping[str, object]) -> object:
        listed = offered(question, counted)
        return self.dice.choice(listed).code if listed else None

    def several(self, question: Question, counted: Mapping[str, object]) -> object:
        listed = offered(question, counted)
        alone = [option.code for option in listed if option.exclusive]
        codes = [option.code for option in listed if not option.exclusive]
        if not codes or (alone and self.dice.random() < LEFT_BLANK):
            return alone[:1]
        most = min(question.max_choices or len(codes), len(codes))
        chosen = set(self.dice.sample(codes, self.dice.randint(min(question.min_choices or 1, most), most)))
        return [code for code in codes if code in chosen]

    def ranking(self, question: Question, counted: Mapping[str, object]) -> object:
        codes = [option.code for option in offered(question, counted)]
        return self.dice.sample(codes, min(question.places, len(codes)))

    def table(self, question: Question, _counted: Mapping[str, object]) -> object:
        return {row.code: self.dice.choice(question.columns).code for row in question.rows}

    def point(self, question: Question, _counted: Mapping[str, object]) -> object:
        return self.dice.choice(question.steps)

    def _number(self, question: Question, step: Decimal) -> Decimal:
        highest = question.highest(self.at)
        low = (
            question.minimum
            if question.minimum is not None
            else (highest - SPAN if highest is not None else Decimal(0))
        )
        high = highest if highest is not None else low + SPAN
        return (low + step * self.dice.randint(0, max(0, int((high - low) / step)))).quantize(step)

    def whole(self, question: Question, _counted: Mapping[str, object]) -> object:
        return int(self._number(question, Decimal(1)))

    def fraction(self, question: Question, _counted: Mapping[str, object]) -> object:
        return format(self._number(question, Decimal(1).scaleb(-min(question.decimals, 2))), "f")

    def amount(self, question: Question, _counted: Mapping[str, object]) -> object:
        return {"amount": format(self._number(question, Decimal(1)), "f"), "currency": question.currency or "EUR"}

    def _day(self, question: Question) -> date:
        first, last = question.days(self.at)
        last = last or (first + timedelta(days=SPAN) if first else self.at.date())
        first = first or last - timedelta(days=SPAN)
        return first + timedelta(days=self.dice.randint(0, max(0, (last - first).days)))

    def day(self, question: Question, _counted: Mapping[str, object]) -> object:
        return self._day(question).isoformat()

    def hour(self, _question: Question, _counted: Mapping[str, object]) -> object:
        return f"{self.dice.randint(8, 18):02}:{self.dice.choice((0, 15, 30, 45)):02}"

    def moment(self, question: Question, counted: Mapping[str, object]) -> object:
        return f"{self._day(question).isoformat()}T{self.hour(question, counted)}"

    def country(self, _question: Question, _counted: Mapping[str, object]) -> object:
        return self.dice.choice(sorted(countries()))

    def some_countries(self, question: Question, _counted: Mapping[str, object]) -> object:
        return self.dice.sample(sorted(countries()), max(question.min_choices or 1, min(2, question.places)))

    def words(self, question: Question, _counted: Mapping[str, object]) -> object:
        return self.dice.choice(WORDS)[: question.max_length or None]

    def address(self, _question: Question, _counted: Mapping[str, object]) -> object:
        return f"sample-{self.dice.randint(1, 999)}@example.org"

    def agreement(self, _question: Question, _counted: Mapping[str, object]) -> object:
        return True

    def entries(self, question: Question, counted: Mapping[str, object]) -> object:
        number = how_many(question, counted)
        least, most = question.least or 1, min(question.most_entries, (question.least or 1) + 2)
        wanted = number if number is not None else self.dice.randint(least, most)
        return [self.fill(question.questions, counted) for _entry in range(wanted)]

    def nothing(self, _question: Question, _counted: Mapping[str, object]) -> object:
        return None


Maker = Callable[[_Respondent, Question, Mapping[str, object]], object]
MAKERS: dict[Kind, Maker] = {
    Kind.ONE: _Respondent.one,
    Kind.MANY: _Respondent.several,
    Kind.CONSENTS: _Respondent.several,
    Kind.RANK: _Respondent.ranking,
    Kind.MATRIX: _Respondent.table,
    Kind.SCALE: _Respondent.point,
    Kind.INTEGER: _Respondent.whole,
    Kind.YEAR: _Respondent.whole,
    Kind.DECIMAL: _Respondent.fraction,
    Kind.MONEY: _Respondent.amount,
    Kind.DATE: _Respondent.day,
    Kind.TIME: _Respondent.hour,
    Kind.MOMENT: _Respondent.moment,
    Kind.COUNTRY: _Respondent.country,
    Kind.COUNTRIES: _Respondent.some_countries,
    Kind.TEXT: _Respondent.words,
    Kind.LONGTEXT: _Respondent.words,
    Kind.EMAIL: _Respondent.address,
    Kind.CONSENT: _Respondent.agreement,
    Kind.REPEAT: _Respondent.entries,
    Kind.FILE: _Respondent.nothing,
    Kind.NOTE: _Respondent.nothing,
    Kind.CALCULATION: _Respondent.nothing,
}
