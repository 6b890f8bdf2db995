"""What a report is to the world: editions that never change, checked, cleared and released, on the page and on paper."""

from flask import Blueprint

bp = Blueprint("editions", __name__)
SCREENS = (
    "views",
    "edition_views",
    "check_views",
)
TASKS = ("tasks",)
