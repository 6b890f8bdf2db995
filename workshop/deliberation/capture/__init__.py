"""What is said in break-out groups and plenary sessions, as note-takers capture it."""

from flask import Blueprint

bp = Blueprint("capture", __name__)
SCREENS = ("views", "live_views", "wall_views")
