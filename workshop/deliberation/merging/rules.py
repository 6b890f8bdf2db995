"""Which points say the same, and what a decision about them changes. No database, no request, no clock.

Clusters are told as a list of sets of point ids; a point in none of them stands alone.
"""

from collections.abc import Collection, Iterable, Sequence

from flask_babel import gettext as _

from workshop.deliberation.capture.coverage import Entry, disagrees, said_together
from workshop.deliberation.capture.models import Point
from workshop.platform.errors import RuleBroken
from workshop.secretariat.series.models import Role

DECIDING = {Role.ORGANISER, Role.CHAIR, Role.RAPPORTEUR}
LONGEST_REASON = 300
Clusters = list[set[int]]


def merge(chosen: Sequence[Point], clusters: Clusters, by_id: dict[int, Point], reason: str) -> set[int]:
    """The chosen points, with all that said the same as one of them already: one cluster. Raises RuleBroken."""
    if any(point.struck_at for point in chosen):
        raise RuleBroken(_("A point that is struck out cannot be merged."))
    ids = {point.id for point in chosen}
    whole = ids.union(*(each for each in clusters if each & ids))
    if len(whole) < 2:
        raise RuleBroken(_("Choose at least two points."))
    if any(each >= whole for each in clusters):
        raise RuleBroken(_("These points are merged already."))
    views = {disagrees(by_id[id]) for id in whole}
    if len(views) > 1 and not reason.strip():
        raise RuleBroken(
            _("One of these points disagrees. It may be merged with the others only with a reason, which is recorded.")
        )
    return whole


def after_merge(clusters: Clusters, whole: set[int]) -> Clusters:
    return [*(each for each in clusters if not each & whole), whole]


def after_taking_out(clusters: Clusters, id: int) -> Clusters:
    """The point stands alone; who is left alone by that is no cluster any more."""
    left = [each - {id} for each in clusters]
    return [each for each in left if len(each) > 1]


def entries(points: Iterable[Point], clusters: Clusters) -> list[Entry]:
    """All standing points, each once: those of one cluster together, in the place of the one noted first."""
    cluster_of = {id: number for number, each in enumerate(clusters) for id in each}
    return said_together((point for point in points if point.struck_at is None), cluster_of)


def may_decide(roles: Collection[Role]) -> bool:
    return bool(DECIDING.intersection(roles))
