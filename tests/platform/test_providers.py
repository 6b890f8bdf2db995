"""A question is answered in the order of the house."""

from workshop.platform.providers import Provided


def test_answers_come_in_the_order_of_their_packages_whichever_was_imported_first() -> None:
    question = Provided[[], str]("Who is there.")
    for name in (
        "front.overview.queries",
        "programme.agenda.rules",
        "secretariat.series.rules",
        "programme.agenda.queries",
    ):

        def answer(name: str = name) -> str:
            return name

        answer.__module__ = f"workshop.{name}"
        question.by(answer)
    assert question() == [
        "secretariat.series.rules",
        "programme.agenda.rules",
        "programme.agenda.queries",
        "front.overview.queries",
    ]
