"""`workshop member`: the rules of the screens, on the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from tests.cast import Company
from tests.conftest import CheckedClient, Here
from tests.looking import matched
from tests.secretariat.accounts.test_mail import Sink
from tests.secretariat.members.conftest import PASSWORD, delivered, invitation, link_in, roles_of
from workshop.cli import main
from workshop.platform.db import db
from workshop.secretariat.accounts.models import User
from workshop.secretariat.members import commands
from workshop.secretariat.series.models import Role


def test_the_program_itself_knows_the_word(here: Here, own_instance: Path) -> None:
    words = ("member", "organiser@example.org", "--workshop", "diasporas-and-data", "--remove")
    result = here(own_instance, *words)
    assert result.exit_code == 2
    assert "is the only organiser. Make another person organiser first." in result.output


@pytest.fixture
def member(app: Flask, company: Company, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """`member("ben@example.org", "--role", "chair")` on the workshop "w": exit status and what was said."""
    monkeypatch.setattr(commands, "opened_application", app.app_context)

    def run(*words: str) -> tuple[int, str]:
        db.session.commit()
        result = CliRunner().invoke(main, ["member", *words, "--workshop", "w"])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output.strip()

    return run


def test_a_known_address_gets_the_role_at_once(member: Callable[..., tuple[int, str]]) -> None:
    assert member("Ben@Example.org", "--role", "chair") == (0, "ben@example.org in w: chair, participant.")
    assert roles_of("ben@example.org") == [Role.CHAIR, Role.PARTICIPANT]


def test_an_unknown_address_is_invited_by_letter_and_the_link_is_printed(
    member: Callable[..., tuple[int, str]], sink: Sink, client: CheckedClient
) -> None:
    status, said = member("mia@example.org", "--role", "analyst", "--role", "organiser", "--name", "Mia")
    assert status == 0
    assert "has no account and is invited by letter: https://meeting.example/invitations/" in said
    (letter,) = delivered(sink)
    assert "Dear Mia," in letter.get_content()
    assert link_in(letter) == matched(r"/invitations/\S+", said)[0]
    client.post(link_in(letter), data={"name": "Mia", "password": PASSWORD})
    assert roles_of("mia@example.org") == [Role.ANALYST, Role.ORGANISER]
    assert invitation("mia@example.org").inviter is None


def test_a_role_or_the_member_is_removed(member: Callable[..., tuple[int, str]]) -> None:
    member("ben@example.org", "--role", "chair")
    assert member("ben@example.org", "--remove", "--role", "chair") == (0, "ben@example.org in w: participant.")
    assert member("ben@example.org", "--remove") == (0, "ben@example.org is no longer in w.")
    assert roles_of("ben@example.org") == []


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (["ana@example.org", "--remove"], "Ana is the only organiser. Make another person organiser first."),
        (["ana@example.org", "--remove", "--role", "organiser"], "Ana is the only organiser."),
        (["dov@example.org", "--remove"], "dov@example.org is not a member of w."),
        (["nobody@example.org", "--remove"], "nobody@example.org is not a member of w."),
        (["nonsense", "--role", "chair"], "“nonsense” is not an email address"),
        (["ben@example.org"], "Say which role"),
        (["ben@example.org", "--role", "chair", "--workshop", "none"], "There is no workshop"),
    ],
)
def test_a_refusal_is_one_sentence_and_status_2(
    member: Callable[..., tuple[int, str]], app: Flask, words: list[str], refusal: str
) -> None:
    if "--workshop" in words:
        db.session.commit()
        result = CliRunner().invoke(main, ["member", *words])
        status, said = result.exit_code, result.output.strip()
    else:
        status, said = member(*words)
    assert status == 2
    assert said.startswith(f"Refused: {refusal}")
    assert len(said.splitlines()) == 1
    assert roles_of("ana@example.org") == [Role.ORGANISER]


def test_who_is_invited_already_is_not_invited_again(member: Callable[..., tuple[int, str]], sink: Sink) -> None:
    member("mia@example.org", "--role", "chair")
    assert member("mia@example.org", "--role", "chair")[0] == 2
    assert len(delivered(sink)) == 1
    assert db.session.scalars(select(User).where(User.email == "mia@example.org")).all() == []
