"""The blueprint that the screens of this feature are attached to."""

from flask import Blueprint

bp = Blueprint("exchange", __name__)
