"""Answering without an account, alone or with colleagues, and sending it in."""

from flask import Blueprint

bp = Blueprint("answering", __name__)
SCREENS = (
    "views",
    "begin_views",
    "colleague_views",
    "copy_views",
    "submit_views",
)
TASKS = ("tasks",)
