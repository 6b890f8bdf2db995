"""The texts of a workshop in its languages, side by side, for translators: what it says of itself, its agenda, its groups."""

from flask import Blueprint

bp = Blueprint("translating", __name__)
SCREENS = ("views",)
ANSWERS = ("translator_lines",)
