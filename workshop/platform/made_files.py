"""Word documents, workbooks and short PDFs: made by a worker for whoever asks, kept for a day, and made anew when what they say changes.

A package registers who makes a kind of file. Its view checks who may have it and calls `give`: that asks for the file, shows
how far it is, and hands it over, all at the address of the view. So whoever may open that address, and nobody else, has it.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from flask import abort, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import files, patience, pdf, prints, tasks
from workshop.platform.db import Database, db, now
from workshop.platform.i18n import LOCALES
from workshop.platform.prints import Print
from workshop.platform.tasks import Task

MAKE = "platform.make_file"
KEPT = timedelta(days=1)
FOLDER = "made"
WRITERS = ("docx", "word", "sheet", "form_writer", "list_files")  # modules that write files have such names
CODE = Path(__file__).resolve().parents[1]
STEPS = (prints.WAITING, _l("Writing the file."), _l("Storing the file."))
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
Fact = int | str


class MadeFile(Print):
    """A file of one kind; `facts` is what its maker is told, `fingerprint` says of which state it is."""

    __tablename__ = "made_file"
    __table_args__ = (UniqueConstraint("kind", "fingerprint"),)

    kind: Mapped[str]
    facts: Mapped[dict[str, Fact]]
    asked_at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True)
class Draft:
    """A file that can be written. `state` is everything that it depends on: another state is another file."""

    state: str
    write: Callable[[], bytes]


Maker = Callable[..., Draft | None]
MAKERS: dict[str, Maker] = {}


def makes(kind: str) -> Callable[[Maker], Maker]:
    """Name the function that finds what a kind of file is made of, given its facts, in the language that is spoken then.
    It finds nothing where there is no such file any more.
    """

    def register(maker: Maker) -> Maker:
        MAKERS[kind] = maker
        return maker

    return register


def give(kind: str, name: str, *, language: str, back: str, **facts: Fact) -> HttpResponse:
    """The file of that name, for a view whose reader may have it; where it must be made first, the page that says so,
    from which a link leads `back`.
    """
    print_ = wanted_file(kind, language, facts)
    waits = "wait" in request.args
    if print_.stored_as and not waits:
        try:
            return files.attachment(print_.stored_as, name, MEDIA_TYPES[name.rpartition(".")[2]])
        except FileNotFoundError:  # a backup was restored since
            print_.stored_as = ""
    if not waits or print_.state == "missing":
        _have_made(print_)
    address = {**(request.view_args or {}), **request.args, "wait": None}
    opens = url_for(str(request.endpoint), **address)
    if not waits:
        return redirect(url_for(str(request.endpoint), **address | {"wait": 1}))
    page = render_template(
        "platform/made_file.html", name=name, back=back, opens=opens, **prints.progress(print_, STEPS)
    )
    status = 202 if print_.state == "running" else 200
    return HttpResponse(page, status, headers={"Cache-Control": "private, no-store"}, mimetype="text/html")


def wanted_file(kind: str, language: str, facts: dict[str, Fact]) -> MadeFile:
    """The file as it must be now: made, asked for, or a new row that is not saved yet."""
    with _spoken(language):
        draft = MAKERS[kind](**facts) or abort(404)
    mark = fingerprint_of(kind, language, facts, draft)
    found = db.session.scalar(select(MadeFile).where(MadeFile.kind == kind, MadeFile.fingerprint == mark))
    return found or MadeFile(kind=kind, language=language, facts=facts, fingerprint=mark, asked_at=now())


def fingerprint_of(kind: str, language: str, facts: dict[str, Fact], draft: Draft) -> str:
    """Of what, in which language, written by which version of the program."""
    said = json.dumps([kind, language, sorted(facts.items()), draft.state, _program(), prints.layout((), language)])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


@cache
def _program() -> str:
    """A hash of every module that writes files."""
    digest = hashlib.sha256()
    for path in sorted({each for word in WRITERS for each in CODE.rglob(f"*{word}*.py")}):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _spoken(language: str) -> AbstractContextManager[None]:
    return force_locale(LOCALES.get(language, LOCALES["en"]))


def _have_made(print_: MadeFile) -> None:
    try:
        prints.ask(print_, MAKE, STEPS, at=now())
        db.session.commit()
    except IntegrityError:  # somebody else has asked for it at the same moment
        db.session.rollback()


@tasks.handles(MAKE, patience=patience.PRINT)
def make(task: Task) -> None:
    """Write the file and store it apart. What was asked for and is outdated by now is not made: nobody would be given it."""
    wanted = prints.wanted(MadeFile, task)
    if wanted is None:
        return
    tasks.report_progress(task, 1, task.steps)
    with _spoken(wanted.language):
        draft = MAKERS[wanted.kind](**wanted.facts)
        if draft is None or fingerprint_of(wanted.kind, wanted.language, wanted.facts, draft) != wanted.fingerprint:
            db.session.delete(wanted)
            return
        if not prints.make(wanted, task, lambda: pdf.Pdf(draft.write(), pages=0), apart=FOLDER):
            return
    others = select(MadeFile).where(MadeFile.kind == wanted.kind, MadeFile.language == wanted.language)
    old = [each for each in db.session.scalars(others) if each.facts == wanted.facts and each.id != wanted.id]
    for name in _take_out(db.session, [each for each in old if each.stored_as]):
        files.remove(name)


def forget(session: Database, *kinds: str) -> list[str]:
    """Somebody was erased: no file of these kinds stays, nor what a worker writes at this moment. In the transaction of the
    caller, who removes what is returned after its commit.
    """
    theirs = select(MadeFile).where(MadeFile.kind.in_(kinds)).with_for_update()
    return _take_out(session, session.scalars(theirs.execution_options(populate_existing=True)).all())


def _take_out(session: Database, old: Sequence[MadeFile]) -> list[str]:
    for each in old:
        session.delete(each)
    return [each.stored_as for each in old]


@tasks.every_day("platform.forget_made_files")
def forget_old_files() -> None:
    """And what no row names, as the worker that stored it was killed before it could say so."""
    before = now() - KEPT
    stored = _take_out(db.session, db.session.scalars(select(MadeFile).where(MadeFile.asked_at < before)).all())
    db.session.commit()
    for name in (*stored, *files.names_in(FOLDER, before=before)):
        files.remove(name)
