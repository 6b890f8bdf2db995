"""Secrets in links: one machinery for every kind, and what was sent before it stays good."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests import factories as make
from tests.test_shape import views_of
from workshop.consultation.questionnaires.models import Colleague, Recipient, Response, TranslatorLink
from workshop.consultation.questionnaires.states import Channel
from workshop.consultation.questions.questionnaire_document import nothing
from workshop.deliberation.allocation.models import SeatedPerson
from workshop.deliberation.circulation.models import ReviewCopy
from workshop.deliberation.corrections.models import CorrectionLink
from workshop.follow_up.contacts.models import ContactCard
from workshop.follow_up.practices.models import SharedPractice
from workshop.participation.attendance.models import Door
from workshop.participation.delegations.models import Delegation, Participant
from workshop.platform import links
from workshop.platform.access import by_link, open_link
from workshop.platform.db import Base, db, now
from workshop.programme.agenda_out.models import CalendarFeed
from workshop.programme.groups.models import GroupCode
from workshop.programme.papers.models import DocumentLink
from workshop.programme.speakers.models import Invitation
from workshop.secretariat.accounts.models import AddressChange, AddressStop, PasswordReset, SignIn, SignInLink
from workshop.secretariat.accounts.passkeys.models import SpentChallenge
from workshop.secretariat.accounts.second_factor.models import HalfSignIn, RecoveryCode
from workshop.secretariat.members.models import MemberInvitation

KINDS = {
    Colleague: "may be without a link",
    Invitation: "may be without a link",
    Recipient: "may be without a link",
    RecoveryCode: "may be without a link",
    AddressChange: "never without one",
    AddressStop: "never without one",
    CalendarFeed: "never without one",
    DocumentLink: "never without one",
    GroupCode: "never without one",
    HalfSignIn: "never without one",
    MemberInvitation: "never without one",
    PasswordReset: "never without one",
    Response: "never without one",
    SignIn: "never without one",
    SignInLink: "never without one",
    SpentChallenge: "never without one",
    TranslatorLink: "never without one",
    Delegation: "may be without a link",
    Participant: "may be without a link",
    Door: "never without one",
    SeatedPerson: "may be without a link",
    ReviewCopy: "may be without a link",
    CorrectionLink: "never without one",
    SharedPractice: "may be without a link",
    ContactCard: "may be without a link",
}


def reset(**but: Any) -> PasswordReset:
    values: dict[str, Any] = {"user": make.user("ana"), "expires_at": make.NOON}
    return PasswordReset(**(values | but))


def reset_by_link(token: str) -> Any:
    return select(PasswordReset).where(PasswordReset.opened_by(token))


def test_every_table_of_secrets_is_linked() -> None:
    tables = [mapper for mapper in Base.registry.mappers if "token_hash" in mapper.local_table.columns]
    assert {mapper.class_ for mapper in tables} == set(KINDS)
    for mapper in tables:
        column = mapper.local_table.columns["token_hash"]
        assert issubclass(mapper.class_, links.Linked)
        assert column.unique
        assert column.nullable == (KINDS[mapper.class_] == "may be without a link")


def test_secrets_already_sent_stay_what_they_are() -> None:
    """Written down from what earlier versions have mailed: changing one of these closes links that are out."""
    assert links.digest("secret") == "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"
    speaker = Invitation(
        workshop=make.workshop(), person=make.person(), email="a@example.org", language="en", link_seed="seed"
    )
    asked = Recipient(
        questionnaire=make.questionnaire(), name="A", email="a@example.org", language="en", key="public", issue=2
    )
    colleague = Colleague(name="A", email="a@example.org", language="en", sections=[], key="public")
    sent = {
        speaker: "wkHLIDcQ99KdBp_u9DkLLZFcXMFcZtsZhjsQTtoFhdE",
        asked: "0BL3sUv0jicJoJftHp0TK3GT-axoP1Si",
        colleague: "v00tPVfrRDGAGt2BKs12sr2hIJ_SmG_A",
    }
    for row, token in sent.items():
        row.issue_link(token)
        assert row.current_link("key") == token
    assert links.derived("transcription:public", "key") == "EZxJHAaG7XEkjyY3h5Nf9pMZ9VS5loCP"
    assert links.derived("begin:form", "key") == "fACyBotspvZncDlCTUscOn0eSG9_ukEe"


def test_a_new_link_ends_the_one_before() -> None:
    row = reset()
    before = row.issue_link()
    after = row.issue_link()
    assert len(before) == 43
    assert [row.is_opened_by(token) for token in (before, after)] == [False, True]


def test_a_link_closes_in_its_last_moment_and_when_it_is_ended() -> None:
    row = reset()
    assert row.link_opens(make.NOON - timedelta(seconds=1))
    assert not row.link_opens(make.NOON)
    row.end_link(make.NOON - timedelta(hours=2))
    row.end_link(make.NOON)
    assert row.ended_at == make.NOON - timedelta(hours=2)
    assert not row.link_opens(make.NOON - timedelta(hours=1))


@pytest.mark.parametrize("ended", [True, False])
@pytest.mark.parametrize("seconds", [-1, 60])
def test_a_list_of_links_and_a_single_one_agree_which_are_good(app: Flask, ended: bool, seconds: int) -> None:
    at = now()
    row = reset(expires_at=at + timedelta(seconds=seconds), ended_at=at if ended else None)
    token = row.issue_link()
    db.session.add(row)
    db.session.commit()
    good = not ended and seconds > 0
    assert (open_link(reset_by_link, token) is row) == row.link_opens(at) == good
    assert list(db.session.scalars(select(PasswordReset).where(PasswordReset.opens_at(at)))) == [row] * good


def test_a_view_is_handed_what_the_secret_opens_and_nothing_else(app: Flask) -> None:
    row = reset(expires_at=now() + timedelta(hours=1))
    token = row.issue_link()
    db.session.add(row)
    db.session.commit()
    seen: list[Any] = []
    view: Callable[..., object] = by_link(
        reset_by_link, lambda row, token: seen.append((row, token)), otherwise=lambda token: f"nothing behind {token}"
    )(lambda token, row, **values: (token, row, values))
    assert view(token=token, code="A") == (token, row, {"code": "A"})
    assert seen == [(row, token)]
    assert view(token="guessed") == "nothing behind guessed"
    assert len(seen) == 1


def test_every_address_with_a_secret_is_opened_by_the_one_mark(app: Flask) -> None:
    marks = {rule.endpoint: app.view_functions[rule.endpoint] for rule in views_of(app) if "token" in rule.arguments}
    assert {getattr(view, "access", "") for view in marks.values()} == {"by_link"}
    linked = {name for name, view in app.view_functions.items() if getattr(view, "access", "") == "by_link"}
    assert linked == set(marks)


def test_where_the_key_of_the_installation_has_changed_answers_move_to_the_new_link() -> None:
    form = make.questionnaire()
    row = Recipient(questionnaire=form, name="A ministry", email="m@example.org", language="en")
    before = row.current_link("key")
    row.response = Response(version=make.version(nothing(), questionnaire=form), language="en", begun_at=make.NOON)
    row.response.issue_link(before)
    assert row.current_link("key") == before
    after = row.current_link("another key")
    assert after != before
    assert row.response.is_opened_by(after)
    row.response.channel = Channel.PAPER
    row.response.issue_link("typed in")
    row.renew_link("key")
    assert row.response.is_opened_by("typed in")
