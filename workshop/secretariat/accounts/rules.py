"""Who is let in, for how long, and what a password must be. No database, no request, no clock."""

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from urllib.parse import unquote

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.platform.errors import RuleBroken

from .models import PasswordReset, SignIn, User

SIGNED_IN_FOR = timedelta(days=14)
RESET_GOOD_FOR = timedelta(hours=1)
OPEN_RESETS_AT_MOST = 3  # mails an hour to one person, however often a stranger asks for them
SHORTEST_PASSWORD = 12
FAILURES_COUNT_FOR = timedelta(minutes=15)
FREE_FAILURES = 5
LONGEST_WAIT = 30  # seconds: guessing is slow, and the owner is never shut out for longer


def start_sign_in(user: User, *, device: str, at: datetime) -> tuple[SignIn, str]:
    """A sign-in, and the secret that the browser holds from now on."""
    sign_in = SignIn(user=user, device=device, started_at=at, expires_at=at + SIGNED_IN_FOR)
    return sign_in, sign_in.issue_link()


def end_sign_ins(sign_ins: Iterable[SignIn], *, at: datetime) -> None:
    for sign_in in sign_ins:
        sign_in.end_link(at)


def refuse_haste(failures: int, last: datetime | None, *, at: datetime) -> None:
    """After five wrong passwords for one address each further try waits longer: 1, 2, 4 … 30 seconds.

    It holds whether or not the address has an account. Tries that are refused here are not counted.
    """
    if failures < FREE_FAILURES or last is None:
        return
    pause = min(2 ** (failures - FREE_FAILURES), LONGEST_WAIT)
    seconds = math.ceil((last + timedelta(seconds=pause) - at).total_seconds())
    if seconds > 0:
        raise RuleBroken(
            ngettext(
                "There were several wrong passwords for this address. Please wait %(num)s second and try again.",
                "There were several wrong passwords for this address. Please wait %(num)s seconds and try again.",
                seconds,
            )
        )


def may_get_key(user: User, open_resets: Sequence[PasswordReset]) -> bool:
    """Whether one more link to a new password is sent. Demonstration accounts keep the password that is printed."""
    return not user.is_demo and len(open_resets) < OPEN_RESETS_AT_MOST


def refuse_weak(password: str, *, email: str) -> None:
    """A new password has at least 12 characters and is not the e-mail address or a part of it repeated."""
    if len(password) < SHORTEST_PASSWORD:
        message = _(
            "This has %(count)s characters; at least %(least)s are required.",
            count=len(password),
            least=SHORTEST_PASSWORD,
        )
        raise RuleBroken(message, field="password")
    if password.casefold() in {email, email.partition("@")[0]}:
        raise RuleBroken(_("This is your email address. Please choose something else."), field="password")


def refuse_demo(user: User) -> None:
    if user.is_demo:
        raise RuleBroken(_("Demonstration accounts keep their password, so that everyone can use them."))


def set_password(
    user: User, password_hash: str, *, sign_ins: Iterable[SignIn], resets: Iterable[PasswordReset], at: datetime
) -> None:
    """The new password holds from now on; `sign_ins` are ended and keys sent by mail no longer open anything."""
    user.password_hash = password_hash
    end_sign_ins(sign_ins, at=at)
    for reset in resets:
        reset.end_link(at)


def own_path(address: str | None) -> str | None:
    """The address if it is a path on this site, as `next` must be; otherwise None.

    What browsers repair or decode on the way (backslashes, tabs, percent signs) is looked at as they would.
    """
    if not address or len(address) > 2000:
        return None
    for seen in (address, unquote(address), unquote(unquote(address))):
        if not seen.startswith("/") or seen.startswith("//") or "\\" in seen:
            return None
        if any(ord(character) < 32 or ord(character) == 127 for character in seen):
            return None
    return address


def refuse_demo_accounts(count: int, mode: str) -> None:
    """Raise RuntimeError where accounts with a published password would face the world."""
    if mode == "production" and count:
        raise RuntimeError(
            f"This database holds {count} demonstration accounts, whose password is public. "
            "A production start needs a database of its own."
        )
