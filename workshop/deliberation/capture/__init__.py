"""The points raised in break-out groups, as note-takers capture them."""

from flask import Blueprint

bp = Blueprint("capture", __name__)
SCREENS = ("views",)
