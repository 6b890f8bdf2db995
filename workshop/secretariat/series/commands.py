"""The command line of this package: beginning a workshop, and who can see it."""

from collections.abc import Sequence
from datetime import datetime

import click

from workshop.platform import audit
from workshop.platform.command_line import DAY, one_or_refusal, opened_application, refused_by_rule
from workshop.platform.db import Words, db, now

from .copying import lay_out
from .models import Series, Visibility, Workshop
from .outlines import outlines
from .queries import workshop_named
from .rules import WorkshopText, new_series, new_workshop
from .visibility import change_visibility, readiness_of


@click.command()
@click.argument("slug")
@click.option("--as", "state", required=True, type=click.Choice([each.value for each in Visibility]))
def publish(slug: str, state: str) -> None:
    """Decide who can see a workshop: private, announced, public or archived."""
    with opened_application():
        workshop = one_or_refusal(workshop_named(slug), f"There is no workshop “{slug}”.")
        before = workshop.visibility
        with refused_by_rule():
            change_visibility(workshop, Visibility(state), readiness_of(workshop))
        subject = f"{slug}: {before.value} → {state}"
        db.session.add(audit.record("change visibility", subject, who=None, at=now()))
        db.session.commit()
    click.echo(f"{slug} is now {state}.")


@click.command()
@click.argument("slug")
@click.option("--series", "series_name", required=True, help="Its short name in addresses; made where there is none.")
@click.option("--title", required=True, help="In the working language.")
@click.option("--from", "first_day", required=True, type=DAY, help="The first day (YYYY-MM-DD).")
@click.option("--to", "last_day", required=True, type=DAY, help="The last day.")
@click.option("--zone", default="Europe/Zurich", show_default=True)
@click.option("--languages", default="en,fr,es", show_default=True, help="The working language first.")
@click.option("--place", default="", help="City, or online.")
@click.option("--outline", type=click.Choice(sorted(outlines())), help="What to begin from.")
def new(slug: str, series_name: str, title: str, first_day: datetime, last_day: datetime, **more: str) -> None:
    """Begin a workshop. It is private; give it an organiser with `workshop member`."""
    outline = more.pop("outline", "")
    languages = [code.strip() for code in more.pop("languages").split(",")]
    with opened_application(), refused_by_rule():
        text = WorkshopText(
            slug=slug,
            title=title,
            starts_on=first_day.date(),
            ends_on=last_day.date(),
            languages=languages,
            **more,
        )
        made = new_workshop(series_called(series_name, languages[0]), text, taken=all_slugs())
        db.session.add_all([made, *(lay_out(made, outlines()[outline]) if outline else [])])
        db.session.add(audit.record("new workshop", slug, who=None, at=now()))
        db.session.commit()
    click.echo(f"{slug} is ready: /workshops/{slug}/desk/")


def series_called(name: str, language: str) -> Series:
    """The series of that short name; a new one where there is none, called by it until somebody gives it a title."""
    found = db.session.scalar(db.select(Series).where(Series.slug == name))
    return found or new_series(Words({language: name}), Words(), slug=name, taken=())


def all_slugs() -> Sequence[str]:
    return db.session.scalars(db.select(Workshop.slug)).all()
