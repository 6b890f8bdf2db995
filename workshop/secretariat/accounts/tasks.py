"""What is done after the answer: finding out who forgot their password, and writing to them."""

from flask_babel import force_locale

from workshop.platform import outbox, patience, tasks
from workshop.platform.db import db, now
from workshop.platform.i18n import LOCALES
from workshop.platform.mail import link_to

from . import letters, queries, rules
from .models import ForgottenPassword, PasswordReset

SEND_KEY = "accounts.send_key"


@tasks.handles(SEND_KEY, patience=patience.SOON)
def send_key(task: tasks.Task) -> None:
    """Write to the owner of the account, if there is one. The wish is deleted with it, so a second run does nothing."""
    wish = db.session.get(ForgottenPassword, task.subject_id)
    if wish is None:
        return
    at = now()
    user = db.session.scalars(queries.user_of(wish.email)).one_or_none()
    db.session.delete(wish)
    if user is None or not rules.may_get_key(user, db.session.scalars(queries.open_resets_of(user, at=at)).all()):
        db.session.commit()
        return
    reset = PasswordReset(user=user, expires_at=at + rules.RESET_GOOD_FOR)
    with force_locale(LOCALES[wish.language]):
        message = letters.new_password(user, link=link_to("accounts.new_password", token=reset.issue_link()), at=at)
    db.session.add(reset)
    outbox.add(message)
    db.session.commit()
