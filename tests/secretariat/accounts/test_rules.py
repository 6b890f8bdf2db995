"""Who is let in, for how long, and what a password must be."""

from datetime import timedelta

import pytest

from tests import factories as make
from tests.factories import NOON
from workshop.platform import links
from workshop.platform.errors import RuleBroken
from workshop.secretariat.accounts import rules
from workshop.secretariat.accounts.browsers import device
from workshop.secretariat.accounts.models import PasswordReset

OWN = ["/account", "/workshops/w/desk/", "/workshops/w/desk/agenda?day=2&lang=fr#s3", "/q/a-b_c", "/caf%C3%A9?q=a%20b"]
FOREIGN = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/%0d%0aLocation:%20//evil.example",
    "/\r\nSet-Cookie: a=b",
    "/\t/evil.example",
    "/%2f/evil.example",
    "/%252f/evil.example",
    "/%5cevil.example",
    "%2f%2fevil.example",
    " //evil.example",
    "evil.example",
    "",
    "/" + "a" * 2000,
]


@pytest.mark.parametrize("address", OWN)
def test_a_path_of_this_site_may_be_next(address: str) -> None:
    assert rules.own_path(address) == address


@pytest.mark.parametrize("address", FOREIGN)
def test_nothing_else_may_be_next(address: str) -> None:
    assert rules.own_path(address) is None


def test_nothing_is_next_when_nothing_is_asked() -> None:
    assert rules.own_path(None) is None


def test_a_sign_in_lasts_fourteen_days() -> None:
    sign_in, token = rules.start_sign_in(make.user("ana"), device="Firefox, Linux", at=NOON)
    assert sign_in.is_opened_by(token)
    assert sign_in.expires_at == NOON + timedelta(days=14)
    assert sign_in.ended_at is None


@pytest.mark.parametrize(
    ("failures", "seconds_ago", "wait"),
    [(0, 0, 0), (4, 0, 0), (5, 0, 1), (5, 1, 0), (6, 0, 2), (8, 3, 5), (20, 0, 30), (1000, 29.5, 1), (1000, 30, 0)],
)
def test_guessing_gets_slow_but_nobody_waits_longer_than_half_a_minute(
    failures: int, seconds_ago: float, wait: int
) -> None:
    last = NOON - timedelta(seconds=seconds_ago) if failures else None
    if not wait:
        rules.refuse_haste(failures, last, at=NOON)
        return
    with pytest.raises(RuleBroken, match=rf"wait {wait} second"):
        rules.refuse_haste(failures, last, at=NOON)


@pytest.mark.parametrize("password", ["", "short", "elevenchars", "ana-maria@example.org", "ANA-MARIA@example.ORG"])
def test_a_weak_password_is_refused_at_its_field(password: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        rules.refuse_weak(password, email="ana-maria@example.org")
    assert refusal.value.field == "password"


def test_the_name_in_the_address_is_no_password() -> None:
    with pytest.raises(RuleBroken, match="email address"):
        rules.refuse_weak("Anamaria.Lopez", email="anamaria.lopez@example.org")


@pytest.mark.parametrize("password", ["twelve chars", "correct horse battery", "пароль на двенадцать"])
def test_twelve_characters_are_enough(password: str) -> None:
    rules.refuse_weak(password, email="ana@example.org")


def test_a_new_password_ends_sign_ins_and_other_keys() -> None:
    ana = make.user("ana")
    sign_in, _token = rules.start_sign_in(ana, device="", at=NOON)
    reset = PasswordReset(user=ana, token_hash="r", expires_at=NOON + rules.RESET_GOOD_FOR)
    rules.set_password(ana, "new hash", sign_ins=[sign_in], mailed=[reset], at=NOON)
    assert (ana.password_hash, sign_in.ended_at, reset.ended_at) == ("new hash", NOON, NOON)


def test_three_links_an_hour_are_enough_for_anybody() -> None:
    ana = make.user("ana")
    resets = [PasswordReset(user=ana, token_hash=str(n), expires_at=NOON) for n in range(3)]
    assert rules.may_get_link(ana, resets[:2]) is True
    assert rules.may_get_link(ana, resets) is False
    assert rules.may_get_link(make.user("olga", is_demo=True), []) is False


def test_demonstration_accounts_keep_their_password() -> None:
    rules.refuse_demo(make.user("ana"))
    with pytest.raises(RuleBroken):
        rules.refuse_demo(make.user("olga", is_demo=True))


def test_a_production_start_with_demonstration_accounts_is_refused() -> None:
    rules.refuse_demo_accounts(0, "production")
    rules.refuse_demo_accounts(5, "demo")
    with pytest.raises(RuntimeError, match="5 demonstration accounts"):
        rules.refuse_demo_accounts(5, "production")


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox, Windows"),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
            "Chrome, Linux",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36 Edg/142.0", "Edge, Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E148 Safari/604",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18.0 Safari/605", "Safari, macOS"),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_a_device_is_named_in_words_a_person_knows(user_agent: str, words: str) -> None:
    assert device(user_agent) == words


def test_tokens_are_long_and_stored_as_something_else() -> None:
    token = links.new()
    assert len(token) >= 43
    assert links.new() != token
    assert links.digest(token) == links.digest(token)
    assert token not in links.digest(token)


def test_a_pseudonym_tells_nothing_and_depends_on_purpose_and_key() -> None:
    known = links.pseudonym("ana@example.org", purpose="log", key="k")
    assert known == links.pseudonym("ana@example.org", purpose="log", key="k")
    assert "ana" not in known
    assert (
        len(
            {
                known,
                links.pseudonym("ana@example.org", purpose="log", key="l"),
                links.pseudonym("ana@example.org", purpose="else", key="k"),
            }
        )
        == 3
    )
