"""Questionnaires as forms of the registration: asked of those who register, or of those who have a seat."""

from flask import Blueprint

bp = Blueprint("participant_forms", __name__)
SCREENS = ("views", "own_form_views")
ANSWERS = ("form_offers",)
