"""The agenda as published: each release frozen, and what changed since the one before."""

from flask import Blueprint

bp = Blueprint("releases", __name__)
SCREENS = ("views",)
