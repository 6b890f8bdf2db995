"""Where in a web page the agenda begins, and which headings announce nothing."""

import re
from collections import Counter
from collections.abc import Sequence

from flask_babel import gettext as _

from ..reading.agenda_file import Agenda
from ..reading.agenda_words import plain, words_of_list
from .agenda_phrases import unglue
from .text_lines import Line

TITLES = re.compile(
    r"(?:(?:provisional|draft|final|annotated|preliminary|tentative) )?(?:(?:workshop|meeting|conference) )?(?:agenda|programme|program)|"
    r"(?:projet d )?(?:ordre du jour|programme)(?: provisoire| annote)?|(?:proyecto de )?(?:programa|orden del dia|agenda)(?: provisional| anotad[oa])?"
)
EMPTY_HEADINGS = words_of_list(
    "related documents|event documents|documents|related links|share this page|share|back to top|contact|"
    "downloads|documents connexes|documents associes|documentos relacionados|documentos del evento",
    "|",
)

CAPITALS_THEN_TEXT = re.compile(r"^[A-ZÀ-Þ ]{6,}[A-ZÀ-Þ][a-zà-ÿ]+ ")


def is_empty_heading(text: str) -> bool:
    return len(text) < 60 and plain(text) in EMPTY_HEADINGS


def part_of_the_agenda(lines: Sequence[Line], agenda: Agenda) -> list[Line]:
    """The lines after the heading "Agenda"; all of them where there is none. What stands before is told, not read."""
    start = next(
        (n for n, line in enumerate(lines) if len(line.text) < 80 and TITLES.fullmatch(plain(line.text))), None
    )
    if start is None:
        return list(lines)
    before = lines[:start]
    if before:
        agenda.remark(
            _("%(first)s to %(last)s", first=before[0].place, last=before[-1].place) if before[1:] else before[0].place,
            _(
                "The text before the agenda was left out: it is about the website or the workshop as a whole, and "
                "may have another date than the agenda."
            ),
        )
    twice = [text for text, times in Counter(line.text for line in before).items() if times > 1]
    if twice:
        agenda.remark(
            before[0].place,
            _(
                "Lines are repeated before the agenda: %(lines)s.",
                lines=", ".join(f"“{each[:40]}”" for each in twice[:5]),
            ),
        )
    for line in before:
        if len(line.text) > 80 and (unglue(line.text) or CAPITALS_THEN_TEXT.match(line.text)):
            agenda.remark(line.place, _("A heading and its text follow each other with nothing between them."))
    return list(lines[start + 1 :])
