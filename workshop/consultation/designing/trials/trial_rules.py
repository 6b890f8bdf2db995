"""A trial: a questionnaire of its own beside the one it tries out, so that nothing in it can ever count.

No database, no request, no clock.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from workshop.consultation.answering import rules as answering_rules
from workshop.consultation.questionnaires import rules as questionnaires_rules
from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Response
from workshop.consultation.questions import answer_wording
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.question import Kind, Question
from workshop.consultation.questions.questionnaire_document import Document
from workshop.platform import links
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken

from .sample_answers import sample_answers

KEPT = timedelta(days=14)
SETS_AT_ONCE = 10
CHOOSING = {Kind.ONE, Kind.MANY, Kind.CONSENTS, Kind.RANK}


@dataclass
class Tried:
    """What became of one question in a trial: how often it was asked and answered, and which choices were taken."""

    question: Question
    asked: int = 0
    answered: int = 0
    choices: list[tuple[str, int]] = field(default_factory=list)


def begin_trial(questionnaire: Questionnaire, document: Document, *, at: datetime) -> QuestionnaireVersion:
    """A copy that is reached by an address that nobody can guess, for two weeks; its version, to be added."""
    trial = Questionnaire(
        workshop=questionnaire.workshop,
        slug=f"trial-{links.new()}".lower(),
        title=Words(document.get("title", {})) or questionnaire.title,
        introduction=Words(document.get("introduction", {})),
        closes_at=at + KEPT,
        open_to_all=False,
        asks_publication=questionnaire.asks_publication,
        kept_until=(at + KEPT).date(),
    )
    trial.asked_by, trial.purpose, trial.readers = questionnaire.asked_by, questionnaire.purpose, questionnaire.readers
    trial.respondents, trial.allows_changes = questionnaire.respondents, True
    trial.trial_of_id = questionnaire.id
    return QuestionnaireVersion(questionnaire=trial, number=1, definition=deepcopy(document), published_at=at)


def sample_responses(version: QuestionnaireVersion, begun: int, *, at: datetime) -> list[Response]:
    """Some sets of invented answers, others than the `begun` ones before; those that cannot be sent stay begun."""
    definition = Definition.read(version.definition)
    made = []
    for number in range(begun, begun + SETS_AT_ONCE):
        dice = Random(f"{version.id}/{number}")  # noqa: S311 - invented answers, no secret
        response = questionnaires_rules.empty(version, links.new(), language=definition.languages[0], at=at)
        response.is_synthetic, response.saved_at = True, at
        response.answers = sample_answers(definition.questions, dice, at=at)
        response.done = [section.code for section in definition.sections]
        try:
            answering_rules.submit(response, definition, at=at)
        except RuleBroken:
            response.submitted_at = None
        made.append(response)
    return made


def tried_questions(definition: Definition, sets: Iterable[Mapping[str, object]]) -> list[Tried]:
    """Every question that asks for something, with what became of it in these sets of answers."""
    found = {question.code: Tried(question) for question in definition.answerable}
    chosen: dict[str, Counter[str]] = {code: Counter() for code in found}
    for answers in sets:
        asked, counted = definition.settled(answers)
        for code in asked & found.keys():
            found[code].asked += 1
            found[code].answered += code in counted
            if code in counted and found[code].question.type in CHOOSING:
                answer = counted[code]
                chosen[code].update(map(str, answer if isinstance(answer, list) else [answer]))
    for code, tried in found.items():
        options = [(option.code, answer_wording.plain(option)) for option in tried.question.options]
        tried.choices = [(words, chosen[code][option]) for option, words in options] if chosen[code] else []
    return list(found.values())
