"""Who sits in which break-out group: balanced, explained, and moved as little as possible."""

from flask import Blueprint

bp = Blueprint("allocation", __name__)
SCREENS = ("views", "people_views", "choice_views", "seat_views", "registered_views")
