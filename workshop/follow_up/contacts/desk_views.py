"""Where those who organise a workshop of a series write cards, record consent and decide who is listed."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, outbox
from workshop.platform.access import Page, limited
from workshop.platform.comma_separated import as_csv
from workshop.platform.conflicts import SharedForm, begin_form, open_form
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.forms import posted_form
from workshop.platform.i18n import on_day
from workshop.platform.mail import link_to
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, letters, queries, rules
from .forms import CardConsentForm, CardForm
from .models import ContactCard

PLAIN = ["name", "function", "organisation", "country", "languages", "email", "phone"]


@bp.get("/workshops/<slug>/desk/directory")
@organiser
def desk(workshop: Workshop) -> str:
    """Every card of the series, whatever its state."""
    cards = db.session.scalars(queries.of_series(workshop.series_id)).all()
    today = now().date()
    return render_template("follow_up/contacts/desk.html", workshop=workshop, cards=cards, today=today)


@bp.get("/workshops/<slug>/desk/directory.csv")
@organiser
def export(workshop: Workshop) -> HttpResponse:
    """Those who are listed today, and nobody else."""
    statement = queries.listed(now().date()).where(ContactCard.series_id == workshop.series_id)
    rows = [
        [each.name, each.function, each.organisation, each.country, each.email, each.phone, ", ".join(each.topics)]
        for each in db.session.scalars(statement)
    ]
    names = ["name", "function", "organisation", "country", "email", "telephone", "subjects"]
    response = HttpResponse(as_csv([names, *rows]), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename="contacts.csv")
    db.session.add(audit.record("export contacts", workshop.slug, who=current_user.id, at=now()))
    db.session.commit()
    return response


def form_for(workshop: Workshop) -> partial[CardForm]:
    return partial(CardForm, offered=workshop.languages)


@bp.route("/workshops/<slug>/desk/directory/new", methods=["GET", "POST"])
@organiser
def add(workshop: Workshop) -> Page:
    form = begin_form(form_for(workshop), {}, posted_form())
    if form.validate_on_submit():
        with form.refusing():
            card = ContactCard(series=workshop.series, name="", email="")
            rules.write(card, form.typed(rules.Card))
            db.session.add(card)
            db.session.commit()
            flash(_("Saved. The person is listed once there is consent and you list the card."))
            return to(workshop, card)
    return render_template("follow_up/contacts/edit.html", workshop=workshop, card=None, form=form, theirs=None)


def found_card(workshop: Workshop, number: int) -> ContactCard:
    found: ContactCard = db.one_or_404(queries.of_series(workshop.series_id).where(ContactCard.id == number))
    return found


@bp.get("/workshops/<slug>/desk/directory/<int:part_id>")
@organiser
def overview(workshop: Workshop, part_id: int) -> str:
    card, today = found_card(workshop, part_id), now().date()
    return render_template("follow_up/contacts/overview.html", workshop=workshop, card=card, today=today)


@bp.route("/workshops/<slug>/desk/directory/<int:part_id>/edit", methods=["GET", "POST"])
@organiser
def edit(workshop: Workshop, part_id: int) -> Page:
    card = found_card(workshop, part_id)
    saved = {name: getattr(card, name) for name in PLAIN} | {"topics": ", ".join(card.topics)}
    form, theirs = open_form(form_for(workshop), saved, posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            had_consent = card.consented_on
            rules.write(card, form.typed(rules.Card))
            db.session.commit()
            if had_consent and card.consented_on is None:
                flash(
                    _(
                        "Saved. The entry changed, so the consent no longer covers it: ask again. It is not listed until then."
                    )
                )
            else:
                flash(_("Saved."))
            return to(workshop, card)
    page = render_template("follow_up/contacts/edit.html", workshop=workshop, card=card, form=form, theirs=theirs)
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/directory/<int:part_id>/ask-for-consent")
@organiser
@limited("20 per minute")
def ask_for_consent(workshop: Workshop, part_id: int) -> HttpResponse:
    """Write to her; the link of an earlier letter opens nothing any more."""
    card, at = found_card(workshop, part_id), now()
    link = link_to("contacts.own_card", token=card.issue_link())
    card.asked_at = at
    outbox.add(letters.ask_for_consent(card, workshop, link=link, at=at))
    record("ask for consent", card)
    db.session.commit()
    flash(outbox.say_on_its_way(1))
    return to(workshop, card)


@bp.route("/workshops/<slug>/desk/directory/<int:part_id>/consent", methods=["GET", "POST"])
@organiser
def record_consent(workshop: Workshop, part_id: int) -> Page:
    """When, how and until when she agreed."""
    card, today = found_card(workshop, part_id), on_day(now(), workshop.zone)
    saved = {
        "consented_on": card.consented_on or today,
        "expires_on": card.expires_on or rules.months_later(today, 12),
        "consent_note": card.consent_note,
    }
    form, theirs = open_form(CardConsentForm, saved, posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            on, until = form.consented_on.data or today, form.expires_on.data or today
            rules.record_consent(card, on=on, until=until, today=today, note=form.consent_note.data or "")
            record("record consent", card)
            db.session.commit()
            flash(_("Saved."))
            return to(workshop, card)
    page = render_template("follow_up/contacts/consent.html", workshop=workshop, card=card, form=form, theirs=theirs)
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/directory/<int:part_id>/consent/withdraw")
@organiser
def withdraw_consent(workshop: Workshop, part_id: int) -> HttpResponse:
    card = found_card(workshop, part_id)
    rules.withdraw_consent(card)
    record("withdraw consent", card)
    db.session.commit()
    flash(_("The consent is withdrawn. The card is not listed."))
    return to(workshop, card)


@bp.post("/workshops/<slug>/desk/directory/<int:part_id>/list")
@organiser
def list_card(workshop: Workshop, part_id: int) -> HttpResponse:
    card = found_card(workshop, part_id)
    with flashing_refusal():
        rules.list_card(card, by=current_user.id, at=now(), today=now().date())
        record("list contact", card)
        db.session.commit()
        flash(_("Listed in the public directory."))
    return to(workshop, card)


@bp.post("/workshops/<slug>/desk/directory/<int:part_id>/take-off")
@organiser
def take_off(workshop: Workshop, part_id: int) -> HttpResponse:
    card = found_card(workshop, part_id)
    rules.take_off(card)
    record("take contact off", card)
    db.session.commit()
    flash(_("No longer listed."))
    return to(workshop, card)


@bp.route("/workshops/<slug>/desk/directory/<int:part_id>/remove", methods=["GET", "POST"])
@organiser
def remove(workshop: Workshop, part_id: int) -> Page:
    """Asks once, and says what is lost."""
    card, form = found_card(workshop, part_id), SharedForm()
    if not form.validate_on_submit():
        return render_template("follow_up/contacts/remove.html", workshop=workshop, card=card, form=form)
    record("remove contact", card)
    db.session.delete(card)
    db.session.commit()
    flash(_("Removed."))
    return redirect(url_for(".desk", slug=workshop.slug))


def record(verb: str, card: ContactCard) -> None:
    """What was done, without the name of the person."""
    db.session.add(audit.record(verb, f"contact {card.key}", who=current_user.id, at=now()))


def to(workshop: Workshop, card: ContactCard) -> HttpResponse:
    return redirect(url_for(".overview", slug=workshop.slug, part_id=card.id))
