"""What works in practice, and where nothing does yet: practices by consent of who gave them, gaps by theme, goals mapped."""

from flask import Blueprint

bp = Blueprint("practices", __name__)
SCREENS = ("views", "desk_views", "consent_views", "gap_views")
