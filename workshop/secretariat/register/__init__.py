"""The register with memory: organisations, people, countries."""

from flask import Blueprint

bp = Blueprint("register", __name__)
SCREENS = ("merge_views", "views")
TASKS = ("tasks",)
