"""The command line of this package: the draft agenda becomes what the public reads."""

import click

from workshop.platform import audit
from workshop.platform.command_line import Refused, one_or_refusal, opened_application, refused_by_rule
from workshop.platform.db import Words, db, now
from workshop.programme.agenda.queries import sessions
from workshop.programme.agenda.timetable import checks
from workshop.programme.groups.queries import groups
from workshop.secretariat.series.queries import workshop_named

from . import queries, rules


@click.command("agenda")
@click.option("--workshop", "slug", required=True, help="Its short name in addresses.")
@click.option("--name", default="", help="Such as “Rev. 1”; one is suggested where none is given.")
@click.option("--names", is_flag=True, help="Name the speakers of sessions under the Chatham House Rule too.")
def release_agenda(slug: str, name: str, names: bool) -> None:
    """Publish the draft agenda under a name. Nobody is written to."""
    with opened_application(), refused_by_rule():
        workshop = one_or_refusal(workshop_named(slug), f"There is no workshop “{slug}”.")
        draft = db.session.scalars(sessions(workshop)).all()
        if checks.blocking(db.session, workshop, draft):
            raise Refused(
                "This workshop blocks such clashes as the draft has. See the timetable; nothing was published."
            )
        last = db.session.scalars(queries.newest_release(workshop.id)).one_or_none()
        before = last.agenda if last else []
        formed = db.session.scalars(groups(workshop.id)).all()
        if rules.is_needless(before, rules.as_published(draft, before, formed)):
            seen = "Nothing to publish: the public already sees the agenda as it is in the draft."
            raise Refused(seen if last else "Nothing to publish: the agenda has no sessions yet.")
        taken = [each.name for each in db.session.scalars(queries.releases(workshop.id))]
        chosen = Words({workshop.languages[0]: name}) if name else rules.suggested_name(workshop.languages, taken)
        rules.refuse_taken_name(chosen, taken)
        number = last.number if last else 0
        release = rules.publish(
            workshop, draft, previous=number, at=now(), before=before, groups=formed, name=chosen, names=names
        )
        db.session.add_all([release, audit.record("publish agenda", slug, who=None, at=now())])
        db.session.commit()
    click.echo(f"The agenda of {slug} is released: number {number + 1}.")
