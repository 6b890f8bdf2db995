"""PDFs that are made once and served from storage: a row for each state of what is printed, and a task that makes it.

A package adds what is printed to `Print`, says in `fingerprint` of which state, and renders the page. Its view calls
`ask`; its task takes the row that is `wanted`, lays it out as it stands by then, and calls `make`.
"""

import enum
import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError
from structlog import get_logger

from workshop.platform import files, pdf
from workshop.platform import tasks as platform_tasks
from workshop.platform.db import Model, db, now
from workshop.platform.tasks import Task

log = get_logger()
ROOT = Path(__file__).resolve().parents[2]
WAITING, SETTING, STORING = (
    _l("Waiting in the queue."),
    _l("Laying out the pages."),
    _l("Storing the PDF."),
)
INTERRUPTED = _l("This was interrupted. It is taken up again within a minute.")
STEPS = (WAITING, SETTING, STORING)  # what is under way after that many steps


class Trouble(enum.StrEnum):
    """Why a PDF could not be made; trying again by itself would not help."""

    UNAVAILABLE = "unavailable"
    FAILED = "failed"


class Print(Model):
    """A PDF in one language. `fingerprint` says of what; `stored_as` is empty until it is made."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id", ondelete="SET NULL"), init=False)
    language: Mapped[str]
    fingerprint: Mapped[str]
    stored_as: Mapped[str] = mapped_column(default="")
    pages: Mapped[int] = mapped_column(default=0)
    problem: Mapped[Trouble | None] = mapped_column(default=None)

    @declared_attr
    @classmethod
    def task(cls) -> Mapped[Task | None]:
        return relationship(default=None)

    @property
    def state(self) -> str:
        """missing, running, ready, unavailable or failed."""
        if self.stored_as:
            return "ready"
        if self.problem:
            return self.problem.value
        if self.task is None:
            return "missing"
        return Trouble.FAILED.value if self.task.is_over else "running"


P = TypeVar("P", bound=Print)


def ask(print_: Print, kind: str, steps: Sequence[str] = STEPS, *, at: datetime) -> None:
    """Have it made, once: one that is made or being made is waited for. The row and its task are in the same commit."""
    if print_.state in {"running", "ready"}:
        return
    db.session.add(print_)
    db.session.flush()
    task = platform_tasks.ask(kind, print_.id, at=at)
    task.steps = len(steps)
    print_.task, print_.problem = task, None


def wanted(printed: type[P], task: Task) -> P | None:
    """The row that a task is to make; None when it is gone, or made already."""
    print_ = db.session.get(printed, task.subject_id)
    return print_ if print_ and not print_.stored_as else None


def make(print_: Print, task: Task, render: Callable[[], pdf.Pdf], *, apart: str = "") -> bool:
    """Store the PDF, or keep the reason on the row: the same page would fail again, so it is not tried by itself.

    What names people is stored `apart`, in a folder from which it can be removed.
    """
    try:
        made = render()
    except pdf.PdfUnavailable:
        print_.problem = Trouble.UNAVAILABLE
    except pdf.PdfFailed as failure:
        log.error("pdf.failed", kind=task.kind, print=print_.id, error=str(failure))
        print_.problem = Trouble.FAILED
    else:
        platform_tasks.report_progress(task, task.steps - 1, task.steps)
        store(print_, made, apart=apart)
    return bool(print_.stored_as)


def store(print_: Print, made: pdf.Pdf, *, apart: str = "") -> None:
    """Store what was made; where its row is gone by then, it is not kept either."""
    stored = files.put_apart(made.content, apart) if apart else files.put(made.content)
    print_.stored_as, print_.pages = stored, made.pages
    try:
        db.session.flush()
    except (StaleDataError, ObjectDeletedError) as error:  # somebody it names was erased meanwhile: nobody is given it
        files.remove(stored)
        raise platform_tasks.NotYet("nobody wants it any more") from error


def progress(print_: Print | None, steps: Sequence[str] = STEPS) -> dict[str, object]:
    """What the page shows that says how far a PDF is, or why there is none."""
    task = print_.task if print_ else None
    return {
        "state": print_.state if print_ else "missing",
        "task": task,
        "step": progress_words(task, steps) if task else "",
        "missing": pdf.MISSING,
    }


def progress_words(task: Task, steps: Sequence[object]) -> object:
    """What is under way."""
    return INTERRUPTED if task.is_interrupted(now()) else steps[min(task.step, len(steps) - 1)]


@cache
def layout(made_by: tuple[str, ...], language: str) -> str:
    """A hash of how something is set on paper: of these files and our words in that language."""
    digest = hashlib.sha256()
    for pattern in (*made_by, f"translations/{language}/**/*.po"):
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
