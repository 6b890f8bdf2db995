"""Who changed what and when in a workshop, with before and after."""

from flask import Blueprint

bp = Blueprint("activity", __name__)
SCREENS = ("views",)
ANSWERS = ("change_listener",)
