"""What follows every change of a registration: seats that are free are given, and whoever stands otherwise is told."""

from collections.abc import Sequence

from flask import current_app

from workshop.participation.delegations import queries as delegations
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.seats import Seating, approve, fill, limits_of
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.platform import outbox
from workshop.platform.db import Database, now
from workshop.secretariat.series.models import Workshop

from . import letters, queries
from .models import MailKind, ParticipantMail
from .session_places import session_limits


class Settlement:
    """The seats of a workshop as they stand, in the transaction of whoever has locked it."""

    def __init__(self, session: Database, workshop: Workshop) -> None:
        self.session, self.workshop, self.at = session, workshop, now()
        session.flush()
        self.plan = session.scalars(delegations.plan(workshop.id)).one_or_none()
        self.everybody = session.scalars(delegations.participants(workshop.id)).all()
        self.limits = limits_of(self.plan, session.scalars(delegations.delegations(workshop)))
        self.before = {each.id: each.standing for each in self.everybody}

    @property
    def seating(self) -> Seating:
        return Seating(self.limits, (each for each in self.everybody if each.standing is ParticipantStatus.APPROVED))

    @property
    def next_number(self) -> int:
        return max((each.number or 0 for each in self.everybody), default=0) + 1

    def approve_submitted(self, touched: Sequence[Participant]) -> None:
        """Where nobody decides by hand, whoever asks has a seat as long as there are any."""
        if self.plan is None or self.plan.approves_by_hand:
            return
        seating = self.seating
        for each in touched:
            if each.standing is ParticipantStatus.SUBMITTED:
                approve(each, seating, number=self.next_number, at=self.at)

    def give_free_seats(self) -> list[Participant]:
        """To those who have waited longest; those who come to a seat."""
        waiting = [each for each in self.everybody if each.standing is ParticipantStatus.WAITING]
        seated = fill(waiting, self.seating, number=self.next_number, at=self.at)
        self.give_free_places()
        return seated

    def give_free_places(self) -> None:
        """In single sessions: of those who no longer come, to those who have waited longest, who are told."""
        quotas = self.session.scalars(queries.session_quotas(self.workshop.id)).all()
        if not quotas:
            return
        self.session.flush()
        kept = self.session.scalars(queries.places(self.workshop.id)).all()
        for quota in quotas:
            own = [each for each in kept if each.session_id == quota.session_id]
            limit = session_limits.limit_of(quota.session, quota, counts_support=self.limits.counts_support)
            for place in session_limits.fill(own, limit):
                title = place.session.title.in_(place.participant.language, "en")[0]
                self._send([letters.write(MailKind.PLACE, place.participant, key=key(), at=self.at, about=[title])])

    def write(self, people: Sequence[Participant]) -> list[ParticipantMail]:
        """A mail to each, with what became of the registration; put into the outbox."""
        found: list[ParticipantMail | None] = []
        for each in people:
            kind = letters.BY_STANDING.get(each.standing)
            if kind and (mail := letters.write(kind, each, key=key(), at=self.at)):
                found.append(mail)
        return self._send(found)

    def _send(self, mails: Sequence[ParticipantMail | None]) -> list[ParticipantMail]:
        found = [mail for mail in mails if mail]
        self.session.add_all(found)
        outbox.add(*(mail.message for mail in found if mail.message))
        return found


def key() -> str:
    return str(current_app.config["SECRET_KEY"])


def settle(session: Database, workshop: Workshop, touched: Sequence[Participant]) -> None:
    """After a change by somebody other than the secretariat, or one that may have freed a seat. `touched` are told."""
    settlement = Settlement(session, workshop)
    settlement.approve_submitted(touched)
    seated = settlement.give_free_seats()
    settlement.write([*touched, *(each for each in seated if each not in touched)])


@delegations.nominations_changed.by
def after_nominations(session: Database, workshop: Workshop, touched: Sequence[Participant]) -> None:
    """Nominated, substituted, withdrawn: who has a mail address and has not been told yet, is."""
    session.flush()
    kinds = session.execute(queries.mail_kinds([each.id for each in touched]))
    newest: dict[int, MailKind] = {row[0]: row[1] for row in kinds}
    settle(session, workshop, [each for each in touched if not was_told(each, newest.get(each.id))])


def was_told(who: Participant, newest: MailKind | None) -> bool:
    """Whether the newest mail to whoever holds the seat says how they stand. Another holder has no link yet."""
    return who.has_link and newest is letters.BY_STANDING.get(who.standing)


@delegations.seat_passed_on.by
def tell_former_holder(session: Database, who: Participant) -> None:
    """Whoever was written to before learns that somebody else takes the seat."""
    if who.has_link and (mail := letters.write(MailKind.REPLACED, who, key=key(), at=now())):
        session.add(mail)
        outbox.add(*(each for each in [mail.message] if each))
