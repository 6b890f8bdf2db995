"""Refusals and faults, told to the person: what happened, what is kept, what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, flash, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from structlog import get_logger
from werkzeug.exceptions import HTTPException, SecurityError

from workshop.platform.db import db
from workshop.platform.drafts import note_refused
from workshop.platform.form_recovery import kept_page

log = get_logger()

ErrorPage = tuple[str, int] | tuple[str, int, dict[str, str]]

MESSAGES = {
    403: (
        lazy_gettext("You may read this workshop, but you may not change this part of it"),
        lazy_gettext("Ask an organiser of the workshop if you need to. Nothing was changed."),
    ),
    404: (
        lazy_gettext("Page not found, or you do not have access"),
        lazy_gettext(
            "Check the address. If the page belongs to a workshop you take part in, sign in first. Links sent by "
            "email can expire or be replaced: use the newest email, or write to the person who sent it."
        ),
    ),
    405: (
        lazy_gettext("This page cannot be opened directly"),
        lazy_gettext("Go back and use the button on the page."),
    ),
    413: (
        lazy_gettext("The upload is too large"),
        lazy_gettext("A file may be at most 40 MB. Nothing was stored; please choose a smaller file."),
    ),
    428: (
        lazy_gettext("This form did not say which state of things it changes"),
        lazy_gettext("Nothing was changed. Open the page again and make the change there."),
    ),
    429: (
        lazy_gettext("Too many attempts"),
        lazy_gettext("Please wait a minute and try again. Nothing was lost."),
    ),
}
# What is said where the page brings back what was typed, and what it adds to the form.
KEPT = {
    413: lazy_gettext(
        "What you typed is kept on this page. A file may be at most 40 MB: choose a smaller one, or send without it."
    ),
    428: lazy_gettext(
        "Nothing was changed, and what you typed is kept on this page. Send it again: you then see it beside what is "
        "saved now, and choose."
    ),
    429: lazy_gettext("What you typed is kept on this page. Please wait a minute, then send it again."),
}
MARKED = {428: {"seen": "nothing"}}  # a mark that no state of things has, so that every difference is asked about


class RuleBroken(Exception):
    """A rule of the workshop said no. The message is written for the person; `field` names where, if anywhere."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


@contextmanager
def flashing_refusal() -> Iterator[None]:
    """A rule that says no inside is told on the next page; the rest of what stands inside is not done."""
    try:
        yield
    except RuleBroken as refusal:
        note_refused()
        flash(str(refusal.message))


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(CSRFError, _form_too_old)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(StaleDataError, _overtaken)
    app.register_error_handler(IntegrityError, _overtaken)
    app.register_error_handler(Exception, _failed)


def refusal_page(title: str, advice: str, status: int) -> tuple[str, int]:
    """A page that says why not, and carries what was typed if anything was."""
    kept = kept_page(title, advice, status=status)
    return kept or (render_template("layouts/error.html", title=title, advice=advice), status)


def _refused(error: HTTPException) -> HTTPException | ErrorPage:
    if error.code is None or error.code < 400 or isinstance(error, SecurityError):
        return error  # where the request names a foreign host there are no addresses to write on a page
    title, advice = MESSAGES.get(error.code, (_("The request could not be understood"), _("Go back and try again.")))
    headers = {"Retry-After": "60"} if error.code == 429 else {}
    if error.code in KEPT:
        kept = kept_page(title, KEPT[error.code], status=error.code, more=MARKED.get(error.code))
        if kept is not None:
            return *kept, headers
    return render_template("layouts/error.html", title=title, advice=advice), error.code, headers


def _form_too_old(_error: CSRFError) -> ErrorPage:
    title = _("This form was open for too long")
    kept = kept_page(title, _("What you typed is kept on this page. Please send it again."), status=400)
    advice = _("Go back, reload the page and send it again. What you typed is still in the form when you go back.")
    return kept or (render_template("layouts/error.html", title=title, advice=advice), 400)


def _busy(error: OperationalError) -> ErrorPage:
    db.session.rollback()
    if is_full(error):
        return _full(error)
    log.error("database.unavailable", error=str(error.orig))
    title, headers = _("The service is busy at the moment"), {"Retry-After": "30"}
    kept = kept_page(title, _("What you typed is kept on this page. Please send it again in a minute."), status=503)
    if kept is not None:
        return *kept, headers
    return render_template("layouts/error.html", title=title, advice=_("Please try again in a minute.")), 503, headers


def _overtaken(error: Exception) -> ErrorPage:
    """Somebody else was faster by a moment: what they did is kept, and this can be sent again."""
    db.session.rollback()
    log.exception("request.overtaken", error=repr(error))
    title = _("Someone else changed this at the same moment")
    kept = kept_page(title, _("What you typed is kept on this page. Check the page again, then send it."), status=409)
    advice = _("You have changed nothing. Go back, check the page again, and repeat what you wanted to do.")
    return kept or (render_template("layouts/error.html", title=title, advice=advice), 409)


def is_full(error: BaseException | None) -> bool:
    """Whether what is behind a fault is a disk without room, in whichever library's words."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return True
        if any(words in str(error) for words in ("No space left on device", "disk is full", "Disk quota exceeded")):
            return True
        error = error.__cause__ or error.__context__
    return False


def _full(error: Exception) -> ErrorPage:
    log.error("disk.full", error=repr(error)[:300])
    title, headers = _("There is no room left to store this"), {"Retry-After": "60"}
    advice = _(
        "What you typed is kept on this page, and what was saved before is kept. A file must be chosen again. Please send "
        "it again later, or tell the organisers."
    )
    if (kept := kept_page(title, advice, status=503)) is not None:
        return *kept, headers
    advice = _("What was saved before is kept. Please try again later, or tell the organisers.")
    return render_template("layouts/error.html", title=title, advice=advice), 503, headers


def _failed(error: Exception) -> ErrorPage:
    db.session.rollback()  # the page tells who is signed in
    if is_full(error):
        return _full(error)
    log.exception("request.failed", error=repr(error))
    title = _("Something went wrong on our side")
    advice = _(
        "It has been recorded. What was saved before is kept, and what you typed is kept on this page: try to send it "
        "again."
    )
    if (kept := kept_page(title, advice, status=500)) is not None:
        return kept
    advice = _("It has been recorded. What was saved before is kept. Please go back and try again.")
    return render_template("layouts/error.html", title=title, advice=advice), 500
