"""Who is reminded of which document, and when: only of what has not come. No database, no request, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from workshop.platform import reminders
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import on_day
from workshop.programme.speakers.models import Invitation, InvitationStatus
from workshop.secretariat.series.models import Workshop

from . import rules, symbols
from .models import Document, State, SymbolKind

LINK_GOOD_FOR = timedelta(days=60)
MOST_STEPS, FARTHEST = 8, 120
VERSIONS = {None, SymbolKind.REV}


@dataclass(frozen=True)
class Due:
    """A document of which somebody is to be reminded now."""

    document: Document
    step: int
    recipient: str
    language: str


@dataclass
class Round:
    """What one round of reminders comes to."""

    due: list[Due] = field(default_factory=list)
    without_address: list[Document] = field(default_factory=list)

    @property
    def letters(self) -> dict[tuple[str, str], list[Due]]:
        """One letter for each address and language, whatever the number of documents."""
        found: dict[tuple[str, str], list[Due]] = {}
        for each in self.due:
            found.setdefault((each.recipient, each.language), []).append(each)
        return found


def steps_of(typed: str) -> list[int]:
    """The steps as an organiser writes them: "-14, -3, 1, 7". Raises RuleBroken."""
    try:
        days = sorted({int(part) for part in typed.replace(";", ",").replace("−", "-").split(",") if part.strip()})
    except ValueError as error:
        raise RuleBroken(
            _("Write whole numbers of days, separated by commas, such as -14, -3, 1, 7."), "days"
        ) from error
    if len(days) > MOST_STEPS or any(abs(day) > FARTHEST for day in days):
        text = _("At most %(count)s steps, none farther than %(days)s days.", count=MOST_STEPS, days=FARTHEST)
        raise RuleBroken(text, "days")
    return days


def schedule(workshop: Workshop, day: date | None, days: Iterable[int], *, at: datetime) -> reminders.Schedule[int]:
    """Counted from the day on which a document is due, until the workshop is over."""
    over = on_day(at, workshop.zone) > workshop.ends_on
    return reminders.Schedule(reminders.steps_from(day, days, workshop.zone), closed=over)


def next_round(
    workshop: Workshop,
    documents: Iterable[Document],
    days: Sequence[int],
    invitations: Iterable[Invitation],
    written: reminders.LettersWritten[int],
    *,
    at: datetime,
) -> Round:
    """Everybody to be reminded now."""
    rows, result = list(documents), Round()
    versions = versions_there(rows)
    asked = {each.person_id: each for each in invitations}
    for document in rows:
        step = schedule(workshop, document.due_on, days, at=at).due(at)
        if step is None or not is_missing(document, versions):
            continue
        addressed = recipients(document, asked)
        if not addressed:
            result.without_address.append(document)
        for recipient, language in addressed:
            if not written.covers((document.id, recipient), step):
                result.due.append(Due(document, step.key, recipient, language))
    return result


def versions_there(documents: Iterable[Document]) -> dict[str, set[Document]]:
    """Those of which there is a file, as originals or revisions, by the symbol that both have in common."""
    found: dict[str, set[Document]] = {}
    for each in documents:
        if each.symbol_kind in VERSIONS and each.files and (base := symbols.key(each.symbol, None, None)):
            found.setdefault(base, set()).add(each)
    return found


def is_missing(document: Document, versions: Mapping[str, set[Document]]) -> bool:
    """Whether it is still to come: expected, and not there as the revision or the original of it either."""
    if document.state is not State.EXPECTED:
        return False
    base = symbols.key(document.symbol, None, None)
    return not base or document.symbol_kind not in VERSIONS or not versions.get(base, set()) - {document}


def recipients(document: Document, invitations: dict[int, Invitation]) -> list[tuple[str, str]]:
    """Addresses and languages of those who provide it: the address on the document, else those of the invitations."""
    language = document.workshop.languages[0]
    if document.email:
        return [(document.email, language)]
    owners = [invitations[person.id] for person in rules.owners(document) if person.id in invitations]
    willing = [
        each for each in owners if each.standing in {InvitationStatus.INVITED, InvitationStatus.ACCEPTED} and each.email
    ]
    return [(each.email, each.language or language) for each in willing]
