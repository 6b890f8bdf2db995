"""How long a kind of task is tried again, and with which pauses. No database, no request, no clock.

A mail is not a PDF: a mail server may be away for a weekend, while a page that cannot be set will not set tomorrow. So
each kind of task says for itself how patient it is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=15)
DOUBLINGS = 20  # after that many any pause is longer than the longest


@dataclass(frozen=True)
class Patience:
    """Each pause is twice the one before, up to the longest. It ends after so many `attempts`, or so long after the task
    was first due: `lasts`. What lasts is tried a last time as it ends.
    """

    attempts: int | None = None
    lasts: timedelta | None = None
    longest_pause: timedelta = LONGEST_PAUSE

    def next_try(self, attempts: int, *, since: datetime, at: datetime) -> datetime | None:
        """When to try again after so many attempts, the last of them failed now; None when patience is at its end."""
        if self.attempts is not None and attempts >= self.attempts:
            return None
        coming = at + min(FIRST_PAUSE * (1 << min(attempts - 1, DOUBLINGS)), self.longest_pause)
        if self.lasts is None:
            return coming
        end = since + self.lasts
        return min(coming, end) if at < end else None


PRINT = Patience(attempts=3)  # what cannot be set or read will not be a minute later either
SOON = Patience(lasts=timedelta(days=1))  # what matters today: writing letters whose day has come, mixing rows
MAIL = Patience(lasts=timedelta(days=3))  # handing them over
DAILY = Patience(lasts=timedelta(hours=23))  # tomorrow it is asked for anew
