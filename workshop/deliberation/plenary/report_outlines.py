"""What a report that is written begins with: the headings that such a report has, to be filled in."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from workshop.platform.db import Words

from .models import Block, PlenaryReport, ReportKind
from .multilingual_prose import in_each
from .paragraphs import Chapter

OUTLINES: dict[ReportKind, tuple[object, ...]] = {
    ReportKind.CHAIR_SUMMARY: (
        _l("What brought us together"),
        _l("Participants"),
        _l("What was common"),
        _l("Where views differed"),
        _l("Proposals heard, offered for consideration"),
        _l("Thanks and next steps"),
    ),
    ReportKind.SESSION: (
        _l("Key issues"),
        _l("Presentations"),
        _l("Discussion"),
        _l("The way forward"),
    ),
    ReportKind.MISSION: (
        _l("What it was and who took part"),
        _l("Main points"),
        _l("What it means for us"),
        _l("To do, by whom and when"),
    ),
}


def lay_out(report: PlenaryReport) -> None:
    """An empty paragraph under each heading, in every language of the workshop."""
    for position, heading in enumerate(OUTLINES[report.kind], 1):
        title = in_each(report.workshop.languages, lambda heading=heading: str(heading))  # type: ignore[misc]
        report.blocks.append(Block(chapter=Chapter.DISCUSSION, position=position, title=title, words=Words()))


def new_slug(kind: ReportKind, taken: Sequence[str]) -> str:
    """A short name for its address: chair-summary, then chair-summary-2."""
    stem = kind.value.replace("_", "-")
    candidates = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    return next(each for each in candidates if each not in taken)
