"""What was said in a session, from the points noted in it: by the speakers, by the discussant, and in three paragraphs in
the discussion. Who said it follows the meeting mode alone.
"""

from collections.abc import Callable, Sequence

from flask_babel import gettext as _

from workshop.deliberation.capture.attribution import attribution_of
from workshop.deliberation.capture.coverage import disagrees
from workshop.deliberation.capture.models import NotedPoint, PointKind, SessionPoint, Turn
from workshop.platform.db import Words
from workshop.programme.releases.released import ReleasedSession
from workshop.secretariat.series.models import MeetingMode

from ..drafting import Draft, Material
from ..multilingual_prose import Prose, Sentence, enumerate_in_prose, join_list

Lead = Callable[[str], str]
ASKED_OR_PROPOSED = (PointKind.PROPOSAL, PointKind.OPEN_QUESTION)


def write_discussion(draft: Draft, material: Material, session: ReleasedSession) -> None:
    """Everything noted and not struck; only on record is it told apart at which moment it was said."""
    points, mode = material.said_in(session), material.mode_of(session)
    if mode is MeetingMode.ON_RECORD:
        spoken = [each for each in points if each.turn is Turn.PRESENTATION]
        answered = [each for each in points if each.turn is Turn.DISCUSSANT]
        points = [each for each in points if each not in spoken and each not in answered]
        _write(draft, spoken, mode, lambda things: _("The presentations made these points: %(list)s.", list=things))
        _write(draft, answered, mode, lambda things: _("The discussant made these points: %(list)s.", list=things))
    differing = [each for each in points if disagrees(each)]
    open_ = [each for each in points if each.kind in ASKED_OR_PROPOSED and each not in differing]
    rest = [each for each in points if each not in differing and each not in open_]
    _write(draft, rest, mode, lambda things: _("In the discussion these points were raised: %(list)s.", list=things))
    _write(draft, open_, mode, lambda things: _("Proposals and questions: %(list)s.", list=things))
    _write(draft, differing, mode, lambda things: _("Views differed: %(list)s.", list=things))


def _write(draft: Draft, points: Sequence[SessionPoint], mode: MeetingMode, lead: Lead) -> None:
    if not points:
        return
    prose = draft.prose()
    things = [point_in_prose(prose, point, mode) for point in points]
    asks = points[-1].text.rstrip().endswith("?")
    prose.say(lambda: without_stop(lead(enumerate_in_prose([thing() for thing in things], _("; "))), asks=asks))
    draft.paragraph(prose, *(draft.cite.session_point(point) for point in points), key=f"said:{points[0].session_id}")


def without_stop(sentence: str, *, asks: bool) -> str:
    """No full stop after words that end in a question mark of their own."""
    return sentence.removesuffix(".") if asks and sentence.endswith("}.") else sentence


def point_in_prose(prose: Prose, point: NotedPoint, mode: MeetingMode) -> Sentence:
    """Its words in the language they were noted in, and who said it as far as that may be told."""
    text = prose.original(point.text.rstrip(" .;"), point.language)
    who = attribution_of(point, mode)
    if who.name:
        name = prose.original(who.name)
        return lambda: _("%(text)s (%(who)s)", text=text, who=name)
    if angle := who.angle:
        return lambda: _("%(text)s (%(who)s)", text=text, who=str(angle.label).lower())
    return lambda: text


def write_silence(draft: Draft, material: Material, told: Sequence[ReleasedSession]) -> None:
    """One sentence about all sessions in which nothing was noted."""
    silent = [each for each in told if not material.said_in(each) and not material.is_breakout(each)]
    if not silent:
        return
    prose = draft.prose()
    titles = [prose.original(Words(each.title)) for each in silent]
    prose.say(lambda: _("No notes were made of the discussion in: %(sessions)s.", sessions=join_list(titles)))
    draft.heading(draft.said(lambda: _("Sessions without notes")))
    draft.paragraph(prose, *(draft.cite.session(each) for each in silent), key="silence")


def session_named(number: int) -> Sentence:
    return lambda: _("Session %(number)s", number=number)


def group_named(number: int) -> Sentence:
    return lambda: _("Group %(number)s", number=number)
