"""What may be asked of speakers, without a database."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from tests import factories as make
from workshop.platform.errors import RuleBroken
from workshop.platform.links import derived
from workshop.platform.mail import harmless
from workshop.programme.agenda.models import Appearance
from workshop.programme.speakers import letters, rules
from workshop.programme.speakers.models import Invitation, InvitationPlan, InvitationStatus, Profile, Use

WORKSHOP: dict[str, Any] = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 3)}


def invitation(**but: Any) -> Invitation:
    values: dict[str, Any] = {
        "workshop": make.workshop(**WORKSHOP),
        "person": make.person(),
        "email": "a@example.org",
        "language": "en",
    }
    return Invitation(**(values | but))


def profile(**but: Any) -> Profile:
    values: dict[str, Any] = {"workshop": make.workshop(**WORKSHOP), "person": make.person(), "email": "a@example.org"}
    return Profile(**(values | but))


@pytest.mark.parametrize("standing", list(InvitationStatus))
def test_a_link_opens_until_thirty_days_after_the_last_day_of_its_workshop(standing: InvitationStatus) -> None:
    row = invitation(standing=standing)
    row.workshop.zone = "Asia/Manila"  # eight hours ahead
    assert row.link_opens(datetime(2026, 4, 2, 15, 59, tzinfo=UTC)) == (standing is not InvitationStatus.REPLACED)
    assert not row.link_opens(datetime(2026, 4, 2, 16, 0, tzinfo=UTC))


def test_a_secret_has_256_bit_and_can_be_made_again_only_with_seed_and_key() -> None:
    one, other = invitation(), invitation()
    token = one.renew_link("key")
    assert len(token) == 43
    assert one.current_link("key") == token
    assert other.renew_link("key") != token
    other.link_seed = one.link_seed
    assert derived(other.link_source, "key", octets=32) == token
    assert derived(other.link_source, "another key", octets=32) != token
    one.revoke_link()
    assert not one.is_opened_by(token)
    assert (one.token_hash, one.link_seed) == (None, "")


def test_where_the_key_has_changed_the_next_mail_brings_a_new_link() -> None:
    one = invitation()
    before = one.renew_link("key")
    after = one.current_link("new key")
    assert after != before
    assert one.current_link("new key") == after


@pytest.mark.parametrize(
    ("today", "step"),
    [
        ("2026-02-09", None),
        ("2026-02-10", "2026-02-10"),
        ("2026-02-16", "2026-02-10"),
        ("2026-02-20", "2026-02-17"),
        ("2026-02-21", None),
    ],
)
def test_the_day_of_reminding_that_has_come(today: str, step: str | None) -> None:
    plan = InvitationPlan(workshop=make.workshop(), answer_by=date(2026, 2, 20), remind_before=[3, 10, 3])
    assert day_of_reminding(plan, today) == step


def test_without_a_day_to_answer_by_nobody_is_reminded_by_itself() -> None:
    assert day_of_reminding(InvitationPlan(workshop=make.workshop(), remind_before=[3]), "2026-02-01") is None


def day_of_reminding(plan: InvitationPlan, today: str) -> str | None:
    noon = datetime.fromisoformat(f"{today}T12:00+01:00")
    due = rules.schedule(plan, at=noon).due(noon)
    return due.day.isoformat() if due else None


def test_nobody_is_invited_to_what_is_over_nor_without_an_address(app: Flask) -> None:
    with app.test_request_context():
        with pytest.raises(RuleBroken, match="is over"):
            rules.invite(None, profile(), at=make.NOON, today=date(2026, 3, 4))
        with pytest.raises(RuleBroken, match="Give the email address"):
            rules.invite(None, profile(email=""), at=make.NOON, today=date(2026, 3, 1))
        with pytest.raises(RuleBroken, match="accepted already"):
            rules.invite(
                invitation(standing=InvitationStatus.ACCEPTED), profile(), at=make.NOON, today=date(2026, 3, 1)
            )


def test_somebody_who_declined_may_be_asked_once_more() -> None:
    asked = rules.invite(
        invitation(standing=InvitationStatus.DECLINED, reason="no"), profile(), at=make.NOON, today=date(2026, 3, 1)
    )
    assert (asked.standing, asked.reason, asked.sent_at) == (InvitationStatus.INVITED, "", make.NOON)


@pytest.mark.parametrize("standing", list(InvitationStatus))
@pytest.mark.parametrize("held_back", [True, False])
@pytest.mark.parametrize("granted", [["photo"], ["biography"], []])
def test_only_what_is_accepted_allowed_and_not_held_back_is_shown(
    standing: InvitationStatus, held_back: bool, granted: list[str]
) -> None:
    row = profile(granted=granted, held_back=held_back)
    shown = rules.is_shown(row, invitation(standing=standing), Use.PHOTO)
    assert shown == (standing is InvitationStatus.ACCEPTED and not held_back and granted == ["photo"])
    assert not rules.is_shown(row, None, Use.PHOTO)


def test_who_reads_the_statement_is_the_one_who_must_be_there() -> None:
    speaker, reader = make.person(), make.person(given_name="Rita")
    slot: Appearance = make.appearance(person=speaker)
    assert slot.present is speaker
    slot.delivered_by = reader
    assert slot.present is reader


def test_a_placeholder_inside_a_fact_is_not_filled() -> None:
    assert letters.fill("{name}: {link} {other}", {"name": "{link}", "link": "L"}) == "{link}: L {other}"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("H.E. Ines Weiß", "H.E. Ines Weiß"),
        ("a http://evil.example b", "a … b"),
        ("[x](HTTPS://evil.example)", "…"),
        ("x www.evil.example", "x …"),
        ("a\nb\u2028c\u202ed", "a b c d"),
    ],
)
def test_names_are_harmless_in_mails(name, said):
    assert harmless(name) == said
