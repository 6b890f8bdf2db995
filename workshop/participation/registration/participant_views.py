"""One registration on the desk: who it is, how it stands and came there, what was written; and deciding on it."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.participation.delegations import queries as delegations
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.seats import Quota
from workshop.platform import audit, erasure, outbox
from workshop.platform.access import Page
from workshop.platform.conflicts import Clash, open_form
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.forms import posted_form
from workshop.platform.i18n import language
from workshop.secretariat.series.membership import organiser, programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, erasing, letters, queries, rules
from .forms import ParticipantForm, RefusalForm
from .models import MailKind
from .settling import key
from .views import LISTED, SAID, decide_on, hold_seats, write


@bp.route("/workshops/<slug>/desk/participants/<int:id>", methods=["GET", "POST"])
@programme_officer
def participant(workshop: Workshop, id: int) -> Page | tuple[str, int]:
    who = participant_or_404(workshop, id)
    form, theirs = open_form(
        lambda sent, data: ParticipantForm(sent, data=data, interface=language()), as_filled(who), posted_form()
    )
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            write(who, form, workshop)
            return save_and_return(workshop, who)
    return participant_page(workshop, who, form, theirs)


def as_filled(who: Participant) -> dict[str, object]:
    organisation = who.organisation.name.in_(language(), "en")[0] if who.organisation else ""
    return {name: getattr(who, name) for name in (*SAID, *LISTED)} | {"organisation": organisation}


def participant_page(
    workshop: Workshop, who: Participant, form: ParticipantForm, theirs: Clash | None
) -> tuple[str, int]:
    former = [each for each in db.session.scalars(delegations.former_holders(workshop.id)) if each.participant is who]
    page = render_template(
        "participation/registration/participant.html",
        workshop=workshop,
        who=who,
        form=form,
        theirs=theirs,
        refusal=RefusalForm(formdata=None),
        former=former,
        lacking=[Quota(each).label for each in who.lacking],
        mails=db.session.scalars(queries.mails(who)).all(),
        permissions=db.session.scalars(queries.permissions(who)).all(),
    )
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/participants/<int:id>/decide")
@programme_officer
def decide_one(workshop: Workshop, id: int) -> HttpResponse:
    """Approved, refused, withdrawn, or let come back; the person is told."""
    settlement = hold_seats(workshop)
    who = next((each for each in settlement.everybody if each.id == id), None) or participant_or_404(workshop, id)
    with flashing_refusal():
        decision = request.form.get("decision", "")
        if decision == "come_back":
            rules.come_back(who, at=settlement.at)
            told = []
        else:
            told = decide_on([who], decision, RefusalForm().reason.data or "", settlement)
        seated = settlement.give_free_seats()
        settlement.write([*told, *(each for each in seated if each not in told)])
        db.session.commit()
        flash(_("Saved: %(name)s, %(status)s.", name=who.plain_name, status=who.standing.label))
        return to_participant(workshop, who)
    db.session.rollback()
    return redirect(url_for(".participant", slug=workshop.slug, id=id))


@bp.post("/workshops/<slug>/desk/participants/<int:id>/wish")
@programme_officer
def settle_wish(workshop: Workshop, id: int) -> HttpResponse:
    """What was asked for has been done, or will not be."""
    who = participant_or_404(workshop, id)
    who.wish = ""
    return save_and_return(workshop, who)


@bp.post("/workshops/<slug>/desk/participants/<int:id>/link")
@programme_officer
def renew_link(workshop: Workshop, id: int) -> HttpResponse:
    """Another link by mail; the one before opens nothing any more."""
    who = participant_or_404(workshop, id)
    with flashing_refusal():
        mail = letters.write(MailKind.LINK, who, key=key(), at=now())
        if mail is None or mail.message is None:
            raise RuleBroken(_("Give the email address of %(name)s first.", name=who.plain_name))
        db.session.add(mail)
        outbox.add(mail.message)
        return save_and_return(workshop, who, outbox.say_on_its_way())
    return to_participant(workshop, who)


@bp.post("/workshops/<slug>/desk/participants/<int:id>/erase")
@organiser
def erase(workshop: Workshop, id: int) -> HttpResponse:
    """Everything personal goes, for good; category, country and state stay for the counts."""
    who = participant_or_404(workshop, id)
    at = now()
    erasure.note(erasing.KIND, [erasing.name_on_list(who)])
    stored = erasing.erase(db.session, who, at=at)
    db.session.add(audit.record("erase participant", f"{workshop.slug}: {who.id}", who=current_user.id, at=at))
    db.session.commit()
    erasing.remove_files(stored)
    flash(_("What was personal is erased. The counts stay as they were."))
    return redirect(url_for("registration.desk", slug=workshop.slug))


def participant_or_404(workshop: Workshop, id: int) -> Participant:
    """One of this workshop. Who is about to change it makes others at this workshop wait."""
    if request.method == "POST":
        db.session.scalars(lock_workshop(workshop)).one()
    found: Participant = db.one_or_404(queries.participant(workshop.id, id))
    return found


def save_and_return(workshop: Workshop, who: Participant, message: str = "") -> HttpResponse:
    db.session.commit()
    flash(message or _("Saved."))
    return to_participant(workshop, who)


def to_participant(workshop: Workshop, who: Participant) -> HttpResponse:
    return redirect(url_for(".participant", slug=workshop.slug, id=who.id))
