"""The letters as they were written: the register of numbers, each as Word file, one or all as PDF; also for whom they are for."""

from collections.abc import Sequence

from flask import abort, redirect, render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import files, made_files, prints
from workshop.platform.access import by_link, limited
from workshop.platform.comma_separated import as_csv
from workshop.platform.db import db, now
from workshop.platform.i18n import LOCALES, language
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop

from .. import bp, queries
from ..models import Delegation, DelegationLetter, LetterPrint
from ..statuses import Purpose
from ..tasks import DOCUMENT, RENDER
from .letter_print import fingerprint
from .letter_wording import address_of

focal_point = by_link(queries.delegation_by_link)


@bp.get("/workshops/<slug>/desk/participants/letters")
@programme_officer
def letters(workshop: Workshop) -> str:
    """Every number given, in order; a gap would be seen here."""
    return render_template(
        "participation/delegations/letters.html",
        workshop=workshop,
        letters=[each for each in db.session.scalars(queries.letters(workshop)) if each.purpose is not Purpose.LINK],
    )


@bp.get("/workshops/<slug>/desk/participants/labels.csv")
@programme_officer
def labels_csv(workshop: Workshop) -> HttpResponse:
    """The address of every delegation line by line in its language, for labels and envelopes by mail merge."""
    lines = {each: address_lines(each) for each in db.session.scalars(queries.delegations(workshop)).all()}
    width = max((len(each) for each in lines.values()), default=1)
    head = [_("Address, line %(number)s", number=number) for number in range(1, width + 1)]
    rows: list[list[str]] = [[*head, _("Language"), _("Email"), _("Status")]]
    for one, address in sorted(lines.items(), key=lambda pair: pair[1]):
        padded = [*address, *[""] * (width - len(address))]
        rows.append([*padded, one.language, one.email, str(one.standing.label)])
    response = HttpResponse(as_csv(rows), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=f"{workshop.slug}-labels.csv")
    return response


def address_lines(one: Delegation) -> list[str]:
    with force_locale(LOCALES.get(one.language, LOCALES["en"])):
        return address_of(one, one.language)


@bp.get("/workshops/<slug>/desk/participants/letters/<int:id>.docx")
@programme_officer
def letter_docx(workshop: Workshop, id: int) -> HttpResponse:
    found = letter_or_404(db.session.scalars(queries.letters(workshop)).all(), id)
    return give_document(found, back=url_for(".letters", slug=workshop.slug))


@bp.get("/workshops/<slug>/desk/participants/letters/<int:id>.pdf")
@programme_officer
def letter_pdf(workshop: Workshop, id: int) -> HttpResponse:
    found = letter_or_404(db.session.scalars(queries.letters(workshop)).all(), id)
    return send_pdf(workshop, [found], back=url_for(".letters", slug=workshop.slug), code=found.language)


@bp.get("/workshops/<slug>/desk/participants/letters.pdf")
@programme_officer
def letters_pdf(workshop: Workshop) -> HttpResponse:
    """All of them as one file, to be printed, initialled and stamped."""
    found = [each for each in db.session.scalars(queries.letters(workshop)) if each.purpose is not Purpose.LINK]
    return send_pdf(workshop, found or abort(404), back=url_for(".letters", slug=workshop.slug), code=language())


@bp.get("/n/<token>/letters/<int:id>.docx")
@focal_point
@limited("60 per minute", methods=("GET",))
def own_letter_docx(token: str, delegation: Delegation, id: int) -> HttpResponse:
    found = letter_or_404(own_letters(delegation), id)
    return give_document(found, back=url_for(".nomination", token=token))


@bp.get("/n/<token>/letters/<int:id>.pdf")
@focal_point
@limited("60 per minute", methods=("GET",))
def own_letter_pdf(token: str, delegation: Delegation, id: int) -> HttpResponse:
    found = letter_or_404(own_letters(delegation), id)
    back = url_for(".nomination", token=token)
    return send_pdf(delegation.workshop, [found], back=back, code=found.language)


def own_letters(delegation: Delegation) -> list[DelegationLetter]:
    """Those of one delegation; those that only carried a link are no letters."""
    found = db.session.scalars(queries.letters(delegation.workshop))
    return [each for each in found if each.delegation_id == delegation.id and each.purpose is not Purpose.LINK]


def letter_or_404(letters: Sequence[DelegationLetter], id: int) -> DelegationLetter:
    return next((each for each in letters if each.id == id), None) or abort(404)


def give_document(letter: DelegationLetter, *, back: str) -> HttpResponse:
    name = f"{letter.reference.replace('/', '-')}-{letter.language}.docx"
    return made_files.give(DOCUMENT, name, language=letter.language, back=back, letter=letter.id)


def send_pdf(workshop: Workshop, letters: Sequence[DelegationLetter], *, back: str, code: str) -> HttpResponse:
    """The PDF from storage; where there is none yet it is asked for, and a page says how far it is."""
    with force_locale(LOCALES.get(code, LOCALES["en"])):
        mark = fingerprint(letters)
    found = db.session.scalar(queries.letter_print(workshop, code, mark))
    wanted = found or LetterPrint(
        workshop=workshop, language=code, fingerprint=mark, letter_ids=[each.id for each in letters]
    )
    if wanted.stored_as:
        name = letters[0].reference.replace("/", "-") if len(letters) == 1 else f"{workshop.slug}-letters"
        response = HttpResponse(files.get(wanted.stored_as), mimetype="application/pdf")
        response.headers.set("Content-Disposition", "inline", filename=f"{name}.pdf")
        return response
    try:
        prints.ask(wanted, RENDER, at=now())
        db.session.commit()
    except IntegrityError:  # somebody else has asked for it at the same moment
        db.session.rollback()
        return redirect(back)
    page = render_template(
        "participation/delegations/pdf_progress.html", workshop=workshop, back=back, **prints.progress(wanted)
    )
    return HttpResponse(page, 202)
