"""`workshop mail list` and `workshop mail retry`, with the rules and refusals of the screens."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SLUG = "migration-and-development-2005"
Run = Callable[..., Any]
MAILS = """
INSERT INTO message (id, workshop_id, recipient, subject, text, written_at, state, secret, reason) VALUES
 (1, 1, 'a@example.org', 'Invitation', 'T', '2026-01-01 00:00:00', 'given_up', 'S', 'Connection refused'),
 (2, NULL, 'b@example.org', 'Set a new password', 'T', '2026-01-01 00:00:00', 'refused', 'S', '550 no'),
 (3, 1, 'c@example.org', 'Invitation', '', '2026-01-01 00:00:00', 'sent', '', '')
"""


@pytest.fixture
def instance(own_instance: Path) -> Path:
    """The demonstration's outbox, with these in it in place of the invitation that it has waiting."""
    with sqlite3.connect(own_instance / "workshop.sqlite") as connection:
        connection.execute("DELETE FROM message")
        connection.execute(MAILS)
    connection.close()
    return own_instance


def states(instance: Path) -> dict[int, str]:
    with sqlite3.connect(instance / "workshop.sqlite") as connection:
        found = dict(connection.execute("SELECT id, state FROM message"))
    connection.close()
    return found


def test_what_has_not_been_sent_is_listed_without_its_text(here: Run, instance: Path) -> None:
    done = here(instance, "mail", "list")
    assert done.exit_code == 0
    lines = [line.split("\t") for line in done.output.splitlines()]
    assert [(line[0], line[1], line[3], line[5]) for line in lines] == [
        ("1", "given_up", "a@example.org", "Connection refused"),
        ("2", "refused", "b@example.org", "550 no"),
    ]
    assert here(instance, "mail", "list", "--workshop", SLUG, "--state", "sent").output.startswith("3\tsent")
    assert len(here(instance, "mail", "list", "--workshop", SLUG).output.splitlines()) == 1


def test_one_or_all_are_tried_again(here: Run, instance: Path) -> None:
    done = here(instance, "mail", "retry", "1")
    assert (done.exit_code, done.output.split(".")[0]) == (0, "Tried again: 1")
    assert states(instance) == {1: "queued", 2: "refused", 3: "sent"}
    assert here(instance, "mail", "retry", "--all").exit_code == 0
    assert states(instance) == {1: "queued", 2: "queued", 3: "sent"}


@pytest.mark.parametrize("words", [(), ("1", "--all"), ("9",), ("3",), ("--all", "--workshop", "nowhere")])
def test_what_cannot_be_is_refused_in_one_sentence(here: Run, instance: Path, words: tuple[str, ...]) -> None:
    done = here(instance, "mail", "retry", *words)
    assert done.exit_code == 2
    assert done.output.startswith("Refused: ")
    assert states(instance) == {1: "given_up", 2: "refused", 3: "sent"}
