"""Who changed what and when: the list that organisers read, and the same as a table."""

from datetime import date
from typing import Any

from flask import render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform.db import db
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, change_entries, exports, queries
from .models import Actor

MOST_ROWS = 20_000  # of a table; narrowing the list gives the rest


@bp.get("/workshops/<slug>/desk/activity")
@organiser
def activity(workshop: Workshop) -> str:
    """The newest first; `?kind=`, `?who=`, `?day=` and `?object=` narrow, `?before=` goes on."""
    wanted = wanted_of(request.args)
    read = db.session.scalars(queries.changes(workshop, current_user, wanted).limit(queries.PAGE + 1)).all()
    changes, older = queries.page_of(read)
    return render_template(
        "secretariat/activity/activity.html",
        workshop=workshop,
        changes=changes,
        older=older,
        wanted=wanted,
        narrowed=narrowed(),
        kinds=sorted(
            ((kind, str(change_entries.kind_label(kind))) for kind in change_entries.recorded_kinds()),
            key=lambda k: k[1],
        ),
        people=db.session.execute(queries.people(workshop)).all(),
        others=[Actor.PERSON, Actor.LINK, Actor.PROGRAM],
        entries=change_entries,
    )


@bp.get("/workshops/<slug>/desk/activity.csv")
@organiser
def table(workshop: Workshop) -> HttpResponse:
    statement = queries.changes(workshop, current_user, wanted_of(request.args)).limit(MOST_ROWS)
    answer = HttpResponse(exports.as_csv(db.session.scalars(statement), workshop.zone), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{workshop.slug}-activity.csv"'
    return answer


def wanted_of(given: Any) -> queries.Wanted:
    """What the address asks for; what cannot be understood narrows nothing."""
    who, kind = given.get("who", ""), given.get("kind", "")
    thing, _separator, row = given.get("object", "").rpartition("-")
    known = change_entries.recorded_kinds()
    return queries.Wanted(
        kind=kind if kind in known else "",
        who=Actor(who) if who in Actor.__members__.values() else number_in(who),
        day=day_in(given.get("day", "")),
        thing=(thing, number_in(row) or 0) if thing in known else None,
        before=number_in(given.get("before", "")),
    )


def number_in(text: str) -> int | None:
    """A number that a database can hold."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def day_in(text: str) -> date | None:
    """A day on which somebody may have changed something."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 < day.year < 2200 else None


def narrowed() -> dict[str, str]:
    """What of it stands in the address, for the links on the page."""
    return {name: request.args[name] for name in ("kind", "who", "day", "object") if request.args.get(name)}
