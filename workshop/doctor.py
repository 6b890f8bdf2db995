"""What this machine has and lacks, in lines a person can act on."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import obstore
from flask import Flask
from sqlalchemy import func, select, text

from workshop.consultation.questionnaires import tally, tally_statements
from workshop.platform import pdf, schema
from workshop.platform.db import db
from workshop.platform.tasks import due

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Finding:
    subject: str
    good: bool
    says: str
    is_needed: bool = True

    def line(self) -> str:
        mark = "good   " if self.good else ("MISSING" if self.is_needed else "absent ")
        return f"{mark}  {self.subject:<12} {self.says}"


def examine() -> list[Finding]:
    from app import create_app  # here so that the doctor can say what keeps the application from starting
    from config import settings

    found = [Finding("Python", True, sys.version.split()[0]), pdf_engine(), browser()]
    try:
        app = create_app(settings())
    except Exception as error:  # whatever it is, the doctor tells it and goes on
        return [*found, Finding("Settings", False, str(error))]
    found.append(Finding("Settings", True, f"mode {app.config['MODE']}, instance {app.config['INSTANCE']}"))
    with app.app_context():
        return found + [
            attempt(*each)
            for each in (
                ("Database", database),
                ("Tasks", waiting),
                ("Files", lambda: files(app)),
                ("Queue", lambda: queue(app)),
                ("Mail", lambda: mail(app)),
                ("Disk", lambda: disk(app.config["INSTANCE"])),
                ("Modes", lambda: modes(app.config["INSTANCE"])),
                ("Tallies", tallies),
                ("Erasing", erasing),
            )
        ]


def attempt(subject: str, look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except Exception as error:  # a look that fails is a finding
        return Finding(subject, False, str(error).splitlines()[0])


def pdf_engine() -> Finding:
    try:
        engine = pdf.engine()
    except pdf.PdfUnavailable as error:
        return Finding("PDF", False, str(error), is_needed=False)
    return Finding("PDF", True, f"WeasyPrint {engine.__version__} with Pango")


def browser() -> Finding:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    says = path or "no Chromium (the tests use one; sudo apt install chromium)"
    return Finding("Browser", path is not None, says, is_needed=False)


def database() -> Finding:
    db.session.execute(text("select 1"))
    name = db.engine.url.render_as_string(hide_password=True)
    if not schema.is_up_to_date():
        return Finding("Database", False, f"{name} is not up to date. Run: python3 run.py migrate")
    return Finding("Database", True, name)


def waiting() -> Finding:
    """Work that is due and not done means that no worker runs."""
    late = len(due())
    failed = db.session.scalar(select(func.count()).select_from(text("task")).where(text("state = 'failed'"))) or 0
    says = f"{late} due, {failed} given up" + (". Is a worker running? python3 run.py worker" if late > 10 else "")
    return Finding("Tasks", late <= 10 and not failed, says, is_needed=False)


def files(app: Flask) -> Finding:
    store = app.extensions["files"]
    obstore.put(store, "doctor", b"was here")
    said = bytes(obstore.get(store, "doctor").bytes())
    obstore.delete(store, "doctor")
    return Finding("Files", said == b"was here", "can be written, read and deleted")


def queue(app: Flask) -> Finding:
    kind = "Redis" if app.config["REDIS_URL"] else "SQLite file"
    return Finding("Queue", True, f"{kind}, {len(app.extensions['queue'])} waiting")


def mail(app: Flask) -> Finding:
    url = app.config["MAIL_URL"]
    says = url.rpartition("@")[2] or "no mail server (WORKSHOP_MAIL_URL): mails stay in the outbox"
    return Finding("Mail", bool(url), says, is_needed=False)


def modes(instance: Path) -> Finding:
    """Whether others on this machine could read the database, the files or the secret."""
    open_to_others = [each for each in (instance, *instance.rglob("*")) if each.stat().st_mode & 0o077]
    if not open_to_others:
        return Finding("Modes", True, f"only this user can read {instance}")
    says = f"others can read {open_to_others[0]} ({len(open_to_others)} in all). Run: chmod -R go= {instance}"
    return Finding("Modes", False, says)


def tallies() -> Finding:
    """Where a sheet of used invitations is gone, nobody can begin to answer."""
    named = db.session.scalars(tally_statements.with_tallies()).all()
    lost = [each.slug for each in named if not tally.sheet_of(each).path.exists()]
    says = f"{len(named)} sheets of used invitations"
    if lost:
        says = f"lost for {', '.join(lost)}: nobody can begin there. Restore a backup (docs/threats.md)"
    return Finding("Tallies", not lost, says)


def erasing() -> Finding:
    """Whether the database forgets what is deleted; PostgreSQL needs to be told."""
    if db.engine.dialect.name == "sqlite":
        return Finding(
            "Erasing", db.session.scalar(text("PRAGMA secure_delete")) == 1, "deleted places are overwritten"
        )
    recycled = db.session.scalar(text("SELECT current_setting('wal_recycle')")) == "on"
    may = "SELECT rolsuper OR pg_has_role(current_user, 'pg_checkpoint', 'member') FROM pg_roles WHERE rolname = current_user"
    lacks = ["wal_recycle = off"] * recycled + ["GRANT pg_checkpoint"] * (not db.session.scalar(text(may)))
    says = f"the log keeps erased answers for a while; set {' and '.join(lacks)}" if lacks else "the log forgets"
    return Finding("Erasing", not lacks, says, is_needed=False)


def disk(instance: Path) -> Finding:
    free = shutil.disk_usage(instance).free / 1024**3
    return Finding("Disk", free > 1 and os.access(instance, os.W_OK), f"{free:.0f} GB free in {instance}")
