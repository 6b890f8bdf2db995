"""The people and organisations of a workshop: its contacts, and lists of them taken in from files of any kind.

`roster_columns` and `roster_entries` are the one way in for lists of people: later packages read theirs by the same words.
"""

from flask import Blueprint

bp = Blueprint("rosters", __name__)
SCREENS = ("import_views", "member_views", "views")
TASKS = ("tasks",)
