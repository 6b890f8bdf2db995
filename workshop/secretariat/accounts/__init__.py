"""People who sign in, their sign-in sessions, and how they prove who they are."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
SCREENS = (
    "views",
    "account_views",
    "address_views",
    "erasure_views",
    "mailed_link_views",
    "second_factor.views",
    "second_factor.code_views",
    "passkeys.views",
    "openid.views",
)
TASKS = ("tasks",)
