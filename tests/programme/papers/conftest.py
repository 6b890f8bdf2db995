"""A clock that stands where a test puts it, a mail server, and a session with a speaker."""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

import pytest

from tests import factories as make
from tests.cast import Company
from tests.secretariat.accounts.test_mail import Sink, sink
from workshop.platform import db as database
from workshop.platform.db import db
from workshop.programme.agenda.models import Session

__all__ = ["Sink", "sink"]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """`clock(moment)` stops the one clock of the program there."""

    def stop_at(moment: datetime) -> None:
        class Stopped:
            """In place of the class that the program asks for the time, and for nothing else."""

            @staticmethod
            def now(tz: tzinfo | None = None) -> datetime:
                return moment.astimezone(tz or UTC)

        monkeypatch.setattr(database, "datetime", Stopped)

    return stop_at


@pytest.fixture
def session(company: Company) -> Session:
    """Session 1 of the workshop, 2 March 2026, 9 to 10 in Geneva, with an item on which Ines speaks."""
    row = make.session(
        workshop=company.workshop,
        items=[make.item()],
        starts_at=datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
        ends_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    )
    row.appearances.append(make.appearance(item=row.items[0]))
    db.session.add(row)
    db.session.commit()
    return row
