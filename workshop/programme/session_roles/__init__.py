"""Who chairs, moderates, reports on or takes notes of one session, with an account of their own."""

from flask import Blueprint

bp = Blueprint("session_roles", __name__)
SCREENS = ("views",)
