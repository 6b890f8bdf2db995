"""The report of a group: a form for its rapporteur, a page for other readers and, once it is signed, for all."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, g, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as HttpResponse
from wtforms import StringField

from workshop.deliberation.capture import queries as breakouts
from workshop.deliberation.capture.models import Point
from workshop.deliberation.capture.rules import READERS
from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.conflicts import Clash, open_form
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.forms import Posted
from workshop.platform.i18n import language
from workshop.platform.rendering import comma
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.question_wordings import is_another
from workshop.programme.groups import queries as groups_queries
from workshop.programme.groups.models import Group, GroupRole
from workshop.programme.groups.rules import mode_of
from workshop.secretariat.series.membership import holding
from workshop.secretariat.series.models import Workshop

from . import bp, queries, report_draft, rules
from .forms import GroupReportForm, report_form
from .loaded_words import loaded_words
from .models import GroupReport


@dataclass
class ReportDesk:
    """What lies before whoever opens the report of a group."""

    group: Group
    servants: Sequence[GroupRole]
    points: Sequence[Point]
    report: GroupReport | None
    may_report: bool

    signing: Sequence[Part]  # as what the reader signs

    @property
    def is_signed(self) -> bool:
        return bool(self.report and self.report.is_closed)

    @property
    def awaited(self) -> list[Part]:
        """The signatures that the reader may still give."""
        if self.report is None:
            return list(self.signing)
        given = {Part.RAPPORTEUR: self.report.signed_at, Part.MODERATOR: self.report.moderator_signed_at}
        return [part for part in self.signing if not given[part]]


@bp.route("/workshops/<slug>/breakouts/<int:number>/report", methods=["GET", "POST"])
@holding(*READERS)
def group(workshop: Workshop, number: int) -> Page:
    """The form, with what is missing before it can be signed; or the page, where there is nothing to fill in."""
    desk = desk_of(workshop, number)
    if request.method == "POST":
        if not desk.may_report:
            abort(403)
        if (refused := refusal_to_take(desk)) is not None:
            return refused
        db.session.commit()
        return back_to(desk, request.form.get("next", ""))
    if desk.is_signed or not desk.may_report:
        return print_page(desk)
    return form_page(desk, stored_form(desk))


@bp.route("/workshops/<slug>/breakouts/<int:number>/report/sign-off", methods=["POST"])
@holding(*READERS)
def sign_off(workshop: Workshop, number: int) -> Page:
    """Save what the form says, if one was sent, and sign it; where something is missing the draft says what."""
    desk = desk_of(workshop, number)
    if not desk.signing:
        abort(403)
    typed = request.form.keys() - {"csrf_token", "part"}
    if typed and desk.may_report and (refused := refusal_to_take(desk)) is not None:
        return refused
    report = desk.report or GroupReport(group=desk.group)
    faults = rules.faults(report)
    wanted = request.values.get("part")
    part = next((each for each in desk.awaited if each == wanted), next(iter(desk.awaited), None))
    if not faults and part:
        with flashing_refusal():
            rules.sign_off(report, part, by=current_user, at=now())
            subject = f"{place(desk)} {part.value}"
            db.session.add(audit.record("sign off group report", subject, who=current_user.id, at=now()))
            workshop.changed_in_public()
    db.session.commit()
    if faults:
        return form_page(desk, stored_form(desk), faults=faults) if desk.may_report else print_page(desk)
    return back_to(desk)


@bp.route("/workshops/<slug>/breakouts/<int:number>/report/reopen", methods=["POST"])
@holding(*READERS)
def reopen(workshop: Workshop, number: int) -> HttpResponse:
    """Take the signature away, so that the text can be changed and signed anew."""
    desk = desk_of(workshop, number)
    if desk.report and desk.is_signed:
        rules.reopen(desk.report)
        db.session.add(audit.record("reopen group report", place(desk), who=current_user.id, at=now()))
        workshop.changed_in_public()
        db.session.commit()
    return back_to(desk)


def desk_of(workshop: Workshop, number: int) -> ReportDesk:
    """Everything about the report of a group; 403 for whoever wants to change it and may not."""
    found = db.one_or_404(groups_queries.group(workshop, number))
    servants = db.session.scalars(groups_queries.roles_in_groups(workshop)).all()
    may_report = rules.may_report(found, servants, g.roles, current_user)
    signing = rules.parts_signing(found, servants, current_user)
    if request.method == "POST" and not may_report and not signing:
        abort(403)
    return ReportDesk(
        group=found,
        servants=[servant for servant in servants if servant.group_id == found.id],
        points=db.session.scalars(breakouts.points(found)).all(),
        report=db.session.scalar(queries.group_report_of(found)),
        may_report=may_report,
        signing=signing,
    )


def place(desk: ReportDesk) -> str:
    return f"{desk.group.workshop.slug}/{desk.group.number}"


def back_to(desk: ReportDesk, anchor: str = "") -> HttpResponse:
    group = desk.group
    return redirect(
        url_for("group_reports.group", slug=group.workshop.slug, number=group.number, _anchor=anchor or None)
    )


def stored_form(desk: ReportDesk) -> GroupReportForm:
    """The form with what is stored, or with what is known before anything is, and an empty row in each part."""
    return opened_form(desk, None)[0]


def opened_form(desk: ReportDesk, posted: Posted) -> tuple[GroupReportForm, Clash | None]:
    """The form as stored or as sent, and what the sender and somebody else both changed."""
    data = report_draft.flat(desk.report) if desk.report else beginning(desk)
    filled = report_draft.with_empty_rows(desk.group, data)
    filled["seen"] = f"{desk.report.revision if desk.report else 0}"

    def kind(formdata: Posted, data: report_draft.Flat) -> GroupReportForm:
        return report_form(desk.group, desk.points, data, posted=formdata)

    return open_form(kind, filled, posted)


def beginning(desk: ReportDesk) -> dict[str, object]:
    """A report nobody has written yet: who moderates and reports is known."""
    names = {part: comma().join(s.user.name for s in desk.servants if s.role is part) for part in Part}
    spoken = desk.group.workshop.languages
    return {
        "language": language() if language() in spoken else spoken[0],
        "moderator": names[Part.MODERATOR],
        "rapporteur": names[Part.RAPPORTEUR],
    }


def refusal_to_take(desk: ReportDesk) -> Page | None:
    """Write the posted form into the report, not committed yet; a page to show instead where that cannot be."""
    form, theirs = opened_form(desk, request.form)
    if theirs:
        return form_page(desk, form, theirs=theirs), 409
    if not form.validate():
        return form_page(desk, form)
    is_stale = request.form["seen"] != form.seen.data
    if desk.report and (is_stale or desk.is_signed) and report_draft.is_same(form.data, stored_form(desk).data):
        return back_to(desk)  # the same form sent twice
    if desk.is_signed:
        return form_page(desk, form, is_late=True), 409
    desk.report = desk.report or begin_report(desk)
    if db.session.scalar(queries.claim(desk.report, int(form.seen.data or 0))) is None:
        db.session.rollback()
        desk.report = db.session.scalars(queries.group_report_of(desk.group)).one()
        return refusal_to_take(desk)
    report_draft.write(desk.report, form.data, desk.points, at=now())
    return None


def begin_report(desk: ReportDesk) -> GroupReport:
    """A new row for the report, or the one that somebody else began at the same moment."""
    report = GroupReport(group=desk.group, revision=0)
    db.session.add(report)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        report = db.session.scalars(queries.group_report_of(desk.group)).one()
    return report


def print_page(desk: ReportDesk) -> str:
    """The report as one would print it, with the questions as they were worded when it was made."""
    wordings = rules.wordings_then(desk.report, db.session.scalars(groups_queries.wordings(desk.group)).all())
    return render_template(
        "deliberation/group_reports/group_printed.html",
        workshop=desk.group.workshop,
        mode=mode_of(desk.group),
        people=rules.people_by_category(desk.report) if desk.report else [],
        wordings=wordings,
        is_another=is_another,
        is_signed=desk.is_signed,
        awaited=desk.awaited,
        faults=rules.faults(desk.report) if desk.report and desk.awaited else [],
        names=signers(desk.report),
        **vars(desk),
    )


def signers(report: GroupReport | None) -> dict[int, str]:
    """The names of those who signed, by their ids."""
    ids = {id for id in (report.signed_by, report.moderator_signed_by) if id} if report else set()
    return {row.id: row.name for row in db.session.execute(breakouts.names_of(ids))} if ids else {}


def form_page(
    desk: ReportDesk,
    form: GroupReportForm,
    *,
    faults: Sequence[RuleBroken] = (),
    theirs: Clash | None = None,
    is_late: bool = False,
) -> str:
    """The form as a page, with faults at their fields and words that say too much pointed out."""
    for fault in faults:
        form.refuse(fault)
    texts = {field.name: field.data for field in form if isinstance(field, StringField) and field.data}
    return render_template(
        "deliberation/group_reports/group.html",
        workshop=desk.group.workshop,
        form=form,
        mode=mode_of(desk.group),
        theirs=theirs,
        is_late=is_late or bool(theirs and desk.is_signed),
        todo=rules.faults(desk.report) if desk.report and not faults else [],
        loaded={name: words for name, text in texts.items() if (words := loaded_words(text))},
        numbered={point.number: point for point in desk.points},
        unused=rules.unused(desk.report, desk.points),
        awaited=desk.awaited,
        **vars(desk),
    )
