"""Of how many respondents one answer is enough: read as typed, written out, and whether that many have answered so.

No database, no request, no clock.
"""

import re
from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from workshop.consultation.questions.question import Kind
from workshop.consultation.questions.questionnaire_document import Document, QuestionDraft
from workshop.platform.errors import RuleBroken

from .models import Quota

LINE = re.compile(r"(\w+)\s*=\s*([\w-]+)\s*:\s*([0-9]{1,6})")
COUNTED = {Kind.ONE, Kind.MANY, Kind.COUNTRY}


def as_lines(quotas: Sequence[Quota]) -> str:
    """As an organiser types them: "A3 = ind: 50"."""
    return "\n".join(f"{each['question']} = {each['option']}: {each['most']}" for each in quotas)


def quotas_of_lines(text: str, document: Document) -> list[Quota]:
    """What was typed, one on each line. Raises RuleBroken, which names the line that cannot be read."""
    asked = {question["code"]: question for section in document["sections"] for question in section["questions"]}
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        said = LINE.fullmatch(line)
        question = asked.get(said[1]) if said else None
        if said is None:
            raise RuleBroken(_("“%(line)s” should be written like A3 = ind: 50.", line=line[:80]), "quotas")
        if question is None or not _has_choice(question, said[2], document):
            raise RuleBroken(
                _("“%(line)s”: there is no such question, or no such answer to it.", line=line[:80]), "quotas"
            )
        found.append(Quota(question=said[1], option=said[2], most=int(said[3])))
    return found


def _has_choice(question: QuestionDraft, option: str, document: Document) -> bool:
    kind = Kind(question["type"])
    if kind not in COUNTED:
        return False
    listed = document["lists"].get(question.get("options", ""), [])
    return kind is Kind.COUNTRY or any(each["code"] == option for each in listed)


def touched_quotas(quotas: Sequence[Quota], answers: Mapping[str, object]) -> list[Quota]:
    """Those that a set of answers would count for."""
    return [each for each in quotas if is_so(answers.get(each["question"]), each["option"])]


def is_so(answer: object, option: str) -> bool:
    return option in answer if isinstance(answer, list) else answer == option


def enough() -> str:
    """What is said to a respondent who comes after the quota is full."""
    return str(
        _(
            "Thank you. Enough answers of this kind have been received, so yours cannot be submitted. It is kept for you."
        )
    )
