"""What this package knows that earlier ones show or erase: who is there, the certificate of having been, printed badges."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Select, select

from workshop.participation.delegations import queries as delegations
from workshop.participation.delegations.models import Participant
from workshop.participation.registration import queries as registration
from workshop.platform.db import Database, now
from workshop.platform.i18n import dates, on_day
from workshop.secretariat.activity.change_listener import silence

from . import queries
from .models import BadgePrint, CheckIn


@registration.present_ids.by
def present_ids(workshop_id: int) -> Select[int]:
    return queries.present_ids(workshop_id)


@registration.participant_erased.by
def forget_arrival(session: Database, who: Participant) -> list[str]:
    """That a person of this category came stays; no sheet of badges and no entry of the history names them."""
    arrivals = session.scalars(queries.check_ins(who.workshop_id).where(CheckIn.participant_id == who.id))
    silence(session, CheckIn, [each.id for each in arrivals])
    stored = []
    for made in session.scalars(select(BadgePrint).where(BadgePrint.workshop_id == who.workshop_id)):
        stored.append(made.stored_as)
        session.delete(made)
    return stored


@delegations.seat_passed_on.by
def void_badge(session: Database, who: Participant) -> None:
    """The badge with the name of the former holder opens nothing; the next one has the same number."""
    session.execute(queries.void_badges(who, now()))


@registration.further_forms.by
def certificate_offered(session: Database, who: Participant, token: str) -> list[registration.FurtherForm]:
    """From the last day on, for whoever has come."""
    over = on_day(now(), who.workshop.zone) >= who.workshop.ends_on
    came = over and session.scalars(queries.check_ins(who.workshop_id).where(CheckIn.participant_id == who.id)).first()
    if not came:
        return []
    return [
        (_("Certificate of attendance (PDF)"), url_for("attendance.certificate_pdf", token=token), ""),
        (_("Certificate of attendance (Word)"), url_for("attendance.certificate", token=token), ""),
    ]


def paragraphs(who: Participant, language: str) -> list[str]:
    """What the certificate says, in the language of the moment; its title first."""
    workshop = who.workshop
    said = _(
        "This is to certify that %(name)s took part in the workshop “%(title)s”, held in %(place)s, %(dates)s.",
        name=who.names.get(language, who.display_name),
        title=workshop.title.in_(language, "en")[0],
        place=workshop.place.in_(language, "en")[0],
        dates=dates(workshop.starts_on, workshop.ends_on),
    )
    signed = [workshop.contact_name, _("The secretariat of the workshop")]
    return [_("Certificate of attendance"), said, "\n".join(each for each in signed if each)]
