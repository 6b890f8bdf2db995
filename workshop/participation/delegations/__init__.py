"""Who is invited, whom they nominate, and the seats there are: delegations of States, organisations and people."""

from flask import Blueprint

bp = Blueprint("delegations", __name__)
SCREENS = (
    "views",
    "plan_views",
    "invitation_views",
    "invitees.contact_views",
    "official.letter_views",
    "nomination_views",
    "member_views",
)
TASKS = ("tasks",)
