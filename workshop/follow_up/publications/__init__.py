"""The library: reports, papers and handbooks of a series, with their editions, launches, files and what was said of them."""

from flask import Blueprint

bp = Blueprint("publications", __name__)
SCREENS = ("views", "desk_views", "part_views")
TASKS = ("tasks",)
