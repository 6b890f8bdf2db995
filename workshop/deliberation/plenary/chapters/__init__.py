"""The report to the plenary, written from what there is: chapter by chapter, each paragraph with its sources.

Nothing here invents: what is not known is said not to be known, and what a person wrote stays as written.
"""

from collections.abc import Callable

from ..citations import Citations
from ..drafting import Draft, Material
from ..models import Chapter, Paragraph
from .annex import write_annex, write_next_steps
from .group_chapters import write_groups
from .opening import write_opening, write_purpose
from .proceedings import write_sessions
from .results import write_results
from .synthesis import write_recommendations, write_synthesis

WRITERS: dict[Chapter, Callable[[Draft, Material], None]] = {
    Chapter.OPENING: write_opening,
    Chapter.PURPOSE: write_purpose,
    Chapter.SESSIONS: write_sessions,
    Chapter.QUESTIONNAIRE: write_results,
    Chapter.GROUPS: write_groups,
    Chapter.SYNTHESIS: write_synthesis,
    Chapter.RECOMMENDATIONS: write_recommendations,
    Chapter.NEXT_STEPS: write_next_steps,
    Chapter.ANNEX: write_annex,
}


def compile_paragraphs(material: Material) -> list[Paragraph]:
    """Every paragraph and table of the report, in order, in every language of the workshop."""
    languages = material.workshop.languages
    draft = Draft(languages=languages, cite=Citations(languages, material.workshop.zone))
    for chapter, write in WRITERS.items():
        draft.open(chapter)
        write(draft, material)
    return draft.paragraphs
