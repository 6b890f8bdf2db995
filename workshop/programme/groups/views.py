"""The organisers' screen for what a break-out group is asked."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.conflicts import open_form
from workshop.platform.db import db, now
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .forms import QuestionsForm
from .models import Group

BLANKS: list[dict[str, object]] = [{}, {}]


@bp.route("/workshops/<slug>/desk/breakouts/<int:number>/questions", methods=["GET", "POST"])
@programme_officer
def questions(workshop: Workshop, number: int) -> str | HttpResponse | tuple[str, int]:
    """The guiding questions of a group, with what they said before. The public sees them with the next release."""
    posted = request.method == "POST"
    if posted:
        db.session.scalars(lock_workshop(workshop)).one()
    group = db.one_or_404(queries.group(workshop, number))
    resting = {row.question: row.rests for row in db.session.execute(queries.dependents_of_questions(group))}
    form, theirs = open_form(QuestionsForm, as_filled(group), request.form if posted else None)
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            rules.ask(group, form.typed_questions(), resting=resting)
            workshop.changed_in_public()
            place = f"{workshop.slug}, group {number}"
            db.session.add(audit.record("edit group questions", place, who=current_user.id, at=now()))
            db.session.commit()
            flash(
                _("Saved. Note-takers see the questions as they are now; the public sees them with the next release.")
            )
            return redirect(url_for("groups.questions", slug=workshop.slug, number=number))
    page = render_template(
        "programme/groups/questions.html",
        workshop=workshop,
        group=group,
        form=form,
        theirs=theirs,
        resting=resting,
        wordings=db.session.scalars(queries.wordings(group)).all(),
    )
    return page, 409 if theirs else 200


def as_filled(group: Group) -> dict[str, object]:
    """The questions as the form shows them, with two empty lines for further ones."""
    rows = [{"id": each.id, "text": each.text, "place": place} for place, each in enumerate(group.questions, 1)]
    return {"questions": [*rows, *BLANKS]}
