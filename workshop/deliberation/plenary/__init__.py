"""The report to the plenary in work, and where each paragraph comes from."""

from flask import Blueprint

bp = Blueprint("plenary", __name__)
SCREENS = (
    "views",
    "compile_views",
    "block_views",
)
