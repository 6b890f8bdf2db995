"""What a group is asked and who plays which part in it. No database, no request, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask_babel import ngettext

from workshop.platform.errors import RuleBroken
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.question_wordings import QuestionText, in_order
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import MeetingMode

from .models import Group, GroupQuestion, GroupRole


def serves(group: Group, servants: Sequence[GroupRole], parts: Sequence[Part], user: User) -> bool:
    """Whether this person plays one of these parts in the group. `servants` may be those of several groups."""
    return any(
        servant.group_id == group.id and servant.user_id == user.id and servant.role in parts for servant in servants
    )


def mode_of(group: Group) -> MeetingMode:
    """How what is said in the group may be attributed: its session's own mode, else that of the workshop."""
    return group.session.mode or group.workshop.mode


def ask(group: Group, typed: Sequence[QuestionText], *, resting: Mapping[int, int]) -> None:
    """Put the questions in place of those that were asked. `resting` counts what belongs to each: points, reports.

    As soon as anything was noted, numbers stay: note-takers' pages, also those without a line, go by them.
    Raises RuleBroken for a question that would be removed with what was noted under it.
    """
    for question in group.questions:
        gone = any(each.id == question.id and not each.text for each in typed)
        if gone and resting.get(question.id):
            message = ngettext(
                "Question %(number)s cannot be removed: something was noted under it. Reword it instead.",
                "Question %(number)s cannot be removed: %(num)s points and parts of reports depend on it. Reword "
                "it instead.",
                resting[question.id],
                number=question.position,
            )
            raise RuleBroken(message, "questions")
    numbers = {question.id: question.position for question in group.questions}
    if resting:
        typed = [replace(each, place=None) for each in typed]
    asked = in_order(group.questions, typed, GroupQuestion)
    if resting:
        last = max(numbers.values(), default=0)
        fresh = [question for question in asked if question.id not in numbers]
        for position, question in enumerate(fresh, last + 1):
            question.position = position
        for question in asked:
            question.position = numbers.get(question.id, question.position)
    group.questions[:] = asked


def question_at(group: Group, position: int) -> GroupQuestion | None:
    return next((question for question in group.questions if question.position == position), None)
