"""Which codes are taken, and who must show one. No database, no request, no clock."""

import re
from datetime import datetime, timedelta

import pyotp
from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.platform import links
from workshop.platform.errors import RuleBroken
from workshop.secretariat.accounts.models import SignIn, User
from workshop.secretariat.accounts.rules import seconds_to_wait

from .models import Authenticator, HalfSignIn, RecoveryCode

STEP = 30  # seconds that an app shows one code
EITHER_SIDE = 1  # steps that the clock of a phone may be off
RECOVERY_CODES = 10
HALF_GOOD_FOR = timedelta(minutes=10)
FAILURES_COUNT_FOR = timedelta(days=1)
LONGEST_WAIT = 15 * 60  # seconds: a hundred tries a day for one of a million codes, by somebody who has the password


def new_secret() -> str:
    """What an app is given: 160 bit, in the letters that people can type."""
    return pyotp.random_base32()


def address_for_app(secret: str, *, email: str) -> str:
    """What the QR code says to the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Intersession")


def in_fours(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def matching_step(secret: str, typed: str, *, after: int, at: datetime) -> int | None:
    """The half minute whose code was typed, or None. Those up to `after` have had their turn."""
    code = re.sub(r"[\s\u00a0-]", "", typed)
    if not re.fullmatch(r"[0-9]{6}", code):
        return None
    now, app = int(at.timestamp()) // STEP, pyotp.TOTP(secret)
    near = range(max(now - EITHER_SIDE, after + 1), now + EITHER_SIDE + 1)
    return next((step for step in near if links.is_same(app.generate_otp(step), code)), None)


def confirm(authenticator: Authenticator, step: int | None, sign_in: SignIn, *, at: datetime) -> None:
    """The app has shown that it works; it is asked from now on. Raises RuleBroken where the code was not right."""
    if step is None:
        message = _("This code is not right. Wait for the next one; if it fails too, set the clock of the phone.")
        raise RuleBroken(message, field="code")
    authenticator.confirmed_at, authenticator.last_step = at, step
    sign_in.strong = True


def new_recovery_codes(user: User) -> dict[str, RecoveryCode]:
    """Ten codes to be shown once, each with the row that it opens."""
    rows = {links.new_code(): RecoveryCode(user=user) for _n in range(RECOVERY_CODES)}
    for code, row in rows.items():
        row.issue_link(code)
    return rows


def begin_half(user: User, how: str, wanted: str, *, at: datetime) -> tuple[HalfSignIn, str]:
    """A sign-in that waits for a code, and the secret that the browser holds in the meantime."""
    half = HalfSignIn(user=user, how=how, wanted=wanted, expires_at=at + HALF_GOOD_FOR)
    return half, half.issue_link()


def refuse_haste(failures: int, last: datetime | None, *, at: datetime) -> None:
    """After five wrong codes each further try waits longer, up to a quarter of an hour. Raises RuleBroken."""
    seconds = seconds_to_wait(failures, last, longest=LONGEST_WAIT, at=at)
    if seconds:
        raise RuleBroken(
            ngettext(
                "There were several wrong codes. Please wait %(num)s second and try again.",
                "There were several wrong codes. Please wait %(num)s seconds and try again.",
                seconds,
            )
        )


def refuse_weak_sign_in(sign_in: SignIn, *, has_another: bool) -> None:
    """Whoever knows the password alone must not add a second factor of their own beside the one there is."""
    if has_another and not sign_in.strong:
        raise RuleBroken(_("Please confirm first that it is you, with what you have set up already."))


def is_missing(user: User, sign_in: SignIn, *, required: bool) -> bool:
    """Whether this sign-in is not enough for somebody who organises."""
    return required and not sign_in.strong and not user.is_demo
