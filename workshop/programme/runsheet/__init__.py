"""The run sheet: a day minute by minute for the podium and those behind it; nothing of it is ever public."""

from flask import Blueprint

bp = Blueprint("runsheet", __name__)
SCREENS = ("views",)
