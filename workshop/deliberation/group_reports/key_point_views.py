"""Key points made of chosen points, and kept where every source has gone."""

from flask import abort, request
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.deliberation.capture.rules import READERS
from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.secretariat.series.membership import holding
from workshop.secretariat.series.models import Workshop

from . import bp, report_draft, rules
from .views import back_to, desk_of, place, refusal_to_take


@bp.route("/workshops/<slug>/breakouts/<int:number>/report/draft", methods=["POST"])
@holding(*READERS)
def draft(workshop: Workshop, number: int) -> Page:
    """Save the form, and make key points of the points that were ticked."""
    desk = desk_of(workshop, number)
    if not desk.may_report:
        abort(403)
    if (refused := refusal_to_take(desk)) is not None:
        return refused
    if desk.report and not desk.is_signed:
        numbers = set(request.form.getlist("chosen", type=int))
        report_draft.draft_key_points(desk.report, [point for point in desk.points if point.number in numbers])
        db.session.commit()
    return back_to(desk, "key-points")


@bp.route("/workshops/<slug>/breakouts/<int:number>/report/key-points/<int:key_id>/keep", methods=["POST"])
@holding(*READERS)
def keep_key_point(workshop: Workshop, number: int, key_id: int) -> HttpResponse:
    """A signed key point stands although all it rested on was struck: with a reason, which is kept."""
    desk = desk_of(workshop, number)
    undecided = desk.report.undecided if desk.report else []
    key = next((each for each in undecided if each.id == key_id), None) or abort(404)
    with flashing_refusal():
        rules.keep_key_point(key, request.form.get("reason", ""), by=current_user)
        subject = f"{place(desk)}: {key.kept_reason}"
        db.session.add(audit.record("keep key point without source", subject, who=current_user.id, at=now()))
        workshop.changed_in_public()
        db.session.commit()
    return back_to(desk)
