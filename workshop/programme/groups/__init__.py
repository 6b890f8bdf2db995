"""Break-out groups: who serves them, and the questions each is asked."""

from flask import Blueprint

bp = Blueprint("groups", __name__)
SCREENS = ("views",)
ANSWERS = ("group_copies",)
