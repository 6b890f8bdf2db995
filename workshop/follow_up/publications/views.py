"""The library as everybody reads it: the list, one publication, its files and its citation for reference managers."""

from datetime import date, datetime
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import urlencode

from flask import abort, render_template, request
from sqlalchemy import Select
from werkzeug.utils import secure_filename
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import files
from workshop.platform.access import limited, public
from workshop.platform.db import db, now
from workshop.platform.foreign import limits
from workshop.platform.i18n import LANGUAGES, language
from workshop.platform.mail import link_to
from workshop.platform.search_normalise import words

from . import bibliographic, bp, citation_styles, queries, rules
from .models import FilePurpose, Publication, PublicationFile, PublicationKind

READ_SPEED = "120 per minute"


@bp.get("/publications")
@public
@limited(READ_SPEED, methods=("GET",))
def library() -> str:
    """Every public publication, the newest first, narrowed by what the address asks for."""
    at, asked = now(), request.args
    series = db.session.scalars(queries.public_series(at)).all()
    kind = next((each for each in PublicationKind if each.value == asked.get("kind")), None)
    code = asked.get("language", "") if asked.get("language") in LANGUAGES else ""
    chosen = asked.get("series", "") if asked.get("series") in {each.slug for each in series} else ""
    typed = asked.get("q", "").strip()[:200]
    found = queries.narrowed(
        queries.public_publications(at), kind=kind, series=chosen, language=code, sought=words(typed)
    )
    rows = db.session.scalars(those_after(found).limit(queries.A_PAGE + 1)).all()
    asked_for: dict[str, str] = {"kind": kind.value if kind else "", "language": code, "series": chosen, "q": typed}
    narrowed_by = {name: value for name, value in asked_for.items() if value}
    onward = ""
    if len(rows) > queries.A_PAGE:
        last = rows[queries.A_PAGE - 1]
        after = f"{last.issued_on.isoformat()}.{last.id}"
        onward = f"{request.path}?{urlencode({**narrowed_by, 'after': after})}"
    return render_template(
        "follow_up/publications/library.html",
        publications=rows[: queries.A_PAGE],
        series=series,
        kinds=list(PublicationKind),
        chosen=narrowed_by,
        onward=onward,
        is_first="after" not in asked,
    )


def those_after(found: Select[Publication]) -> Select[Publication]:
    """What follows the publication that the address names by its date and number; everything where it names none."""
    day, _dot, id = request.args.get("after", "").partition(".")
    try:
        return queries.after(found, date.fromisoformat(day), int(id))
    except ValueError:
        return found


@bp.get("/publications/<slug>")
@public
def publication(slug: str) -> str:
    return page_of(public_publication(slug), at=now())


def public_publication(slug: str) -> Publication:
    """With all its parts; before its embargo ends there is nothing of that name."""
    found: Publication = db.one_or_404(
        queries.whole(queries.public_publications(now())).where(Publication.slug == slug)
    )
    return found


def page_of(publication: Publication, *, at: datetime, preview: str = "") -> str:
    """The page as everybody reads it; `preview` is where an organiser who looks at it beforehand goes back to."""
    one = reference_of(publication)
    texts = publication.files_for(FilePurpose.TEXT)
    return render_template(
        "follow_up/publications/publication.html",
        publication=publication,
        texts=texts,
        copies=publication.files_for(FilePurpose.ARCHIVED) or texts,
        press=publication.files_for(FilePurpose.PRESS),
        report=publication.edition.report if publication.edition and rules.shows_report(publication) else None,
        dead_since=publication.dead_since(publication.link),
        launch_dead_since=publication.dead_since(publication.launch_link),
        citations=citation_styles.in_styles(one),
        dublin_core=bibliographic.dublin_core(publication, one),
        structured_data=partial(bibliographic.schema_org, publication, one),
        extensions=limits.EXTENSIONS,
        preview=preview,
    )


def reference_of(publication: Publication) -> citation_styles.Reference:
    return citation_styles.reference(
        publication, language(), link_to("publications.publication", slug=publication.slug)
    )


@bp.get("/publications/<slug>/citation.bib")
@public
def bibtex(slug: str) -> HttpResponse:
    return as_text(slug, citation_styles.bibtex(reference_of(public_publication(slug))), "application/x-bibtex", "bib")


@bp.get("/publications/<slug>/citation.ris")
@public
def ris(slug: str) -> HttpResponse:
    return as_text(
        slug, citation_styles.ris(reference_of(public_publication(slug))), "application/x-research-info-systems", "ris"
    )


def as_text(slug: str, text: str, media_type: str, ending: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{media_type}; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{slug}.{ending}")
    return response


@bp.get("/publications/<slug>/files/<int:id>")
@public
@limited(READ_SPEED, methods=("GET",))
def file(slug: str, id: int) -> HttpResponse:
    found = public_publication(slug)
    return as_attachment(next((each for each in found.files if each.id == id), None) or abort(404))


def as_attachment(one: PublicationFile) -> HttpResponse:
    """Under the name it came with, but with the ending that its content has earned."""
    stem = secure_filename(PurePosixPath(one.filename).stem) or f"{one.publication.slug}-{one.language}"
    return files.attachment(one.stored_as, f"{stem}.{limits.EXTENSIONS[one.media_type]}", one.media_type)
