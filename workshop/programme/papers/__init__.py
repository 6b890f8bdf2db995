"""The documents each session expects, the files received, and what has become public."""

from flask import Blueprint

bp = Blueprint("papers", __name__)
SCREENS = (
    "views",
    "document_views",
    "submission_views",
    "ledger.views",
)
TASKS = ("tasks",)
