"""Contacts of a workshop, and organisations of the register, beside the list of those to be invited: ticked, they are
put on it."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform.db import db
from workshop.platform.i18n import language
from workshop.secretariat.register.countries import sort_key
from workshop.secretariat.register.queries import organisations_of
from workshop.secretariat.rosters.candidates import Candidate, listing_of, ticked_ids
from workshop.secretariat.rosters.queries import contacts
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from .. import bp, queries
from .contacts_as_delegations import Invitee, RegisteredBody, fill, invitees, made_of


@bp.get("/workshops/<slug>/desk/participants/delegations/add-contacts")
@organiser
def contacts_to_invite(workshop: Workshop) -> str:
    """Each with what would become of it; a list is imported among the contacts first, with an account of every row."""
    return render_template(
        "participation/delegations/contacts_to_invite.html",
        workshop=workshop,
        listing=listing_of(candidates_of(invited_contacts(workshop), "rosters.contact")),
    )


@bp.post("/workshops/<slug>/desk/participants/delegations/add-contacts")
@organiser
def add_contacts(workshop: Workshop) -> HttpResponse:
    """Those ticked; pressed twice, nothing changes."""
    db.session.scalars(lock_workshop(workshop)).one()
    return put_on_list(workshop, invited_contacts(workshop), "rosters.contact")


@bp.get("/workshops/<slug>/desk/participants/delegations/add-organisations")
@organiser
def organisations_to_invite(workshop: Workshop) -> str:
    """Those that any workshop of this person knows."""
    return render_template(
        "participation/delegations/organisations_to_invite.html",
        workshop=workshop,
        listing=listing_of(candidates_of(invited_organisations(workshop), "register.organisation")),
    )


@bp.post("/workshops/<slug>/desk/participants/delegations/add-organisations")
@organiser
def add_organisations(workshop: Workshop) -> HttpResponse:
    """Those ticked; pressed twice, nothing changes."""
    db.session.scalars(lock_workshop(workshop)).one()
    return put_on_list(workshop, invited_organisations(workshop), "register.organisation")


def invited_contacts(workshop: Workshop) -> list[Invitee]:
    kept = db.session.scalars(queries.delegations(workshop)).all()
    with db.session.no_autoflush:
        return invitees(db.session.scalars(contacts(workshop)), kept)


def invited_organisations(workshop: Workshop) -> list[Invitee]:
    """In the alphabet of the reader."""
    kept = db.session.scalars(queries.delegations(workshop)).all()
    known = [RegisteredBody(workshop, each) for each in db.session.scalars(organisations_of(current_user))]
    known.sort(key=lambda each: sort_key(each.label, language()))
    with db.session.no_autoflush:
        return invitees(known, kept)


def candidates_of(known: Sequence[Invitee], endpoint: str) -> list[Candidate]:
    return [
        Candidate(
            each.known.id,
            each.known.label,
            url_for(endpoint, slug=each.known.workshop.slug, id=each.known.id),
            each.known.organisation.name if each.known.organisation and each.known.person else None,
            each.known.country,
            each.category,
            each.known.email,
            is_open=each.is_new,
            state=each.refusal or state_of(each),
            tone="warn" if each.refusal else "" if each.is_new else "good",
        )
        for each in known
    ]


def state_of(one: Invitee) -> str:
    if one.fills:
        return _("fills in the State on the list")
    return _("on the list already") if one.here else ""


def put_on_list(workshop: Workshop, known: Sequence[Invitee], endpoint: str) -> HttpResponse:
    """Commits."""
    wanted = ticked_ids(candidates_of(known, endpoint))
    chosen = [each for each in known if each.known.id in wanted]
    new = [each for each in chosen if each.is_new]
    for each in new:
        if each.here is None:
            db.session.add(made_of(each))
        else:
            fill(each.here, each.known)
    db.session.commit()
    flash(_("Added: %(added)s. On the list already: %(known)s.", added=len(new), known=len(chosen) - len(new)))
    return redirect(url_for(".desk", slug=workshop.slug))
