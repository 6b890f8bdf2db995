"""LimeSurvey structure files, read."""
