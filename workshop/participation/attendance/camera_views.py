"""Reading a badge with a camera: its address opened by the phone, or a photo of it taken at the desk."""

import re

from flask import abort, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform.access import limited, signed_in
from workshop.platform.db import db
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.foreign.uploaded_files import codes_in_photo
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import memberships_of

from . import bp, queries
from .models import Badge

ADDRESS = re.compile(r"/b/([\w-]+)$")


@bp.get("/b/<key>")
@signed_in
def badge(key: str) -> HttpResponse:
    """What a camera reads on a badge: at the desk it leads to its holder; for everybody else there is nothing."""
    found = db.session.scalars(queries.badge_by_key(key)).one_or_none() or abort(404)
    roles = {
        each.role.value for each in db.session.scalars(memberships_of(current_user)) if each.workshop is found.workshop
    }
    if not roles & {"organiser", "programme"}:
        abort(404)
    return to_holder(found)


def to_holder(found: Badge) -> HttpResponse:
    if found.voided_at:
        flash(_("This badge was replaced and is void. Ask for the new one."))
        return redirect(url_for("attendance.desk", slug=found.workshop.slug))
    return redirect(url_for("attendance.desk", slug=found.workshop.slug, q=found.participant.number))


@bp.post("/workshops/<slug>/desk/check-in/photo")
@programme_officer
@limited("120 per minute")
def read_photo(workshop: Workshop) -> HttpResponse:
    """For phones whose browser reads no codes itself. The photo is read and not kept."""
    with flashing_refusal():
        photo = request.files.get("photo")
        codes = codes_in_photo(photo) if photo else []
        keys = [match[1] for each in codes if (match := ADDRESS.search(each))]
        found = next((badge for key in keys for badge in db.session.scalars(queries.badge_by_key(key))), None)
        if found is None or found.workshop_id != workshop.id:
            raise RuleBroken(_("No badge of this workshop can be read on the photo. Take it from nearer, or type."))
        if request.accept_mimetypes.best == "application/json":
            return jsonify({"code": f"/b/{found.key}"})
        return to_holder(found)
    return redirect(url_for("attendance.desk", slug=workshop.slug))
