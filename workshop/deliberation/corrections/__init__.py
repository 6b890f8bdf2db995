"""What the members of a group say about its report by link, until the report is presented to the plenary."""

from flask import Blueprint

bp = Blueprint("corrections", __name__)
SCREENS = ("views", "member_views")
