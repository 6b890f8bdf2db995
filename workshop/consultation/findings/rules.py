"""Taking and publishing snapshots. No database, no request, no clock."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from flask_babel import gettext as _

from workshop.consultation.questionnaires.models import QuestionnaireVersion
from workshop.consultation.questions.definition import Definition
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.secretariat.series.models import Role

from .freezing import Answered, freeze
from .models import Snapshot
from .suppression import K, threshold

READERS = (Role.ORGANISER, Role.ANALYST, Role.CHAIR, Role.RAPPORTEUR)


def fewest_new_answers(definition: Definition) -> int:
    """By how many answers two snapshots must differ to be shown to the same people: the highest k of any question."""
    return max((threshold(question) for question in definition.questions), default=K)


def take(
    version: QuestionnaireVersion,
    definition: Definition,
    responses: Iterable[Answered],
    *,
    earlier: Sequence[Snapshot],
    number: int,
    title: Words,
    caveat: Words,
    at: datetime,
) -> Snapshot:
    """A new snapshot. `earlier` are those of the same version.

    It may be taken at any time, for the organisers, who hold the answers anyway. It is held back from everyone else
    when it differs by a few answers only from one that they may have seen: the difference is those few people.
    """
    snapshot = freeze(version, definition, responses, number=number, title=title, caveat=caveat, at=at)
    if snapshot.responses < K:
        raise RuleBroken(
            _(
                "Answers submitted so far: %(count)s. A snapshot needs at least %(least)s, so that no one can be "
                "recognised.",
                count=snapshot.responses,
                least=K,
            )
        )
    snapshot.held_back = any(
        abs(snapshot.responses - each.responses) < fewest_new_answers(definition)
        for each in earlier
        if not each.held_back
    )
    return snapshot


def may_read(snapshot: Snapshot, roles: set[Role]) -> bool:
    return Role.ORGANISER in roles or (not snapshot.held_back and bool(roles.intersection(READERS)))


def publish(snapshot: Snapshot) -> None:
    """Show it to everyone."""
    if snapshot.held_back:
        raise RuleBroken(
            _(
                "This snapshot has nearly as many answers as an earlier one. Compared, the two would reveal the "
                "answers of the few people who are in only one of them, so only the organisers can see it. Create "
                "another when more answers have arrived."
            )
        )
    snapshot.published = True
    snapshot.version.questionnaire.workshop.changed_in_public()


def unpublish(snapshot: Snapshot) -> None:
    """Take it off the public pages. What was read there cannot be taken back."""
    snapshot.published = False
    snapshot.version.questionnaire.workshop.changed_in_public()
