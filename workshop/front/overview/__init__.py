"""The organisers' front page: the stages of a workshop and what is due now."""

from flask import Blueprint

bp = Blueprint("overview", __name__)
SCREENS = ("views",)
