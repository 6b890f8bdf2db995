"""Pages without sign-in: they only read."""

from flask import Blueprint

bp = Blueprint("public", __name__)
SCREENS = ("views",)
