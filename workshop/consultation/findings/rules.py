"""Taking snapshots, and deciding who may see what of them. No database, no request, no clock."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask_babel import gettext as _

from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion
from workshop.consultation.questionnaires.states import Respondents
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.question import Kind
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.secretariat.series.models import Role

from .models import TIMES, Audience, Disclosure, Precision, Snapshot
from .suppression import K
from .tallies.versions_together import document_of

READERS = (Role.ORGANISER, Role.ANALYST, Role.CHAIR, Role.RAPPORTEUR)
MAKERS = {Role.ORGANISER, Role.ANALYST}  # who hold the answers anyway


def prepare(
    versions: Sequence[QuestionnaireVersion],
    *,
    answers: int,
    number: int,
    title: Words,
    caveat: Words,
    at: datetime,
    as_of: datetime | None = None,
    invited: int | None = None,
    invited_by: Mapping[str, dict[str, int]] | None = None,
    rounded: bool = False,
    who: int | None = None,
) -> Snapshot:
    """A snapshot that a worker will fill with the answers to these versions. Nothing of it is shown to anyone yet."""
    refuse_too_few(answers)
    return Snapshot(
        version=versions[-1],
        number=number,
        taken_at=at,
        as_of=as_of,
        responses=0,
        title=title,
        caveat=caveat,
        versions=[version.number for version in versions],
        definition=document_of(versions),
        respondents=versions[-1].questionnaire.respondents,
        invited=invited,
        invited_by=dict(invited_by or {}),
        rounded=rounded,
        taken_by=who,
        frozen=False,
    )


def refuse_too_few(answers: int) -> None:
    if answers < K:
        raise RuleBroken(
            _(
                "Answers submitted so far: %(count)s. A snapshot needs at least %(least)s, so that no one can be "
                "recognised.",
                count=answers,
                least=K,
            )
        )


def newest_with_enough(answers: Sequence[int]) -> int:
    """Which of the versions kept apart, the newest first, is offered: one that nobody answered yet hides no results."""
    return next((place for place, count in enumerate(answers) if count >= K), 0)


def may_read(snapshot: Snapshot, roles: set[Role]) -> bool:
    if roles & MAKERS:
        return True
    return snapshot.frozen and (snapshot.shared or snapshot.published) and bool(roles.intersection(READERS))


def is_in_ledger(snapshot: Snapshot) -> bool:
    """Whether anybody but those who hold the answers was ever shown it."""
    return bool(snapshot.disclosures)


def show(snapshot: Snapshot, plan: Mapping[str, Precision], audience: Audience, *, at: datetime, who: int) -> None:
    """Show it to the chair and the rapporteurs, or to everyone, and write down what they see of it.

    What was shown once keeps its precision: the first showing decided it.
    """
    if not snapshot.frozen:
        raise RuleBroken(_("This snapshot is not ready yet."))
    if plan and all(precision is Precision.WITHHELD for precision in plan.values()):
        raise RuleBroken(
            _(
                "Nothing of this snapshot can be shown: compared with results that were shown before, every table would "
                "reveal the answers of a few people. Create another when more answers have arrived."
            )
        )
    for entry in snapshot.disclosures:
        if audience is Audience.EVERYONE:
            entry.audience = audience
    known = snapshot.precisions
    snapshot.disclosures += [
        Disclosure(table=table, precision=precision, audience=audience, at=at, who=who)
        for table, precision in plan.items()
        if table not in known
    ]
    if audience is Audience.EVERYONE:
        snapshot.published = True
        snapshot.questionnaire.workshop.changed_in_public()
    else:
        snapshot.shared = True


def show_crossing(snapshot: Snapshot, name: str, *, joined: Sequence[str], at: datetime, who: int) -> None:
    """Show a cross-table wherever the snapshot is shown. `joined` are those that are shown of it already.

    Cross-tables that form a ring (A × B, B × C, A × C) can give hidden figures away together; without one they cannot.
    """
    if not is_in_ledger(snapshot):
        raise RuleBroken(_("Share or publish the snapshot first. Cross-tables are shown beside its tables."))
    shown = [snapshot.precisions.get(_question_of(side), Precision.EXACT) for side in name.split(TIMES)]
    if any(precision is not Precision.EXACT for precision in shown):
        raise RuleBroken(
            _(
                "Only questions whose own tables are shown exactly can be crossed: the sums of a cross-table are the "
                "figures of those tables."
            )
        )
    if closes_ring(name, joined):
        raise RuleBroken(
            _(
                "Together with the cross-tables shown already, this one could reveal a hidden figure. It was not added. "
                "Cross one of its questions with another one instead."
            )
        )
    audience = Audience.EVERYONE if snapshot.published else Audience.STAFF
    if name not in snapshot.precisions:
        snapshot.disclosures.append(
            Disclosure(table=name, precision=Precision.EXACT, audience=audience, at=at, who=who)
        )
    if snapshot.published:
        snapshot.questionnaire.workshop.changed_in_public()


def closes_ring(name: str, joined: Sequence[str]) -> bool:
    """Whether a table would join two questions that others join already, directly or through further ones."""
    groups: dict[str, str] = {}

    def root(each: str) -> str:
        while groups.get(each, each) != each:
            each = groups[each]
        return each

    for table in joined:
        first, second = (_question_of(side) for side in table.split(TIMES))
        groups[root(first)] = root(second)
    first, second = (_question_of(side) for side in name.split(TIMES))
    return name not in joined and root(first) == root(second)


def _question_of(side: str) -> str:
    """The question a side belongs to: the options of one question are joined by the people who chose them."""
    return side if side.startswith("@") else side.removeprefix("~").partition(".")[0]


def unpublish(snapshot: Snapshot) -> None:
    """Take it off the public pages. What was read there cannot be taken back, and stays in the ledger."""
    snapshot.published = False
    snapshot.questionnaire.workshop.changed_in_public()


def stop_sharing(snapshot: Snapshot) -> None:
    snapshot.shared = False


def refuse_deletion(snapshot: Snapshot) -> None:
    """One that nobody saw can go; one that was shown stays on record, superseded by the next."""
    if is_in_ledger(snapshot):
        raise RuleBroken(
            _(
                "This snapshot was shown, so it stays on record: later results are compared with it, so that no one can "
                "be recognised. You can withdraw it from the pages where it is shown."
            )
        )


def superseding(snapshot: Snapshot, others: Sequence[Snapshot]) -> Snapshot | None:
    """The newest published snapshot that takes the place of this one, if any: never one of versions kept apart."""
    newer = [each for each in others if each.published and each.until > snapshot.until and each is not snapshot]
    same = [each for each in newer if counts_the_same(each, snapshot)]
    return max(same, key=lambda each: (each.until, each.number), default=None)


def counts_the_same(one: Snapshot, other: Snapshot) -> bool:
    """Whether two snapshots count answers to the same versions of one questionnaire."""
    return one.questionnaire_id == other.questionnaire_id and not set(one.versions).isdisjoint(other.versions)


def newest_of_each(shown: Sequence[Snapshot]) -> list[Snapshot]:
    """Of what was shown, the oldest first, the newest results of each questionnaire, and of its versions kept apart."""
    return [
        each
        for place, each in enumerate(shown)
        if not any(counts_the_same(each, later) for later in shown[place + 1 :])
    ]


def describe_respondents(
    questionnaire: Questionnaire,
    definition: Definition | None,
    *,
    respondents: Respondents,
    individuals: str,
    states_beside: bool,
    named: str = "",
    anonymous: str = "",
) -> None:
    """Say who answers, and how they say whether they may be quoted.

    `individuals` is the question and the answer of people who answer for themselves, "A3=ind"; `named` and `anonymous`
    those by which respondents allow their words to be published with their name, or without any.
    """
    question, option = _answer(definition, individuals, "individuals")
    questionnaire.publication_by = _publication_by(questionnaire, definition, named, anonymous)
    questionnaire.respondents = respondents
    questionnaire.individuals_by = {"question": question, "option": option} if individuals else {}
    questionnaire.states_beside = states_beside


def _publication_by(
    questionnaire: Questionnaire, definition: Definition | None, named: str, anonymous: str
) -> dict[str, str]:
    chosen = {"named": named, "anonymous": anonymous}
    read = {field: _answer(definition, value, field) for field, value in chosen.items() if value}
    if read and questionnaire.asks_publication:
        raise RuleBroken(
            _(
                "Respondents are already asked beside the questions how their answers may be published. Turn that off in "
                "the notice to respondents first, or choose no answer here."
            ),
            field=next(iter(read)),
        )
    if len({question for question, _option in read.values()}) > 1:
        raise RuleBroken(_("Choose two answers to the same question."), field="anonymous")
    if named and named == anonymous:
        raise RuleBroken(_("One answer cannot mean both. Choose two answers."), field="anonymous")
    options = {field: option for field, (_question, option) in read.items()}
    return {"question": next(question for question, _option in read.values())} | options if read else {}


def _answer(definition: Definition | None, chosen: str, field: str) -> tuple[str, str]:
    """The question and the option of an answer chosen in a list, "A3=ind"."""
    question, _equals, option = chosen.partition("=")
    asked = definition.question(question) if definition and question else None
    if chosen and (asked is None or asked.type is not Kind.ONE or asked.option(option) is None):
        raise RuleBroken(_("The questionnaire no longer has this answer. Choose another."), field=field)
    return question, option
