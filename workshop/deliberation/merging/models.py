"""Clusters of points that say the same, and every decision that made or unmade one."""

from datetime import datetime
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.deliberation.capture.models import Point
from workshop.platform.db import Model
from workshop.platform.labels import Labelled
from workshop.platform.recording import Recorded
from workshop.secretariat.series.models import WorkshopRow


class Decision(Labelled):
    """What was decided about points."""

    MERGED = "merged", _l("say the same")
    TAKEN_OUT = "taken_out", _l("says something else")


class PointCluster(WorkshopRow):
    """Points that say the same. The points themselves stay as they were typed."""

    __tablename__ = "point_cluster"

    members: Mapped[list["ClusterPoint"]] = relationship(
        default_factory=list, back_populates="cluster", cascade="all, delete-orphan", passive_deletes=True
    )


class ClusterPoint(Model):
    """A point in the one cluster it can be in."""

    __tablename__ = "cluster_point"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    cluster_id: Mapped[int] = mapped_column(ForeignKey("point_cluster.id", ondelete="CASCADE"), init=False, index=True)
    cluster: Mapped[PointCluster] = relationship(back_populates="members", default=None)
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id", ondelete="CASCADE"), init=False, unique=True)
    point: Mapped[Point] = relationship(default=None)


class MergeDecision(WorkshopRow):
    """Who decided what about which points, and why. `before` has the cluster that each was in, by the id of the point;
    who stood alone is not in it. A decision that was taken back stays on record.
    """

    __tablename__ = "merge_decision"
    RECORDED: ClassVar = Recorded(_l("Merging of points"), lambda row: "", "decision labels reason undone_at")

    decision: Mapped[Decision]
    points: Mapped[list[int]]
    labels: Mapped[list[str]]
    before: Mapped[dict[str, int]]
    reason: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime]
    undone_at: Mapped[datetime | None] = mapped_column(default=None)
