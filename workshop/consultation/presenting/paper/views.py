"""Briefings: what the results say for each session, as a page and as files for its chair."""

from collections.abc import Iterator

from flask import g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from workshop.consultation.findings import rules as findings_rules
from workshop.consultation.questions.answer_wording import UNITS
from workshop.platform.access import Page, limited
from workshop.platform.db import db
from workshop.platform.i18n import language, language_name
from workshop.programme.agenda.models import Session
from workshop.programme.session_roles.queries import session_ways
from workshop.secretariat.series.front_page import Reader, Way
from workshop.secretariat.series.membership import holding, may_open
from workshop.secretariat.series.models import Workshop

from .. import bp, queries
from ..file_views import ask_for
from ..forms import ResultFileForm
from ..models import OF_SESSIONS, FileKind
from ..tasks import briefing_of


@bp.get("/workshops/<slug>/desk/briefing")
@holding(*findings_rules.READERS)
def briefing(workshop: Workshop) -> str:
    """What the results say for each session, for its chair: each finding once; those for no session at the end."""
    found = db.session.scalars(queries.findings_of_workshop(workshop)).all()
    readable = [each for each in found if findings_rules.may_read(each.snapshot, g.roles)]
    sessions = list(dict.fromkeys(each.session for each in readable))
    mapped = {each.session for each in db.session.scalars(queries.table_choices_of(workshop)) if each.session}
    return render_template(
        "consultation/presenting/briefing.html",
        workshop=workshop,
        sessions=[(session, [each for each in readable if each.session is session]) for session in sessions],
        others=[each for each in mapped if each not in sessions],
    )


@bp.route("/workshops/<slug>/desk/briefing/<int:session_id>", methods=["GET", "POST"])
@holding(*findings_rules.READERS)
@limited("30 per minute")
def session_briefing(workshop: Workshop, session_id: int) -> Page:
    """The briefing of one session: its tables and findings, and the same on paper."""
    session: Session = db.one_or_404(queries.session_of(workshop, session_id))
    languages = [(code, language_name(code)) for code in workshop.languages]
    form = ResultFileForm(kinds=sorted(OF_SESSIONS), languages=languages)
    if form.validate_on_submit():
        ask_for(FileKind(form.kind.data), form.language.data, session)
        return redirect(url_for(".session_briefing", slug=workshop.slug, session_id=session_id))
    made = db.session.scalars(queries.files_of(session, current_user)).all()
    return render_template(
        "consultation/presenting/session_briefing.html",
        workshop=workshop,
        session=session,
        paper=briefing_of(session, language()),
        units=UNITS,
        form=form,
        files=made,
        running=any(each.state == "running" for each in made),
    )


@session_ways.by
def way_to_results(session: Session, reader: Reader) -> Iterator[Way]:
    """From a session's briefing to what the results say for it, for those who may read results."""
    if may_open("presenting.session_briefing", reader.roles, reader.limited):
        values = {"slug": reader.workshop.slug, "session_id": session.id}
        yield Way(_("What the results say for this session"), "presenting.session_briefing", values)
