"""Break-out groups made from those of an earlier workshop, or from an outline; without the people in them."""

from flask_babel import gettext as _

from workshop.platform.db import Database, Model, Words
from workshop.platform.i18n import LOCALES, written_in
from workshop.programme.agenda.formats import Format
from workshop.programme.agenda.models import Session
from workshop.secretariat.series.copying import Copy, CopyPart, copied, laid_out
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.outlines import Outline

from . import queries
from .models import Group, GroupQuestion


@copied.by
def copied_groups(session: Database, wanted: Copy, rows: list[Model]) -> None:
    """Topics, rooms and questions, in the sessions of the same numbers."""
    if CopyPart.AGENDA not in wanted.parts:
        return
    sessions = {each.number: each for each in rows if isinstance(each, Session)}
    found = session.scalars(queries.groups(wanted.source.id))
    rows.extend(copied_group(each, wanted.target, sessions) for each in found)


def copied_group(group: Group, target: Workshop, sessions: dict[int, Session]) -> Group:
    made = Group(
        workshop=target,
        session=sessions[group.session.number],
        number=group.number,
        topic=group.topic,
        room=group.room,
    )
    made.questions = [GroupQuestion(position=each.position, text=each.text) for each in group.questions]
    return made


@laid_out.by
def outlined_groups(workshop: Workshop, outline: Outline, rows: list[Model]) -> None:
    """So many groups as the outline has for its break-out session; topics are for the organisers to find."""
    wanted = next((each.groups for each in outline.sessions if each.groups), 0)
    breakout = next((row for row in rows if isinstance(row, Session) and row.format is Format.BREAKOUT), None)
    if breakout is None:
        return
    for number in range(1, wanted + 1):
        topic = topic_to_find(number, workshop)
        rows.append(Group(workshop=workshop, session=breakout, number=number, topic=topic))


def topic_to_find(number: int, workshop: Workshop) -> Words:
    """What a group is called until its topic is found: in the languages of the workshop that we speak, else in English."""
    spoken = [code for code in workshop.languages if code.partition("-")[0] in LOCALES]
    return Words({code: topic_in(code, number) for code in spoken or ["en"]})


def topic_in(code: str, number: int) -> str:
    with written_in(code):
        return _("Topic of group %(number)s", number=number)
