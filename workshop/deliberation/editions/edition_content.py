"""What an edition is made from, read now: the text in work, its sources with their state, the modes of the meetings."""

from workshop.deliberation.plenary import queries as plenary_queries
from workshop.deliberation.plenary.evidence.sources import Current
from workshop.deliberation.plenary.models import PlenaryReport
from workshop.deliberation.plenary.paragraphs import Paragraph, SourceKind, numbered
from workshop.platform.db import Database
from workshop.programme.groups.queries import modes_of_groups
from workshop.programme.releases.queries import meeting_modes
from workshop.secretariat.series.models import MeetingMode

from . import queries, rules
from .models import Edition, Manifest

TEMPLATE = "plenary-1"  # how chapters are written; a change of it makes another text of the same sources


def text_of(session: Database, report: PlenaryReport) -> list[Paragraph]:
    """What the report says now, numbered through. What a person has left empty is not printed."""
    numbers = session.scalars(plenary_queries.recommendation_numbers(report.workshop))
    supports = {each.number: [block.id for block in each.supports] for each in numbers}
    paragraphs = [block.as_paragraph for block in report.standing_blocks]
    return numbered([each for each in paragraphs if each.text or each.words or each.table], supports)


def manifest_of(session: Database, report: PlenaryReport, paragraphs: list[Paragraph], current: Current) -> Manifest:
    """What the text was made from, as it stands at this moment."""
    cited = {(each.kind, each.source_id) for paragraph in paragraphs for each in paragraph.sources if each.source_id}
    sources = {
        f"{kind}:{id}": current.fingerprint(kind, subject)
        for (kind, id), subject in sorted(current.subjects.items(), key=str)
        if (kind, id) in cited
    }
    modes = modes_now(session, report.workshop_id)
    return {
        "template": TEMPLATE,
        "sources": sources,
        "modes": {key: mode.value for key, mode in modes.items() if is_used(key, cited)},
    }


def is_used(key: str, cited: set[tuple[SourceKind, int]]) -> bool:
    """Whether anything in the text comes from this session or group; group reports and points stand for their group."""
    kind, _colon, id = key.partition(":")
    if kind == "group":
        return any(each in (SourceKind.GROUP_REPORT, SourceKind.KEY_POINT, SourceKind.POINT) for each, _id in cited)
    return (SourceKind.SESSION, int(id)) in cited


def modes_now(session: Database, workshop_id: int) -> dict[str, MeetingMode]:
    """The meeting mode of every session and group, as the organisers have set it now."""
    sessions = meeting_modes(session, workshop_id).by_session
    groups = session.execute(modes_of_groups(workshop_id)).all()
    return {f"session:{id}": mode for id, mode in sorted(sessions.items())} | {
        f"group:{id}": own or sessions[in_session] for id, in_session, own in groups
    }


def public_editions(session: Database, workshop_id: int) -> list[Edition]:
    """What everyone may read of the reports of a workshop: not what tells of a meeting that is more confidential now."""
    released = session.scalars(queries.released_editions(workshop_id)).all()
    modes = modes_now(session, workshop_id) if released else {}
    return [each for each in released if not rules.stricter_now(each, modes)]
