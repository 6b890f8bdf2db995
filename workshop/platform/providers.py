"""Questions that an earlier package asks and later ones answer, so that arrows keep running one way.

The earlier package owns the question and shows what comes back; it never learns who answers:

    report_states = Provided[[Workshop], Select[int, datetime | None]]("How far the report of each group is.")

The later one answers with a function of the same shape:

    @queries.report_states.by
    def report_states(workshop: Workshop) -> Select[int, datetime | None]: ...
"""

from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

from workshop import house

Asked = ParamSpec("Asked")
Told = TypeVar("Told")


class Provided(Generic[Asked, Told]):
    """One question, with the functions that answer it in the order in which their packages come."""

    def __init__(self, question: str) -> None:
        self.__doc__ = question
        self._answers: list[Callable[Asked, Told]] = []

    def by(self, answer: Callable[Asked, Told]) -> Callable[Asked, Told]:
        """Let this function answer too; a decorator. Which module was imported first does not matter."""
        self._answers.append(answer)
        self._answers.sort(key=lambda each: house.place(each.__module__))
        return answer

    def __call__(self, *args: Asked.args, **kwargs: Asked.kwargs) -> list[Told]:
        """What each of them says; nothing where no later package has anything to say."""
        return [answer(*args, **kwargs) for answer in self._answers]
