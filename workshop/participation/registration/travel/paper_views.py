"""Papers for sponsored travel: sent behind the link of the person or of the delegation, read by the organisers alone."""

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.participation.delegations.models import Delegation, Participant
from workshop.participation.delegations.queries import DelegationPage, delegation_by_link, pages_of_delegation
from workshop.platform import files
from workshop.platform.access import by_link, limited
from workshop.platform.db import Database, db, now
from workshop.platform.errors import flashing_refusal
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from .. import bp, queries
from ..link_views import holder
from ..listing.list_files import as_attachment
from ..models import TravelPaper
from ..views import today
from . import sponsored_papers
from .passport_views import paper_or_404


def wait_to_send(delegation: Delegation, token: str) -> None:
    """Who is about to send a paper makes others at this workshop wait, and a link that ended meanwhile opens nothing."""
    if request.method != "POST":
        return
    db.session.scalars(lock_workshop(delegation.workshop)).one()
    db.session.refresh(delegation)
    if not (delegation.is_opened_by(token) and delegation.link_opens(now())):
        abort(404)


focal_point = by_link(delegation_by_link, wait_to_send)


@bp.get("/n/<token>/papers")
@focal_point
@limited("60 per minute", methods=("GET",))
def papers_of_delegation(token: str, delegation: Delegation) -> str:
    """Which member lacks what, until when. What was sent is not shown again."""
    return render_template(
        "participation/registration/papers_of_delegation.html",
        token=token,
        delegation=delegation,
        workshop=delegation.workshop,
        papers=db.session.scalars(queries.papers_of_delegation(delegation)).all(),
    )


@bp.post("/n/<token>/papers/<int:id>")
@focal_point
@limited("30 per minute")
def send_paper_of_delegation(token: str, delegation: Delegation, id: int) -> HttpResponse:
    paper = db.one_or_404(queries.papers_of_delegation(delegation).where(TravelPaper.id == id))
    keep(paper)
    return redirect(url_for(".papers_of_delegation", token=token))


@bp.post("/r/<token>/travel/papers/<int:id>")
@holder
@limited("30 per minute")
def own_paper(token: str, who: Participant, id: int) -> HttpResponse:
    keep(db.one_or_404(queries.papers_of(who).where(TravelPaper.id == id)))
    return redirect(url_for(".own_travel", token=token))


def keep(paper: TravelPaper) -> None:
    """Commits."""
    with flashing_refusal():
        on = today(paper.participant.workshop)
        before = sponsored_papers.keep(paper, request.files.get("file"), key=key(), today=on)
        db.session.commit()
        if before:
            files.remove(before)
        flash(_("Received. It is encrypted, and erased after the workshop."))


@bp.get("/workshops/<slug>/desk/participants/<int:id>/papers/<int:paper_id>/file")
@organiser
def paper_file(workshop: Workshop, id: int, paper_id: int) -> HttpResponse:
    paper = paper_or_404(workshop, id, paper_id)
    content = sponsored_papers.content_of(paper, key=key()) or abort(404)
    return as_attachment(content, paper.file_type, paper.file_name)


def key() -> str:
    return str(current_app.config["SECRET_KEY"])


@pages_of_delegation.by
def papers_offered(session: Database, delegation: Delegation, token: str) -> list[DelegationPage]:
    """Where papers are asked of members whose travel is paid."""
    asked = session.scalars(queries.papers_of_delegation(delegation)).all()
    if not asked:
        return []
    missing = any(each.received_on is None for each in asked)
    address = url_for("registration.papers_of_delegation", token=token)
    return [(_("Papers for sponsored travel"), address, _("missing") if missing else "")]
