"""The command line: `python3 run.py <word>`, or `workshop <word>` where .venv is active."""

import logging
import os
import sys
from datetime import datetime
from pathlib import Path

import click
from email_validator import EmailNotValidError, validate_email
from flask import Flask
from sqlalchemy.exc import IntegrityError
from waitress.server import BaseWSGIServer

import workshop.beginning  # noqa: F401  # before whatever else is loaded
from workshop import doctor
from workshop.consultation.answering import retention
from workshop.consultation.survey_files.commands import bring_questionnaire, take_questionnaire
from workshop.platform import backup as backups
from workshop.platform import bounces, outbox, restoring, schema, serving, static
from workshop.platform.command_line import DAY, Refused, application, require_newest_schema
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.programme.agenda_in.commands import import_agenda
from workshop.programme.agenda_out.commands import export_agenda
from workshop.programme.releases.commands import release_agenda
from workshop.secretariat.accounts import passwords
from workshop.secretariat.accounts.queries import demo_accounts
from workshop.secretariat.accounts.rules import refuse_demo_accounts, refuse_weak
from workshop.secretariat.accounts.second_factor.commands import second_factor_off
from workshop.secretariat.correspondence.commands import mail
from workshop.secretariat.members.commands import member
from workshop.secretariat.rosters.commands import import_organisations, import_people
from workshop.secretariat.series.commands import new, publish
from workshop.secretariat.series.models import Membership, Workshop
from workshop.secretariat.series.rules import WorkshopText, first_organiser, first_workshop

ROOT = Path(__file__).resolve().parent.parent


def build(mode: str | None = None, **overrides: object) -> Flask:
    """The application with the settings of the environment, in `mode` whatever the environment says."""
    from app import create_app  # here because `app` imports every package, and --help needs none
    from config import settings

    os.umask(0o077)  # what is written from here on is for this user only
    try:
        return create_app(settings({**os.environ, **({"WORKSHOP_MODE": mode} if mode else {})}) | overrides)
    except RuntimeError as error:
        raise Refused(str(error)) from error


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(context: click.Context) -> None:
    """Intersession: one place for a workshop, from concept note to follow-up."""
    context.obj = build


@main.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--no-serve", is_flag=True, help="Get everything ready and stop.")
def demo(port: int, no_serve: bool) -> None:
    """Load the demonstration where the database is empty, and serve it to this machine."""
    from workshop.demonstration.loader import load_all  # here because production never needs it

    static.compress(ROOT / "static")
    app = application("demo", LOG_LEVEL=logging.WARNING)
    with app.app_context():
        schema.bring_up_to_date()
        load_all()
        accounts = [user.email for user in db.session.scalars(demo_accounts())]
    if no_serve:
        click.echo("Everything is ready. Start it with: python3 run.py demo")
        return
    server = listen(app, "127.0.0.1", port)
    address = f"http://127.0.0.1:{server.effective_port}"
    app.config["PUBLIC_URL"] = app.config["PUBLIC_URL"] or address  # addresses to copy and in files lead here
    with serving.worker_beside(app):
        click.echo(greeting(address, accounts))
        serving.answer(server, app)


def greeting(address: str, accounts: list[str]) -> str:
    return (
        f"\nIntersession is running at {address}\n\n"
        f"  Sign in     {address}/sign-in (one click), or with password: intersession\n"
        f"  Accounts    {', '.join(accounts)}\n\nStop it with Ctrl-C."
    )


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def serve(host: str, port: int) -> None:
    """Serve in production. Run `workshop worker` beside it."""
    app = production()
    server = listen(app, host, port)
    click.echo(f"Serving on http://{host}:{server.effective_port}", err=True)
    serving.answer(server, app)


def production() -> Flask:
    """The application, or a refusal where it would be unsafe. For gunicorn: "workshop.cli:production()"."""
    static.compress(ROOT / "static")
    app = build("production")
    app.extensions["running"] = restoring.hold_running(app.config["INSTANCE"])
    with app.app_context():
        require_newest_schema()
        try:
            refuse_demo_accounts(len(db.session.scalars(demo_accounts()).all()), "production")
        except RuntimeError as error:
            raise Refused(str(error)) from error
    if not app.config["PUBLIC_URL"]:
        click.echo("Warning: WORKSHOP_PUBLIC_URL is not set; links in mails will not work elsewhere.", err=True)
    return app


def listen(app: Flask, host: str, port: int) -> BaseWSGIServer:
    try:
        return serving.listen(app, host, port)
    except OSError as error:
        raise Refused(f"Port {port} is taken or not allowed ({error.strerror}). Choose another: --port 8001") from error


@main.command()
@click.option("--beside", is_flag=True, hidden=True, help="End when the standard input closes.")
def worker(beside: bool) -> None:
    """Do what happens after a request: mails, PDFs."""
    app = application()
    app.extensions["running"] = restoring.hold_running(app.config["INSTANCE"])
    with app.app_context():
        require_newest_schema()
    serving.work(app, beside=beside)


@main.command()
def migrate() -> None:
    """Bring the database to the newest form. Make a backup first."""
    with application().app_context():
        schema.bring_up_to_date()
    static.compress(ROOT / "static")
    click.echo("The database is up to date.")


@main.command(hidden=True)
@click.argument("message")
def revise(message: str) -> None:
    """For developers: write a migration from what the models say and the database does not have."""
    with application("demo").app_context():
        require_newest_schema()
        schema.write_migration(message)


@main.command(hidden=True)
def routes() -> None:
    """For developers: write down every address with its view, templates and rules in docs/routes.md."""
    from workshop.routes import as_markdown  # here because only developers need it

    (ROOT / "docs" / "routes.md").write_text(as_markdown(application("demo")), encoding="utf-8")


@main.command()
@click.option("--email", prompt="Your email address")
@click.option("--name", prompt="Your name")
@click.password_option(envvar="WORKSHOP_SETUP_PASSWORD", prompt="A password (at least 12 characters)")
@click.option("--title", prompt="Title of your first workshop, in English")
@click.option("--slug", prompt="Its short name in addresses, such as migration-2027")
@click.option("--place", prompt="Where it takes place", default="Geneva")
@click.option("--zone", prompt="Its time zone", default="Europe/Zurich")
@click.option("--first-day", prompt="Its first day (YYYY-MM-DD)", type=DAY)
@click.option("--last-day", prompt="Its last day (YYYY-MM-DD)", type=DAY)
def setup(
    email: str,
    name: str,
    password: str,
    title: str,
    slug: str,
    place: str,
    zone: str,
    first_day: datetime,
    last_day: datetime,
) -> None:
    """Prepare a production installation: secret, database, first account and the workshop it organises."""
    from config import make_secret, settings

    if not os.environ.get("WORKSHOP_SECRET_KEY"):
        make_secret(settings({**os.environ, "WORKSHOP_SECRET_KEY": "none yet"})["INSTANCE"])
    app = application("production")
    app.config["INSTANCE"].chmod(0o700)
    with app.app_context():
        schema.bring_up_to_date()
        try:
            workshop = first_workshop(
                WorkshopText(title, first_day.date(), last_day.date(), slug=slug, place=place, zone=zone)
            )
            db.session.add(organiser_of(workshop, email, name, password))
            db.session.commit()
        except RuleBroken as broken:
            raise Refused(str(broken.message)) from broken
        except IntegrityError as error:
            raise Refused("There is an account with this email address, or a workshop of this name.") from error
    address = os.environ.get("WORKSHOP_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
    click.echo(
        "Ready. Start it with: python3 run.py serve (and, beside it, python3 run.py worker).\n"
        f"Then open {address}/workshops/{slug}/desk/ and sign in as {email}."
    )


def organiser_of(workshop: Workshop, email: str, name: str, password: str) -> Membership:
    try:
        email = validate_email(email, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise RuleBroken(str(error)) from error
    refuse_weak(password, email=email)
    return first_organiser(workshop, email=email, name=name, password_hash=passwords.hash(password), at=now())


@main.command(name="doctor")
def examine() -> None:
    """Say what is there and what is missing. Exit status 1 where something needed is missing."""
    findings = doctor.examine()
    for finding in findings:
        click.echo(finding.line())
    if any(finding.is_needed and not finding.good for finding in findings):
        raise SystemExit(1)


@main.command()
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Default: backups/ in the instance folder.")
def backup(folder: Path | None) -> None:
    """Copy the database and the stored files while the service runs."""
    app = application()
    with app.app_context():
        try:
            made = backups.make(folder or app.config["INSTANCE"] / "backups")
        except backups.BackupFailed as error:
            raise Refused(str(error)) from error
    click.echo(f"Backup in {made}")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.confirmation_option(prompt="This replaces the database and the stored files by those of the backup. Go on?")
def restore(folder: Path) -> None:
    """Put a backup back in place, without what was erased since it was made. Stop the service first."""
    with application().app_context():
        try:
            erased = restoring.run(folder)
        except restoring.RestoreFailed as error:
            raise Refused(str(error)) from error
    click.echo(f"Restored. The list of what was erased holds {erased} names; none of them came back.")


@main.command()
def bounce() -> None:
    """Take note of a mail that came back. The mail system pipes each one in: `| workshop bounce`."""
    with application().app_context():
        found = bounces.read(sys.stdin.buffer)
        if found is None:
            raise Refused("This is no delivery report about a mail of ours.")
        if found.is_final:
            outbox.take_back(found.message_id, found.reason)


@main.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be erased.")
@click.option("--on", type=DAY, help="As if it were that day (YYYY-MM-DD).")
def purge(dry_run: bool, on: datetime | None) -> None:
    """Erase answers that were promised to be kept no longer. Also done every day by the worker."""
    with application().app_context():
        retention.report(dry_run=dry_run, on=on.date() if on else None)


@main.group(name="import")
def bring_in() -> None:
    """Read a file into a workshop. Prints on standard output what became of every row, as JSON."""


@main.group(name="release")
def make_public() -> None:
    """Let the public see what was a draft."""


@main.group(name="export")
def take_out() -> None:
    """Write a part of a workshop into a file."""


main.add_command(second_factor_off)
main.add_command(mail)
make_public.add_command(release_agenda)
take_out.add_command(export_agenda)
bring_in.add_command(bring_questionnaire)
take_out.add_command(take_questionnaire)
bring_in.add_command(import_agenda)
bring_in.add_command(import_people)
bring_in.add_command(import_organisations)
main.add_command(publish)
main.add_command(new)
main.add_command(member)


if __name__ == "__main__":
    main()
