"""What to read. Statements only: the caller runs them."""

from sqlalchemy import Delete, Select, delete, select
from sqlalchemy.orm import joinedload

from .models import Printing


def printings(questionnaire_id: int) -> Select[Printing]:
    """The PDFs made or asked for of a questionnaire, each with its task."""
    return select(Printing).where(Printing.questionnaire_id == questionnaire_id).options(joinedload(Printing.task))


def printing(questionnaire_id: int, language: str, fingerprint: str) -> Select[Printing]:
    """The PDF of a questionnaire in this very state and language, made or asked for."""
    return printings(questionnaire_id).where(Printing.language == language, Printing.fingerprint == fingerprint)


def outdated_printings(questionnaire_id: int, language: str, fingerprint: str) -> Delete:
    """Takes away the PDFs of earlier states in this language."""
    return delete(Printing).where(
        Printing.questionnaire_id == questionnaire_id,
        Printing.language == language,
        Printing.fingerprint != fingerprint,
    )
