"""What a participant sees and says behind the link of a review, without an account."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from workshop.deliberation.plenary.reading import Reading
from workshop.platform.access import Page, by_link, limited
from workshop.platform.db import db, now
from workshop.platform.forms import whole
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .forms import RemarkForm
from .models import ReviewCopy
from .views import remark_in


@bp.route("/review/<token>", methods=["GET", "POST"])
@by_link(queries.copy_by_link)
@limited("60 per minute")
def copy(token: str, found: ReviewCopy) -> Page:
    """The edition with its numbers, a form for remarks until the deadline, and what became of one's own."""
    edition, workshop = found.edition, found.edition.report.workshop
    form = RemarkForm(data={"paragraph": whole(request.args.get("on", ""))})
    if form.validate_on_submit():
        with form.refusing():
            db.session.scalars(lock_workshop(workshop)).one()
            db.session.add(remark_in(form, edition, found))
            db.session.commit()
            flash(_("Your remark was saved. The secretariat answers it here."))
            return redirect(url_for(".copy", token=token, _anchor="remarks"))
    page = render_template(
        "deliberation/circulation/copy.html",
        token=token,
        workshop=workshop,
        report=edition.report,
        edition=edition,
        form=form,
        reading=Reading(edition.paragraphs),
        on_paper=False,
        is_open=rules.is_open(edition, now()),
        remarks=[each for each in db.session.scalars(queries.remarks(edition)) if each.copy_id == found.id],
    )
    return page, 422 if form.errors else 200
