"""Who is there: badges, checking in at the door of the meeting, and attendance session by session."""

from flask import Blueprint

bp = Blueprint("attendance", __name__)
SCREENS = ("views", "badge_views", "session_views", "camera_views", "door_views")
TASKS = ("tasks",)
ANSWERS = ("certificates",)
