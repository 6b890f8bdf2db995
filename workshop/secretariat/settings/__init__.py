"""Beginning a workshop, everything that can be set about it, who can see it, and removing it."""

from flask import Blueprint

bp = Blueprint("settings", __name__)
SCREENS = ("views", "visibility_views", "workshop_views")
TASKS = ("tasks",)
