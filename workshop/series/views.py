"""Where a person goes after signing in: the workshops they have a part in."""

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from workshop.access import signed_in
from workshop.db import db

from . import queries, rules

bp = Blueprint("series", __name__)


@bp.get("/workshops/mine")
@signed_in
def mine() -> str | Response:
    workshops = rules.roles_by_workshop(db.session.scalars(queries.memberships_of(current_user)))
    if len(workshops) == 1:
        return redirect(url_for("overview.desk", slug=next(iter(workshops)).slug))
    return render_template("series/mine.html", workshops=workshops)
