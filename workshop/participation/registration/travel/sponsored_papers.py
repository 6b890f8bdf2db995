"""Papers asked of those whose travel is paid: sent by them or by their focal point, reminded of, encrypted at rest."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from workshop.participation.delegations.models import Delegation
from workshop.platform import files, reminders, tasks
from workshop.platform.db import Database
from workshop.platform.encryption import decrypt_file, encrypt_file
from workshop.platform.errors import RuleBroken
from workshop.platform.foreign import uploaded_files
from workshop.platform.foreign.limits import KIND
from workshop.platform.i18n import LOCALES, dates, day, on_day
from workshop.platform.mail import Message, harmless, link_to
from workshop.platform.rendering import comma
from workshop.programme.agenda.times import moment
from workshop.secretariat.series.letters import signature
from workshop.secretariat.series.models import Workshop

from .. import letters
from ..models import MailKind, TravelPaper

PURPOSE, FOLDER, REMIND = "travel paper", "travel", "registration.remind_of_papers"
LARGEST = 10 * 1024 * 1024
BEFORE, MORNING, DAY = (-7, -2), time(8), timedelta(days=1)


def keep(paper: TravelPaper, sent: FileStorage | None, *, key: str, today: date) -> str:
    """Take the file; the stored file that it takes the place of comes back, to be removed. Raises RuleBroken."""
    if not sent:
        raise RuleBroken(_("Choose a file first."))
    content, name = uploaded_files.content_of(sent, KIND), uploaded_files.shown_name(sent.filename or "")
    if len(content) > LARGEST:
        raise RuleBroken(_("The file is too large: at most 10 MB."))
    before, paper.file_type = paper.stored_as, uploaded_files.inspect(content, name)
    paper.stored_as = files.put_apart(encrypt_file(content, purpose=PURPOSE, key=key), FOLDER)
    paper.file_name, paper.received_on = name, today
    return before


def content_of(paper: TravelPaper, *, key: str) -> bytes | None:
    return decrypt_file(files.get(paper.stored_as), purpose=PURPOSE, key=key) if paper.stored_as else None


def ask_to_remind(workshop: Workshop, due_on: date | None, *, after: datetime) -> None:
    """A week and two days before the day named, in the morning of the place."""
    for step in reminders.steps_from(due_on, BEFORE, workshop.zone):
        morning = moment(step.day, MORNING, workshop.zone, field="due_on")
        if morning > after:
            tasks.ask(REMIND, workshop.id, at=morning)


def due_for_reminder(
    missing: Iterable[TravelPaper], *, zone: str, at: datetime, planned: datetime
) -> list[TravelPaper]:
    """Those whose step has come and who were not reminded at it."""
    today, found = on_day(at, zone), []
    for paper in missing:
        over = paper.due_on is not None and today > paper.due_on
        schedule = reminders.Schedule(reminders.steps_from(paper.due_on, BEFORE, zone), closed=over)
        step = schedule.due(at, planned=planned)
        if step and not (paper.reminded_on and paper.reminded_on >= step.day):
            paper.reminded_on = today
            found.append(paper)
    return found


def write_reminders(session: Database, due: Sequence[TravelPaper], *, key: str, at: datetime) -> list[Message]:
    """One mail to each person, and one to each delegation with what all its members lack."""
    by_person, by_delegation = defaultdict(list), defaultdict(list)
    for paper in due:
        by_person[paper.participant].append(paper)
        if paper.participant.delegation and paper.participant.delegation.email:
            by_delegation[paper.participant.delegation].append(paper)
    found = []
    for who, papers in by_person.items():
        mail = letters.write(MailKind.PAPERS, who, key=key, at=at, about=[line(each, who.language) for each in papers])
        if mail:
            session.add(mail)
            found += [each for each in [mail.message] if each]
    return [*found, *(to_delegation(one, papers, key=key, at=at) for one, papers in by_delegation.items())]


def line(paper: TravelPaper, language: str) -> str:
    with force_locale(LOCALES.get(language, LOCALES["en"])):
        until = _("until %(day)s", day=day(paper.due_on, "long")) if paper.due_on else ""
    return comma().join(each for each in (paper.name, until) if each)


def to_delegation(one: Delegation, papers: Sequence[TravelPaper], *, key: str, at: datetime) -> Message:
    workshop, language = one.workshop, one.language
    with force_locale(LOCALES.get(language, LOCALES["en"])):
        title = workshop.title.in_(language, "en")[0]
        lacking = [f"- {harmless(each.participant.plain_name)}: {harmless(line(each, language))}" for each in papers]
        facts = {"workshop": title, "dates": dates(workshop.starts_on, workshop.ends_on)}
        text = [
            _("For the travel of your members to “%(workshop)s” (%(dates)s) these papers are still missing:", **facts),
            "\n".join(lacking),
            _("Please send them here:"),
            link_to("registration.papers_of_delegation", token=one.current_link(key)),
            signature(workshop, language),
        ]
        subject = _("%(what)s: %(workshop)s", what=MailKind.PAPERS.label, workshop=title)
    return Message(
        workshop_id=workshop.id,
        recipient=one.email,
        subject=" ".join(subject.split()),
        text="\n\n".join(text),
        written_at=at,
    )
