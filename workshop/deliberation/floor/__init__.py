"""The speakers' list of a session: who asks for the floor, in which order it is given, and how long each speaks."""

from flask import Blueprint

bp = Blueprint("floor", __name__)
SCREENS = ("views", "speaking_views")
ANSWERS = ("interventions",)
