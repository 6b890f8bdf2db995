"""The published agenda to take away: calendars, schedule files, Word, Excel and PDF."""

from flask import Blueprint

bp = Blueprint("agenda_out", __name__)
SCREENS = (
    "views",
    "calendar_views",
)
TASKS = ("tasks",)
