"""The organisers' list of everybody on the agenda, and one of them: standing, what she gave, what she wants changed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import files
from workshop.platform.access import Page
from workshop.platform.conflicts import Clash, SharedForm, open_form
from workshop.platform.db import Words, db
from workshop.platform.i18n import language
from workshop.platform.lists import Column, Filter, Listing
from workshop.platform.mail import UnsentMail
from workshop.programme.agenda import queries as agenda
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.models import Appearance, Replacement, Session
from workshop.secretariat.register.models import Person
from workshop.secretariat.register.person_names import order_of
from workshop.secretariat.series import queries as series_queries
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .forms import ContactForm, PlaceForm
from .invitation_views import fresh, invitations_by_person
from .models import Invitation, InvitationStatus, Profile, Use

NOT_INVITED = "none"


class PartOnAgenda(NamedTuple):
    """As what somebody appears in the session of that number, and for which organisation."""

    part: Part
    role_label: Words
    session_number: int
    organisation: Words | None


@dataclass(frozen=True)
class Row:
    """Somebody on the agenda, as the list shows them."""

    person: Person
    invitation: Invitation | None
    profile: Profile | None
    parts: Sequence[PartOnAgenda]
    last_mail: datetime | None
    unsent: UnsentMail | None

    @property
    def missing(self) -> list[str]:
        return rules.missing(self.profile, self.invitation)

    @property
    def standing(self) -> str:
        """Whoever comes back after having been replaced has not been asked again yet."""
        if self.invitation is None or (self.invitation.standing is InvitationStatus.REPLACED and self.parts):
            return NOT_INVITED
        return self.invitation.standing.value


@bp.get("/workshops/<slug>/desk/speakers")
@programme_officer
def desk(workshop: Workshop) -> str:
    return render_template(
        "programme/speakers/desk.html",
        workshop=workshop,
        listing=listing_of(rows_of(workshop)),
        labels=labels_of_statuses(),
        plan=db.session.scalars(queries.plan(workshop)).one_or_none(),
    )


def labels_of_statuses() -> dict[str, str]:
    return {
        NOT_INVITED: _("not invited yet"),
        "invited": _("invited"),
        "accepted": _("accepted"),
        "declined": _("declined"),
        "replaced": _("replaced"),
    }


def listing_of(rows: list[Row]) -> Listing[Row]:
    """Everybody, found by name or organisation; by family name where nothing else is asked for."""
    labels = labels_of_statuses()
    places = {row.person.id: place for place, row in enumerate(rows)}
    counts = {status: sum(row.standing == status for row in rows) for status in labels}
    return Listing(
        rows,
        columns=[
            Column("name", _("Name"), lambda row: places[row.person.id]),
            Column("status", _("Invitation"), lambda row: list(labels).index(row.standing)),
            Column("contact", _("Last email"), lambda row: row.last_mail),
            Column("missing", _("Missing"), lambda row: -len(row.missing)),
        ],
        filters=[
            Filter(
                "standing",
                _("Status"),
                {status: f"{label} ({counts[status]})" for status, label in labels.items()},
                lambda row: [row.standing],
            ),
        ],
        words=lambda row: " ".join([row.person.display_name, *(_organisations(row))]),
    )


def _organisations(row: Row) -> list[str]:
    return [name for part in row.parts if part.organisation for name in part.organisation.values()]


def rows_of(workshop: Workshop) -> list[Row]:
    """Everybody on the agenda, and those who were replaced, by family name: five statements whatever their number."""
    parts, invitations = parts_by_person(workshop), invitations_by_person(workshop)
    profiles = {each.person_id: each for each in db.session.scalars(queries.profiles(workshop))}
    mails = last_mails(workshop)
    people = {who.id: who for who in db.session.scalars(agenda.people(workshop))}
    people |= {
        each.person_id: each.person for each in invitations.values() if each.standing is InvitationStatus.REPLACED
    }
    found = []
    for who in sorted(people.values(), key=lambda who: order_of(who, language())):
        invited, profile = invitations.get(who.id), profiles.get(who.id)
        last, unsent = mails.get(invited.id, (None, None)) if invited else (None, None)
        found.append(Row(who, invited, profile, parts.get(who.id, ()), last, unsent))
    return found


def parts_by_person(workshop: Workshop) -> Mapping[int, Sequence[PartOnAgenda]]:
    """As what each appears, or reads out what somebody else says."""
    found: dict[int, list[PartOnAgenda]] = defaultdict(list)
    for row in db.session.execute(queries.parts_on_agenda(workshop)):
        for who in {row.person_id, row.delivered_by_id} - {None}:
            found[who].append(PartOnAgenda(row.part, row.role_label, row.number, row.organisation))
    return found


def last_mails(workshop: Workshop) -> dict[int, tuple[datetime, UnsentMail | None]]:
    """Of each invitation: when the last mail was written, and what became of it unless it has left."""
    rows = db.session.execute(queries.last_mails(workshop))
    return {row[0]: (row[1], UnsentMail(row[2], row[3] or "") if row[2] else None) for row in rows}


@bp.get("/workshops/<slug>/desk/speakers/<int:person_id>")
@programme_officer
def person(workshop: Workshop, person_id: int) -> str:
    return person_page(workshop, profile_or_404(workshop, person_id))


def person_page(
    workshop: Workshop,
    profile: Profile,
    *,
    contact: SharedForm | None = None,
    contact_theirs: Clash | None = None,
    place: SharedForm | None = None,
    place_theirs: Clash | None = None,
) -> str:
    invited = invitations_by_person(workshop).get(profile.person_id)
    slots = slots_of(workshop, profile.person_id)
    printed = rules.entry_of(profile.person, slots, language())
    here = (Session.workshop_id == workshop.id, Replacement.person_id == profile.person_id)
    return render_template(
        "programme/speakers/person.html",
        workshop=workshop,
        profile=profile,
        person=profile.person,
        invited=invited,
        unsent=last_mails(workshop).get(invited.id, (None, None))[1] if invited else None,
        slots=slots,
        differences=rules.differences(profile, printed),
        mails=db.session.scalars(queries.mails(invited)).all() if invited else [],
        availability=db.session.scalars(queries.availability(workshop.id, profile.person_id)).all(),
        consents=db.session.scalars(queries.consents(profile)).all() if profile.id else [],
        replacements=db.session.scalars(agenda.replacements(*here).join(Appearance.session)).all(),
        missing=rules.missing(profile, invited),
        uses=Use,
        contact_theirs=contact_theirs,
        place_theirs=place_theirs,
        contact=contact or open_form(ContactForm, contact_of(profile), None)[0],
        place=place or open_form(PlaceForm, place_of(profile), None)[0],
    )


@bp.post("/workshops/<slug>/desk/speakers/<int:person_id>/contact")
@programme_officer
def keep_contact(workshop: Workshop, person_id: int) -> Page | tuple[str, int]:
    profile = held_profile(workshop, person_id)
    form, theirs = open_form(ContactForm, contact_of(profile), request.form)
    if theirs or not form.validate_on_submit():
        return person_page(workshop, profile, contact=form, contact_theirs=theirs), 409 if theirs else 200
    profile.email, profile.language = form.email.data or "", str(form.language.data)
    if invited := invitations_by_person(workshop).get(person_id):
        invited.email, invited.language = profile.email or invited.email, profile.language
    return save_and_return(workshop, person_id)


@bp.post("/workshops/<slug>/desk/speakers/<int:person_id>/place")
@programme_officer
def keep_place(workshop: Workshop, person_id: int) -> Page | tuple[str, int]:
    profile = held_profile(workshop, person_id)
    form, theirs = open_form(PlaceForm, place_of(profile), request.form)
    if theirs or not form.validate_on_submit():
        return person_page(workshop, profile, place=form, place_theirs=theirs), 409 if theirs else 200
    profile.place, profile.place_reason = form.place.data, form.place_reason.data or ""
    workshop.changed_in_public()
    return save_and_return(workshop, person_id)


@bp.post("/workshops/<slug>/desk/speakers/<int:person_id>/take-over")
@programme_officer
def take_over(workshop: Workshop, person_id: int) -> HttpResponse:
    """Print the person as she asked."""
    profile = held_profile(workshop, person_id)
    slots = slots_of(workshop, person_id)
    printed = rules.entry_of(profile.person, slots, language())
    rules.take_over(profile, printed, slots, agenda.register(db.session, workshop))
    return save_and_return(
        workshop, person_id, _("The agenda is updated. The public sees it once you publish the agenda.")
    )


@bp.post("/workshops/<slug>/desk/speakers/<int:person_id>/leave")
@programme_officer
def leave_as_it_is(workshop: Workshop, person_id: int) -> HttpResponse:
    held_profile(workshop, person_id).proposal = {}
    return save_and_return(workshop, person_id, _("The agenda stays as it is."))


@bp.post("/workshops/<slug>/desk/speakers/<int:person_id>/hold-back")
@programme_officer
def hold_back(workshop: Workshop, person_id: int) -> HttpResponse:
    """Biography and photo leave the public page, or come back to it where the speaker allows it."""
    profile = held_profile(workshop, person_id)
    profile.held_back = not profile.held_back
    workshop.changed_in_public()
    return save_and_return(workshop, person_id)


@bp.get("/workshops/<slug>/desk/speakers/<int:person_id>/photo")
@programme_officer
def photo_received(workshop: Workshop, person_id: int) -> HttpResponse:
    profile = profile_or_404(workshop, person_id)
    return files.attachment(profile.photo_stored_as, "photo.jpg", "image/jpeg") if profile.photo_key else abort(404)


def slots_of(workshop: Workshop, person_id: int) -> Sequence[Appearance]:
    return db.session.scalars(queries.slots_of(workshop, person_id)).all()


def held_profile(workshop: Workshop, person_id: int) -> Profile:
    """What is kept about the person, about to be changed: who changes this workshop at the same time waits."""
    db.session.scalars(series_queries.lock_workshop(workshop)).one()
    return profile_or_404(workshop, person_id)


def profile_or_404(workshop: Workshop, person_id: int) -> Profile:
    """What is kept about somebody who is, or was, on the agenda."""
    kept: Profile | None = db.session.scalars(queries.profile_of(workshop.id, person_id)).one_or_none()
    if kept:
        return kept
    on_agenda = db.session.scalars(agenda.people(workshop).where(Person.id == person_id)).one_or_none()
    invited = invitations_by_person(workshop).get(person_id)
    who = on_agenda or (invited.person if invited else None) or abort(404)
    return fresh(workshop, who)


def contact_of(profile: Profile) -> dict[str, object]:
    return {"email": profile.email, "language": profile.language}


def place_of(profile: Profile) -> dict[str, object]:
    return {"place": profile.place, "place_reason": profile.place_reason}


def save_and_return(workshop: Workshop, person_id: int, message: str = "") -> HttpResponse:
    db.session.commit()
    flash(message or _("Saved."))
    return redirect(url_for(".person", slug=workshop.slug, person_id=person_id))
