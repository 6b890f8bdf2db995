"""The members of a workshop: invited by letter, given roles, removed; the work of an organiser handed over."""

from flask import Blueprint

bp = Blueprint("members", __name__)
SCREENS = ("views", "invitation_views", "join_views")
