"""What to read. Statements only: the caller runs them."""

from datetime import datetime

from sqlalchemy import Delete, Executable, Select, delete, func, select, update
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.dml import ReturningUpdate

from workshop.platform.audit import AuditEntry
from workshop.platform.mail import Message
from workshop.platform.providers import Provided

from .models import AddressChange, AddressStop, PasswordReset, SignIn, SignInLink, User

workshops_held_alone = Provided[[User], Executable](
    "The workshops that would be without an organiser if this person left: each with its title as Words."
)


def user_of(email: str) -> Select[User]:
    """The account with this address, written in lower case."""
    return select(User).where(User.email == email)


def mails_about_account(email: str) -> Delete:
    """What was written to somebody about the account, once that is erased."""
    about = delete(Message).where(Message.recipient == email, Message.workshop_id.is_(None))
    return about.execution_options(synchronize_session=False)


def demo_accounts() -> Select[User]:
    """The accounts that everybody may use; a production start is refused while there are any."""
    return select(User).where(User.is_demo).order_by(User.id)


def sign_in_by_cookie(token: str) -> Select[SignIn]:
    """The sign-in that a browser's token stands for, with its user."""
    return select(SignIn).where(SignIn.opened_by(token)).options(joinedload(SignIn.user))


def sign_ins_of(user: User, *, at: datetime) -> Select[SignIn]:
    """The browsers where this person is signed in, newest first."""
    running = select(SignIn).where(SignIn.user_id == user.id, SignIn.opens_at(at))
    return running.order_by(SignIn.started_at.desc(), SignIn.id.desc())


def failed_sign_ins(pseudonym: str, *, since: datetime, verb: str = "sign_in_failed") -> Select[int, datetime | None]:
    """How many sign-ins failed for this address, and when the last did. The audit log knows addresses by pseudonym."""
    return select(func.count(), func.max(AuditEntry.at)).where(
        AuditEntry.verb == verb, AuditEntry.subject == pseudonym, AuditEntry.at > since
    )


def reset_by_link(token: str) -> Select[PasswordReset]:
    """The key that a mailed token stands for, with its user."""
    return select(PasswordReset).where(PasswordReset.opened_by(token)).options(joinedload(PasswordReset.user))


def open_resets_of(user: User, *, at: datetime) -> Select[PasswordReset]:
    return select(PasswordReset).where(PasswordReset.user_id == user.id, PasswordReset.opens_at(at))


def sign_in_link(token: str) -> Select[SignInLink]:
    """The link to sign in that a mailed token stands for, with its user."""
    return select(SignInLink).where(SignInLink.opened_by(token)).options(joinedload(SignInLink.user))


def open_sign_in_links_of(user: User, *, at: datetime) -> Select[SignInLink]:
    return select(SignInLink).where(SignInLink.user_id == user.id, SignInLink.opens_at(at))


def use_sign_in_link(link: SignInLink, *, at: datetime) -> ReturningUpdate[int]:
    """Spends the link: of two who press its button at once, one changes a row."""
    return (
        update(SignInLink)
        .where(SignInLink.id == link.id, SignInLink.ended_at.is_(None))
        .values(ended_at=at)
        .returning(SignInLink.id)
    )


def address_change(token: str) -> Select[AddressChange]:
    """The change that a token mailed to the new address stands for, with its user."""
    return select(AddressChange).where(AddressChange.opened_by(token)).options(joinedload(AddressChange.user))


def open_address_changes_of(user: User, *, at: datetime) -> Select[AddressChange]:
    """Changes of address that wait to be confirmed, newest first."""
    waiting = select(AddressChange).where(AddressChange.user_id == user.id, AddressChange.opens_at(at))
    return waiting.order_by(AddressChange.id.desc())


def address_changes_of(user: User, *, since: datetime) -> Select[AddressChange]:
    """Every change this person has asked for since then, confirmed or not."""
    return select(AddressChange).where(AddressChange.user_id == user.id, AddressChange.asked_at > since)


def address_stop(token: str) -> Select[AddressStop]:
    """The stop that a token mailed to the old address stands for, with the change and its user."""
    whole = joinedload(AddressStop.change).joinedload(AddressChange.user)
    return select(AddressStop).where(AddressStop.opened_by(token)).options(whole)


def stop_of(change: AddressChange) -> Select[AddressStop]:
    return select(AddressStop).where(AddressStop.change_id == change.id)


def forget_what_expired(before: datetime) -> list[Delete]:
    """Links that opened their last door long ago, and changes of address with their stops."""
    links = [delete(kind).where(kind.expires_at < before) for kind in (PasswordReset, SignInLink, AddressStop)]
    held = select(AddressStop.change_id)
    return [*links, delete(AddressChange).where(AddressChange.expires_at < before, AddressChange.id.not_in(held))]
