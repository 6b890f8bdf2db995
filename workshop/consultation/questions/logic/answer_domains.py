"""The answers worth trying for a question: few, and yet whatever a condition can tell apart is among them.

They may be more than the question really takes (a text that is too long, a date that is "today"), never fewer: so what
no combination of them fulfils, nobody's answers fulfil.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import combinations, permutations

from workshop.secretariat.register.countries import countries

from ..question import TODAY, Kind, Question
from .expressions import NUMBER, Compare, Number, Ref, Selected, Text, is_date

Atom = Compare | Selected
NUMERIC = {Kind.INTEGER, Kind.YEAR, Kind.DECIMAL, Kind.MONEY, Kind.SCALE}
SEVERAL = {Kind.MANY, Kind.CONSENTS, Kind.COUNTRIES, Kind.RANK}
WORDS = {Kind.TEXT, Kind.LONGTEXT, Kind.EMAIL}
FRESH = ("~", "~~", "~~~")  # texts that no condition names
STEPS = (1, 2, 3)
MOST = 4000


class TooMany(Exception):
    """There are more answers to try than can be tried."""


@dataclass(frozen=True)
class Mentioned:
    """The texts and numbers that conditions compare answers with."""

    texts: frozenset[str]
    numbers: frozenset[Decimal]

    @classmethod
    def by(cls, atoms: Sequence[Atom], questions: Sequence[Question]) -> "Mentioned":
        texts, numbers = set(), set()
        for atom in atoms:
            sides = [Text(atom.code)] if isinstance(atom, Selected) else [atom.left, atom.right]
            texts |= {side.value for side in sides if isinstance(side, Text)}
            numbers |= {Decimal(str(side.value)) for side in sides if isinstance(side, Number)}
        numbers |= {Decimal(text) for text in texts if NUMBER.fullmatch(text)}
        for question in questions:
            if question.type in NUMERIC:
                bounds = (question.minimum, question.maximum)
                numbers |= {bound for bound in bounds if isinstance(bound, Decimal)}
            texts |= {day for day in (question.earliest, question.latest) if day and day != TODAY}
        return cls(frozenset(texts), frozenset(numbers))


def values(question: Question, said: Mentioned, atoms: Sequence[Atom]) -> Sequence[object]:
    """Answers to a question. Raises TooMany."""
    match question.type:
        case Kind.ONE:
            return [option.code for option in question.options] + (["other"] if question.other else [])
        case Kind.SCALE:
            return list(question.steps)
        case Kind.CONSENT:
            return [True] if question.ends_on_no else [True, False]
        case Kind.COUNTRY:
            named = said.texts & countries().keys()
            return sorted(named) + sorted(countries().keys() - named)[:3]
        case Kind.RANK if any(isinstance(atom, Compare) and not _counts(atom) for atom in atoms):
            return _limited(_rankings(question))
        case Kind.MANY | Kind.CONSENTS | Kind.COUNTRIES | Kind.RANK:
            return _limited(_choices(question, said))
        case Kind.INTEGER | Kind.YEAR:
            return [int(figure) for figure in _figures(question, said, Decimal(1))]
        case Kind.DECIMAL:
            return [format(figure, "f") for figure in _figures(question, said, Decimal(1).scaleb(-question.decimals))]
        case Kind.MONEY:
            step = Decimal(1).scaleb(-question.decimals)
            return [{"amount": format(figure, "f"), "currency": "EUR"} for figure in _figures(question, said, step)]
        case Kind.DATE:
            return [day.isoformat() for day in _days(question, said)]
    return _texts(said)


def _counts(atom: Compare) -> bool:
    """Whether it looks at how many are selected, not at which."""
    return not any(isinstance(side, Ref) for side in (atom.left, atom.right))


def _limited(found: Iterator[list[str]]) -> list[list[str]]:
    listed = []
    for each in found:
        listed.append(each)
        if len(listed) > MOST:
            raise TooMany
    return listed


def _rankings(question: Question) -> Iterator[list[str]]:
    codes = [option.code for option in question.options]
    for length in range(1, question.places + 1):
        yield from map(list, permutations(codes, length))


def _choices(question: Question, said: Mentioned) -> Iterator[list[str]]:
    """Every choice of those that a condition names, with every number of the others."""
    if question.type is Kind.COUNTRIES:
        codes, alone = sorted(countries()), []
    else:
        codes = [o.code for o in question.options if not (o.exclusive and question.type is not Kind.RANK)]
        codes += ["other"] if question.other else []
        alone = [o.code for o in question.options if o.code not in codes]
    words = {word for text in said.texts for word in (text, *text.split())}
    named, rest = [c for c in codes if c in words], [c for c in codes if c not in words]
    in_places = {Kind.COUNTRIES, Kind.RANK}
    least, most = question.min_choices or 1, question.places if question.type in in_places else question.max_choices
    most = min(most or len(codes), len(codes))
    for size in range(len(named) + 1):
        for chosen in combinations(named, size):
            for others in range(max(0, least - size), max(0, most - size) + 1 if size <= most else 0):
                if others <= len(rest) and size + others:
                    yield [code for code in codes if code in chosen or code in rest[:others]]
    yield from ([code] for code in alone)


def _figures(question: Question, said: Mentioned, step: Decimal) -> list[Decimal]:
    """Each number that is named, and some beside it; within the limits."""
    centres = said.numbers or {Decimal(0)}
    found: set[Decimal] = set()
    steps = [Decimal(0), *(n * step for n in STEPS), *(Decimal(n) for n in STEPS)]
    for centre in centres:
        for edge in (centre.quantize(step, ROUND_FLOOR), centre.quantize(step, ROUND_CEILING)):
            found |= {edge + sign * each for each in steps for sign in (-1, 1)}
    lowest, highest = question.minimum, question.maximum
    return sorted(
        figure
        for figure in found
        if (lowest is None or figure >= lowest) and (not isinstance(highest, Decimal) or figure <= highest)
    )


def _days(question: Question, said: Mentioned) -> list[date]:
    named = {date.fromisoformat(text) for text in said.texts if is_date(text)} or {date(2000, 1, 1)}
    found = {day + timedelta(days=sign * each) for day in named for each in (0, *STEPS) for sign in (-1, 1)}
    first, last = (
        date.fromisoformat(day) if day and day != TODAY else None for day in (question.earliest, question.latest)
    )
    return sorted(day for day in found if (not first or day >= first) and (not last or day <= last))


def _texts(said: Mentioned) -> list[str]:
    figures = {format(number + each, "f") for number in said.numbers for each in (-1, 0, 1)}
    days = {
        (date.fromisoformat(text) + timedelta(days=each)).isoformat()
        for text in said.texts
        if is_date(text)
        for each in (-1, 0, 1)
    }
    return [*FRESH, *sorted((said.texts | figures | days) - {""})]


def comparable(one: Question, other: Question) -> bool:
    """Whether the answers tried for two questions are enough where a condition compares the two with each other."""
    groups = (NUMERIC, {Kind.DATE}, {Kind.ONE}, WORDS, {Kind.COUNTRY})
    return any(one.type in group and other.type in group for group in groups)
