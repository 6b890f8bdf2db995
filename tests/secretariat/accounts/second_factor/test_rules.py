"""Which codes are taken, and from whom one is asked."""

from datetime import timedelta

import pyotp
import pytest

from tests import factories as make
from tests.factories import NOON
from tests.looking import there
from workshop.platform.errors import RuleBroken
from workshop.secretariat.accounts import rules as accounts
from workshop.secretariat.accounts.second_factor import rules

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = int(NOON.timestamp()) // 30


def code(step: int) -> str:
    return pyotp.TOTP(SECRET).generate_otp(step)


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_off(off: int) -> None:
    assert rules.matching_step(SECRET, code(NOW + off), after=0, at=NOON) == NOW + off


@pytest.mark.parametrize("off", [-2, 2, 100])
def test_but_not_more(off: int) -> None:
    assert rules.matching_step(SECRET, code(NOW + off), after=0, at=NOON) is None


def test_a_code_is_never_taken_twice_nor_one_from_before_it() -> None:
    assert rules.matching_step(SECRET, code(NOW), after=NOW, at=NOON) is None
    assert rules.matching_step(SECRET, code(NOW - 1), after=NOW, at=NOON) is None
    assert rules.matching_step(SECRET, code(NOW + 1), after=NOW, at=NOON) == NOW + 1


def test_spaces_do_not_matter_and_nothing_but_six_digits_is_a_code() -> None:
    right = code(NOW)
    assert rules.matching_step(SECRET, f" {right[:3]} {right[3:]} ", after=0, at=NOON) == NOW
    for typed in ("", right[:5], right + "0", "abcdef", "१२३४५६"):
        assert rules.matching_step(SECRET, typed, after=0, at=NOON) is None


def test_the_app_learns_whose_code_it_is_and_from_where() -> None:
    address = rules.address_for_app(SECRET, email="ana@example.org")
    assert address == f"otpauth://totp/Intersession:ana%40example.org?secret={SECRET}&issuer=Intersession"
    assert len(rules.new_secret()) == 32
    assert rules.in_fours(SECRET) == "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP"


def test_ten_recovery_codes_are_all_different_and_kept_as_something_else() -> None:
    codes = rules.new_recovery_codes(make.user("ana"))
    assert len(codes) == 10
    assert all(row.is_opened_by(code) and code not in there(row.token_hash) for code, row in codes.items())


@pytest.mark.parametrize(
    ("failures", "ago", "wait"), [(4, 0, 0), (5, 0, 1), (9, 0, 16), (15, 0, 900), (90, 899, 1), (90, 900, 0)]
)
def test_wrong_codes_make_the_next_try_wait_up_to_a_quarter_of_an_hour(failures: int, ago: int, wait: int) -> None:
    last = NOON - timedelta(seconds=ago)
    if not wait:
        rules.refuse_haste(failures, last, at=NOON)
        return
    with pytest.raises(RuleBroken, match=f"wait {wait} second"):
        rules.refuse_haste(failures, last, at=NOON)


def test_a_hundred_tries_a_day_are_the_most() -> None:
    last, tries, at = NOON, 0, NOON
    while at < NOON + timedelta(days=1):
        at = last + timedelta(seconds=accounts.seconds_to_wait(tries, last, longest=rules.LONGEST_WAIT, at=last))
        tries, last = tries + 1, at
    assert tries < 120


def test_whoever_has_the_password_alone_adds_no_second_factor_beside_the_first() -> None:
    weak, _token = accounts.start_sign_in(make.user("ana"), device="", at=NOON)
    strong, _token = accounts.start_sign_in(make.user("ana"), device="", at=NOON, strong=True)
    rules.refuse_weak_sign_in(weak, has_another=False)
    rules.refuse_weak_sign_in(strong, has_another=True)
    with pytest.raises(RuleBroken):
        rules.refuse_weak_sign_in(weak, has_another=True)


def test_an_installation_may_ask_organisers_for_a_strong_sign_in() -> None:
    ana, olga = make.user("ana"), make.user("olga", is_demo=True)
    weak, _token = accounts.start_sign_in(ana, device="", at=NOON)
    strong, _token = accounts.start_sign_in(ana, device="", at=NOON, strong=True)
    assert rules.is_missing(ana, weak, required=True)
    assert not rules.is_missing(ana, weak, required=False)
    assert not rules.is_missing(ana, strong, required=True)
    assert not rules.is_missing(olga, weak, required=True)
