"""Who is let in, for how long, and what a password must be. No database, no request, no clock."""

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from urllib.parse import unquote

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.platform.errors import RuleBroken
from workshop.platform.links import Endable
from workshop.platform.rendering import comma

from .models import AddressChange, AddressStop, PasswordReset, SignIn, SignInLink, User

SIGNED_IN_FOR = timedelta(days=14)
RESET_GOOD_FOR = timedelta(hours=1)
LINK_GOOD_FOR = timedelta(minutes=15)
CHANGE_GOOD_FOR = timedelta(days=1)
STOP_GOOD_FOR = timedelta(days=8)  # a week after the last moment at which the new address can be confirmed
OPEN_LINKS_AT_MOST = 3  # mails of a kind to one person, however often a stranger asks for them
SHORTEST_PASSWORD = 12
FAILURES_COUNT_FOR = timedelta(minutes=15)
FREE_FAILURES = 5
LONGEST_WAIT = 30  # seconds: guessing is slow, and the owner is never shut out for longer


def start_sign_in(user: User, *, device: str, at: datetime, strong: bool = False) -> tuple[SignIn, str]:
    """A sign-in, and the secret that the browser holds from now on."""
    sign_in = SignIn(user=user, device=device, started_at=at, expires_at=at + SIGNED_IN_FOR, strong=strong)
    return sign_in, sign_in.issue_link()


def end_sign_ins(sign_ins: Iterable[SignIn], *, at: datetime) -> None:
    for sign_in in sign_ins:
        sign_in.end_link(at)


def refuse_haste(failures: int, last: datetime | None, *, at: datetime) -> None:
    """After five wrong passwords for one address each further try waits longer: 1, 2, 4 … 30 seconds.

    It holds whether or not the address has an account. Tries that are refused here are not counted.
    """
    seconds = seconds_to_wait(failures, last, longest=LONGEST_WAIT, at=at)
    if seconds:
        raise RuleBroken(
            ngettext(
                "There were several wrong passwords for this address. Please wait %(num)s second and try again.",
                "There were several wrong passwords for this address. Please wait %(num)s seconds and try again.",
                seconds,
            )
        )


def seconds_to_wait(failures: int, last: datetime | None, *, longest: int, at: datetime) -> int:
    """How long the next try has to wait: nothing for the first five, then 1, 2, 4 … seconds, up to `longest`."""
    if failures < FREE_FAILURES or last is None:
        return 0
    pause = min(2 ** (failures - FREE_FAILURES), longest)
    return max(0, math.ceil((last + timedelta(seconds=pause) - at).total_seconds()))


def may_get_link(user: User, open_links: Sequence[PasswordReset | SignInLink]) -> bool:
    """Whether one more link is sent to this person. Demonstration accounts keep the password that is printed."""
    return not user.is_demo and len(open_links) < OPEN_LINKS_AT_MOST


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


def refuse_change_of_demo(user: User) -> None:
    if user.is_demo:
        raise RuleBroken(_("Demonstration accounts stay as they are, so that everyone can use them."))


def refuse_change_of_sign_in(user: User) -> None:
    """Neither demonstration accounts nor guests have a sign-in of their own to change."""
    refuse_change_of_demo(user)
    if user.is_guest:
        message = _("You came in with a code for one meeting. Ask the organisers for an invitation to get an account.")
        raise RuleBroken(message)


def set_password(
    user: User, password_hash: str, *, sign_ins: Iterable[SignIn], mailed: Iterable[Endable], at: datetime
) -> None:
    """The new password holds from now on; `sign_ins` are ended and links sent by mail no longer open anything."""
    user.password_hash = password_hash
    end_sign_ins(sign_ins, at=at)
    for link in mailed:
        link.end_link(at)


def begin_address_change(
    user: User, new: str, *, earlier: Sequence[AddressChange], language: str, at: datetime
) -> AddressChange:
    """The wish for another address; those of the last day that still wait are given up. Raises RuleBroken."""
    if new == user.email:
        raise RuleBroken(_("This is the address that your account has already."), field="email")
    if len(earlier) >= OPEN_LINKS_AT_MOST:
        raise RuleBroken(_("You have asked for three changes within a day. Please try again tomorrow."), field="email")
    for change in earlier:
        change.end_link(at)
    return AddressChange(
        user=user, old=user.email, new=new, language=language, asked_at=at, expires_at=at + CHANGE_GOOD_FOR
    )


def change_address(change: AddressChange, *, at: datetime) -> None:
    """The account has the new address from now on."""
    change.user.email = change.new
    change.end_link(at)


def stop_address_change(stop: AddressStop, *, others: Iterable[Endable], at: datetime) -> None:
    """The account keeps its address, or gets it back; what is out for it, browsers and mailed links, opens nothing more."""
    stop.change.user.email = stop.change.old
    for link in (stop, stop.change, *others):
        link.end_link(at)


def refuse_to_leave_alone(titles: Sequence[str]) -> None:
    """Nobody erases the account of the last organiser of a workshop."""
    if titles:
        raise RuleBroken(
            ngettext(
                "You are the last organiser of %(titles)s. Hand it over first, or remove it; your account is kept.",
                "You are the last organiser of %(titles)s. Hand them over first, or remove them; your account is kept.",
                len(titles),
                titles=comma().join(titles),
            )
        )


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
