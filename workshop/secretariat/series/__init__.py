"""Workshop series, workshops, and who holds which role in which workshop."""

from flask import Blueprint

bp = Blueprint("series", __name__)
SCREENS = ("views", "administrator_views")
