"""Behind the code on the door of a session people say themselves that they are there; and certificates of having been."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.official.letter_print import PersonalLetter, make_personal
from workshop.participation.delegations.official.letter_word import MIMETYPE, personal_docx
from workshop.participation.registration.listing.list_files import as_attachment
from workshop.participation.registration.queries import participant_by_link
from workshop.platform.access import Page, by_link, limited
from workshop.platform.db import db, now
from workshop.platform.i18n import LOCALES, on_day
from workshop.secretariat.series.queries import lock_workshop

from . import bp, certificates, queries, rules
from .forms import DoorForm
from .models import CheckIn, Door, Presence

holder = by_link(participant_by_link)


@bp.route("/door/<token>", methods=["GET", "POST"])
@by_link(queries.door_by_link)
@limited("60 per minute")
def door(token: str, found: Door) -> Page:
    """Number of the badge and three letters: enough for somebody who stands there, too little to try names out."""
    form, session = DoorForm(), found.session
    sitting = rules.Sitting(session, found.group)
    if form.validate_on_submit():
        with form.refusing():
            db.session.scalars(lock_workshop(session.workshop)).one()
            people = db.session.scalars(queries.seated(session.workshop_id)).all()
            who = rules.find_at_door(form.number.data, form.letters.data or "", people)
            kept = {each.participant_id: each for each in db.session.scalars(queries.attendance(session))}
            db.session.add(rules.attend(sitting, who, kept.get(who.id), Presence.PRESENT, at=now()))
            db.session.commit()
            flash(_("Thank you. You are marked as present."))
            return redirect(url_for(".door", token=token))
    return render_template(
        "participation/attendance/door.html", form=form, sitting=sitting, workshop=session.workshop, token=token
    )


@bp.get("/r/<token>/certificate.docx")
@holder
@limited("30 per minute", methods=("GET",))
def certificate(token: str, who: Participant) -> HttpResponse:
    if content := personal_docx(certificate_of(who), at=now()):
        return as_attachment(content, MIMETYPE, f"certificate-{who.number or who.id}.docx")
    return redirect(url_for("registration.own", token=token))


@bp.get("/r/<token>/certificate.pdf")
@holder
@limited("12 per minute", methods=("GET",))
def certificate_pdf(token: str, who: Participant) -> HttpResponse:
    if content := make_personal(certificate_of(who)):
        return as_attachment(content, "application/pdf", f"certificate-{who.number or who.id}.pdf")
    return redirect(url_for("registration.own", token=token))


def certificate_of(who: Participant) -> PersonalLetter:
    """For whoever was checked in, from the last day on."""
    arrived = db.session.scalars(queries.check_ins(who.workshop_id).where(CheckIn.participant_id == who.id)).first()
    today = on_day(now(), who.workshop.zone)
    if arrived is None or today < who.workshop.ends_on:
        abort(404)
    code = who.language if who.language in who.workshop.languages else who.workshop.languages[0]
    with force_locale(LOCALES.get(code, LOCALES["en"])):
        title, *text = certificates.paragraphs(who, code)
    return PersonalLetter(title, text, code, today)
