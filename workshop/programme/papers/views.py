"""The organisers' screens for reminding authors, and for expecting new documents."""

from dataclasses import fields
from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, outbox
from workshop.platform.access import Page
from workshop.platform.conflicts import begin_form, open_form
from workshop.platform.db import db, now
from workshop.platform.forms import posted_form
from workshop.platform.i18n import on_day
from workshop.programme.agenda import appearances
from workshop.programme.agenda import queries as agenda
from workshop.programme.agenda import rules as agenda_rules
from workshop.programme.agenda.models import Item, Session
from workshop.secretariat.series import queries as series_queries
from workshop.secretariat.series.membership import documents_officer, programme_officer
from workshop.secretariat.series.models import Workshop

from . import bp, due_reminders, letters, queries, rules, symbols, tasks
from .document_views import back_to, document_or_404, document_page, held_document, upload_form
from .forms import AddItemForm, DocumentForm, LinkForm, StepsForm
from .models import Document, DocumentLink, ReminderPlan, SymbolKind


@bp.route("/workshops/<slug>/desk/papers/reminders", methods=["GET", "POST"])
@documents_officer
def reminders(workshop: Workshop) -> Page:
    """When authors are reminded, who would be reminded now, and who has been. Sending the form changes the steps."""
    if request.method == "POST":
        db.session.scalars(series_queries.lock_workshop(workshop)).one()
    shown = {"days": ", ".join(str(day) for day in tasks.steps_of(workshop))}
    form, theirs = open_form(StepsForm, shown, posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            plan = db.session.scalars(queries.plan(workshop)).one_or_none() or ReminderPlan(workshop=workshop, days=[])
            plan.days = due_reminders.steps_of(form.days.data or "")
            db.session.add(plan)
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for("papers.reminders", slug=workshop.slug))
        db.session.rollback()
    page = render_template(
        "programme/papers/reminders.html",
        workshop=workshop,
        form=form,
        theirs=theirs,
        round=tasks.coming_round(workshop, at=now()),
        over=on_day(now(), workshop.zone) > workshop.ends_on,
        written=db.session.scalars(queries.reminders(workshop).limit(200)).all(),
    )
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/papers/remind")
@documents_officer
def remind(workshop: Workshop) -> HttpResponse:
    """The round that would go out by itself, at once."""
    done = tasks.remind(workshop, at=now())
    count = len(done.due)
    words = ngettext("One reminder is on its way.", "%(num)s reminders are on their way.", count)
    flash(outbox.say_on_its_way(count, words) if count else _("No reminders are due now. Nothing was sent."))
    return redirect(url_for("papers.reminders", slug=workshop.slug))


@bp.post("/workshops/<slug>/desk/papers/<key>/links/<int:number>/revoke")
@documents_officer
def revoke_document_link(workshop: Workshop, key: str, number: int) -> HttpResponse:
    document = held_document(workshop, key)
    link = db.one_or_404(queries.links(document).where(DocumentLink.id == number))
    at = now()
    if link.link_opens(at):
        link.expire_link(at)
        db.session.add(audit.record("revoke link of document", f"{workshop.slug} {key}", who=current_user.id, at=at))
        db.session.commit()
    flash(_("The link no longer works. What was submitted with it is kept."))
    return back_to(document)


@bp.post("/workshops/<slug>/desk/papers/<key>/link")
@documents_officer
def send_link(workshop: Workshop, key: str) -> str | HttpResponse:
    """A new link for one document; links sent before open nothing any more."""
    form = LinkForm()
    if not form.validate_on_submit():
        return document_page(workshop, document_or_404(workshop, key), upload_form(workshop), form)
    document = held_document(workshop, key)
    for link in db.session.scalars(queries.links(document)):
        db.session.delete(link)
    at, to = now(), str(form.email.data)
    tasks.write(workshop, [document], to=to, language=workshop.languages[0], at=at, letter=letters.own_link)
    db.session.add(audit.record("send link of document", f"{workshop.slug} {key}", who=current_user.id, at=at))
    db.session.commit()
    words = _("The link is on its way to %(address)s. Links sent before no longer work.", address=to)
    flash(outbox.say_on_its_way(words=words))
    return back_to(document)


@bp.route("/workshops/<slug>/desk/agenda/sessions/<int:number>/items/new", methods=["GET", "POST"])
@programme_officer
def add_item(workshop: Workshop, number: int) -> str | HttpResponse:
    """One page for what an organiser knows at once: the item, who speaks, which document is to come."""
    session = held_session(workshop, number)
    form = AddItemForm(languages=workshop.languages)
    if form.validate_on_submit():
        with form.refusing():
            db.session.add_all(put_together(session, form))
            db.session.commit()
            flash(_("The item is added. The public sees it once you publish the agenda."))
            return redirect(url_for("agenda.session_items", slug=workshop.slug, number=number))
        db.session.rollback()
        session = held_session(workshop, number)
    return render_template("programme/papers/add_item.html", workshop=workshop, session=session, form=form)


def put_together(session: Session, form: AddItemForm) -> list[Item | Document]:
    """The item as typed, with its speaker, and the document if one is expected."""
    typed = {each.name: form[each.name].data for each in fields(appearances.Speaker) if each.name in form}
    speaker = appearances.Speaker(**typed)
    item = agenda_rules.add_item(session, form.typed(agenda_rules.ItemText), has_speaker=speaker.is_somebody)
    if speaker.is_somebody:
        appearances.appear(session, item, speaker, agenda.register(db.session, session.workshop))
    if form.document.data is None:
        return [item]
    text = rules.DocumentText(form.document.data, languages=form.languages.data or (), due_on=form.due_on.data)
    return [item, rules.expect(session, item, text)]


@bp.route("/workshops/<slug>/desk/agenda/sessions/<int:number>/documents/new", methods=["GET", "POST"])
@documents_officer
def expect(workshop: Workshop, number: int) -> str | HttpResponse:
    session = held_session(workshop, number)
    wanted = request.args.get("item", type=int)
    item = next((each for each in session.items if each.id == wanted), None)
    if wanted and item is None:
        abort(404)
    form = begin_form(document_form(workshop), began_with(workshop), posted_form())
    if form.validate_on_submit():
        taken = db.session.scalars(queries.symbols_of(workshop)).all()
        with form.refusing():
            document = rules.expect(session, item, form.typed(rules.DocumentText), taken=taken)
            db.session.add(document)
            db.session.commit()
            flash(_("The document is requested."))
            return back_to(document)
        db.session.rollback()
        return expect_page(workshop, number, item.id if item else None, form)
    return render_template("programme/papers/expect.html", workshop=workshop, session=session, item=item, form=form)


def expect_page(workshop: Workshop, number: int, item_id: int | None, form: DocumentForm) -> str:
    """The form again, after a refusal that has let go of everything read before."""
    session = db.one_or_404(agenda.sessions(workshop).where(Session.number == number))
    item = next((each for each in session.items if each.id == item_id), None)
    return render_template("programme/papers/expect.html", workshop=workshop, session=session, item=item, form=form)


def document_form(workshop: Workshop) -> partial[DocumentForm]:
    people = db.session.scalars(queries.people_of(workshop)).all()
    return partial(DocumentForm, languages=workshop.languages, people=people)


def began_with(workshop: Workshop) -> dict[str, object]:
    """What a form begins with for the Rev., Corr. or Add. of a document named in the address."""
    parent = db.session.scalar(queries.states(workshop).where(Document.key == request.args.get("of", "")))
    kind = next((each for each in SymbolKind if each.value == request.args.get("as")), None)
    if parent is None or kind is None or not parent.symbol:
        return {}
    rows = db.session.scalars(queries.states(workshop)).all()
    number = symbols.next_number(rows, parent.symbol, kind)
    return {
        "kind": parent.kind,
        "title": parent.title,
        "author": parent.author,
        "languages": parent.languages,
        "symbol": parent.symbol,
        "symbol_kind": kind,
        "symbol_number": number,
    }


@bp.route("/workshops/<slug>/desk/papers/<key>/edit", methods=["GET", "POST"])
@documents_officer
def edit_document(workshop: Workshop, key: str) -> HttpResponse | tuple[str, int]:
    document = held_document(workshop, key) if request.method == "POST" else document_or_404(workshop, key)
    form, theirs = open_form(document_form(workshop), rules.text_of(document), posted_form())
    if theirs is None and form.validate_on_submit():
        taken = db.session.scalars(queries.symbols_of(workshop, but=document)).all()
        with form.refusing():
            rules.edit(document, form.typed(rules.DocumentText), taken=taken)
            db.session.commit()
            flash(_("Saved."))
            return back_to(document)
        db.session.rollback()
        document = document_or_404(workshop, key)
    page = render_template(
        "programme/papers/edit_document.html", workshop=workshop, document=document, form=form, theirs=theirs
    )
    return page, 409 if theirs else 200


def held_session(workshop: Workshop, number: int) -> Session:
    """The session with everything in it, or 404; others wait while this one is being changed."""
    if request.method == "POST":
        db.session.scalars(series_queries.lock_workshop(workshop)).one()
    found: Session = db.one_or_404(agenda.sessions(workshop).where(Session.number == number))
    return found
