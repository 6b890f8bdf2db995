"""The agenda to take away: calendar, schedule, Word, Excel, PDF. Only what was published, in the reader's language."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from flask import abort, redirect, render_template, request, url_for
from flask_babel import force_locale
from markupsafe import Markup
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import files, made_files, prints
from workshop.platform.access import limited, public
from workshop.platform.caching import keep_page, read_state
from workshop.platform.db import db, now
from workshop.platform.i18n import LOCALES, language
from workshop.programme.releases.queries import shown_agendas
from workshop.programme.releases.released import ReleasedSession
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import PUBLIC_STATE

from . import bp, history, queries
from .exports import CALENDAR, OUTPUTS
from .models import AgendaPrint, Layout
from .programme_print import fingerprint
from .published_programme import Programme
from .tasks import AGENDA, RENDER
from .writers import ical
from .writers.json_ld import WorkshopEvent, json_ld


@bp.app_template_global()
def structured_data(workshop: WorkshopEvent, agenda: Sequence[ReleasedSession] = ()) -> Markup:
    """For the public pages, which come later: the workshop as search engines read it."""
    return json_ld(workshop, agenda, language())


def state_of(slug: str, **_address: object) -> tuple[object, ...] | None:
    """What the files of a published workshop depend on."""
    row = read_state(PUBLIC_STATE, {"slug": slug})
    return row and tuple(row)


@bp.get("/workshops/<slug>/agenda.ics")
@public
@keep_page(state_of)
def calendar(slug: str) -> HttpResponse:
    return send_calendar(shown_workshop(slug))


@bp.get("/workshops/<slug>/agenda/sessions/<int:number>.ics")
@public
@keep_page(state_of)
def session_calendar(slug: str, number: int) -> HttpResponse:
    return send_calendar(shown_workshop(slug), number)


@bp.get("/workshops/<slug>/agenda.xml")
@public
@keep_page(state_of)
def schedule_xml(slug: str) -> HttpResponse:
    return send(shown_workshop(slug), "xml")


@bp.get("/workshops/<slug>/agenda.json")
@public
@keep_page(state_of)
def schedule_json(slug: str) -> HttpResponse:
    return send(shown_workshop(slug), "json")


@bp.get("/workshops/<slug>/agenda.docx")
@public
@limited("60 per minute")
def word(slug: str) -> HttpResponse:
    return send_made(shown_workshop(slug), "docx")


@bp.get("/workshops/<slug>/agenda.xlsx")
@public
@limited("60 per minute")
def table(slug: str) -> HttpResponse:
    return send_made(shown_workshop(slug), "xlsx")


@bp.get("/workshops/<slug>/agenda.csv")
@public
@keep_page(state_of)
def table_csv(slug: str) -> HttpResponse:
    return send(shown_workshop(slug), "csv")


@bp.get("/workshops/<slug>/agenda.pdf")
@public
@keep_page(state_of)
def programme_pdf(slug: str) -> HttpResponse:
    return send_pdf(shown_workshop(slug), Layout.PROGRAMME)


@bp.get("/workshops/<slug>/agenda/overview.pdf")
@public
@keep_page(state_of)
def overview_pdf(slug: str) -> HttpResponse:
    return send_pdf(shown_workshop(slug), Layout.OVERVIEW)


@bp.get("/workshops/<slug>/agenda/pdf/<layout>")
@public
def pdf_progress(slug: str, layout: str) -> str:
    """How far the PDF is, or why there is none."""
    workshop = shown_workshop(slug)
    wanted = one_of(layout)
    print_ = wanted_print(workshop, wanted)
    address = {"slug": slug, "layout": wanted.value, "lang": print_.language}
    return render_template(
        "programme/agenda_out/pdf_progress.html",
        workshop=workshop,
        layout=wanted,
        paper_language=print_.language,
        address=address,
        opens=url_for(PDFS[wanted], slug=slug, lang=print_.language),
        **prints.progress(print_),
    )


@bp.post("/workshops/<slug>/agenda/pdf/<layout>")
@public
@limited("10 per minute")
def ask_for_pdf(slug: str, layout: str) -> HttpResponse:
    """Have a PDF made that is missing or could not be made before."""
    workshop = shown_workshop(slug)
    return have_made(wanted_print(workshop, one_of(layout)))


PDFS = {Layout.PROGRAMME: "agenda_out.programme_pdf", Layout.OVERVIEW: "agenda_out.overview_pdf"}


def one_of(layout: str) -> Layout:
    return Layout(layout) if layout in list(Layout) else abort(404)


def shown_workshop(slug: str) -> Workshop:
    workshop: Workshop = db.one_or_404(queries.shown_workshop(slug))
    return workshop


def language_for(workshop: Workshop) -> str:
    """The language asked for, where the workshop has it, else the reader's own, else the first of the workshop."""
    wanted = (request.args.get("lang"), language())
    return next((code for code in wanted if code in workshop.languages), workshop.languages[0])


def in_language(code: str) -> AbstractContextManager[None]:
    """Everything inside is said in this language."""
    return force_locale(LOCALES.get(code, code))


def published_in(workshop: Workshop, code: str) -> Programme:
    return queries.published_programme(db.session, workshop, code) or abort(404)


def send(workshop: Workshop, form: str) -> HttpResponse:
    code, output = language_for(workshop), OUTPUTS[form]
    with in_language(code):
        content = output.write(published_in(workshop, code))
    return as_file(content, output.mimetype, f"{workshop.slug}-{code}.{form}", inline=output.inline)


def send_made(workshop: Workshop, form: str) -> HttpResponse:
    """What takes a worker to write."""
    code = language_for(workshop)
    return made_files.give(
        AGENDA[form],
        f"{workshop.slug}-{code}.{form}",
        language=code,
        back=url_for("public.agenda", slug=workshop.slug),
        workshop=workshop.id,
    )


def send_calendar(workshop: Workshop, number: int | None = None) -> HttpResponse:
    """All sessions, or the one of that number."""
    code = language_for(workshop)
    name = f"{workshop.slug}-{code}.ics" if number is None else f"{workshop.slug}-{number}-{code}.ics"
    with in_language(code):
        content = calendar_of(workshop, code, number)
    return as_file(content, CALENDAR, name, inline=True)


def calendar_of(workshop: Workshop, code: str, number: int | None) -> bytes:
    releases = db.session.scalars(queries.releases(workshop)).all() or abort(404)
    standings = history.standings(releases, shown_agendas(db.session, releases), history.sessions)
    if number is not None:
        standings = [each for each in standings if each.timed.session.number == number and not each.gone_at]
        if not standings:
            abort(404)
    programme = queries.bare(workshop, releases[-1], code)
    return ical.write(programme, standings, name=programme.title.text)


def as_file(content: bytes, mimetype: str, name: str, *, inline: bool) -> HttpResponse:
    response = HttpResponse(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "inline" if inline else "attachment", filename=name)
    return response


def wanted_print(workshop: Workshop, layout: Layout) -> AgendaPrint:
    """The PDF of the programme as it stands: made, asked for, or a new row that is not saved yet."""
    code = language_for(workshop)
    with in_language(code):
        mark = fingerprint(published_in(workshop, code), layout)
    found = db.session.scalar(queries.agenda_print(workshop, layout, code, mark))
    return found or AgendaPrint(workshop=workshop, layout=layout, language=code, fingerprint=mark)


def send_pdf(workshop: Workshop, layout: Layout) -> HttpResponse:
    """The PDF from storage; where there is none yet it is asked for, and a page says how far it is."""
    print_ = wanted_print(workshop, layout)
    if not print_.stored_as:
        return have_made(print_) if print_.state == "missing" else to_progress(print_)
    name = f"{workshop.slug}-{layout.value}-{print_.language}.pdf"
    return as_file(files.get(print_.stored_as), "application/pdf", name, inline=True)


def have_made(print_: AgendaPrint) -> HttpResponse:
    """Ask for it, unless somebody has."""
    try:
        prints.ask(print_, RENDER, at=now())
        db.session.commit()
    except IntegrityError:  # somebody else has asked for it at the same moment
        db.session.rollback()
    return to_progress(print_)


def to_progress(print_: AgendaPrint) -> HttpResponse:
    slug = request.view_args["slug"] if request.view_args else ""
    return redirect(url_for("agenda_out.pdf_progress", slug=slug, layout=print_.layout.value, lang=print_.language))
