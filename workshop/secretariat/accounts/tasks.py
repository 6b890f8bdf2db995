"""What is done after the answer: finding out whose an address is, and writing to them; and, each day, clearing up."""

from datetime import datetime, timedelta

from flask_babel import force_locale

from workshop.platform import outbox, patience, tasks
from workshop.platform.db import db, now
from workshop.platform.i18n import LOCALES
from workshop.platform.mail import link_to

from . import letters, queries, rules
from .models import AddressChange, AddressStop, ForgottenPassword, PasswordReset, SignInLink, SignInWish, User
from .passkeys import queries as passkeys
from .second_factor import queries as factors

SEND_KEY = "accounts.send_key"
SEND_LINK = "accounts.send_link"
SEND_ADDRESS_MAILS = "accounts.send_address_mails"


@tasks.handles(SEND_KEY, patience=patience.SOON)
def send_key(task: tasks.Task) -> None:
    """Write to the owner of the account, if there is one. The wish is deleted with it, so a second run does nothing."""
    wish = db.session.get(ForgottenPassword, task.subject_id)
    if wish is None:
        return
    at = now()
    user = db.session.scalars(queries.user_of(wish.email)).one_or_none()
    db.session.delete(wish)
    if user is None or not rules.may_get_link(user, db.session.scalars(queries.open_resets_of(user, at=at)).all()):
        db.session.commit()
        return
    reset = PasswordReset(user=user, expires_at=at + rules.RESET_GOOD_FOR)
    with force_locale(LOCALES[wish.language]):
        message = letters.new_password(user, link=link_to("accounts.new_password", token=reset.issue_link()), at=at)
    db.session.add(reset)
    outbox.add(message)
    db.session.commit()


@tasks.handles(SEND_LINK, patience=patience.SOON)
def send_link(task: tasks.Task) -> None:
    """Write to the owner of the account, if there is one. The wish is deleted with it, so a second run does nothing."""
    wish = db.session.get(SignInWish, task.subject_id)
    if wish is None:
        return
    at = now()
    user = db.session.scalars(queries.user_of(wish.email)).one_or_none()
    db.session.delete(wish)
    if user and rules.may_get_link(user, db.session.scalars(queries.open_sign_in_links_of(user, at=at)).all()):
        write_link(user, wish, at=at)
    db.session.commit()


def write_link(user: User, wish: SignInWish, *, at: datetime) -> None:
    row = SignInLink(user=user, wanted=wish.wanted, expires_at=at + rules.LINK_GOOD_FOR)
    with force_locale(LOCALES[wish.language]):
        message = letters.sign_in_link(user, link=link_to("accounts.mailed_link", token=row.issue_link()), at=at)
    db.session.add(row)
    outbox.add(message)


@tasks.handles(SEND_ADDRESS_MAILS, patience=patience.SOON)
def send_address_mails(task: tasks.Task) -> None:
    """Write to the new address, and to the old one. Done once: the first run gives the change its secret."""
    change = db.session.get(AddressChange, task.subject_id)
    at = now()
    if change is None or not change.link_opens(at) or db.session.scalars(queries.stop_of(change)).first():
        return
    taken = db.session.scalars(queries.user_of(change.new)).first() is not None
    stop = AddressStop(change=change, expires_at=change.asked_at + rules.STOP_GOOD_FOR)
    db.session.add(stop)
    with force_locale(LOCALES[change.language]):
        confirming = link_to("accounts.confirm_address", token=change.issue_link())
        to_new = letters.confirm_address(change, link=confirming, at=at)
        if taken:
            to_new = letters.address_in_use(change, at=at)
        stopping = link_to("accounts.stop_address", token=stop.issue_link())
        outbox.add(to_new, letters.address_will_change(change, link=stopping, at=at))
    db.session.commit()


@tasks.every_day("accounts.forget_expired")
def forget_expired() -> None:
    """Links and half sign-ins that open nothing any more are no use to anybody."""
    before = now() - timedelta(days=1)
    forgotten = (factors.forget_halves(before), passkeys.forget_challenges(before))
    for statement in (*queries.forget_what_expired(before), *forgotten):
        db.session.execute(statement)
    db.session.commit()
