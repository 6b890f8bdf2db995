"""An edition sent round among those who took part: by link, until a minute that is named; what they remark, and what became
of it. Silence is no objection; it is never called an approval.
"""

from flask import Blueprint

bp = Blueprint("circulation", __name__)
SCREENS = (
    "views",
    "link_views",
)
TASKS = ("tasks",)
