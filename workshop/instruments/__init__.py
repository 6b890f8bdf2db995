"""Questionnaires in and out of files: XLSForm, LimeSurvey, translators' sheets, paper."""
