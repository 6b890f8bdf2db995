"""Search across a workshop: its sessions, people, papers and reports."""

from flask import Blueprint

bp = Blueprint("search", __name__)
SCREENS = ("views",)
