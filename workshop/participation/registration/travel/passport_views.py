"""Sponsored travel and visas: what is asked of whom and still missing; the passport behind the personal link alone."""

import json
from dataclasses import dataclass

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.official.letter_print import PersonalLetter, make_personal
from workshop.participation.delegations.official.letter_word import MIMETYPE, personal_docx
from workshop.platform import files
from workshop.platform.access import Page, limited
from workshop.platform.db import db, now
from workshop.platform.encryption import decrypt, encrypt
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.i18n import LOCALES, language
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from .. import bp, queries, rules
from ..link_views import about, back, holder
from ..listing.list_files import as_attachment
from ..models import TravelDocument, TravelPaper
from ..participant_views import participant_or_404
from ..views import plan_of, today
from .forms import PaperForm, PassportForm
from .sponsored_papers import ask_to_remind
from .visa_letter import Passport, from_json, paragraphs, refuse_unusable

PURPOSE = "travel document"


@dataclass(frozen=True)
class Traveller:
    """Somebody whose travel is paid or who needs a visa, with what has come and what is missing."""

    who: Participant
    has_passport: bool
    papers: list[TravelPaper]


@bp.get("/workshops/<slug>/desk/participants/travel")
@organiser
def travel(workshop: Workshop) -> str:
    return travel_page(workshop, PaperForm(formdata=None))


def travel_page(workshop: Workshop, form: PaperForm) -> str:
    papers: dict[int, list[TravelPaper]] = {}
    for each in db.session.scalars(queries.papers(workshop.id)):
        papers.setdefault(each.participant_id, []).append(each)
    return render_template(
        "participation/registration/travel.html",
        workshop=workshop,
        travellers=[
            Traveller(who, document is not None, papers.get(who.id, []))
            for who, document in db.session.execute(queries.travellers(workshop.id))
        ],
        form=form,
        today=today(workshop),
        erased_on=rules.travel_ends(workshop),
    )


@bp.post("/workshops/<slug>/desk/participants/travel/papers")
@organiser
def ask_for_paper(workshop: Workshop) -> HttpResponse | str:
    """The same paper of everybody whose travel is paid; who is asked for it already keeps the date of then."""
    form = PaperForm()
    if not form.validate_on_submit():
        return travel_page(workshop, form)
    asked = {(each.participant_id, each.name) for each in db.session.scalars(queries.papers(workshop.id))}
    sponsored = [who for who, _document in db.session.execute(queries.travellers(workshop.id)) if who.sponsored]
    new = [who for who in sponsored if (who.id, form.name.data) not in asked]
    ask_to_remind(workshop, form.due_on.data if new else None, after=now())
    db.session.add_all(TravelPaper(participant=who, name=str(form.name.data), due_on=form.due_on.data) for who in new)
    db.session.commit()
    flash(ngettext("Asked of one person.", "Asked of %(num)s people.", len(new)))
    return redirect(url_for(".travel", slug=workshop.slug))


@bp.post("/workshops/<slug>/desk/participants/<int:id>/papers/<int:paper_id>")
@organiser
def receive_paper(workshop: Workshop, id: int, paper_id: int) -> HttpResponse:
    """It has come; or, pressed again, it has not."""
    paper = paper_or_404(workshop, id, paper_id)
    paper.received_on = None if paper.received_on else today(workshop)
    db.session.commit()
    return redirect(url_for(".travel", slug=workshop.slug))


@bp.post("/workshops/<slug>/desk/participants/<int:id>/papers/<int:paper_id>/remove")
@organiser
def remove_paper(workshop: Workshop, id: int, paper_id: int) -> HttpResponse:
    paper = paper_or_404(workshop, id, paper_id)
    stored = paper.stored_as
    db.session.delete(paper)
    db.session.commit()
    files.remove(stored)
    flash(_("It is no longer asked for."))
    return redirect(url_for(".travel", slug=workshop.slug))


def paper_or_404(workshop: Workshop, id: int, paper_id: int) -> TravelPaper:
    found: TravelPaper = db.one_or_404(
        queries.papers_of(participant_or_404(workshop, id)).where(TravelPaper.id == paper_id)
    )
    return found


@bp.get("/workshops/<slug>/desk/participants/<int:id>/visa-letter.docx")
@organiser
def visa_letter(workshop: Workshop, id: int) -> HttpResponse:
    with flashing_refusal():
        who = participant_or_404(workshop, id)
        if content := personal_docx(visa_letter_of(workshop, who), at=now()):
            return as_attachment(content, MIMETYPE, f"visa-letter-{who.number or who.id}.docx")
    return redirect(url_for(".travel", slug=workshop.slug))


@bp.get("/workshops/<slug>/desk/participants/<int:id>/visa-letter.pdf")
@organiser
def visa_letter_pdf(workshop: Workshop, id: int) -> HttpResponse:
    """The same to be printed and signed; it is kept nowhere, since it says what the passport says."""
    with flashing_refusal():
        who = participant_or_404(workshop, id)
        if content := make_personal(visa_letter_of(workshop, who)):
            return as_attachment(content, "application/pdf", f"visa-letter-{who.number or who.id}.pdf")
    return redirect(url_for(".travel", slug=workshop.slug))


def visa_letter_of(workshop: Workshop, who: Participant) -> PersonalLetter:
    """In the language that the person works in, where the workshop has it, else in its first. Raises RuleBroken."""
    passport = passport_of(who)
    if passport is None:
        raise RuleBroken(_("%(name)s has not given the passport yet.", name=who.plain_name))
    if who.standing != "approved":
        raise RuleBroken(_("%(name)s is not registered yet.", name=who.plain_name))
    code = who.language if who.language in workshop.languages else workshop.languages[0]
    with force_locale(LOCALES.get(code, LOCALES["en"])):
        to, *text = paragraphs(who, passport, plan_of(workshop), code)
    title = workshop.short_title.in_(code, "en")[0]
    return PersonalLetter(title, text, code, today(workshop), addressee=[to])


@bp.route("/r/<token>/travel", methods=["GET", "POST"])
@holder
@limited("30 per minute")
def own_travel(token: str, who: Participant) -> Page:
    """What the passport says: given once, never shown again, erased on the day named."""
    if not (who.sponsored or who.needs_visa):
        abort(404)
    form = PassportForm(language=language())
    kept = db.session.scalars(queries.travel_document(who)).one_or_none()
    if form.validate_on_submit():
        with form.refusing():
            passport = form.typed(Passport)
            refuse_unusable(passport, last_day=who.workshop.ends_on)
            sealed = encrypt(json.dumps(passport.as_json()), purpose=PURPOSE, key=key())
            if kept:
                kept.sealed, kept.given_at = sealed, now()
            else:
                ends = rules.travel_ends(who.workshop)
                db.session.add(TravelDocument(participant=who, sealed=sealed, given_at=now(), erase_on=ends))
            db.session.commit()
            flash(_("Saved. It is encrypted, and erased after the workshop."))
            return back(token)
    return render_template(
        "participation/registration/own_travel.html",
        form=form,
        kept=kept,
        erased_on=rules.travel_ends(who.workshop),
        papers=db.session.scalars(queries.papers_of(who)).all(),
        **about(token, who),
    )


@bp.post("/r/<token>/travel/erase")
@holder
@limited("30 per minute")
def own_travel_erase(token: str, who: Participant) -> HttpResponse:
    """They take it back."""
    for kept in db.session.scalars(queries.travel_document(who)):
        db.session.delete(kept)
    db.session.commit()
    flash(_("What you gave of your passport is erased."))
    return back(token)


def passport_of(who: Participant) -> Passport | None:
    """What was given, unless it was sealed under another key."""
    kept = db.session.scalars(queries.travel_document(who)).one_or_none()
    said = decrypt(kept.sealed, purpose=PURPOSE, key=key()) if kept else None
    return from_json(json.loads(said)) if said else None


def key() -> str:
    return str(current_app.config["SECRET_KEY"])
