"""Visibility of the workshop: what is not ready, and the decision."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.secretariat.series import queries
from workshop.secretariat.series import visibility as rules
from workshop.secretariat.series.membership import organiser_even_if_archived
from workshop.secretariat.series.models import Visibility, Workshop

from . import bp
from .forms import VisibilityForm


@bp.route("/workshops/<slug>/desk/settings/visibility", methods=["GET", "POST"])
@organiser_even_if_archived
def visibility(workshop: Workshop) -> Page:
    """What others can see now, what is not ready, and the next step."""
    if request.method == "POST":
        db.session.scalars(queries.lock_workshop(workshop)).one()
    form = VisibilityForm()
    if form.validate_on_submit():
        with flashing_refusal():
            return change(workshop, form.wanted or abort(400))
        return redirect(url_for(".visibility", slug=workshop.slug))
    return render_template(
        "secretariat/settings/visibility.html",
        workshop=workshop,
        form=form,
        order=list(Visibility),
        choices=rules.may_become(workshop),
        ready=rules.readiness_of(workshop),
    )


def change(workshop: Workshop, to: Visibility) -> HttpResponse:
    before = workshop.visibility
    rules.change_visibility(workshop, to, rules.readiness_of(workshop))
    subject = f"{workshop.slug}: {before.value} → {to.value}"
    db.session.add(audit.record("change visibility", subject, who=current_user.id, at=now()))
    db.session.commit()
    flash(_("The workshop is now %(state)s.", state=str(to.label).lower()))
    return redirect(url_for(".visibility", slug=workshop.slug))
