"""What to read. Statements only: the caller runs them."""

from sqlalchemy import Select, select

from workshop.deliberation.capture.queries import same_points
from workshop.secretariat.series.models import Workshop

from .models import ClusterPoint, MergeDecision, PointCluster


@same_points.by
def clusters_of(workshop: Workshop) -> Select[int, int]:
    """Cluster id and point id of each point that is in a cluster."""
    return (
        select(ClusterPoint.cluster_id, ClusterPoint.point_id)
        .join(ClusterPoint.cluster)
        .where(PointCluster.workshop_id == workshop.id)
        .order_by(ClusterPoint.cluster_id, ClusterPoint.point_id)
    )


def rows_of_points(ids: set[int]) -> Select[PointCluster]:
    """The clusters in which any of these points is."""
    return select(PointCluster).join(PointCluster.members).where(ClusterPoint.point_id.in_(ids)).distinct()


def decisions(workshop: Workshop) -> Select[MergeDecision]:
    """What was decided, the latest first."""
    return select(MergeDecision).where(MergeDecision.workshop_id == workshop.id).order_by(MergeDecision.id.desc())


def last_decision(workshop: Workshop) -> Select[MergeDecision]:
    """The one that can be taken back."""
    return decisions(workshop).where(MergeDecision.undone_at.is_(None)).limit(1)
