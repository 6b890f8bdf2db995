"""The organisers' screens for organisations: their names and aliases, and two that turn out to be one."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
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
    """Those of this agenda, or all of the register in whose names the words stand."""
    words = request.args.get("find", "").strip()
    aliases: dict[int, list[str]] = {}
    for alias in db.session.scalars(queries.aliases()):
        aliases.setdefault(alias.organisation_id, []).append(alias.name)
    statement = queries.organisations() if words else queries.organisations_on(workshop)
    found = [
        each
        for each in db.session.scalars(statement)
        if organisation_merging.is_called(each, aliases.get(each.id, ()), words)
    ]
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
            organisation_merging.refuse_taken(str(form.alias.data), one, *register_of_names())
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


@bp.route("/workshops/<slug>/desk/organisations/<int:id>/merge/<int:into>", methods=["GET", "POST"])
@organiser
def merge(workshop: Workshop, id: int, into: int) -> Page:
    """Two that are one: says what moves, and does it when told."""
    one, other = organisation_or_404(workshop, id), organisation_or_404(workshop, into)
    if one is other:
        return to(workshop, one)
    if request.method == "POST":
        with flashing_refusal():
            refuse_where_others_use_it(one)
            refuse_where_others_use_it(other)
            aliases = db.session.scalars(queries.aliases_of(one, other)).all()
            db.session.add_all(organisation_merging.kept_names(one, other, aliases))
            for statement in organisation_merging.move_all(one, other):
                db.session.execute(statement)
            other.category, other.country = other.category or one.category, other.country or one.country
            db.session.flush()
            db.session.expire(one)
            db.session.delete(one)
            db.session.add(audit.record("merge organisations", f"{id} into {into}", who=current_user.id, at=now()))
            return save_and_return(workshop, other, _("The two organisations are merged."))
        return to(workshop, one)
    return render_template(
        "secretariat/register/merge.html",
        workshop=workshop,
        one=one,
        other=other,
        moving=uses_of(one),
        aliases=db.session.scalars(queries.aliases_of(one)).all(),
    )


def organisation_page(
    workshop: Workshop, one: Organisation, form: OrganisationForm, theirs: object, alias: AliasForm
) -> tuple[str, int]:
    others = [each for each in db.session.scalars(queries.organisations()) if each is not one]
    page = render_template(
        "secretariat/register/organisation.html",
        workshop=workshop,
        one=one,
        form=form,
        theirs=theirs,
        alias=alias,
        aliases=db.session.scalars(queries.aliases_of(one)).all(),
        used=uses_of(one),
        others=sorted(others, key=lambda each: sort_key(each.name.in_(language(), "en")[0], language())),
    )
    return page, 409 if theirs else 200


def organisation_or_404(workshop: Workshop, id: int) -> Organisation:
    """Any of the register. Who is about to change it makes others at this workshop wait."""
    if request.method == "POST":
        db.session.scalars(series_queries.lock_workshop(workshop)).one()
    found: Organisation = db.one_or_404(queries.organisations().where(Organisation.id == id))
    return found


def uses_of(one: Organisation) -> list[object]:
    """Everybody who takes part for it, in whichever workshop."""
    return [row for statement in queries.uses_of(one) for row in db.session.scalars(statement)]


def refuse_where_others_use_it(one: Organisation) -> None:
    """The register serves every workshop: what others rely on is not changed from here."""
    if any(db.session.scalars(statement).one() for statement in queries.uses_elsewhere(one, current_user)):
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
def country(code: str) -> str:
    """The name of a country in the language of the page."""
    return countries.name_of(code, language())


@bp.app_template_filter("named")
def named(who: person_names.Named) -> str:
    """A person, or one of a release, as the programme prints them in the language of the page."""
    return person_names.named(who, language())


@bp.app_template_filter("listed")
def listed(who: person_names.Named) -> str:
    """The same for a list of people: the family name in capitals."""
    return person_names.listed(who, language())
