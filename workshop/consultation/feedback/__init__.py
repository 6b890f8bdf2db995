"""What we heard: what respondents said, what was done with it, what was not and why; told to them after the meeting."""

from flask import Blueprint

bp = Blueprint("feedback", __name__)
SCREENS = ("views", "respondent_views")
