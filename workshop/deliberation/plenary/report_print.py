"""The report as a page for reading and as sheets of paper: its chapters, and when a PDF must be made anew."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from flask import render_template
from flask_babel import gettext as _

from workshop.platform.prints import layout

from .citations import citation_of, explain_source
from .models import Chapter, Paragraph, PlenaryReport, Source
from .multilingual_prose import spoken_in
from .rules import fingerprint_of_pdf
from .sources import Current, flagged_sources, state_of

LAID_OUT_BY = (
    "templates/deliberation/plenary/pdf/*.html",
    "templates/deliberation/plenary/_*.html",
    "static/css/report.css",
)


@dataclass
class ReadChapter:
    """A chapter as printed; `number` counts from 1."""

    number: int
    chapter: Chapter
    paragraphs: list[Paragraph]

    @property
    def parts(self) -> list[Paragraph]:
        """The paragraphs that open a section."""
        return [paragraph for paragraph in self.paragraphs if paragraph.heading]


def nowhere(source: Source) -> None:
    """Where a source can be opened from paper."""


@dataclass
class Reading:
    """A report with what became of its sources, as one reader may see it."""

    report: PlenaryReport
    current: Current
    inside: bool = False  # for those who work on it: which source changed, and how
    address: Callable[[Source], str | None] = nowhere

    @property
    def chapters(self) -> list[ReadChapter]:
        """The chapters that have something in them, in order."""
        grouped = groupby(self.report.paragraphs, key=lambda paragraph: paragraph.chapter)
        return [ReadChapter(number, chapter, list(group)) for number, (chapter, group) in enumerate(grouped, 1)]

    def notes(self, paragraph: Paragraph) -> list[str]:
        """What stands under a paragraph that rests on something changed."""
        changed = flagged_sources(paragraph, self.current)
        if self.inside:
            return [explain_source(source, self.current) for source in changed]
        return (
            [_("A source of this paragraph has changed or was withdrawn after this report was compiled.")]
            if changed
            else []
        )

    cited = staticmethod(citation_of)


def print_of(report: PlenaryReport, language: str, current: Current) -> str:
    """The fingerprint of the PDF that this report needs now."""
    flags = state_of(report.paragraphs, current)
    return fingerprint_of_pdf(report, language, flags=flags, layout=layout(LAID_OUT_BY, language))


def page_html(report: PlenaryReport, language: str, current: Current) -> str:
    """The page that is made into a PDF."""
    with spoken_in(language):
        return render_template(
            "deliberation/plenary/pdf/report.html",
            report=report,
            workshop=report.workshop,
            reading=Reading(report, current),
            on_paper=True,
        )
