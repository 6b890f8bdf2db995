"""Registration: who has a seat, who waits for one, what each gives for which purpose, and the list of participants."""

from flask import Blueprint

bp = Blueprint("registration", __name__)
SCREENS = (
    "views",
    "participant_views",
    "link_views",
    "open_views",
    "intake.registering_views",
    "listing.list_views",
    "session_places.place_views",
    "travel.passport_views",
    "travel.paper_views",
)
TASKS = ("tasks",)
ANSWERS = ("settling", "participant_lines", "intake.participant_details", "intake.programme_people")
