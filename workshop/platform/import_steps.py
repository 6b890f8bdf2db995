"""Imports: what a stranger's file means is read, and taken in, by a worker; the page waits and says how far it is.

A package registers who `reads` a kind of file for its preview and who `takes` it in. Its views ask `read` and `take`, and
show `page` until it is done. What is small is done at once, by the same functions: the size decides, not the kind of file.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from datetime import datetime, timedelta
from typing import cast

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, UniqueConstraint, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, relationship
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import files, patience, prints, tasks
from workshop.platform.db import Database, Model, db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.foreign import sandbox
from workshop.platform.foreign.limits import Limit
from workshop.platform.i18n import LOCALES, language
from workshop.platform.intake import PackedReport
from workshop.platform.recording import on_behalf_of
from workshop.platform.tasks import Task

STEP = "platform.import_step"
AT_ONCE = 8 * 1024  # bytes of a file: about a hundred people, less than half a second's work
FRESH = timedelta(hours=1)  # a preview that is older is made again when it is looked at
PAUSE = timedelta(seconds=20)  # and one that failed is not tried at every look
KEPT = timedelta(days=1)
WAITS = timedelta(days=7)  # a file that nobody takes in by then is removed, and so is one that was taken in
FOLDER = "imports"
GONE = _l("The file is no longer stored here. Please choose it again.")
STEPS = (prints.WAITING, _l("Reading the file, row by row."))
Fact = int | str
Facts = dict[str, Fact]
Result = dict[str, object]
Doer = Callable[..., Result]
READERS: dict[str, Doer] = {}
TAKERS: dict[str, Doer] = {}


def report_in(result: Result) -> PackedReport:
    """The import report that a reader has put into its result."""
    return cast(PackedReport, result["report"])


class ImportStep(Model):
    """One step of an import: `subject` names the import, `facts` is what the doer is told, `fingerprint` names both with the
    state that was seen. Either `result` or `refusal` says what came of it; `field` is where the refusal belongs.
    """

    __tablename__ = "import_step"
    __table_args__ = (UniqueConstraint("kind", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id", ondelete="SET NULL"), init=False)
    task: Mapped[Task | None] = relationship(default=None)
    kind: Mapped[str]
    subject: Mapped[str]
    fingerprint: Mapped[str]
    language: Mapped[str]
    facts: Mapped[Facts]
    asked_at: Mapped[datetime] = mapped_column(index=True)
    result: Mapped[Result | None] = mapped_column(JSON(none_as_null=True), default=None)
    refusal: Mapped[str] = mapped_column(default="")
    field: Mapped[str] = mapped_column(default="")

    @property
    def state(self) -> str:
        """running, ready, refused or failed."""
        if self.result is not None:
            return "ready"
        if self.refusal:
            return "refused"
        return "failed" if self.task is None or self.task.is_over else "running"

    @property
    def refused(self) -> RuleBroken:
        return RuleBroken(self.refusal, self.field or None)

    def refuse(self) -> None:
        """Raise what was refused, if anything was."""
        if self.refusal:
            raise self.refused


def reads(kind: str) -> Callable[[Doer], Doer]:
    """Name the function that says what a file of this kind would do. What it changes in its session is forgotten."""
    return lambda doer: READERS.setdefault(kind, doer)


def takes(kind: str) -> Callable[[Doer], Doer]:
    """Name the function that does it, in one transaction, which it leaves to its caller to commit. It is told what was
    `seen`, and must refuse what nobody saw; and as every click and every worker calls it, look first whether it is done.
    """
    return lambda doer: TAKERS.setdefault(kind, doer)


def store(content: bytes, limit: Limit, *, name: str = "", field: str = "file") -> str:
    """Keep a file for as long as it `WAITS`: lists hold names that are nowhere else once somebody is erased. Raises
    Unreadable where it is larger than any that is read.
    """
    sandbox.refuse_too_large(content, limit, name=name, field=field)
    return files.put_apart(content, FOLDER)


def _size_of(stored: str) -> int | None:
    """None where it is gone."""
    with suppress(FileNotFoundError):
        return files.size_of(stored)
    return None


def read(kind: str, subject: str, *, of: str, state: str = "", **facts: Fact) -> ImportStep:
    """What the file stored as `of` would do, as far as is known: at once where it is small, else what a worker found or
    will find. In another `state` of what was said about it, it is read anew. One that is gone is refused.
    """
    wanted = _wanted(kind, subject, facts, state)
    if (size := _size_of(of)) is None or size <= AT_ONCE:
        return _gone(wanted) if size is None else _done(wanted)
    found = find(kind, subject)
    if found and found.fingerprint == wanted.fingerprint and _is_fresh(found):
        return found
    return _asked(found, wanted)


def take(kind: str, subject: str, *, of: str, **facts: Fact) -> ImportStep:
    """Have it taken in, once: a second click waits for the first. One that was refused or has failed is tried again."""
    wanted = _wanted(kind, subject, facts)
    if (size := _size_of(of)) is None or size <= AT_ONCE:
        return _gone(wanted) if size is None else _done(wanted)
    found = find(kind, subject)
    if found and (found.state == "running" or (found.state == "ready" and found.fingerprint == wanted.fingerprint)):
        return found
    return _asked(found, wanted)


def find(kind: str, subject: str) -> ImportStep | None:
    return db.session.scalar(
        select(ImportStep)
        .where(ImportStep.kind == kind, ImportStep.subject == subject)
        .execution_options(populate_existing=True)
    )


def again(kind: str, subject: str) -> ImportStep | None:
    """The reading that was asked for as this subject, asked for anew where it is outdated; None where there is none."""
    found = find(kind, subject)
    if found is None:
        return None
    wanted = _wanted(kind, subject, found.facts)
    is_still_so = found.fingerprint == wanted.fingerprint and _is_fresh(found)
    return found if is_still_so else _asked(found, wanted)


def _is_fresh(step: ImportStep) -> bool:
    return step.state == "running" or step.asked_at > now() - (PAUSE if step.state == "failed" else FRESH)


def _wanted(kind: str, subject: str, facts: Facts, state: str = "") -> ImportStep:
    said = json.dumps([kind, subject, sorted(facts.items()), state, language()])
    mark = hashlib.sha256(said.encode()).hexdigest()[:32]
    return ImportStep(kind=kind, subject=subject, fingerprint=mark, language=language(), facts=facts, asked_at=now())


def _asked(found: ImportStep | None, wanted: ImportStep) -> ImportStep:
    """The row of this step, with a new task. Of two who ask at the same moment the second finds what the first asked for."""
    step = found or wanted
    step.fingerprint, step.language, step.facts = wanted.fingerprint, wanted.language, wanted.facts
    step.asked_at, step.result, step.refusal, step.field = wanted.asked_at, None, "", ""
    try:
        db.session.add(step)
        db.session.flush()
        step.task = tasks.ask(STEP, step.id, at=wanted.asked_at)
        step.task.steps = len(STEPS)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return find(wanted.kind, wanted.subject) or wanted
    return step


def _gone(step: ImportStep) -> ImportStep:
    step.refusal = str(GONE)
    return step


def _done(step: ImportStep) -> ImportStep:
    """Done here and now, without a row: of a reading nothing stays, of a taking what it did is committed."""
    is_reading = step.kind in READERS
    try:
        step.result = (READERS if is_reading else TAKERS)[step.kind](**step.facts)
    except RuleBroken as refusal:
        step.refusal, step.field = str(refusal.message), refusal.field or ""
    except FileNotFoundError:  # removed since it was looked for: somebody was erased
        step.refusal = str(GONE)
    if is_reading or step.refusal:
        db.session.rollback()
    else:
        db.session.commit()
    return step


@tasks.handles(STEP, patience=patience.PRINT)
def work(task: Task) -> None:
    """Do the step and say what came of it, in one commit with what it did: a worker that is killed has done nothing."""
    step = db.session.get(ImportStep, task.subject_id)
    if step is None or step.task_id != task.id or step.state != "running":
        return
    tasks.report_progress(task, 1, task.steps)
    number, kind, facts = step.id, step.kind, dict(step.facts)
    result, refusal = None, RuleBroken("")
    with force_locale(LOCALES.get(step.language, LOCALES["en"])), _acting(facts):
        try:
            result = (READERS | TAKERS)[kind](**facts)
            db.session.flush()
        except RuleBroken as refused:
            refusal = refused
        except FileNotFoundError:  # removed since it was asked for: somebody was erased
            refusal = RuleBroken(str(GONE))
    if kind in READERS or result is None:
        db.session.rollback()
    _tell(number, result, refusal)


def _acting(facts: Mapping[str, Fact]) -> AbstractContextManager[None]:
    """What a worker takes in was taken in by whoever pressed the button."""
    who = facts.get("who")
    return on_behalf_of(int(who) if who else None)


def _tell(number: int, result: Result | None, refusal: RuleBroken) -> None:
    step = db.session.get(ImportStep, number, populate_existing=True, with_for_update=True)
    if step is None or step.state != "running":  # forgotten meanwhile, or done by another: nothing is taken in unseen
        db.session.rollback()
        return
    step.result, step.refusal, step.field = result, str(refusal.message), refusal.field or ""
    if step.refusal and step.kind in TAKERS:  # what was seen is not so any more: the preview is made again
        outdate(db.session, step.subject)


def outdate(session: Database, subject: str) -> None:
    """Whoever looks at this import again sees it read anew. In the transaction of the caller."""
    readings = update(ImportStep).where(ImportStep.subject == subject, ImportStep.kind.in_(READERS))
    session.execute(readings.values(fingerprint="").execution_options(synchronize_session=False))


def forget(session: Database) -> list[str]:
    """Somebody was erased: neither lists nor what was found in them are kept. Whoever still wants one chooses it again. In
    the transaction of the caller, who removes the files that are returned after its commit.

    A list that a worker is taking in at this moment may bring back who was erased: it is refused, and says so.
    """
    session.execute(delete(ImportStep).where(or_(ImportStep.kind.in_(READERS), ImportStep.result.is_not(None))))
    for spoken in session.scalars(select(ImportStep.language).where(ImportStep.refusal == "").distinct()).all():
        being_taken = update(ImportStep).where(ImportStep.language == spoken, ImportStep.refusal == "")
        with force_locale(LOCALES.get(spoken, LOCALES["en"])):
            refused = str(GONE)
        session.execute(being_taken.values(refusal=refused).execution_options(synchronize_session=False))
    return files.names_in(FOLDER)


@tasks.every_day("platform.forget_import_steps")
def forget_old_steps() -> None:
    db.session.execute(delete(ImportStep).where(ImportStep.asked_at < now() - KEPT))
    db.session.commit()
    for name in files.names_in(FOLDER, before=now() - WAITS):
        files.remove(name)


def trouble(step: ImportStep | None) -> str:
    """Why what a person wanted to take in was not: told above the preview, from which she can try again."""
    if step and step.state == "failed":
        return _("Nothing was imported: something went wrong on our side. Please try again.")
    return step.refusal if step else ""


def page(step: ImportStep, *, name: str, back: str) -> HttpResponse:
    """How far it is, or why nothing comes of it; the address that shows it shows the result in its place once it is there."""
    task = step.task
    text = render_template(
        "platform/import_step.html",
        name=name,
        back=back,
        state=step.state,
        refusal=step.refusal,
        task=task,
        step=prints.progress_words(task, STEPS) if task else "",
    )
    status = 202 if step.state == "running" else 200
    return HttpResponse(text, status, headers={"Cache-Control": "private, no-store"}, mimetype="text/html")
