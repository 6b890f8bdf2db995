"""Sessions, items, guiding questions, and who speaks in which role."""

from flask import Blueprint

bp = Blueprint("agenda", __name__)
SCREENS = (
    "views",
    "item_views",
    "timetable.settings_views",
    "timetable.views",
)
ANSWERS = ("session_copies",)
