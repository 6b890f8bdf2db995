"""Answers in words: read by analysts alone, coded by several of them, and campaigns found among them."""

from flask import Blueprint

bp = Blueprint("text_answers", __name__)
SCREENS = ("views",)
TASKS = ("tasks",)
