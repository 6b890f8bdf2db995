"""Who is on the list, and when reminders are due. No database, no request, no clock."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from workshop.consultation.questionnaires.models import Questionnaire, Recipient
from workshop.consultation.questionnaires.recipients import email_of
from workshop.consultation.questionnaires.rules import is_open
from workshop.consultation.questionnaires.states import Anonymity
from workshop.platform import reminders
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import LANGUAGES, moment, on_day
from workshop.platform.intake import ImportReport, Line, Outcome, Remark
from workshop.secretariat.register.models import Category, Organisation, OrganisationAlias

from .models import Reminder, When


@dataclass(frozen=True)
class Address:
    """One to be asked, as typed or read from a file."""

    name: str
    email: str
    language: str
    category: Category | None = None
    country: str = ""


class Register:
    """The organisations known already, found by name or alias however capitalised."""

    def __init__(self, organisations: Iterable[Organisation], aliases: Iterable[OrganisationAlias]) -> None:
        self.known: dict[str, Organisation] = {}
        for organisation in organisations:
            for name in organisation.name.values():
                self.known.setdefault(name.casefold(), organisation)
        for alias in aliases:
            self.known.setdefault(alias.name.casefold(), alias.organisation)

    def find(self, name: str) -> Organisation | None:
        return self.known.get(name.casefold())


@dataclass(frozen=True)
class Wanted:
    """What a list of organisations is narrowed to: words of a name in any language, and a category."""

    words: str = ""
    category: str = ""

    def among(self, organisations: Iterable[Organisation]) -> list[Organisation]:
        words = self.words.casefold().split()
        return [
            each
            for each in organisations
            if (not self.category or each.category == self.category)
            and all(word in " ".join(each.name.values()).casefold() for word in words)
        ]


def add(
    questionnaire: Questionnaire, address: Address, *, before: Sequence[Recipient], register: Register
) -> Recipient:
    """Somebody more on the list, remembered in the register where the name is known there."""
    email = email_of(address.email)
    if not address.name:
        raise RuleBroken(_("Give the name of the institution or person."), "name")
    if any(each.email == email for each in before):
        raise RuleBroken(_("%(email)s is on the list already.", email=email), "email")
    recipient = Recipient(questionnaire=questionnaire, name=address.name, email=email, language=address.language)
    recipient.organisation = register.find(address.name)
    _describe(recipient, address)
    return recipient


def edit(recipient: Recipient, address: Address, *, others: Sequence[Recipient]) -> None:
    email = email_of(address.email)
    if any(each.email == email and each is not recipient for each in others):
        raise RuleBroken(_("%(email)s is on the list already.", email=email), "email")
    recipient.name, recipient.email, recipient.language = address.name, email, address.language
    recipient.category, recipient.country = address.category, address.country


def _describe(recipient: Recipient, address: Address) -> None:
    known = recipient.organisation
    recipient.category = address.category or (known.category if known else None)
    recipient.country = address.country or (known.country if known else "")
    if known and not known.email:
        known.email, known.language = recipient.email, recipient.language


def merge(
    questionnaire: Questionnaire,
    rows: Sequence[tuple[int, Address | RuleBroken]],
    *,
    before: Sequence[Recipient],
    register: Register,
) -> tuple[list[Recipient], ImportReport]:
    """Merge a list: who is new, who has changed, and why a row is refused. Rows are told apart by their address."""
    listed, stood = {each.email: each for each in before}, _state(before)
    new, lines, rejected, seen = list[Recipient](), list[Line](), list[Remark](), dict[str, int]()
    for number, row in rows:
        label = "" if isinstance(row, RuleBroken) else f"{row.name} <{row.email}>"
        try:
            if isinstance(row, RuleBroken):
                raise row
            email = email_of(row.email)
            if email in seen:
                raise RuleBroken(_("%(email)s is already in row %(row)s.", email=email, row=seen[email]))
            seen[email] = number
            if email not in listed:
                new.append(add(questionnaire, row, before=(), register=register))
                outcome = Outcome.CREATED
            else:
                outcome = Outcome.UPDATED if _taken_over(listed[email], row) else Outcome.UNCHANGED
        except RuleBroken as refusal:
            outcome = Outcome.REJECTED
            rejected.append(Remark(str(refusal.message), (number,), text=label))
        lines.append(Line(str(number), label, outcome))
    return new, _report(len(rows), lines, rejected, compared_with=stood)


def _report(rows: int, lines: Sequence[Line], rejected: Sequence[Remark], *, compared_with: str) -> ImportReport:
    outcomes = [line.outcome for line in lines]
    possible = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.REJECTED)
    counts = {outcome: outcomes.count(outcome) for outcome in possible}
    return ImportReport(rows, counts, rejected, lines=lines, compared_with=compared_with)


def _state(listed: Sequence[Recipient]) -> str:
    """What the list says of everybody on it, so that a change in between is noticed."""
    return repr(sorted((each.email, each.name, each.language, each.category, each.country) for each in listed))


def _taken_over(recipient: Recipient, row: Address) -> bool:
    """Whether the row said something else than the list; an empty cell says nothing."""
    was = (recipient.name, recipient.language, recipient.category, recipient.country)
    recipient.name = row.name or recipient.name
    recipient.language = row.language if row.language in LANGUAGES else recipient.language
    recipient.category, recipient.country = row.category or recipient.category, row.country or recipient.country
    return was != (recipient.name, recipient.language, recipient.category, recipient.country)


def promise(questionnaire: Questionnaire, anonymity: Anonymity, *, begun: int) -> None:
    """What respondents are told about who can know what. It holds from the first answer on, so it cannot change then."""
    if anonymity is not questionnaire.anonymity and begun:
        raise RuleBroken(
            _("Answers were started under the earlier promise, so this can no longer be changed."), "anonymity"
        )
    questionnaire.anonymity = anonymity


def cut_off(questionnaire: Questionnaire, at: datetime | None) -> None:
    """Until when answers count for the interim results, which come before closing."""
    if at and questionnaire.closes_at and at >= questionnaire.closes_at:
        raise RuleBroken(_("This is not before closing, so the results would not be interim."), "interim_at")
    questionnaire.interim_at = at


def due_at(when: When, questionnaire: Questionnaire) -> datetime | None:
    """When that reminder goes out; None as long as the questionnaire has no opening or closing time."""
    opens, closes = questionnaire.opens_at, questionnaire.closes_at
    if closes is None:
        return None
    if when is When.THREE_DAYS:
        return closes - timedelta(days=3)
    if opens is None:
        return None
    return opens + (closes - opens) * (0.5 if when is When.HALF else 0.8)


def schedule(reminder: Reminder, *, at: datetime) -> reminders.Schedule[str]:
    """The one step of a reminder. It follows the dates of its questionnaire, and stays where it was without any."""
    questionnaire = reminder.questionnaire
    comes = due_at(reminder.moment, questionnaire) or reminder.due_at
    step = reminders.step_at(reminder.moment.value, comes, questionnaire.workshop.zone)
    return reminders.Schedule([step], closed=not is_open(questionnaire, at))


def plan(
    questionnaire: Questionnaire, wanted: Iterable[When], before: Sequence[Reminder], *, at: datetime
) -> list[Reminder]:
    """The reminders that are to go out by themselves. Those done stay as they are.

    Raises RuleBroken without dates, and for a moment that has passed: it would go out at once.
    """
    done = [each for each in before if each.done_at]
    planned = {each.moment: each for each in before if not each.done_at}
    kept = list(done)
    for when in wanted:
        due = due_at(when, questionnaire)
        if due is None:
            raise RuleBroken(
                _("First set the opening and closing dates of the questionnaire: reminders are counted from them."),
                "reminders",
            )
        if when in {each.moment for each in done}:
            continue
        if due <= at and not (when in planned and planned[when].due_at == due):
            raise RuleBroken(
                _(
                    "“%(which)s” was on %(when)s, which has passed. Untick it, and send a reminder from the list "
                    "instead.",
                    which=when.label,
                    when=moment(due, questionnaire.workshop.zone),
                ),
                "reminders",
            )
        reminder = planned.get(when) or Reminder(questionnaire=questionnaire, moment=when, due_at=due)
        reminder.due_at = due
        kept.append(reminder)
    return kept


def step_by_hand(at: datetime, zone: str) -> reminders.Step[str]:
    """A reminder at any time. By hand, nobody is reminded twice on one day."""
    return reminders.step_at(f"by hand {on_day(at, zone).isoformat()}", at, zone)


def drawn_sample(
    organisations: Sequence[Organisation], number: int, *, of_each_category: bool, seed: str
) -> list[Organisation]:
    """So many of them by lot, of all or of each category. The same seed draws the same ones, so that it can be shown."""
    dice = random.Random(seed)  # noqa: S311 - a draw that can be repeated, no secret
    groups: dict[object, list[Organisation]] = {}
    for each in sorted(organisations, key=lambda one: one.id):
        groups.setdefault(each.category if of_each_category else None, []).append(each)
    return [one for group in groups.values() for one in dice.sample(group, min(number, len(group)))]
