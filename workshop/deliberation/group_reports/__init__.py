"""What a rapporteur reports of a group, signed by her."""

from flask import Blueprint

bp = Blueprint("group_reports", __name__)
SCREENS = ("views", "key_point_views", "file_views")
