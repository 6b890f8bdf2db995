"""Who may be named for what was said: one decision for every page, document and file. No database, no request, no clock.

On record the one who spoke; not for attribution the angle; under the Chatham House Rule nobody and no angle. A scheduled
speaker is named on record, and otherwise only where a document of theirs is published, for that is public already.
"""

from dataclasses import dataclass

from workshop.programme.agenda.formats import Perspective
from workshop.secretariat.series.models import MeetingMode

from .models import NotedPoint, SessionPoint
from .rules import strictest


@dataclass(frozen=True)
class Attribution:
    """What may be told of who said something: a name, else an angle, else nothing."""

    name: str = ""
    angle: Perspective | None = None


def attribution_of(point: NotedPoint, mode: MeetingMode) -> Attribution:
    """Of a point noted, under the stricter of today's mode and the one it was typed under."""
    behind = strictest([mode, point.mode])
    if behind is MeetingMode.ON_RECORD and isinstance(point, SessionPoint) and point.speaker:
        return Attribution(name=point.speaker)
    return Attribution(angle=angle_shown(point.perspective, behind))


def angle_shown(angle: Perspective | None, mode: MeetingMode) -> Perspective | None:
    """From which angle something came, unless that could tell who was in the room."""
    return None if mode is MeetingMode.CHATHAM_HOUSE else angle


def names_speakers(mode: MeetingMode, *, published: bool) -> bool:
    """Whether scheduled speakers are named in what is told of their session."""
    return mode is MeetingMode.ON_RECORD or published


def leaves_a_trace(mode: MeetingMode, *, published: bool) -> bool:
    """Whether it is told at all that somebody spoke."""
    return mode is not MeetingMode.CHATHAM_HOUSE or published
