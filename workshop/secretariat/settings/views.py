"""The settings of a workshop, part by part."""

from dataclasses import fields

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, files
from workshop.platform.access import Page, public
from workshop.platform.conflicts import open_form
from workshop.platform.db import db, now
from workshop.platform.foreign.uploaded_files import small_logo
from workshop.platform.forms import posted_form
from workshop.platform.i18n import language
from workshop.secretariat.series import queries
from workshop.secretariat.series.languages import chosen_languages
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, facts
from .forms import AboutForm, ConductForm, ContactForm, DatesForm, LanguagesForm, LogoForm
from .goals import name_of
from .rescheduling import days_used, reschedule


@bp.route("/workshops/<slug>/desk/settings", methods=["GET", "POST"])
@organiser
def about(workshop: Workshop) -> Page:
    """Title, introduction, objectives, outcomes, themes and goals."""
    lock_to_write(workshop)
    form, theirs = open_form(AboutForm, about_as_kept(workshop), posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            facts.write_about(workshop, form.typed(facts.About))
            return save(workshop, "settings.about")
    return settings_page("secretariat/settings/about.html", workshop, form, theirs)


@bp.route("/workshops/<slug>/desk/settings/dates", methods=["GET", "POST"])
@organiser
def dates(workshop: Workshop) -> Page:
    """Days, hours, place, venue and time zone."""
    lock_to_write(workshop)
    form, theirs = open_form(DatesForm, as_kept(workshop, facts.DatesAndPlace), posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            text, move = form.typed(facts.DatesAndPlace), bool(form.move_along.data)
            moved = facts.write_dates(workshop, text, used=days_used(db.session, workshop), move=move)
            reschedule(db.session, workshop, moved)
            return save(workshop, "settings.dates")
    return settings_page("secretariat/settings/dates.html", workshop, form, theirs)


@bp.route("/workshops/<slug>/desk/settings/languages", methods=["GET", "POST"])
@organiser
def languages(workshop: Workshop) -> Page:
    """The languages its texts are written in."""
    lock_to_write(workshop)
    kept = {"working": workshop.languages[0], "languages": workshop.languages[1:]}
    form, theirs = open_form(
        lambda *args, **kw: LanguagesForm(*args, known=workshop.languages, **kw), kept, posted_form()
    )
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            workshop.languages = chosen_languages(
                str(form.working.data), form.languages.data or (), form.another.data or ""
            )
            workshop.changed_in_public()
            return save(workshop, "settings.languages")
    return settings_page("secretariat/settings/languages.html", workshop, form, theirs)


@bp.route("/workshops/<slug>/desk/settings/conduct", methods=["GET", "POST"])
@organiser
def conduct(workshop: Workshop) -> Page:
    """How what is said may be attributed, the notice on public pages, and how long personal data is kept."""
    lock_to_write(workshop)
    form, theirs = open_form(ConductForm, as_kept(workshop, facts.Conduct), posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            facts.write_conduct(workshop, form.typed(facts.Conduct))
            return save(workshop, "settings.conduct")
    return settings_page("secretariat/settings/conduct.html", workshop, form, theirs)


@bp.route("/workshops/<slug>/desk/settings/contact", methods=["GET", "POST"])
@organiser
def contact(workshop: Workshop) -> Page:
    """Who answers, who pays, and the logo."""
    lock_to_write(workshop)
    kept = as_kept(workshop, facts.Contact) | {"funders": "\n".join(workshop.funders)}
    form, theirs = open_form(ContactForm, kept, posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            facts.write_contact(workshop, form.typed(facts.Contact))
            return save(workshop, "settings.contact")
    return settings_page("secretariat/settings/contact.html", workshop, form, theirs)


@bp.route("/workshops/<slug>/desk/settings/logo", methods=["GET", "POST"])
@organiser
def edit_logo(workshop: Workshop) -> Page:
    form = LogoForm(data={"logo_text": workshop.logo_text})
    if form.validate_on_submit():
        with form.refusing():
            if form.logo.data:
                workshop.logo = files.put(small_logo(form.logo.data))
            workshop.logo_text = form.logo_text.data or ""
            workshop.changed_in_public()
            return save(workshop, "settings.edit_logo")
    return settings_page("secretariat/settings/logo.html", workshop, form, None)


@bp.post("/workshops/<slug>/desk/settings/logo/remove")
@organiser
def remove_logo(workshop: Workshop) -> HttpResponse:
    workshop.logo = workshop.logo_text = ""
    workshop.changed_in_public()
    return save(workshop, "settings.edit_logo")


@bp.get("/workshops/<slug>/logo.png")
@public
def logo(slug: str) -> HttpResponse:
    """The logo of a workshop that strangers may know of."""
    workshop = db.first_or_404(queries.workshop_named(slug).where(Workshop.announced))
    return files.attachment(workshop.logo, "logo.png", "image/png") if workshop.logo else abort(404)


def lock_to_write(workshop: Workshop) -> None:
    """Who is about to change the settings makes others wait until the commit."""
    if request.method == "POST":
        db.session.scalars(queries.lock_workshop(workshop)).one()


def as_kept(workshop: Workshop, kind: type[facts.Part]) -> dict[str, object]:
    """What the workshop says now, by the names of a dataclass of `facts`."""
    return {field.name: getattr(workshop, field.name) for field in fields(kind)}


def about_as_kept(workshop: Workshop) -> dict[str, object]:
    return as_kept(workshop, facts.About) | {
        "objectives": facts.on_lines(workshop.objectives),
        "outcomes": facts.on_lines(workshop.outcomes),
        "themes": ", ".join(workshop.themes),
    }


def save(workshop: Workshop, endpoint: str) -> HttpResponse:
    db.session.add(audit.record("change settings", f"{workshop.slug}: {endpoint}", who=current_user.id, at=now()))
    db.session.commit()
    flash(_("The settings are saved."))
    return redirect(url_for(endpoint, slug=workshop.slug))


def settings_page(template: str, workshop: Workshop, form: object, theirs: object) -> tuple[str, int]:
    page = render_template(template, workshop=workshop, form=form, theirs=theirs)
    return page, 409 if theirs else 200


@bp.app_template_filter("goal")
def goal(code: str) -> str:
    """A goal that a workshop names, in the language of the page."""
    return name_of(code, language())
