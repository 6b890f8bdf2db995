"""Questionnaires in and out of files: XLSForm, LimeSurvey, translators' sheets, paper."""

from flask import Blueprint

bp = Blueprint("survey_files", __name__)
SCREENS = (
    "export_views",
    "import_views",
)
TASKS = ("tasks",)
