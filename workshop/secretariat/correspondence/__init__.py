"""The outbox of a workshop: what was written to whom, what became of it, and sending it again."""

from flask import Blueprint

bp = Blueprint("correspondence", __name__)
SCREENS = ("views",)
