"""The organisers' screens for organisations: their names and aliases, and two that turn out to be one."""

from collections.abc import Iterable
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

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
from .models import Category, Organisation, OrganisationAlias


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
    chosen = next((each for each in Category if each.value == request.args.get("category")), None)
    return render_template(
        "secretariat/register/organisations.html",
        workshop=workshop,
        organisations=in_order(each for each in found if chosen in (None, each.category)),
        categories=[each for each in Category if each in {one.category for one in there}],
        category=chosen,
        aliases=aliases,
        words=words,
    )


@bp.route("/workshops/<slug>/desk/organisations/<int:id>", methods=["GET", "POST"])
@organiser
def organisation(workshop: Workshop, id: int) -> Page | tuple[str, int]:
    one = organisation_or_404(workshop, id)
    form, theirs = open_form(
        lambda sent, data: OrganisationForm(sent, data=data, language=language(), umbrellas=umbrellas_for(one)),
        said_of(one),
        request.form if request.method == "POST" else None,
    )
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            refuse_where_others_use_it(one)
            umbrella = db.session.get(Organisation, form.umbrella.data) if form.umbrella.data else None
            organisation_merging.refuse_circle(one, umbrella)
            one.name, one.category, one.country = form.name.data, form.category.data, form.country.data
            one.umbrella = umbrella
            return save_and_return(workshop, one)
    return organisation_page(workshop, one, form, theirs, AliasForm(None, languages=workshop.languages))


def said_of(one: Organisation) -> dict[str, object]:
    return {"name": one.name, "category": one.category, "country": one.country, "umbrella": one.umbrella_id}


def umbrellas_for(one: Organisation) -> list[SelectChoice]:
    """Those that one's workshops use; the present one stays, whoever else uses it, and is then not named."""
    offered = [SelectChoice(each.id, each.name.in_(language(), "en")[0]) for each in others_than(one)]
    if one.umbrella_id and one.umbrella_id not in {each.value for each in offered}:
        offered.append(SelectChoice(one.umbrella_id, _("An organisation that your workshops do not use")))
    return offered


@bp.post("/workshops/<slug>/desk/organisations/<int:id>/aliases")
@organiser
def add_alias(workshop: Workshop, id: int) -> Page | tuple[str, int]:
    one, form = organisation_or_404(workshop, id), AliasForm(request.form, languages=workshop.languages)
    if form.validate_on_submit():
        with form.refusing():
            visible = {each.id for each in db.session.scalars(queries.organisations_of(current_user))}
            organisation_merging.refuse_taken(str(form.alias.data), one, *register_of_names(), visible)
            name, in_language = str(form.alias.data), str(form.in_language.data)
            db.session.add(OrganisationAlias(organisation=one, name=name, language=in_language))
            return save_and_return(workshop, one)
    own = OrganisationForm(None, data=said_of(one), language=language(), umbrellas=umbrellas_for(one))
    return organisation_page(workshop, one, own, None, form)


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
    page = render_template(
        "secretariat/register/organisation.html",
        workshop=workshop,
        one=one,
        form=form,
        theirs=theirs,
        alias=alias,
        aliases=db.session.scalars(queries.aliases_of(one)).all(),
        used=uses_of(one),
        came=came_to(),
        members=in_order(db.session.scalars(queries.members_of(one, current_user))),
        is_shared=is_used_elsewhere(one),
        merges=db.session.scalars(queries.merges(one, now() - organisation_merging.UNDONE_FOR)).all(),
        others=others_than(one),
    )
    return page, 409 if theirs else 200


def others_than(one: Organisation) -> list[Organisation]:
    return in_order(each for each in db.session.scalars(queries.organisations_of(current_user)) if each is not one)


def in_order(organisations: Iterable[Organisation]) -> list[Organisation]:
    """As the alphabet of the page's language has them."""
    return sorted(organisations, key=lambda each: sort_key(each.name.in_(language(), "en")[0], language()))


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


def came_to() -> set[int]:
    """Ids of the participants who came to the workshops that one organises."""
    statements = queries.came_to(queries.seen_through(current_user))
    return {each for statement in statements for each in db.session.scalars(statement)}


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
