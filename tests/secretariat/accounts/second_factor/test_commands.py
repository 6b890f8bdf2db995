"""The operator lets somebody in again who has lost everything."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

FILLED = """
INSERT INTO authenticator (user_id, sealed_secret, begun_at, last_step) VALUES (1, 'x', '2026-01-01 00:00:00', 0);
INSERT INTO recovery_code (user_id, token_hash) VALUES (1, 'x');
INSERT INTO passkey (user_id, name, credential, public_key, uses, added_at)
  VALUES (1, 'Phone', 'A', 'A', 0, '2026-01-01 00:00:00'), (2, 'Phone', 'B', 'B', 0, '2026-01-01 00:00:00');
INSERT INTO sign_in (user_id, token_hash, device, started_at, expires_at)
  VALUES (1, 'x', 'Firefox', '2026-01-01 00:00:00', '2126-01-01 00:00:00');
"""


def test_the_operator_turns_it_off_for_one_account(here: Callable[..., Result], own_instance: Path) -> None:
    with sqlite3.connect(own_instance / "workshop.sqlite") as database:
        database.executescript(FILLED)
        (email,) = database.execute("SELECT email FROM user WHERE id = 1").fetchone()
    done = here(own_instance, "second-factor-off", email.upper())
    assert done.exit_code == 0, done.output
    assert "signs in with the password alone from now on" in done.output
    left = {
        table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
        for table in ("authenticator", "recovery_code", "passkey")
    }
    assert left == {"authenticator": 0, "recovery_code": 0, "passkey": 1}
    assert database.execute("SELECT ended_at IS NOT NULL, strong FROM sign_in").fetchall() == [(1, 0)]
    (trace,) = database.execute("SELECT subject FROM audit_entry WHERE verb = 'second_factor_off'").fetchall()
    assert trace == ("by the operator",)
    database.close()


def test_an_address_without_account_is_refused(here: Callable[..., Result], own_instance: Path) -> None:
    done = here(own_instance, "second-factor-off", "nobody@example.org")
    assert done.exit_code == 2
    assert "Refused: There is no account with the address nobody@example.org." in done.output
