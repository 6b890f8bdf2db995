"""The list of participants: as it would be, published by a decision, and as anybody reads it and takes it away."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, files, made_files, prints
from workshop.platform.access import limited, public
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.i18n import LOCALES, language
from workshop.secretariat.series.membership import organiser, programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop, workshop_named

from .. import bp, queries, rules
from ..forms import EditionForm
from ..models import ListEdition, ListPrint
from ..tasks import DRAFT_LIST, LIST_DOCUMENT, LIST_TABLE, RENDER
from ..views import today
from . import list_files, participants_list
from .list_print import fingerprint
from .participants_list import Line, ListPart


@bp.get("/workshops/<slug>/desk/participants/list")
@programme_officer
def draft_list(workshop: Workshop) -> str:
    """As it would be published now, and what has been."""
    return list_page(workshop, EditionForm(formdata=None))


def list_page(workshop: Workshop, form: EditionForm) -> str:
    everybody = draft_lines(workshop)
    lines = participants_list.without(everybody, ids_shown(workshop))
    return render_template(
        "participation/registration/draft_list.html",
        workshop=workshop,
        parts=participants_list.in_language(lines, language(), workshop.starts_on),
        opted_out=len(everybody) - len(lines),
        editions=db.session.scalars(queries.editions(workshop.id)).all(),
        form=form,
        may_publish=may_publish(workshop),
    )


def may_publish(workshop: Workshop) -> str:
    """Why it cannot be published; nothing where it can."""
    try:
        rules.refuse_closed_meeting(workshop)
    except RuleBroken as refusal:
        return str(refusal.message)
    return ""


def draft_lines(workshop: Workshop) -> list[Line]:
    """Everybody who has a seat and a name."""
    rows = db.session.execute(queries.LISTED, {"workshop": workshop.id})
    return [participants_list.line_of(dict(row._mapping)) for row in rows]


def ids_shown(workshop: Workshop) -> set[int]:
    return set(db.session.scalars(queries.shown_ids(workshop.id)))


@bp.post("/workshops/<slug>/desk/participants/list/publish")
@organiser
def publish_list(workshop: Workshop) -> HttpResponse | str:
    """Everybody reads it from now on; those who opted out are not in it."""
    db.session.scalars(lock_workshop(workshop)).one()
    form = EditionForm()
    if form.validate_on_submit():
        with form.refusing():
            rules.refuse_closed_meeting(workshop)
            earlier = db.session.scalars(queries.editions(workshop.id)).all()
            rules.next_kind(form.kind.data, [each.kind for each in earlier if each.withdrawn_at is None])
            lines = participants_list.without(draft_lines(workshop), ids_shown(workshop))
            edition = ListEdition(
                workshop=workshop,
                number=max((each.number for each in earlier), default=0) + 1,
                kind=form.kind.data,
                entries=[each.as_json() for each in lines],
                published_at=now(),
                as_of=today(workshop),
                corrections_by=form.corrections_by.data,
                published_by=current_user.id,
            )
            workshop.changed_in_public()
            record = audit.record("publish list of participants", workshop.slug, who=current_user.id, at=now())
            db.session.add_all([edition, record])
            db.session.commit()
            shown = _("The list is published.")
            flash(shown if workshop.published else _("Published. Readers see it once the workshop is public."))
            return redirect(url_for(".draft_list", slug=workshop.slug))
    return list_page(workshop, form)


@bp.post("/workshops/<slug>/desk/participants/list/<int:number>/withdraw")
@organiser
def withdraw_list(workshop: Workshop, number: int) -> HttpResponse:
    """It is no longer shown; the one before it is again, if there is one."""
    db.session.scalars(lock_workshop(workshop)).one()
    edition: ListEdition = db.one_or_404(queries.editions(workshop.id).where(ListEdition.number == number))
    edition.withdrawn_at = edition.withdrawn_at or now()
    workshop.changed_in_public()
    db.session.commit()
    flash(_("The list is withdrawn."))
    return redirect(url_for(".draft_list", slug=workshop.slug))


@bp.get("/workshops/<slug>/participants")
@public
def participants(slug: str) -> str:
    """The list as published, in the language of the reader."""
    workshop, edition = shown_edition(slug)
    return render_template(
        "participation/registration/participants.html",
        workshop=workshop,
        edition=edition,
        parts=parts_of(workshop, edition, language()),
        notes=list_files.notes_of(edition),
        designations=list_files.designations(),
        code=code_asked(workshop),
    )


def shown_edition(slug: str) -> tuple[Workshop, ListEdition]:
    """Of a published workshop whose mode lets anybody know who was there; else there is none."""
    workshop: Workshop = db.one_or_404(workshop_named(slug).where(Workshop.published))
    edition = db.session.scalars(queries.shown_edition(workshop.id)).one_or_none()
    if edition is None or may_publish(workshop):
        abort(404)
    return workshop, edition


def parts_of(workshop: Workshop, edition: ListEdition, code: str) -> list[ListPart]:
    lines = [participants_list.line_of(each) for each in edition.entries]
    lines = participants_list.without(lines, ids_shown(workshop))
    return participants_list.in_language(lines, code, workshop.starts_on)


def code_asked(workshop: Workshop) -> str:
    """The language of the paper: the one asked for, where the workshop has it, else its first."""
    wanted = (request.args.get("lang"), language())
    return next((code for code in wanted if code in workshop.languages), workshop.languages[0])


@bp.get("/workshops/<slug>/participants.docx")
@public
@limited("60 per minute", methods=("GET",))
def participants_docx(slug: str) -> HttpResponse:
    return give_list(slug, LIST_DOCUMENT, "docx")


@bp.get("/workshops/<slug>/participants.xlsx")
@public
@limited("60 per minute", methods=("GET",))
def participants_xlsx(slug: str) -> HttpResponse:
    return give_list(slug, LIST_TABLE, "xlsx")


def give_list(slug: str, kind: str, form: str) -> HttpResponse:
    workshop, edition = shown_edition(slug)
    code = code_asked(workshop)
    back = url_for(".participants", slug=slug)
    return made_files.give(kind, f"{slug}-participants-{code}.{form}", language=code, back=back, edition=edition.id)


@bp.get("/workshops/<slug>/participants.pdf")
@public
def participants_pdf(slug: str) -> HttpResponse | tuple[str, int]:
    """The PDF from storage; where there is none yet it is asked for, and a page says how far it is."""
    workshop, edition = shown_edition(slug)
    code = code_asked(workshop)
    with force_locale(LOCALES.get(code, LOCALES["en"])):
        mark = fingerprint(edition, parts_of(workshop, edition, code), code)
    found = db.session.scalar(queries.list_print(edition, code, mark))
    wanted = found or ListPrint(workshop=workshop, edition=edition, language=code, fingerprint=mark)
    if wanted.stored_as:
        response = HttpResponse(files.get(wanted.stored_as), mimetype="application/pdf")
        response.headers.set("Content-Disposition", "inline", filename=f"{slug}-participants-{code}.pdf")
        return response
    try:
        prints.ask(wanted, RENDER, at=now())
        db.session.commit()
    except IntegrityError:  # somebody else has asked for it at the same moment
        db.session.rollback()
    page = render_template(
        "participation/registration/pdf_progress.html", workshop=workshop, code=code, **prints.progress(wanted)
    )
    return page, 202


@bp.get("/workshops/<slug>/desk/participants/list.xlsx")
@programme_officer
def draft_list_xlsx(workshop: Workshop) -> HttpResponse:
    """The same as a file before it is published; under the Chatham House Rule there is none."""
    with flashing_refusal():
        rules.refuse_closed_meeting(workshop)
        name, back = f"{workshop.slug}-participants-draft.xlsx", url_for(".draft_list", slug=workshop.slug)
        return made_files.give(DRAFT_LIST, name, language=language(), back=back, workshop=workshop.id)
    return redirect(url_for(".draft_list", slug=workshop.slug))
