"""What a questionnaire says about itself in the reader's language: limits, conditions, answers in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from babel.numbers import format_decimal
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l

from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.foreign.limits import EXTENSIONS, KIND, MEGABYTE
from workshop.platform.i18n import LOCALES, day, language, reading
from workshop.platform.rendering import comma
from workshop.secretariat.register.countries import name_of

from .definition import Definition
from .figures.typed_figures import decimal_mark
from .logic.expressions import NUMBER, Compare, Expression, Not, Number, Ref, Selected, Text, conjuncts, names
from .question import Kind, Option, Question, Section

_: Callable[..., str] = gettext  # the library ships no types
OWN_WORDS = 200  # characters beside "Other"
PLACES = (_l("First"), _l("Second"), _l("Third"), _l("Fourth"), _l("Fifth"))
UNITS = {"persons": _l("persons"), "percent": _l("percent"), "percent_of_amount": _l("percent of the amount")}
FIGURES = {Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.YEAR}


@dataclass(frozen=True)
class Line:
    """One line of an answer: a label (the row of a matrix, a place), and either words of ours or the person's own."""

    text: Words | str
    label: Words | str = ""


def plain(words: Words | Option) -> str:
    """The text in the reader's language, without saying which."""
    return (words.label if isinstance(words, Option) else words).in_(reading(), language(), "en")[0]


def choices_in_words(question: Question, codes: list[str]) -> str:
    return comma().join(plain(option) if (option := question.option(code)) else _("Other") for code in codes)


def place(number: int) -> str:
    return str(PLACES[number - 1]) if number <= len(PLACES) else _("Place %(number)s", number=number)


def unit(question: Question) -> str:
    """What a figure counts, to be written after it; a year counts nothing."""
    return plain(question.unit_label) or str(UNITS.get(question.unit, ""))


def figure(question: Question, value: object) -> str:
    """A figure as written in the reader's language, with every digit; money with its cents, if there are any."""
    if question.unit == "year":
        return str(value)
    exact, locale = Decimal(str(value)), get_locale() or LOCALES["en"]
    if question.type is Kind.MONEY and -2 <= int(exact.as_tuple().exponent) < 0:
        return str(format_decimal(exact, format="#,##0.00", locale=locale))
    return str(format_decimal(exact, locale=locale, decimal_quantization=False))


def entry_name(question: Question, number: int) -> str:
    """What one entry of a repeat is called."""
    item = plain(question.item)
    return _("%(item)s %(number)s", item=item, number=number) if item else _("Entry %(number)s", number=number)


def in_entry(question: Question, number: int, inner: Question, problem: str) -> str:
    """A problem with one question of one entry of a repeat."""
    return _(
        "%(entry)s, “%(question)s”: %(problem)s",
        entry=entry_name(question, number),
        question=plain(inner.text),
        problem=problem,
    )


def missing(question: Question) -> str:
    """What to do about a question that needs an answer."""
    if question.type is Kind.REPEAT:
        return _("Please fill in at least one entry.")
    if question.type is Kind.FILE:
        return _("Please choose a file.")
    if question.type in {Kind.TEXT, Kind.LONGTEXT, Kind.EMAIL, Kind.DATE, Kind.TIME, Kind.MOMENT} | FIGURES:
        return _("Please write an answer.")
    if question.type is Kind.CONSENT:
        return _("Please choose yes or no.")
    return _("Please choose an answer.")


def out_of_limits(question: Question, typed: str, at: datetime) -> str:
    """The refusal of a figure beyond its limits, repeating what was typed."""
    lowest, highest = question.minimum, question.highest(at)
    if own := plain(question.limit_message):
        return _("%(message)s You wrote %(typed)s.", message=own, typed=typed)
    said = {
        "typed": typed,
        **{k: figure(question, v) for k, v in (("low", lowest), ("high", highest)) if v is not None},
    }
    if lowest is None:
        return _("The figure must not be above %(high)s. You wrote %(typed)s.", **said)
    if highest is None:
        return _("The figure must not be below %(low)s. You wrote %(typed)s.", **said)
    if question.unit == "year":
        return _("The year must be between %(low)s and %(high)s. You wrote %(typed)s.", **said)
    return _("The figure must be between %(low)s and %(high)s. You wrote %(typed)s.", **said)


def out_of_days(question: Question, typed: date, at: datetime) -> str:
    """The refusal of a date before or after what is asked for."""
    earliest, latest = question.days(at)
    if own := plain(question.limit_message):
        return _("%(message)s You wrote %(typed)s.", message=own, typed=day(typed, "long"))
    said = {
        "low": earliest and day(earliest, "long"),
        "high": latest and day(latest, "long"),
        "typed": day(typed, "long"),
    }
    if earliest is None:
        return _("The date must not be after %(high)s. You wrote %(typed)s.", **said)
    if latest is None:
        return _("The date must not be before %(low)s. You wrote %(typed)s.", **said)
    return _("The date must be between %(low)s and %(high)s. You wrote %(typed)s.", **said)


def not_a_choice(typed: str) -> RuleBroken:
    """The refusal of something that cannot be chosen."""
    return RuleBroken(_("“%(typed)s” is not one of the choices. Please choose again.", typed=typed[:80]))


def beyond_limit(question: Question) -> str:
    """The refusal of an answer that the question's own limit excludes."""
    return plain(question.limit_message) or _("This answer does not match the others, or does not suit this question.")


def limits(question: Question, at: datetime) -> str:
    """What the type of a question allows, said before one answers."""
    match question.type:
        case Kind.MANY | Kind.CONSENTS:
            return _how_many(question)
        case Kind.COUNTRIES if question.min_choices:
            return _how_many(question)
        case Kind.DATE:
            return _days(question, at)
        case Kind.FILE:
            return _files(question)
        case Kind.RANK:
            return _("Give the first place to the most important one.")
        case Kind.LONGTEXT if question.max_length:
            return _("At most %(max)s characters.", max=question.max_length)
        case Kind.INTEGER | Kind.DECIMAL if (
            question.minimum is not None and (highest := question.highest(at)) is not None
        ):
            if question.unit == "year":
                return ""  # the refusal says it, should it ever be needed
            low, high = figure(question, question.minimum), figure(question, highest)
            return _("From %(low)s to %(high)s.", low=low, high=high)
    return ""


def _how_many(question: Question) -> str:
    least, most = question.min_choices, question.max_choices
    if least and most:
        return _("Choose %(min)s to %(max)s.", min=least, max=most)
    if least:
        return _("Choose at least %(min)s.", min=least)
    return _("Choose at most %(max)s.", max=most) if most else _("Choose all that apply.")


def _days(question: Question, at: datetime) -> str:
    earliest, latest = question.days(at)
    said = {"low": earliest and day(earliest, "long"), "high": latest and day(latest, "long")}
    if earliest and latest:
        return _("From %(low)s to %(high)s.", **said)
    if latest:
        return _("Not after %(high)s.", **said)
    return _("Not before %(low)s.", **said) if earliest else ""


def _files(question: Question) -> str:
    kinds = comma().join(kind.upper() for kind in question.kinds or EXTENSIONS.values())
    return _("Accepted are %(kinds)s, up to %(size)s MB.", kinds=kinds, size=question.max_size or KIND.sent // MEGABYTE)


def only_if(question: Question, section: Section, definition: Definition) -> str:
    """When this question is asked, as far as that depends on questions of the same page."""
    if question.condition is None:
        return ""
    here = {each.code for other in section.questions for each in (other, *other.questions)}
    parts = [part for part in conjuncts(question.condition) if names(part) & here]
    return " ".join(_condition(part, definition) for part in parts)


def _condition(tree: Expression, definition: Definition) -> str:
    match tree:
        case Not(Selected(name, code)) | Compare("!=", Ref(name), Text(code)):
            return _(
                "Leave this blank if you answered “%(answer)s” to “%(question)s”.", **_named(definition, name, code)
            )
        case Selected(name, code) | Compare("=", Ref(name), Text(code)):
            return _("Only if you answered “%(answer)s” to “%(question)s”.", **_named(definition, name, code))
        case Compare(">", Ref(name), Number(value)):
            asked = _named(definition, name)
            return _("Only if “%(question)s” is more than %(number)s.", number=f"{value:g}", **asked)
    asked_about = comma().join(
        _("“%(text)s”", text=plain(q.text)) for q in definition.questions if q.code in names(tree)
    )
    return _("Asked only for some answers to %(questions)s.", questions=asked_about)


def _named(definition: Definition, name: str, code: str = "") -> dict[str, str]:
    question = definition.question(name)
    if question is None:
        return {"question": name, "answer": code}
    if question.type is Kind.CONSENT:
        return {"question": plain(question.text), "answer": _("Yes") if code == "yes" else _("No")}
    option = question.option(code)
    return {"question": plain(question.text), "answer": plain(option) if option else code}


def lines(question: Question, answers: Mapping[str, object]) -> list[Line]:
    """The answer to a question, line by line; none when there is no answer."""
    answer = answers.get(question.code)
    if answer is None:
        return []
    beside = (
        [Line(str(answers[question.beside]), _("Other") if question.other else "")]
        if question.beside in answers
        else []
    )
    match question.type, answer:
        case Kind.ONE, str(code):
            return beside or [Line(_label(question.options, code))]
        case Kind.MANY | Kind.CONSENTS, list(codes):
            own = "other" if beside else ""
            return [*(Line(_label(question.options, code)) for code in codes if code != own), *beside]
        case Kind.RANK, list(codes):
            return [Line(_label(question.options, code), place(number)) for number, code in enumerate(codes, 1)]
        case Kind.MATRIX, dict(chosen):
            return [
                Line(_label(question.columns, column), _label(question.rows, row)) for row, column in chosen.items()
            ]
        case Kind.COUNTRY, str(code):
            return [Line(name_of(code, language()))]
        case Kind.COUNTRIES, list(codes):
            return [Line(name_of(code, language())) for code in codes]
        case Kind.CONSENT, _:
            return [Line(_("Yes") if answer else _("No"))]
        case Kind.MONEY, {"amount": amount, "currency": currency}:
            return [Line(f"{figure(question, amount)} {currency}")]
        case Kind.DATE, str(written):
            return [Line(day(date.fromisoformat(written), "long"))]
        case Kind.MOMENT, str(written):
            written_on, _t, time = written.partition("T")
            return [Line(f"{day(date.fromisoformat(written_on), 'long')}, {time}")]
        case Kind.CALCULATION, _:
            return [Line(calculated(str(answer)))]
        case Kind.REPEAT, list(entries):
            return [
                Line(line.text, f"{entry_name(question, number)} · {plain(inner.text)}")
                for number, entry in enumerate(entries, 1)
                for inner in question.questions
                for line in lines(inner, entry)
            ]
        case Kind.FILE, {"name": name, "size": int(size)}:
            return [Line(_("%(name)s (%(size)s kB)", name=name, size=max(1, size // 1024)))]
        case Kind.INTEGER | Kind.DECIMAL | Kind.YEAR, _:
            return [Line(f"{figure(question, answer)} {unit(question)}".strip())]
    return [Line(str(answer))]


def calculated(value: str) -> str:
    """What was worked out, a figure with the decimal mark of the reader's language."""
    return value.replace(".", decimal_mark(reading()) or ".") if NUMBER.fullmatch(value) else value


def typed_words(question: Question, entry: Mapping[str, list[str]]) -> list[str]:
    """What stands in the controls of a question, in words: the texts typed, and the names of what was chosen."""
    named = {option.code: plain(option) for option in (*question.options, *question.columns)}
    return [named.get(text, text) for part, texts in entry.items() if part != "as" for text in texts]


def _label(options: tuple[Option, ...], code: str) -> Words | str:
    """The words of an option; "other" has none of its own, and a code no longer there stands for itself."""
    if code == "other":
        return _("Other")
    return next((option.label for option in options if option.code == code), code)
