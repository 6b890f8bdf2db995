"""The organisers' editor: sections, questions, lists, translations, versions, publishing."""

from flask import Blueprint

bp = Blueprint("designing", __name__)
SCREENS = (
    "views",
    "editor_views",
    "instrument_views",
    "list_views",
    "preview_views",
    "question_views",
    "translation_views",
    "trial_views",
)
