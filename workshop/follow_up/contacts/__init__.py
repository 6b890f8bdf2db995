"""The directory of contacts: only with consent, only until it expires, with addresses that robots do not collect."""

from flask import Blueprint

bp = Blueprint("contacts", __name__)
SCREENS = ("views", "desk_views", "own_views")
TASKS = ("tasks",)
