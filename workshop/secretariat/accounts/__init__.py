"""People who sign in, their sign-in sessions, and how they prove who they are."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
SCREENS = ("views",)
TASKS = ("tasks",)
