"""Those who have a seat in the workshop are put on the list of a break-out session, without typing them again."""

from collections.abc import Iterable

from flask import flash, redirect, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.participation.attendance import queries as attendance
from workshop.participation.delegations.models import Participant
from workshop.platform import audit
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.i18n import LOCALES
from workshop.programme.agenda.models import Session
from workshop.secretariat.register.countries import region_of
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .models import SeatedPerson
from .views import held_session, place


@bp.post("/workshops/<slug>/desk/breakouts/seats/<int:number>/people/registered")
@programme_officer
def add_registered(workshop: Workshop, number: int) -> HttpResponse:
    """Whoever is on the list stays as somebody may have changed them."""
    session = held_session(workshop, number)
    with flashing_refusal():
        people = list(db.session.scalars(attendance.seated(workshop.id)))
        with force_locale(LOCALES[workshop.languages[0]]):
            found = listed(session, people)
            registered = {rules.key_of_person(each.name, each.delegation): each for each in found}
        kept = {
            rules.key_of_person(each.name, each.delegation) for each in db.session.scalars(queries.people_of(session))
        }
        new = [each for key, each in registered.items() if key not in kept]
        if len(kept) + len(new) > rules.MOST_PEOPLE:
            raise RuleBroken(_("A list has at most %(most)s people.", most=rules.MOST_PEOPLE))
        db.session.add_all(new)
        db.session.add(audit.record("add registered people to seat", place(session), who=current_user.id, at=now()))
        db.session.commit()
        flash(_("Added: %(added)s. On the list already: %(known)s.", added=len(new), known=len(registered) - len(new)))
    return redirect(url_for(".seats", slug=workshop.slug, number=number))


def listed(session: Session, people: Iterable[Participant]) -> Iterable[SeatedPerson]:
    """What a seat depends on. Sex is not among it: people gave it for counts only."""
    for who in people:
        region = region_of(who.country)
        yield SeatedPerson(
            session=session,
            name=who.plain_name,
            delegation=who.body_in(who.workshop.languages[0]),
            category=who.category,
            region=str(region.label) if region else "",
            languages=[who.language],
            email=who.email,
        )
