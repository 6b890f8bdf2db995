"""Questionnaires: the questions, who is asked, what they answer, and what comes of it."""

PACKAGES: tuple[str, ...] = (
    "questions",
    "questionnaires",
    "answering",
    "designing",
    "sending",
    "participant_forms",
    "transcription",
    "survey_files",
    "findings",
    "presenting",
    "text_answers",
    "feedback",
)
