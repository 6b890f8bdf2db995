"""Results to be shown: findings with permanent ids, charts, slides, pages for a screen, and files to take away."""

from flask import Blueprint

bp = Blueprint("presenting", __name__)
SCREENS = ("views", "chart_views", "file_views", "paper.views")
TASKS = ("tasks",)
