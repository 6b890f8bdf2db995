"""The organisers' screen for bringing in a questionnaire: a file, what would become of every row, and keeping it."""

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires import queries as questionnaires
from workshop.consultation.questions.language_names import name_of
from workshop.platform import audit, files
from workshop.platform.access import limited
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.foreign.limits import SURVEY
from workshop.platform.foreign.uploaded_files import content_of, shown_name
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, importing
from .forms import BringForm, KeepForm
from .importing import Brought, look

bp.add_app_template_filter(name_of, "in_words")
KEPT_FOR = 24 * 3600  # seconds in which a file that was read may be kept
Page = str | tuple[str, int] | HttpResponse


@bp.get("/workshops/<slug>/desk/questionnaires/import")
@organiser
def bring_in(workshop: Workshop) -> str:
    return page(workshop, BringForm())


@bp.post("/workshops/<slug>/desk/questionnaires/import")
@organiser
@limited("20 per minute")
def read(workshop: Workshop) -> Page:
    """What would become of every row. Nothing is changed yet."""
    form = BringForm()
    if not form.validate_on_submit():
        return page(workshop, form), 422
    content, filename = content_of(form.file.data, SURVEY), form.file.data.filename or ""
    with form.refusing():
        brought = look(db.session, workshop, content, slug=form.slug.data or "", filename=filename)
        return report_page(workshop, brought, kept=files.put(content), source=shown_name(filename))
    return page(workshop, form), 422


@bp.post("/workshops/<slug>/desk/questionnaires/import/keep")
@organiser
@limited("20 per minute")
def keep(workshop: Workshop) -> Page:
    """Put what was read into the questionnaire's draft; where that has changed meanwhile, show first what would happen now."""
    form = KeepForm()
    try:
        stored = signer(workshop).loads(form.kept.data or "", max_age=KEPT_FOR)
        content = files.get(stored)
    except (BadSignature, FileNotFoundError):
        flash(_("The file is no longer stored here. Please choose it again."))
        return redirect(url_for("survey_files.bring_in", slug=workshop.slug))
    db.session.scalars(lock_workshop(workshop)).one()
    db.session.scalars(questionnaires.lock_questionnaire(workshop, form.slug.data or "")).one_or_none()
    with flashing_refusal():
        brought = look(db.session, workshop, content, slug=form.slug.data or "")
        with flashing_refusal():
            brought.report.refuse_unseen(form.seen.data)
            return keep_and_return(workshop, brought, form)
        return report_page(workshop, brought, kept=stored, source=form.source.data or "")
    return redirect(url_for("survey_files.bring_in", slug=workshop.slug))


def keep_and_return(workshop: Workshop, brought: Brought, form: KeepForm) -> HttpResponse:
    """Make it the draft, and show where its files are."""
    source, who, at = form.source.data or brought.slug, current_user.id, now()
    importing.keep(db.session, workshop, brought, source=source, who=who, at=at)
    db.session.add(audit.record("import questionnaire", f"{workshop.slug}/{brought.slug}", who=who, at=at))
    db.session.commit()
    flash(
        _("The draft now matches the file.")
        if brought.changed
        else _("Nothing has changed: the questionnaire already matches the file.")
    )
    return redirect(url_for("survey_files.export", slug=workshop.slug, questionnaire=brought.slug))


def signer(workshop: Workshop) -> URLSafeTimedSerializer:
    """Signs the names of files that were read for this workshop, so that no other stored file can be asked for."""
    return URLSafeTimedSerializer(current_app.secret_key or "", salt=f"instruments/{workshop.slug}")


def page(workshop: Workshop, form: BringForm) -> str:
    return render_template("consultation/survey_files/bring_in.html", workshop=workshop, form=form)


def report_page(workshop: Workshop, brought: Brought, *, kept: str, source: str) -> str:
    data: dict[str, object] = {
        "kept": signer(workshop).dumps(kept),
        "slug": brought.slug,
        "seen": brought.report.fingerprint(),
        "source": source,
    }
    form = KeepForm(formdata=None, data=data)
    return render_template(
        "consultation/survey_files/import_report.html",
        workshop=workshop,
        brought=brought,
        report=brought.report,
        form=form,
    )
