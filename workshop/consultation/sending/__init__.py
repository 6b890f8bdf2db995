"""Sending a questionnaire out: to whom, with which text, when they are reminded, and who has answered."""

from flask import Blueprint

bp = Blueprint("sending", __name__)
SCREENS = (
    "views",
    "distribution_views",
    "list_views",
)
TASKS = ("list_tasks", "tasks")
