"""What a member finds on the front page of a workshop: one question, which every later package may answer.

A package adds its lines so:

    @front_page.lines.by
    def registration_lines(session: Database, reader: Reader) -> Iterator[Line]: ...

No request, no clock: whoever asks says who reads, and when.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from workshop.platform.db import Database
from workshop.platform.labels import Labelled
from workshop.platform.providers import Provided
from workshop.secretariat.accounts.models import User

from .models import Role, Workshop


class Section(Labelled):
    """The parts of a front page, from top to bottom."""

    TO_DO = "to_do", _l("To do")
    STATUS = "status", _l("Your status")
    PEOPLE = "people", _l("Participants")
    SESSIONS = "sessions", _l("Your sessions")
    GROUPS = "groups", _l("Your group")
    PAPERS = "papers", _l("Papers")
    ANSWERS = "answers", _l("Questionnaires")
    RESULTS = "results", _l("Results")
    REPORTS = "reports", _l("Reports")
    CALENDAR = "calendar", _l("Programme and calendar")


@dataclass(frozen=True)
class Reader:
    """Who reads the front page of which workshop, and when. `limited` are the roles that hold in some sessions only."""

    workshop: Workshop
    user: User
    roles: frozenset[Role]
    limited: frozenset[Role]
    at: datetime


@dataclass(frozen=True)
class Way:
    """A link under a line: what it does, and its address."""

    words: str
    endpoint: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One line of a front page. `who` is who it concerns or what else there is to say in a few words; `tone` is bad,
    warn, good or nothing; `endpoint` and `values` say where to do it, `ways` what else can be done. A line to do is
    shown with its date. No line leads where its reader may not go.
    """

    what: str
    who: str = ""
    state: str = ""
    tone: str = ""
    endpoint: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    due: date | None = None
    section: Section = Section.TO_DO
    ways: tuple[Way, ...] = ()


lines = Provided[[Database, Reader], Iterable[Line]]("What a member finds on the front page of a workshop.")
