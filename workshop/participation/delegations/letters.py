"""Mails to delegations, and the numbered letters that go with them; mails to those who are nominated come later."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from workshop.platform.i18n import LOCALES, day, on_day
from workshop.platform.mail import Message, harmless, link_to
from workshop.secretariat.series.letters import contact, signature
from workshop.secretariat.series.models import Workshop

from .models import Delegation, DelegationLetter, ParticipationPlan
from .official.letter_wording import Reference, Wording, compose, greeting
from .overlaps import Overlap
from .statuses import LetterForm, Purpose


def quota_of(delegation: Delegation, plan: ParticipationPlan) -> int | None:
    return delegation.seats if delegation.seats is not None else plan.delegation_seats


def reference_for(plan: ParticipationPlan, year: int, serial: int) -> str:
    """ "IDM/2026/14"."""
    return "/".join(each for each in (plan.reference_prefix, str(year), str(serial)) if each)


def letters_by_delegation(written: Iterable[DelegationLetter]) -> dict[int, list[DelegationLetter]]:
    found: dict[int, list[DelegationLetter]] = {}
    for each in written:
        found.setdefault(each.delegation_id, []).append(each)
    return found


def earlier_letter(letters: Sequence[DelegationLetter], zone: str) -> Reference | None:
    """The first letter of a delegation, which a reminder recalls."""
    first = next((each for each in letters if each.purpose is Purpose.INVITATION), None)
    return Reference(first.reference, on_day(first.written_at, zone)) if first else None


def write(
    purpose: Purpose,
    delegation: Delegation,
    plan: ParticipationPlan,
    earlier: Reference | None,
    *,
    serial: int,
    key: str,
    at: datetime,
    step: date | None = None,
) -> tuple[DelegationLetter, list[Message]]:
    """The letter, its mail and a copy, not yet saved. `key` is the secret of this installation; a new link ends the one before.

    Raises RuleBroken.
    """
    wording = compose(purpose, delegation, plan, earlier, quota_of(delegation, plan))
    year = on_day(at, delegation.workshop.zone).year
    token = delegation.renew_link(key) if purpose is Purpose.LINK else delegation.current_link(key)
    link = link_to("delegations.nomination", token=token)
    reference = reference_for(plan, year, serial)
    message = mail(purpose, delegation, wording, reference, plan, link=link, to=delegation.email, at=at)
    letter = DelegationLetter(
        workshop=delegation.workshop,
        delegation=delegation,
        purpose=purpose,
        form=wording.form,
        year=year,
        serial=serial,
        reference=reference,
        language=delegation.language,
        addressee=wording.addressee,
        text=wording.text,
        annex=wording.annex,
        written_at=at,
        step=step,
        message=message,
    )
    messages = [message]
    if delegation.copy_email and purpose is not Purpose.LINK:
        messages.append(mail(purpose, delegation, wording, reference, plan, link="", to=delegation.copy_email, at=at))
    return letter, messages


def mail(
    purpose: Purpose,
    delegation: Delegation,
    wording: Wording,
    reference: str,
    plan: ParticipationPlan,
    *,
    link: str,
    to: str,
    at: datetime,
) -> Message:
    """What is sent: the letter itself, and under it the personal link. A copy has no link."""
    language = delegation.language
    with force_locale(LOCALES.get(language, LOCALES["en"])):
        title = delegation.workshop.title.in_(language, "en")[0]
        kinds = {
            LetterForm.NOTE_VERBALE: _("Note verbale %(reference)s: %(workshop)s", reference=reference, workshop=title),
            LetterForm.LETTER: _("Invitation %(reference)s: %(workshop)s", reference=reference, workshop=title),
        }
        subject = kinds[wording.form]
        if purpose is Purpose.REMINDER:
            subject = _("Reminder: %(subject)s", subject=subject)
        if purpose is Purpose.LINK:
            subject = _("Your new personal link: %(workshop)s", workshop=title)
        if purpose is Purpose.LINK:
            parts = [greeting(delegation), *new_link(link, plan, title), signature(delegation.workshop, language)]
        else:  # the letter has its own courtesy formula
            under = below(link, plan, copied_to=delegation.email)
            parts = [reference, *wording.text, "– – –", *under, *contact(delegation.workshop)]
    return Message(
        workshop_id=delegation.workshop_id,
        recipient=to,
        subject=" ".join(subject.split()),
        text="\n\n".join(parts),
        written_at=at,
    )


def below(link: str, plan: ParticipationPlan, *, copied_to: str) -> list[str]:
    """What stands under the letter in the mail."""
    if not link:
        return [_("This is a copy. The link for naming participants was sent to %(email)s.", email=copied_to)]
    asked = _("Name your participants, acknowledge or decline, and find this letter as PDF and Word file here:")
    return [asked, *_around(link, plan)]


def new_link(link: str, plan: ParticipationPlan, title: str) -> list[str]:
    """What the mail with another link says of it."""
    here = _(
        "Here is a new personal link to your delegation for “%(workshop)s”. The one you had before no longer works. Name "
        "your participants, acknowledge or decline, and find the invitation here:",
        workshop=title,
    )
    return [here, *_around(link, plan)]


def _around(link: str, plan: ParticipationPlan) -> list[str]:
    until = _("Please reply by %(date)s.", date=day(plan.nominate_by, "long")) if plan.nominate_by else ""
    private = _(
        "The link needs no account and opens your delegation only. Pass it on only to the person who replies for you."
    )
    return [each for each in (link, until, private) if each]


def overlap_mail(workshop: Workshop, found: Sequence[Overlap], *, at: datetime) -> Message | None:
    """Told to the contact of the secretariat, who asks the bodies concerned; no delegation is told of another."""
    if not workshop.contact_email or not found:
        return None
    language = workshop.languages[0]
    with force_locale(LOCALES.get(language, LOCALES["en"])):
        title = workshop.short_title.in_(language, "en")[0]
        lines = [f"- {harmless(each.what)}" for each in found]
        where = link_to("delegations.desk", slug=workshop.slug)
        text = [_("These nominations need a look. Nothing was merged or refused:"), "\n".join(lines), where]
        subject = _("Nominations that overlap: %(workshop)s", workshop=title)
    return Message(
        workshop_id=workshop.id,
        recipient=workshop.contact_email,
        subject=" ".join(subject.split()),
        text="\n\n".join(text),
        written_at=at,
    )
