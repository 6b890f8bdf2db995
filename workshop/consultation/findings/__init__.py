"""Dated, frozen results of a questionnaire, tabulated so that nobody is exposed."""

from flask import Blueprint

bp = Blueprint("findings", __name__)
SCREENS = ("views", "showing_views", "crossing_views", "exploring.views", "arranging.views")
TASKS = ("tasks",)
