"""The organisers' screens for organisations: their names and aliases, and two that turn out to be one."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform.access import Page
from workshop.platform.conflicts import open_form
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.i18n import language
from workshop.secretariat.series import queries as series_queries
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, countries, organisation_merging, person_names, queries
from .countries import sort_key
from .forms import AliasForm, OrganisationForm
from .models import Organisation, OrganisationAlias


@bp.get("/workshops/<slug>/desk/organisations")
@organiser
def organisations(workshop: Workshop) -> str:
    """Those that this workshop uses, or any that one's workshops use in whose names the words stand."""
    words = request.args.get("find", "").strip()
    statement = queries.organisations_of(current_user) if words else queries.organisations_on(workshop)
    there = db.session.scalars(statement).all()
    aliases: dict[int, list[str]] = {}
    for alias in db.session.scalars(queries.aliases_of(*there)):
        aliases.setdefault(alias.organisation_id, []).append(alias.name)
    found = [each for each in there if organisation_merging.is_called(each, aliases.get(each.id, ()), words)]
    found.sort(key=lambda each: sort_key(each.name.in_(language(), "en")[0], language()))
    return render_template(
        "secretariat/register/organisations.html", workshop=workshop, organisations=found, aliases=aliases, words=words
    )


@bp.route("/workshops/<slug>/desk/organisations/<int:id>", methods=["GET", "POST"])
@organiser
def organisation(workshop: Workshop, id: int) -> Page | tuple[str, int]:
    one = organisation_or_404(workshop, id)
    kept = {"name": one.name, "category": one.category, "country": one.country}
    form, theirs = open_form(
        lambda sent, data: OrganisationForm(sent, data=data, language=language()),
        kept,
        request.form if request.method == "POST" else None,
    )
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            refuse_where_others_use_it(one)
            one.name, one.category, one.country = form.name.data, form.category.data, form.country.data
            return save_and_return(workshop, one)
    return organisation_page(workshop, one, form, theirs, AliasForm(formdata=None))


@bp.post("/workshops/<slug>/desk/organisations/<int:id>/aliases")
@organiser
def add_alias(workshop: Workshop, id: int) -> Page | tuple[str, int]:
    one, form = organisation_or_404(workshop, id), AliasForm()
    if form.validate_on_submit():
        with form.refusing():
            visible = {each.id for each in db.session.scalars(queries.organisations_of(current_user))}
            organisation_merging.refuse_taken(str(form.alias.data), one, *register_of_names(), visible)
            db.session.add(OrganisationAlias(organisation=one, name=str(form.alias.data)))
            return save_and_return(workshop, one)
    kept = {"name": one.name, "category": one.category, "country": one.country}
    return organisation_page(workshop, one, OrganisationForm(None, data=kept, language=language()), None, form)


@bp.post("/workshops/<slug>/desk/organisations/<int:id>/aliases/<int:alias_id>/remove")
@organiser
def remove_alias(workshop: Workshop, id: int, alias_id: int) -> HttpResponse:
    one = organisation_or_404(workshop, id)
    alias = db.one_or_404(queries.aliases_of(one).where(OrganisationAlias.id == alias_id))
    with flashing_refusal():
        refuse_where_others_use_it(one)
        db.session.delete(alias)
        return save_and_return(workshop, one)
    return to(workshop, one)


def organisation_page(
    workshop: Workshop, one: Organisation, form: OrganisationForm, theirs: object, alias: AliasForm
) -> tuple[str, int]:
    others = [each for each in db.session.scalars(queries.organisations_of(current_user)) if each is not one]
    page = render_template(
        "secretariat/register/organisation.html",
        workshop=workshop,
        one=one,
        form=form,
        theirs=theirs,
        alias=alias,
        aliases=db.session.scalars(queries.aliases_of(one)).all(),
        used=uses_of(one),
        is_shared=is_used_elsewhere(one),
        merges=db.session.scalars(queries.merges(one, now() - organisation_merging.UNDONE_FOR)).all(),
        others=sorted(others, key=lambda each: sort_key(each.name.in_(language(), "en")[0], language())),
    )
    return page, 409 if theirs else 200


def organisation_or_404(workshop: Workshop, id: int) -> Organisation:
    """One that one's workshops use. Who is about to change it makes others at this workshop wait."""
    if request.method == "POST":
        db.session.scalars(series_queries.lock_workshop(workshop)).one()
    found: Organisation = db.one_or_404(queries.organisations_of(current_user).where(Organisation.id == id))
    return found


def uses_of(one: Organisation) -> list[object]:
    """Everybody who takes part for it in the workshops that one organises."""
    statements = queries.uses_of(one, queries.seen_through(current_user))
    return [row for statement in statements for row in db.session.scalars(statement)]


def is_used_elsewhere(one: Organisation) -> bool:
    return db.session.scalars(queries.is_used_elsewhere(one, current_user)).one()


def refuse_where_others_use_it(one: Organisation) -> None:
    """The register serves every workshop: what others rely on is not changed from here."""
    if is_used_elsewhere(one):
        raise RuleBroken(_("It also appears in a workshop that you do not organise. Ask its organisers."))


def register_of_names() -> tuple[list[Organisation], list[OrganisationAlias]]:
    return list(db.session.scalars(queries.organisations())), list(db.session.scalars(queries.aliases()))


def save_and_return(workshop: Workshop, one: Organisation, message: str = "") -> HttpResponse:
    db.session.commit()
    flash(message or _("Saved."))
    return to(workshop, one)


def to(workshop: Workshop, one: Organisation) -> HttpResponse:
    return redirect(url_for(".organisation", slug=workshop.slug, id=one.id))


@bp.app_template_filter("country")
def country(code: str, on: date | None = None) -> str:
    """The name of a country in the language of the page, and of a day where one is given."""
    return countries.name_of(code, language(), on)


@bp.app_template_filter("named")
def named(who: person_names.Named) -> str:
    """A person, or one of a release, as the programme prints them in the language of the page."""
    return person_names.named(who, language())


@bp.app_template_filter("listed")
def listed(who: person_names.Named) -> str:
    """The same for a list of people: the family name in capitals."""
    return person_names.listed(who, language())
