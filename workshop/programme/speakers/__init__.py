"""Speakers: inviting them, what they confirm by their personal link, and who took whose place."""

from flask import Blueprint

bp = Blueprint("speakers", __name__)
SCREENS = (
    "views",
    "invitation_views",
    "link_views",
    "notification_views",
    "profile_views",
    "replacement_views",
)
TASKS = ("tasks",)
