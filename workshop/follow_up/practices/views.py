"""Practices and gaps as everybody reads them, found by country, theme and goal."""

from urllib.parse import urlencode

from flask import render_template, request

from workshop.platform.access import limited, public
from workshop.platform.db import db
from workshop.platform.i18n import language
from workshop.platform.search_normalise import words
from workshop.secretariat.register.countries import countries, in_order
from workshop.secretariat.settings.goals import goals, is_goal

from . import bp, goal_map, queries, rules
from .models import SharedPractice

bp.add_app_template_filter(goal_map.mapped, "mapped_goal")
bp.add_app_template_filter(goal_map.short_name, "goal_number")


@bp.get("/practices")
@public
@limited("120 per minute", methods=("GET",))
def practices() -> str:
    """Those that are public, narrowed by what the address asks for. A goal finds what was filed under goals it maps to."""
    asked = request.args
    country = asked.get("country", "") if asked.get("country") in countries() else ""
    goal = asked.get("goal", "") if is_goal(asked.get("goal", "")) else ""
    theme, typed = asked.get("theme", "").strip()[:100], asked.get("q", "").strip()[:200]
    found = queries.narrowed(
        queries.public_practices(),
        country=country,
        theme=theme,
        goals=goal_map.speaking_of(goal) if goal else (),
        sought=words(typed),
        before=asked.get("before", type=int),
    )
    rows = db.session.scalars(found.limit(queries.A_PAGE + 1)).all()
    asked_for: dict[str, str] = {"country": country, "goal": goal, "theme": theme, "q": typed}
    chosen = {name: value for name, value in asked_for.items() if value}
    onward = ""
    if len(rows) > queries.A_PAGE:
        onward = f"{request.path}?{urlencode({**chosen, 'before': str(rows[queries.A_PAGE - 1].id)})}"
    return render_template(
        "follow_up/practices/practices.html",
        practices=rows[: queries.A_PAGE],
        countries=in_order(language()),
        goals=list(goals()),
        chosen=chosen,
        onward=onward,
        is_first="before" not in asked,
        has_gaps=db.session.scalar(queries.public_gaps().limit(1)) is not None,
    )


@bp.get("/practices/<slug>")
@public
def practice(slug: str) -> str:
    statement = queries.with_meeting(queries.public_practices()).where(SharedPractice.slug == slug)
    return page_of(db.one_or_404(statement))


def page_of(practice: SharedPractice) -> str:
    meeting = practice.meeting
    return render_template(
        "follow_up/practices/practice.html",
        practice=practice,
        meeting=meeting if meeting and meeting.announced else None,
    )


@bp.get("/practices/gaps")
@public
def gaps() -> str:
    """What is missing, theme by theme, and what that rests on."""
    found = db.session.scalars(queries.public_gaps()).all()
    return render_template("follow_up/practices/gaps.html", themes=rules.by_theme(found))
