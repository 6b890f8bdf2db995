"""Making codes, and how far coders agree. No database, no request, no clock."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from flask_babel import gettext as _

from workshop.consultation.questionnaires.models import Questionnaire
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.question import Kind, Question
from workshop.platform.errors import RuleBroken

from .models import TextCode

IN_WORDS = {Kind.TEXT, Kind.LONGTEXT}


def read_questions(definition: Definition) -> list[Question]:
    """The questions answered in words; never those for personal details."""
    return [each for each in definition.questions if each.type in IN_WORDS and not each.personal]


def add_code(
    questionnaire: Questionnaire, question: str, name: str, codes: Iterable[TextCode], *, at: datetime
) -> TextCode:
    if any(each.name.casefold() == name.casefold() for each in codes):
        raise RuleBroken(_("There is a code of that name already."), field="name")
    return TextCode(questionnaire=questionnaire, question=question, name=name, made_at=at)


def agreement(
    texts: Collection[int], first: Mapping[int, Collection[int]], second: Mapping[int, Collection[int]], code: int
) -> float | None:
    """Cohen's kappa of two coders for one code, over the texts that both have coded; None where chance decides all.

    1 is full agreement, 0 what chance alone would give. `first` and `second` are texts with their codes.
    """
    both = [text for text in texts if text in first and text in second]
    if not both:
        return None
    yes = [sum(code in coder[text] for text in both) / len(both) for coder in (first, second)]
    agreed = sum((code in first[text]) == (code in second[text]) for text in both) / len(both)
    chance = yes[0] * yes[1] + (1 - yes[0]) * (1 - yes[1])
    return None if chance == 1 else (agreed - chance) / (1 - chance)


@dataclass(frozen=True)
class Agreement:
    """How far two coders agree, code by code, over the texts that both have coded."""

    first: int
    second: int
    texts: int
    kappas: Mapping[int, float]


def agreements(codes: Collection[int], given: Mapping[int, Mapping[int, Collection[int]]]) -> list[Agreement]:
    """Every two coders who have texts in common; `given` are, by coder, texts with their codes."""
    found = []
    for first, second in combinations(sorted(given), 2):
        both = given[first].keys() & given[second].keys()
        kappas = {code: agreement(both, given[first], given[second], code) for code in codes}
        told = {code: kappa for code, kappa in kappas.items() if kappa is not None}
        if both:
            found.append(Agreement(first, second, len(both), told))
    return found
