"""An agenda out of a file: read, compared with the draft, and imported as far as an organiser decides."""

from flask import Blueprint

bp = Blueprint("agenda_in", __name__)
SCREENS = ("views",)
TASKS = ("tasks",)
