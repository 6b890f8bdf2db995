"""Questionnaires: the questions, who is asked, what they answer, and what comes of it."""

PACKAGES: tuple[str, ...] = (
    "questions",
    "questionnaires",
    "answering",
    "designing",
    "sending",
    "transcription",
    "survey_files",
    "findings",
)
