"""What came back: reading responses, the files sent with them, and typing in those that came on paper."""

from flask import Blueprint

bp = Blueprint("transcription", __name__)
SCREENS = (
    "views",
    "paper_views",
)
