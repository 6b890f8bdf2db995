"""The contacts of a workshop who are people: ticked, they are registered by the secretariat, and decided like all others."""

from collections.abc import Collection, Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import Source
from workshop.platform.db import Words, db, now
from workshop.platform.i18n import language
from workshop.platform.search_normalise import fold
from workshop.secretariat.register.models import Category
from workshop.secretariat.register.person_names import listed
from workshop.secretariat.rosters.candidates import Candidate, listing_of, ticked_ids
from workshop.secretariat.rosters.models import Contact
from workshop.secretariat.rosters.queries import contacts
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from .. import bp, rules
from ..views import everybody_of
from .participant_details import write_details


@bp.get("/workshops/<slug>/desk/participants/add-contacts")
@organiser
def contacts_to_register(workshop: Workshop) -> str:
    """Each with whether they are registered; a list is imported among the contacts first, with an account of every row."""
    return render_template(
        "participation/registration/contacts_to_register.html",
        workshop=workshop,
        listing=listing_of(candidates_of(people_of(workshop), keys_of(workshop))),
    )


def candidates_of(people: Sequence[Contact], known: Collection[str]) -> list[Candidate]:
    return [
        Candidate(
            each.id,
            listed(each.person, language()) if each.person else each.label,
            url_for("rosters.contact", slug=each.workshop.slug, id=each.id),
            each.organisation.name if each.organisation else None,
            each.country,
            each.category or (each.organisation.category if each.organisation else None),
            each.email,
            is_open=key_of(each) not in known,
            state=_("registered already") if key_of(each) in known else "",
            tone="good",
        )
        for each in people
    ]


def people_of(workshop: Workshop) -> Sequence[Contact]:
    return [each for each in db.session.scalars(contacts(workshop)) if each.person]


def keys_of(workshop: Workshop) -> set[str]:
    """By name and by address: whoever is here by one of them is not registered twice."""
    found = set()
    for who in everybody_of(workshop):
        found |= {fold(f"{who.given_name} {who.family_name}").strip(), fold(who.email)}
    return found - {""}


def key_of(contact: Contact) -> str:
    person = contact.person
    return fold(contact.email) or (fold(f"{person.given_name} {person.family_name}").strip() if person else "")


@bp.post("/workshops/<slug>/desk/participants/add-contacts")
@organiser
def register_contacts(workshop: Workshop) -> HttpResponse:
    """Those ticked; pressed twice, nothing changes. Nobody is written to before a decision."""
    db.session.scalars(lock_workshop(workshop)).one()
    people, known = people_of(workshop), keys_of(workshop)
    ticked = ticked_ids(candidates_of(people, known))
    chosen = [each for each in people if each.id in ticked]
    new = []
    for each in chosen:
        if key_of(each) not in known:
            new.append(registered_as(each))
            known.add(key_of(each))
    db.session.add_all(new)
    db.session.commit()
    flash(_("Added: %(added)s. Registered already: %(known)s.", added=len(new), known=len(chosen) - len(new)))
    return redirect(url_for("registration.desk", slug=workshop.slug))


def registered_as(contact: Contact) -> Participant:
    """What the contact says of them; the category is that of the organisation, else of somebody by themselves."""
    organisation, person = contact.organisation, contact.person
    category = contact.category or (organisation.category if organisation else None) or Category.EXPERT
    who = Participant(workshop=contact.workshop, category=category, source=Source.SECRETARIAT)
    if person:
        who.given_name, who.family_name, who.honorific = person.given_name, person.family_name, person.honorific
    code = contact.language or contact.workshop.languages[0]
    who.organisation, who.country, who.email, who.language = organisation, contact.country, contact.email, code
    who.function = Words({code: contact.function}) if contact.function else Words()
    write_details(who, contact.details)
    rules.submit(who, at=now())
    return who
