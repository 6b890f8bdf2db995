"""Points that say the same, within a group and across groups: put in clusters by a decision, never changed by it."""

from flask import Blueprint

bp = Blueprint("merging", __name__)
SCREENS = ("views",)
ANSWERS = ("queries",)
