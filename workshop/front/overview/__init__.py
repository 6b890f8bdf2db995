"""Every role's front page: the stages of a workshop, what is to do, and what concerns the reader herself."""

from flask import Blueprint

bp = Blueprint("overview", __name__)
SCREENS = ("views",)
ANSWERS = ("own_programme", "own_answers")
