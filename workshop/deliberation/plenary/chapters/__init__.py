"""The report to the plenary, written from what there is: chapter by chapter, each paragraph with its sources.

Nothing here invents: what is not known is said not to be known, and what a person wrote stays as written.
"""

from collections.abc import Callable

from ..drafting import Draft, Material
from ..evidence.citations import Citations
from ..paragraphs import Chapter, Paragraph
from .annex import write_agenda, write_documents, write_funders, write_next_steps
from .group_chapters import write_groups
from .methods import write_methods
from .opening import write_opening, write_purpose
from .points_annex import write_points
from .proceedings import write_sessions
from .recommended import write_recommendations
from .results import write_result_tables, write_results
from .synthesis import write_synthesis


def write_annexes(draft: Draft, material: Material) -> None:
    for write in (
        write_agenda,
        write_documents,
        write_result_tables,
        write_points,
        write_methods,
        write_funders,
    ):
        write(draft, material)


WRITERS: dict[Chapter, Callable[[Draft, Material], None]] = {
    Chapter.OPENING: write_opening,
    Chapter.PURPOSE: write_purpose,
    Chapter.SESSIONS: write_sessions,
    Chapter.QUESTIONNAIRE: write_results,
    Chapter.GROUPS: write_groups,
    Chapter.SYNTHESIS: write_synthesis,
    Chapter.RECOMMENDATIONS: write_recommendations,
    Chapter.NEXT_STEPS: write_next_steps,
    Chapter.ANNEX: write_annexes,
}


def compile_paragraphs(material: Material) -> list[Paragraph]:
    """Every paragraph and table of the report, in order, in every language of the workshop."""
    languages = material.workshop.languages
    workshop = material.workshop
    draft = Draft(languages=languages, cite=Citations(languages, workshop.zone), on=workshop.starts_on)
    for chapter, write in WRITERS.items():
        draft.open(chapter)
        write(draft, material)
    return draft.paragraphs
