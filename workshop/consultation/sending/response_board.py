"""How far the answers have come, of those invited: in all, by category, by region and by language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from workshop.consultation.questionnaires.models import Recipient
from workshop.consultation.questionnaires.recipients import Progress, progress
from workshop.consultation.questionnaires.states import ResponseState
from workshop.platform.i18n import LANGUAGES, language
from workshop.platform.mail import UnsentMail
from workshop.secretariat.register.countries import group_of, name_of

FEW = 5
REACHED = {
    "invited": set(Progress) - {Progress.LISTED, Progress.WAITING, Progress.UNREACHED},
    "opened": {Progress.OPENED, Progress.BEGUN, Progress.STARTED, Progress.RECEIVED, Progress.SUBMITTED},
    "begun": {Progress.BEGUN, Progress.STARTED, Progress.RECEIVED, Progress.SUBMITTED},
    "submitted": {Progress.SUBMITTED},
}


@dataclass(frozen=True)
class BoardRow:
    """One recipient, how far it has come, and the newest mail, if that did not arrive or has not left."""

    recipient: Recipient
    progress: Progress
    mail: UnsentMail | None = None

    @property
    def is_unreached(self) -> bool:
        return self.mail is not None and self.mail.state.has_failed


@dataclass
class Counts:
    """Of so many `listed`: each number includes those who have come further."""

    label: str
    listed: int = 0
    invited: int = 0
    opened: int = 0
    begun: int = 0
    submitted: int = 0

    def count(self, progress: Progress) -> None:
        self.listed += 1
        for name, those in REACHED.items():
            setattr(self, name, getattr(self, name) + (progress in those))

    @property
    def share(self) -> float:
        """Answers submitted, of those invited."""
        return self.submitted / self.invited if self.invited else 0.0


@dataclass(frozen=True)
class AnonymousProgress:
    """What may be known of anonymous answers while they come: how many, and which groups are so small that an answer that
    names one points to a person.
    """

    begun: int
    submitted: int
    few: list[str]


@dataclass
class Board:
    total: Counts
    groups: list[tuple[str, list[Counts]]] = field(default_factory=list)


def rows_of_board(recipients: Sequence[Recipient], unsent: dict[int, UnsentMail]) -> list[BoardRow]:
    """`unsent` holds, by recipient, the newest mail where it did not arrive, or none has left."""
    mails = [(each, unsent.get(each.id)) for each in recipients]
    return [BoardRow(each, progress(each, mail=mail.state if mail else None), mail) for each, mail in mails]


def board(rows: Sequence[BoardRow]) -> Board:
    total = Counts(_("All"))
    for row in rows:
        total.count(row.progress)
    headings = (_("By category"), _("By region"), _("By language"))
    return Board(total, [(heading, _by(rows, label)) for heading, label in zip(headings, GROUPED_BY, strict=True)])


def anonymous_progress(board: Board, states: Mapping[ResponseState, int]) -> AnonymousProgress:
    few = [f"{each.label} ({each.listed})" for _heading, group in board.groups for each in group if each.listed < FEW]
    submitted = states.get(ResponseState.SUBMITTED, 0)
    return AnonymousProgress(states.get(ResponseState.BEGUN, 0) + submitted, submitted, few)


def matching(rows: Sequence[BoardRow], wanted: str) -> list[BoardRow]:
    """Those in whose name, address, country or groups all the words stand."""
    words = wanted.casefold().split()
    return [row for row in rows if all(word in _said_of(row.recipient).casefold() for word in words)]


def _said_of(recipient: Recipient) -> str:
    groups = (str(label(recipient)) for label in GROUPED_BY)
    country = name_of(recipient.country, language()) if recipient.country else ""
    return " ".join((recipient.name, recipient.email, country, *groups))


def _by(rows: Sequence[BoardRow], label: Callable[[Recipient], str]) -> list[Counts]:
    found: dict[str, Counts] = {}
    for row in rows:
        said = str(label(row.recipient))
        found.setdefault(said, Counts(said)).count(row.progress)
    return sorted(found.values(), key=lambda counts: (-counts.listed, counts.label))


def _region(country: str) -> str:
    group = group_of(country)
    return group.label if group else _("No regional group")


GROUPED_BY: tuple[Callable[[Recipient], str], ...] = (
    lambda recipient: recipient.category.label if recipient.category else _("No category"),
    lambda recipient: _region(recipient.country),
    lambda recipient: LANGUAGES.get(recipient.language, recipient.language),
)
