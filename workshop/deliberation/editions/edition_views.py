"""Editions on the desk: making one, reading it, sending it to review, clearing, releasing and withdrawing it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.deliberation.plenary import queries as plenary_queries
from workshop.deliberation.plenary.evidence.source_addresses import addresses
from workshop.deliberation.plenary.evidence.sources import Current, flagged_sources
from workshop.deliberation.plenary.models import PlenaryReport
from workshop.deliberation.plenary.reading import Reading
from workshop.deliberation.plenary.rules import EDITORS
from workshop.platform import audit, files, prints
from workshop.platform.db import Database, db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.i18n import language
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.membership import holding, organiser
from workshop.secretariat.series.models import Role, Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .check_views import undecided_hits
from .comparing import changes_between
from .edition_content import manifest_of, modes_now, text_of
from .edition_print import print_of
from .forms import ReleaseLanguagesForm, ReviewForm, WithdrawForm
from .models import Edition, Rendering
from .tasks import RENDER, STEPS


@bp.get("/workshops/<slug>/desk/reports/<report>/editions")
@holding(*EDITORS)
def editions(workshop: Workshop, report: str) -> str:
    """Every edition of a report, the newest first, and what can be done with it."""
    found = db.one_or_404(plenary_queries.report(workshop, report))
    listed = db.session.scalars(queries.editions(found)).all()
    newest = listed[0] if listed else None
    current = plenary_queries.current(db.session, workshop)
    text = text_of(db.session, found)
    return render_template(
        "deliberation/editions/desk.html",
        workshop=workshop,
        report=found,
        editions=listed,
        newest=newest,
        review=ReviewForm(),
        release=ReleaseLanguagesForm().offer(
            [code for code in workshop.languages if code not in languages_out(newest)]
        ),
        withdraw=WithdrawForm(),
        undecided=undecided_hits(workshop, found, newest.paragraphs) if newest else [],
        flagged=[each for each in text if flagged_sources(each, current)],
        stricter=rules.stricter_now(newest, modes_now(db.session, workshop.id)) if newest else [],
        has_changed=newest is None or newest.digest != digest_now(db.session, found, current),
        has_chair=Role.CHAIR in roles_held(workshop),
    )


def languages_out(edition: Edition | None) -> list[str]:
    return edition.languages_out if edition else []


def digest_now(session: Database, report: PlenaryReport, current: Current) -> str:
    """What an edition made now would be known by."""
    text = text_of(session, report)
    return rules.digest_of(report.title, [each.written() for each in text], manifest_of(session, report, text, current))


def roles_held(workshop: Workshop) -> set[Role]:
    return set(db.session.scalars(queries.roles_held(workshop)))


@bp.post("/workshops/<slug>/desk/reports/<report>/editions")
@holding(*EDITORS)
def make_edition(workshop: Workshop, report: str) -> HttpResponse:
    """Freeze the report as it stands, and have it set as PDF in each language."""
    db.session.scalars(lock_workshop(workshop)).one()
    found = db.one_or_404(plenary_queries.report(workshop, report))
    current = plenary_queries.current(db.session, workshop)
    last = db.session.scalars(queries.editions(found)).first()
    text = text_of(db.session, found)
    with flashing_refusal():
        manifest = manifest_of(db.session, found, text, current)
        edition = rules.make_edition(found, text, manifest, last=last, by=current_user.id, at=now())
        db.session.add(edition)
        db.session.flush()
        ask_for_pdfs(edition)
        note("make edition", edition)
        db.session.commit()
        flash(_("Edition %(number)s is made. Only people who work on the report see it.", number=edition.number))
    return to_editions(workshop, report)


def ask_for_pdfs(edition: Edition) -> None:
    for code in edition.report.workshop.languages:
        rendering = Rendering(edition=edition, language=code, fingerprint=print_of(edition, code))
        prints.ask(rendering, RENDER, STEPS, at=now())


def note(verb: str, edition: Edition) -> None:
    subject = f"{edition.report.workshop.slug}/{edition.report.slug} {edition.number}"
    db.session.add(audit.record(verb, subject, who=current_user.id, at=now()))


def to_editions(workshop: Workshop, report: str) -> HttpResponse:
    return redirect(url_for(".editions", slug=workshop.slug, report=report))


def held_edition(workshop: Workshop, report: str, number: int) -> Edition:
    """An edition, with everybody else kept waiting. 404 where there is none."""
    if request.method == "POST":
        db.session.scalars(lock_workshop(workshop)).one()
    found = db.one_or_404(plenary_queries.report(workshop, report))
    edition: Edition = db.one_or_404(queries.edition(found, number))
    return edition


@bp.get("/workshops/<slug>/desk/reports/<report>/editions/<int:number>")
@holding(*EDITORS)
def edition(workshop: Workshop, report: str, number: int) -> str:
    """An edition as it will be read, or is; those who work on it see what became of each source."""
    it = held_edition(workshop, report, number)
    current = plenary_queries.current(db.session, workshop)
    reading = Reading(it.paragraphs, current, inside=True, address=addresses(workshop, current, inside=True))
    return render_template(
        "deliberation/editions/edition.html",
        workshop=workshop,
        report=it.report,
        edition=it,
        reading=reading,
        on_paper=False,
        paper_language=language(),
        pdfs={
            each.language: each
            for each in db.session.scalars(queries.renderings(it))
            if each.fingerprint == print_of(it, each.language)
        },
    )


@bp.get("/workshops/<slug>/desk/reports/<report>/editions/<int:number>/<lang>.pdf")
@holding(*EDITORS)
def draft_pdf(workshop: Workshop, report: str, number: int, lang: str) -> HttpResponse:
    """The PDF of an edition for those who work on it."""
    it = held_edition(workshop, report, number)
    made = db.session.scalar(queries.rendering(it, lang, print_of(it, lang)))
    if made is None or not made.stored_as:
        flash(_("The PDF is not ready yet."))
        return redirect(url_for(".edition", slug=workshop.slug, report=report, number=number))
    return HttpResponse(files.get(made.stored_as), mimetype="application/pdf")


@bp.get("/workshops/<slug>/desk/reports/<report>/editions/<int:number>/changes/<int:since>")
@holding(*EDITORS)
def changes(workshop: Workshop, report: str, number: int, since: int) -> str:
    """What differs between two editions, paragraph by paragraph."""
    newer, older = held_edition(workshop, report, number), held_edition(workshop, report, since)
    return render_template(
        "deliberation/editions/changes.html",
        workshop=workshop,
        report=newer.report,
        newer=newer,
        older=older,
        changes=changes_between(older.paragraphs, newer.paragraphs),
    )


@bp.post("/workshops/<slug>/desk/reports/<report>/editions/<int:number>/review")
@holding(*EDITORS)
def send_to_review(workshop: Workshop, report: str, number: int) -> HttpResponse:
    """Circulate it among those who work on the report, with a deadline to the minute."""
    it, form = held_edition(workshop, report, number), ReviewForm()
    if form.validate_on_submit():
        with flashing_refusal():
            day, time = form.day.data or abort(400), form.time.data or abort(400)
            until = datetime.combine(day, time, ZoneInfo(workshop.zone))
            rules.send_to_review(it, until=until, at=now())
            note("send edition to review", it)
            db.session.commit()
            flash(_("Edition %(number)s is under review.", number=number))
    else:
        flash(_("Enter a day and a time, such as 18:00. Nothing was changed."))
    return to_editions(workshop, report)


@bp.post("/workshops/<slug>/desk/reports/<report>/editions/<int:number>/clear")
@holding(Role.ORGANISER, Role.CHAIR)
def clear(workshop: Workshop, report: str, number: int) -> HttpResponse:
    """The chair stands for the text; the secretariat does where the workshop has no chair."""
    it = held_edition(workshop, report, number)
    if Role.CHAIR in roles_held(workshop) and Role.CHAIR not in held_by_reader(workshop):
        flash(_("This workshop has a chair: she or he clears the report."))
        return to_editions(workshop, report)
    current = plenary_queries.current(db.session, workshop)
    flagged = [each for each in text_of(db.session, it.report) if flagged_sources(each, current)]
    with flashing_refusal():
        hits = undecided_hits(workshop, it.report, it.paragraphs)
        objections = sum(db.session.scalars(each).one() for each in queries.undecided_remarks(it))
        rules.clear(it, hits, flagged, objections=objections, by=signed_in(), at=now())
        ask_for_pdfs(it)
        note("clear edition", it)
        db.session.commit()
        flash(_("Edition %(number)s is cleared.", number=number))
    return to_editions(workshop, report)


def signed_in() -> User:
    """The account of the reader, as a row."""
    return db.session.get_one(User, current_user.id)


def held_by_reader(workshop: Workshop) -> set[Role]:
    return set(db.session.scalars(queries.roles_held(workshop, current_user)))


@bp.post("/workshops/<slug>/desk/reports/<report>/editions/<int:number>/release")
@organiser
def release(workshop: Workshop, report: str, number: int) -> HttpResponse:
    """Show it to everyone, in the languages that are chosen."""
    it = held_edition(workshop, report, number)
    form = ReleaseLanguagesForm().offer(workshop.languages)
    if form.validate_on_submit():
        with flashing_refusal():
            rules.release(it, form.languages.data or [], by=current_user.id, at=now())
            note("release edition", it)
            db.session.commit()
            flash(_("Edition %(number)s is released.", number=number))
    return to_editions(workshop, report)


@bp.post("/workshops/<slug>/desk/reports/<report>/editions/<int:number>/withdraw")
@organiser
def withdraw(workshop: Workshop, report: str, number: int) -> HttpResponse:
    """Take it out of everyone's sight; it can be restored."""
    it, form = held_edition(workshop, report, number), WithdrawForm()
    if form.validate_on_submit():
        with flashing_refusal():
            rules.withdraw(it, because=form.because.data or "", at=now())
            note("withdraw edition", it)
            db.session.commit()
            flash(_("The report is no longer public. Nothing in it was lost."))
    else:
        flash(_("Say why it is withdrawn. Nothing was changed."))
    return to_editions(workshop, report)


@bp.post("/workshops/<slug>/desk/reports/<report>/editions/<int:number>/restore")
@organiser
def restore(workshop: Workshop, report: str, number: int) -> HttpResponse:
    it = held_edition(workshop, report, number)
    with flashing_refusal():
        rules.restore(it)
        note("restore edition", it)
        db.session.commit()
        flash(_("Edition %(number)s is public again.", number=number))
    return to_editions(workshop, report)
