"""What a member may answer and read: questionnaires, results, reports, the programme. No request, no clock."""

from collections.abc import Iterator

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.consultation.findings.queries import snapshots_shown_to_staff
from workshop.consultation.questionnaires.models import Questionnaire, Recipient
from workshop.consultation.questionnaires.rules import is_late, is_open
from workshop.consultation.questionnaires.states import ENDED, Anonymity, ResponseState
from workshop.platform.db import Database
from workshop.platform.i18n import day, language, moment, on_day
from workshop.secretariat.series import front_page
from workshop.secretariat.series.front_page import Line, Reader, Section, Way
from workshop.secretariat.series.membership import may_open
from workshop.secretariat.series.models import Role

from . import queries

NEWEST = 5
STAFF = {Role.ORGANISER, Role.PROGRAMME, Role.DOCUMENTS}  # they have the places themselves


@front_page.lines.by
def questionnaire_lines(session: Database, reader: Reader) -> Iterator[Line]:
    """Those she was asked to answer, and the open ones; where an answer is awaited, also as something to do."""
    if Role.ORGANISER in reader.roles or reader.user.is_guest:
        return
    rows = session.execute(queries.own_questionnaires(reader.workshop, reader.user))
    for questionnaire, recipient, state in rows:
        endpoint, values = way_to(questionnaire, recipient, reader)
        if not endpoint:
            continue
        asked = bool(values.get("token"))
        said, tone, owed = progress_of(recipient if asked else None, state, is_open(questionnaire, reader.at))
        closes_at, title = questionnaire.closes_at, questionnaire.title.in_(language(), "en")[0]
        closes = _("open until %(when)s", when=moment(closes_at, reader.workshop.zone)) if closes_at else ""
        if closes_at and is_late(questionnaire, reader.at):
            closes = _("closed on %(day)s", day=day(on_day(closes_at, reader.workshop.zone), "medium"))
        if owed and asked:
            due = on_day(closes_at, reader.workshop.zone) if closes_at else None
            yield Line(title, recipient.name if recipient else "", said, tone, endpoint, values, due)
        yield Line(title, str(closes), said, tone, endpoint, values, section=Section.ANSWERS)


def way_to(questionnaire: Questionnaire, recipient: Recipient | None, reader: Reader) -> tuple[str, dict[str, object]]:
    """Her own link where one was sent; else the open address, where strangers can answer too."""
    token = recipient.known_link(str(current_app.config["SECRET_KEY"])) if recipient else ""
    if token:
        return "answering.resume", {"token": token}
    if questionnaire.open_to_all and reader.workshop.published and is_open(questionnaire, reader.at):
        return "answering.introduction", {"slug": reader.workshop.slug, "questionnaire": questionnaire.slug}
    return "", {}


def progress_of(recipient: Recipient | None, state: ResponseState | None, is_open: bool) -> tuple[str, str, bool]:
    """How far her answers are, in which tone, and whether one is awaited. Of an anonymous one nothing is known."""
    if recipient is None:
        return (_("open to everyone") if is_open else _("closed"), "", False)
    if recipient.declined or state in ENDED:
        return _("declined"), "", False
    if recipient.questionnaire.anonymity is Anonymity.ANONYMOUS:
        return (_("invitation used") if recipient.answered else _("please answer"), "", not recipient.answered)
    if state is ResponseState.SUBMITTED:
        return _("submitted"), "good", False
    if state is ResponseState.ENTERED:
        return _("received"), "good", False
    if not is_open:
        return _("not submitted"), "", False
    return (_("part done") if state else _("not begun"), "warn", True)


@front_page.lines.by
def result_lines(session: Database, reader: Reader) -> Iterator[Line]:
    """The newest results, for those who may read them before the public."""
    if Role.ORGANISER in reader.roles or not may_open("findings.snapshot", reader.roles, reader.limited):
        return
    rows = session.execute(snapshots_shown_to_staff(reader.workshop.id).limit(NEWEST))
    for row in rows:
        taken = day(on_day(row.taken_at, reader.workshop.zone), "medium")
        answers = ngettext("%(num)s answer", "%(num)s answers", row.responses)
        yield Line(
            row.title.in_(language(), "en")[0],
            f"{taken} · {answers}",
            _("public") if row.published else _("internal"),
            "good" if row.published else "",
            "findings.snapshot",
            {"slug": reader.workshop.slug, "questionnaire": row.questionnaire, "number": row.number},
            section=Section.RESULTS,
        )


@front_page.lines.by
def public_lines(session: Database, reader: Reader) -> Iterator[Line]:
    """What anybody may read, for those who come to take part."""
    if reader.roles & STAFF or not reader.workshop.published:
        return
    there, at = session.execute(queries.public_facts(reader.workshop)).one(), {"slug": reader.workshop.slug}
    if there.papers:
        what = ngettext("%(num)s published paper", "%(num)s published papers", there.papers)
        yield Line(what, endpoint="public.papers", values=at, section=Section.PAPERS)
    if there.results and not may_open("findings.snapshot", reader.roles, reader.limited):
        yield Line(_("Published results"), endpoint="public.workshop", values=at, section=Section.RESULTS)
    if there.report:
        yield Line(_("Report to the plenary"), endpoint="public.reports", values=at, section=Section.REPORTS)
    if there.releases:
        ways = (
            Way(_("As PDF"), "agenda_out.programme_pdf", at),
            Way(_("For your calendar"), "agenda_out.calendar", at),
        )
        yield Line(_("Programme"), endpoint="public.agenda", values=at, section=Section.CALENDAR, ways=ways)


@front_page.lines.by
def report_lines(session: Database, reader: Reader) -> Iterator[Line]:
    """The report to the plenary, for those who work on it: from the last day of the meeting, or once there is a draft."""
    if Role.ORGANISER in reader.roles or not may_open("plenary.desk", reader.roles, reader.limited):
        return
    at = {"slug": reader.workshop.slug}
    if session.scalar(queries.is_compiled(reader.workshop)):
        yield Line(_("Report to the plenary: draft"), endpoint="plenary.desk", values=at, section=Section.REPORTS)
    elif on_day(reader.at, reader.workshop.zone) >= reader.workshop.ends_on:
        state = _("not compiled")
        yield Line(_("Report to the plenary"), "", state, "warn", "plenary.desk", at, section=Section.REPORTS)
