"""Who answered and how, in bands wide enough to lead to nobody, as columns beside those of the questions.

Cross-tables need them in the rows of a snapshot; figures are banded at freezing, so that no figure stands in a row.
"""

import itertools
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from workshop.consultation.questionnaires.models import Questionnaire
from workshop.consultation.questionnaires.states import Channel, Respondents
from workshop.platform.db import Words
from workshop.platform.i18n import language_name
from workshop.secretariat.register.countries import RegionalGroup
from workshop.secretariat.register.countries import countries as all_countries
from workshop.secretariat.register.models import Category

TRAIT, BAND = "@", "~"  # what the names of such columns begin with; no question's code can
NO_ANSWER, FIRST = 1, 2
ANOTHER_CURRENCY = "another currency"  # what an amount in one is called among the bands of those in the other
STATES = {Category.STATE_MEMBER, Category.STATE_OBSERVER}
LABELS = {
    "@language": _l("Language of the answers"),
    "@channel": _l("How the answers came"),
    "@late": _l("In time or late"),
    "@version": _l("Version of the questionnaire"),
    "@category": _l("Kind of recipient"),
    "@region": _l("Regional group of the recipient"),
}
LATENESS = {"in_time": _l("In time"), "late": _l("Late")}


def _region(row: object) -> str:
    country = all_countries().get(getattr(row, "country", "") or "")
    return country.group.value if country and country.group else ""


READ: dict[str, Callable[[object], str]] = {
    "@language": lambda row: getattr(row, "language", "") or "",
    "@channel": lambda row: getattr(row, "channel", Channel.ONLINE).value,
    "@late": lambda row: "late" if getattr(row, "is_late", False) else "in_time",
    "@version": lambda row: str(getattr(row, "version", "") or ""),
    "@category": lambda row: category.value if (category := getattr(row, "category", None)) else "",
    "@region": _region,
}


class Traits:
    """The columns of who answered, while the responses go by; and what is counted by the way."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.by = questionnaire.individuals_by
        self.apart = questionnaire.states_beside and questionnaire.respondents is not Respondents.STATES
        self.individuals = self.beside = 0
        self.codes: dict[str, bytearray] = {name: bytearray() for name in READ}
        self.options: dict[str, dict[str, int]] = {name: {} for name in READ}

    def note(self, response: object) -> bool:
        """Note one response; False where it is a State's that is counted beside the others."""
        if self.apart and getattr(response, "category", None) in STATES:
            self.beside += 1
            return False
        answers: Mapping[str, object] = response.answers  # type: ignore[attr-defined]
        if self.by and answers.get(self.by.get("question", "")) == self.by.get("option"):
            self.individuals += 1
        for name, read in READ.items():
            value, known = read(response), self.options[name]
            if value and value not in known and len(known) < 250:
                known[value] = FIRST + len(known)
            self.codes[name].append(known.get(value, NO_ANSWER))
        return True

    def columns(self) -> Iterator[tuple[str, list[str], bytearray]]:
        """Those that tell respondents apart, the options in an order that does not tell who came first."""
        for name, known in self.options.items():
            options = sorted(known)
            if len(options) + (NO_ANSWER in self.codes[name]) < 2:
                continue
            table = bytes.maketrans(bytes(known.values()), bytes(FIRST + options.index(option) for option in known))
            yield name, options, self.codes[name].translate(table)


def banded(codes: bytearray, figures: Mapping[int, Decimal], edges: Sequence[Decimal]) -> tuple[list[str], bytearray]:
    """The bands of a figure, "20–<40", and for each row its code. Who answered in another currency is a band at the end."""
    options = [
        f"<{edges[0]:f}",
        *(f"{low:f}–<{high:f}" for low, high in itertools.pairwise(edges)),
        f"≥{edges[-1]:f}",
    ]
    others = FIRST + len(options)
    bands = bytearray(codes.translate(bytes(code if code < FIRST else others for code in range(256))))
    for row, figure in figures.items():
        bands[row] = FIRST + bisect_right(edges, figure)
    return [*options, ANOTHER_CURRENCY] if others in bands else options, bands


def label_of_band(option: str, unit: str) -> str:
    """A band in words: signs like "<" are mirrored where one reads from the right, and not every face has them."""
    low, _dash, high = option.partition("–<")
    if option.startswith("<"):
        before, less = _l("Before %(year)s", year=option[1:]), _l("Less than %(number)s", number=option[1:])
        return before if unit == "year" else less
    if option.startswith("≥"):
        later, more = _l("%(year)s or later", year=option[1:]), _l("%(number)s or more", number=option[1:])
        return later if unit == "year" else more
    return _l("%(low)s to less than %(high)s", low=low, high=high)


def label_of_trait(name: str, option: str) -> Words | str:
    """The words for one option of such a column."""
    match name:
        case "@language":
            return language_name(option)
        case "@channel":
            return Channel(option).label
        case "@late":
            return LATENESS[option]
        case "@category":
            return Category(option).label
        case "@region":
            return RegionalGroup(option).label
        case _:
            return option
