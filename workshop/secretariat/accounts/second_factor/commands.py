"""For whoever runs the machine: somebody has lost app, passkey and recovery codes."""

import click

from workshop.platform import audit
from workshop.platform.command_line import one_or_refusal, opened_application
from workshop.platform.db import db, now
from workshop.secretariat.accounts.queries import sign_ins_of, user_of
from workshop.secretariat.accounts.rules import end_sign_ins

from .queries import forget_second_factors


@click.command("second-factor-off")
@click.argument("email")
def second_factor_off(email: str) -> None:
    """Forget app, passkeys and recovery codes of the account with that address. Make sure first who asks for it."""
    at = now()
    with opened_application():
        user = one_or_refusal(user_of(email.strip().lower()), f"There is no account with the address {email}.")
        for statement in forget_second_factors(user):
            db.session.execute(statement)
        end_sign_ins(db.session.scalars(sign_ins_of(user, at=at)), at=at)
        db.session.add(audit.record("second_factor_off", "by the operator", who=user.id, at=at))
        db.session.commit()
    click.echo(f"{email} signs in with the password alone from now on, and is signed out everywhere.")
