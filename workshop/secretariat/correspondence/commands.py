"""The command line of this package: what lies in the outbox of the installation, and trying it again."""

from collections.abc import Sequence

import click

from workshop.platform import audit, outbox
from workshop.platform.command_line import Refused, one_or_refusal, opened_application
from workshop.platform.db import db, now
from workshop.platform.mail import FAILED, Message, MessageState
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import workshop_named

from . import queries

STATES = click.Choice([each.value for each in MessageState])


@click.group(name="mail")
def mail() -> None:
    """The outbox: what became of every email, and trying again what failed."""


@mail.command(name="list")
@click.option("--workshop", "slug", default="", help="Only of this workshop. Default: all, those about accounts too.")
@click.option("--state", "states", type=STATES, multiple=True, help="Only these. Default: all that have not been sent.")
def list_mails(slug: str, states: tuple[str, ...]) -> None:
    """One line for each, parted by tabs: number, state, written, recipient, subject, what the mail system said."""
    with opened_application():
        wanted = {MessageState(each) for each in states} or set(MessageState) - {MessageState.SENT}
        for each in db.session.scalars(queries.messages(wanted, workshop_or_refusal(slug))):
            written = each.written_at.isoformat(timespec="seconds")
            words = (str(each.id), each.state.value, written, each.recipient, each.subject, each.reason)
            click.echo("\t".join(" ".join(word.split()) for word in words))


@mail.command()
@click.argument("numbers", type=int, nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All that failed and can be sent again as they are.")
@click.option("--workshop", "slug", default="", help="With --all: only of this workshop.")
def retry(numbers: tuple[int, ...], everything: bool, slug: str) -> None:
    """Try the mails of these numbers again, or all that failed. A worker hands them over."""
    if bool(numbers) == everything:
        raise Refused("Say which: the numbers that `workshop mail list` shows, or --all.")
    with opened_application():
        found = failed(slug) if everything else numbered(numbers)
        count = outbox.retry(found, at=now())
        db.session.add(audit.record("retry mails", f"command line: {count}", who=None, at=now()))
        db.session.commit()
        waits = "" if outbox.is_connected() else " They wait until a mail server is set: WORKSHOP_MAIL_URL."
        click.echo(f"Tried again: {count}.{waits}")


def failed(slug: str) -> Sequence[Message]:
    return db.session.scalars(queries.messages(FAILED, workshop_or_refusal(slug))).all()


def numbered(numbers: Sequence[int]) -> Sequence[Message]:
    """All of them, or a refusal that names the first that cannot be sent again."""
    found = {each.id: each for each in db.session.scalars(queries.numbered(numbers))}
    for number in numbers:
        if number not in found:
            raise Refused(f"There is no mail {number}.")
        if not found[number].may_be_retried:
            raise Refused(
                f"Mail {number} is {found[number].state.value}: its text is no longer kept, or it is leaving now."
            )
    return list(found.values())


def workshop_or_refusal(slug: str) -> Workshop | None:
    return one_or_refusal(workshop_named(slug), f"There is no workshop “{slug}”.") if slug else None
