"""What the front page of a workshop says of registrations: to decide, for the secretariat; one's own, for a participant.

No request, no clock.
"""

from collections.abc import Iterator

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import case, func, select

from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.platform.db import Database
from workshop.secretariat.series import front_page
from workshop.secretariat.series.front_page import Line, Reader, Section
from workshop.secretariat.series.models import Role

from . import queries

DECIDES = {Role.ORGANISER, Role.PROGRAMME}


@front_page.lines.by
def registration_lines(session: Database, reader: Reader) -> Iterator[Line]:
    """Registrations that wait for a decision, and changes that people ask for."""
    if not reader.roles & DECIDES or reader.workshop.is_archived:
        return
    at = {"slug": reader.workshop.slug}
    submitted = case((Participant.standing == ParticipantStatus.SUBMITTED, 1))
    asking = case((Participant.wish != "", 1))
    counted = select(func.count(submitted), func.count(asking)).where(Participant.workshop_id == reader.workshop.id)
    undecided, wishes = session.execute(counted).one()
    if undecided:
        what = _("Registrations to decide: %(count)s", count=undecided)
        yield Line(what, state=_("to be decided"), tone="warn", endpoint="registration.desk", values=at)
    if wishes:
        what = _("Changes asked for by participants: %(count)s", count=wishes)
        yield Line(what, state=_("to be decided"), tone="warn", endpoint="registration.desk", values=at)


@front_page.lines.by
def participation_line(session: Database, reader: Reader) -> Iterator[Line]:
    """How many are invited, nominated, registered and there, once anybody was invited or is registered."""
    if not reader.roles & DECIDES:
        return
    present = [each.scalar_subquery() for each in queries.count_present(reader.workshop.id)]
    invited, named, registered, *come = session.execute(queries.figures(reader.workshop.id).add_columns(*present)).one()
    if invited or named or registered:
        said = [
            _("Delegations invited: %(count)s", count=invited),
            _("Named: %(count)s", count=named),
            _("Registered: %(count)s", count=registered),
            _("Present: %(count)s", count=sum(come)),
        ]
        at = {"slug": reader.workshop.slug}
        yield Line(_("Counts"), " · ".join(said), "", "", "registration.counts", at, section=Section.PEOPLE)


@front_page.lines.by
def own_registration(session: Database, reader: Reader) -> Iterator[Line]:
    """How the reader's own registration stands, known by the address of the account; not for those who decide on all."""
    if reader.user.is_guest or not reader.user.email or reader.roles & DECIDES:
        return
    for who in session.scalars(queries.participants_with_email(reader.workshop, reader.user.email)):
        endpoint, values = "", {}
        if who.has_link:
            token = who.current_link(str(current_app.config["SECRET_KEY"]))
            endpoint, values = "registration.own", {"token": token}
        badge = _("Badge %(number)s", number=who.number) if who.number else ""
        yield Line(
            _("Your registration"),
            badge,
            str(who.standing.label),
            who.standing.tone,
            endpoint,
            values,
            section=Section.STATUS,
        )
