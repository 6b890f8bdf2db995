"""The report to the plenary, and where each paragraph comes from."""

from flask import Blueprint

bp = Blueprint("plenary", __name__)
SCREENS = (
    "views",
    "compile_views",
)
TASKS = ("tasks",)
