"""The letter in support of a visa: facts only, and a request. It never promises a visa. No database, no request, no clock."""

from dataclasses import asdict, dataclass
from datetime import date

from flask_babel import gettext as _

from workshop.participation.delegations.models import Participant, ParticipationPlan
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import dates, day
from workshop.platform.rendering import comma
from workshop.secretariat.register.countries import name_of


@dataclass(frozen=True)
class Passport:
    """What a passport says, as its holder gave it. It is encrypted at rest."""

    surname: str
    given_names: str
    born_on: date
    nationality: str
    number: str
    expires_on: date
    consulate: str = ""

    def as_json(self) -> dict[str, str]:
        return {
            key: value.isoformat() if isinstance(value, date) else str(value) for key, value in asdict(self).items()
        }


def from_json(said: dict[str, str]) -> Passport:
    return Passport(
        surname=said["surname"],
        given_names=said["given_names"],
        born_on=date.fromisoformat(said["born_on"]),
        nationality=said["nationality"],
        number=said["number"],
        expires_on=date.fromisoformat(said["expires_on"]),
        consulate=said.get("consulate", ""),
    )


def refuse_unusable(passport: Passport, *, last_day: date) -> None:
    if passport.born_on >= last_day:
        raise RuleBroken(_("The date of birth is in the future."), "born_on")
    if passport.expires_on <= last_day:
        raise RuleBroken(_("The passport expires before the workshop ends. A visa needs a longer one."), "expires_on")


def paragraphs(who: Participant, passport: Passport, plan: ParticipationPlan, language: str) -> list[str]:
    """What the letter says, in the language of the moment."""
    workshop = who.workshop
    function = who.function.in_(language, "en")[0]
    facts = {
        "name": f"{passport.given_names} {passport.surname}".strip(),
        "born": day(passport.born_on, "long"),
        "state": name_of(passport.nationality, language),
        "number": passport.number,
        "expires": day(passport.expires_on, "long"),
        "title": workshop.title.in_(language, "en")[0],
        "place": workshop.place.in_(language, "en")[0],
        "dates": dates(workshop.starts_on, workshop.ends_on),
    }
    sender = plan.sender.in_(language, "en")[0]
    said = [
        _("To: %(consulate)s", consulate=passport.consulate) if passport.consulate else _("To whom it may concern"),
        _(
            "%(name)s, born on %(born)s, holder of passport %(number)s of %(state)s, valid until %(expires)s, is registered for the workshop “%(title)s”, to be held in %(place)s, %(dates)s.",
            **facts,
        ),
        _("Function: %(function)s.", function=comma().join(each for each in (function, who.institution) if each))
        if function or who.institution
        else "",
        _("Travel and stay are paid by %(payer)s.", payer=sender)
        if who.sponsored and sender
        else _("Travel and stay are not paid by the secretariat."),
        _("The secretariat would be grateful for any assistance in issuing the visa in good time."),
        "\n".join(
            each for each in (workshop.contact_name, sender, workshop.contact_email, workshop.contact_phone) if each
        ),
    ]
    return [each for each in said if each]
