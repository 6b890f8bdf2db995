"""Questionnaires of LimeSurvey in text."""
