"""The mails to participants: what became of a registration, each in the language they work in, with their personal link."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.seats import Quota
from workshop.participation.delegations.statuses import ParticipantStatus, Source
from workshop.platform.i18n import LOCALES, dates
from workshop.platform.mail import Message, harmless, link_to
from workshop.platform.rendering import comma
from workshop.secretariat.series.letters import signature

from .models import MailKind, ParticipantMail

BY_STANDING = {
    ParticipantStatus.SUBMITTED: MailKind.RECEIVED,
    ParticipantStatus.APPROVED: MailKind.APPROVED,
    ParticipantStatus.WAITING: MailKind.WAITING,
    ParticipantStatus.REFUSED: MailKind.REFUSED,
    ParticipantStatus.WITHDRAWN: MailKind.WITHDRAWN,
}


def write(
    kind: MailKind, who: Participant, *, key: str, at: datetime, about: Sequence[str] = ()
) -> ParticipantMail | None:
    """The mail, not yet saved; none to somebody without an address or a name. `key` is the secret of this installation;
    `about` names what a mail beside the registration is about.
    """
    if not who.email or not who.is_named:
        return None
    workshop, language = who.workshop, who.language
    token = who.renew_link(key) if kind is MailKind.LINK else who.current_link(key)
    with force_locale(LOCALES.get(language, LOCALES["en"])):
        title = workshop.title.in_(language, "en")[0]
        subject = _("%(what)s: %(workshop)s", what=kind.label, workshop=title)
        parts = [
            _("Dear %(name)s,", name=harmless(who.names.get(language, who.display_name))),
            *body(
                kind,
                who,
                title,
                about=[harmless(each) for each in about],
                link=link_to("registration.own", token=token),
            ),
            signature(workshop, language),
        ]
    message = Message(
        workshop_id=workshop.id,
        recipient=who.email,
        subject=" ".join(subject.split()),
        text="\n\n".join(each for each in parts if each),
        written_at=at,
    )
    return ParticipantMail(participant=who, kind=kind, written_at=at, message=message)


def body(kind: MailKind, who: Participant, title: str, *, link: str, about: Sequence[str] = ()) -> list[str]:
    workshop = who.workshop
    facts = {"workshop": title, "dates": dates(workshop.starts_on, workshop.ends_on)}
    private = _("The link is for you only and needs no account. Please do not pass it on.")
    if kind is MailKind.RECEIVED:
        if who.standing is ParticipantStatus.DRAFT:
            said = _("Your registration for “%(workshop)s” (%(dates)s) is not complete yet.", **facts)
            return [said, _("Please answer the remaining questions here; the secretariat then decides:"), link, private]
        said = _("Your registration for “%(workshop)s” (%(dates)s) has been received.", **facts)
        if who.source is Source.NOMINATION:
            said = _("You have been nominated for “%(workshop)s” (%(dates)s).", **facts)
        return [said, _("The secretariat decides and writes to you. You can check your entry here:"), link, private]
    if kind is MailKind.APPROVED:
        return [
            _("You are registered for “%(workshop)s” (%(dates)s).", **facts),
            _("Please check how you are listed, and tell us here what you need:"),
            link,
            private,
        ]
    if kind is MailKind.WAITING:
        lacking = comma().join(str(Quota(each).label) for each in who.lacking)
        return [
            _("There is no seat for you at “%(workshop)s” (%(dates)s) at the moment: %(why)s.", why=lacking, **facts),
            _("You are on the waiting list, and receive an email as soon as there is a seat. You can follow it here:"),
            link,
            private,
        ]
    if kind is MailKind.REFUSED:
        return [
            _("Your registration for “%(workshop)s” (%(dates)s) could not be accepted.", **facts),
            _("Reason: %(reason)s", reason=harmless(who.reason)),
        ]
    if kind is MailKind.WITHDRAWN:
        return [_("Your registration for “%(workshop)s” (%(dates)s) has been withdrawn.", **facts)]
    if kind is MailKind.REPLACED:
        return [_("Your delegation has given your seat at “%(workshop)s” (%(dates)s) to another person.", **facts)]
    if kind is MailKind.PLACE:
        return [_("You now have a place in the session “%(session)s”.", session=comma().join(about)), link, private]
    if kind is MailKind.PAPERS:
        asked = _("For your travel to “%(workshop)s” (%(dates)s) these papers are still missing:", **facts)
        return [asked, "\n".join(f"- {each}" for each in about), _("Please send them here:"), link, private]
    return [_("Here is a new personal link to your registration for “%(workshop)s”.", **facts), link, private]
