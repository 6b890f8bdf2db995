"""The questionnaire on paper: PDF and Word."""
