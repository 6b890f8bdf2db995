"""What a member has on the programme: invitation, sessions, group, papers. No request, no clock.

The draft agenda counts for those who serve a session or speak there, as it does on a speaker's own page.
"""

from collections.abc import Iterable, Iterator, Sequence

from flask import current_app
from flask_babel import gettext as _

from workshop.deliberation.group_reports.models import GroupReport
from workshop.platform.db import Database
from workshop.platform.i18n import clock, day, language, on_day
from workshop.platform.rendering import comma
from workshop.programme.agenda.models import Appearance, Session
from workshop.programme.groups.models import GroupRole
from workshop.programme.papers.models import State
from workshop.programme.papers.queries import documents_of_person
from workshop.programme.session_roles.models import SessionRole
from workshop.programme.session_roles.queries import session_roles_of
from workshop.programme.speakers.models import Invitation, InvitationStatus
from workshop.programme.speakers.queries import invitations_to, slots_of
from workshop.secretariat.series import front_page
from workshop.secretariat.series.front_page import Line, Reader, Section, Way
from workshop.secretariat.series.membership import may_open
from workshop.secretariat.series.models import Role

from . import queries
from .rules import need_of_report

SERVING = {Role.CHAIR, Role.MODERATOR, Role.RAPPORTEUR, Role.NOTE_TAKER}


@front_page.lines.by
def programme_lines(session: Database, reader: Reader) -> Iterator[Line]:
    """Her invitations to speak, and her sessions, each once with every part she has in it."""
    invitations: Sequence[Invitation] = ()
    if not (reader.user.is_guest or Role.ORGANISER in reader.roles):  # who organises has the list of speakers
        invitations = session.scalars(invitations_to(reader.workshop, reader.user)).all()
    parts: list[tuple[Session, str]] = []
    for each in invitations:
        yield from invitation_lines(each, reader)
        what, at = _("Your sessions in your calendar program"), {"slug": reader.workshop.slug}
        yield Line(what, endpoint="agenda_out.own_calendar", values=at, section=Section.CALENDAR)
        slots = session.scalars(slots_of(reader.workshop, each.person_id)).all()
        parts += [(slot.session, part_of(slot)) for slot in slots]
        yield from paper_lines(session, each, reader)
    if reader.roles & SERVING:
        roles: Iterable[SessionRole] = session.scalars(session_roles_of(reader.user, reader.workshop))
        parts += [(each.session, str(each.role.label)) for each in roles]
    yield from session_lines(parts, reader)


def part_of(slot: Appearance) -> str:
    return slot.role_label.in_(language(), "en")[0] or str(slot.part.label)


def invitation_lines(invitation: Invitation, reader: Reader) -> Iterator[Line]:
    """What she answered, with the way to her own page; an answer that is awaited is also something to do."""
    token = link_of(invitation, reader)
    endpoint, values = ("speakers.invitation", {"token": token}) if token else ("", {})
    what = _("Invitation to speak")
    if invitation.standing is InvitationStatus.INVITED and token:
        yield Line(what, "", _("please answer"), "warn", endpoint, values)
    yield Line(
        what,
        invitation.person.display_name,
        str(invitation.standing.label),
        invitation.standing.tone,
        endpoint,
        values,
        section=Section.STATUS,
    )


def link_of(invitation: Invitation, reader: Reader) -> str:
    """The secret of her own page, as far as it is out and still opens it."""
    if not invitation.link_opens(reader.at):
        return ""
    return invitation.known_link(str(current_app.config["SECRET_KEY"]))


def session_lines(parts: Iterable[tuple[Session, str]], reader: Reader) -> Iterator[Line]:
    by_session: dict[Session, list[str]] = {}
    for session, part in parts:
        by_session.setdefault(session, []).append(part)
    for session in sorted(by_session, key=lambda each: each.number):
        endpoint, values = way_to(session, reader)
        title = session.title.in_(language(), "en")[0]
        yield Line(
            title,
            place_of(session, reader),
            comma().join(dict.fromkeys(by_session[session])),
            "",
            endpoint,
            values,
            section=Section.SESSIONS,
        )


def place_of(session: Session, reader: Reader) -> str:
    """When and where, as far as that is known."""
    zone = reader.workshop.zone
    if session.starts_at is None:
        return str(_("no time yet"))
    when = day(on_day(session.starts_at, zone))
    hours = clock(session.starts_at, zone) + (f"–{clock(session.ends_at, zone)}" if session.ends_at else "")
    room = session.room.words.in_(language(), reader.workshop.languages[0])[0] if session.room else ""
    return " · ".join(filter(None, (when, hours, room)))


def way_to(session: Session, reader: Reader) -> tuple[str, dict[str, object]]:
    """The briefing for those who serve sessions, else the public agenda where there is one."""
    at: dict[str, object] = {"slug": reader.workshop.slug}
    if may_open("briefing.session", reader.roles, reader.limited):
        return "briefing.session", at | {"number": session.number}
    if reader.workshop.published:
        return "public.agenda", at | {"_anchor": f"session-{session.number}"}
    return "", {}


def paper_lines(session: Database, invitation: Invitation, reader: Reader) -> Iterator[Line]:
    """What she is asked to hand in, by her own page; what is still expected is also something to do."""
    token = link_of(invitation, reader)
    endpoint, values = ("papers.own_documents", {"token": token}) if token else ("", {})
    today = on_day(reader.at, reader.workshop.zone)
    for paper in session.scalars(documents_of_person(reader.workshop.id, invitation.person_id)).unique():
        overdue = paper.state is State.EXPECTED and paper.due_on is not None and paper.due_on < today
        state = _("overdue") if overdue else str(paper.state.label)
        tone = "bad" if overdue else "warn" if paper.state is State.EXPECTED else paper.state.tone
        what = _("%(kind)s, session %(number)s", kind=paper.kind.label, number=paper.session.number)
        if paper.state is State.EXPECTED and token:
            yield Line(what, "", state, tone, endpoint, values, paper.due_on)
        yield Line(what, "", state, tone, endpoint, values, paper.due_on, Section.PAPERS)


@front_page.lines.by
def group_lines(session: Database, reader: Reader) -> Iterator[Line]:
    """The groups she serves, with their notes and reports."""
    if not (reader.user.is_guest or reader.roles & SERVING):
        return
    rows = session.execute(queries.own_groups(reader.workshop, reader.user))
    begun = on_day(reader.at, reader.workshop.zone) >= reader.workshop.starts_on
    for role, report in rows:
        yield from lines_of_group(role, report, reader, begun=begun)


def lines_of_group(role: GroupRole, report: GroupReport | None, reader: Reader, *, begun: bool) -> Iterator[Line]:
    group, at = role.group, {"slug": reader.workshop.slug, "number": role.group.number}
    topic = group.topic.in_(language(), "en")[0]
    what = _("Group %(number)s: %(topic)s", number=group.number, topic=topic)
    reports = Way(_("Report"), "group_reports.group", at)
    signed = report is not None and report.signed_at is not None
    organises = Role.ORGANISER in reader.roles  # she finds the reports of all groups among what is to do
    if begun and not signed and role.role.value == "rapporteur" and not organises:
        yield need_of_report(group, report, at)
    yield Line(
        what,
        " · ".join(filter(None, (str(role.role.label), group.room))),
        _("report signed") if signed else "",
        "good" if signed else "",
        "capture.notes",
        at,
        section=Section.GROUPS,
        ways=(Way(_("Notes"), "capture.notes", at), reports),
    )
