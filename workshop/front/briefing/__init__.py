"""The agenda as it stands, and the briefing of a session, for those who serve it."""

from flask import Blueprint

bp = Blueprint("briefing", __name__)
SCREENS = ("views",)
