"""Beginning with a questionnaire that comes with the program."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires import queries as questionnaires_queries
from workshop.consultation.questions import language_names
from workshop.consultation.questions.question import Kind
from workshop.platform.db import db
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, rules
from .instruments import instrument_library


@bp.route("/workshops/<slug>/desk/questionnaires/ready-made", methods=["GET", "POST"])
@organiser
def instruments(workshop: Workshop) -> str | HttpResponse:
    """What there is, with all its questions; a form sent makes one of them a draft of this workshop."""
    if request.method == "POST":
        return begin_with_instrument(workshop)
    return render_template(
        "consultation/designing/instruments.html",
        workshop=workshop,
        instruments=instrument_library.INSTRUMENTS,
        labels=Kind.labels(),
        name_of=language_names.name_of,
    )


def begin_with_instrument(workshop: Workshop) -> HttpResponse:
    wanted = instrument_library.instrument(request.form.get("instrument", "")) or abort(404)
    source = instrument_library.document_in(wanted, request.form.getlist("languages"))
    taken = [each.slug for each in db.session.scalars(questionnaires_queries.of_workshop(workshop))]
    made = rules.create(workshop, wanted.title, source=source, taken=taken)
    made.asks_publication, made.respondents = False, wanted.respondents  # a question asks how they may be published
    made.individuals_by, made.publication_by = dict(wanted.individuals_by), dict(wanted.publication_by)
    db.session.add(made)
    db.session.commit()
    flash(_("The questionnaire is a draft now. Change what does not fit, then publish it."))
    return redirect(url_for(".edit", slug=workshop.slug, questionnaire=made.slug))
