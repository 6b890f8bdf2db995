"""The two searches: of everybody, in what is public; and of organisers, in drafts and received papers too."""

from collections.abc import Sequence

from flask import render_template, request, url_for
from sqlalchemy import Select

from workshop.deliberation.plenary.queries import page_of
from workshop.platform.access import limited, public
from workshop.platform.db import db, now
from workshop.platform.i18n import language
from workshop.programme.agenda.queries import sessions
from workshop.programme.releases.queries import newest_release
from workshop.programme.releases.released import sessions_of
from workshop.programme.releases.rules import as_published
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, index_entries, queries, query_terms, ranking
from .index_entries import Entry
from .query_terms import Question
from .ranking import SearchResult


@bp.get("/workshops/<slug>/search")
@public
@limited("60 per minute", methods=("GET",))
def results(slug: str) -> str:
    workshop = db.first_or_404(queries.published_workshop(slug))
    page = db.session.execute(page_of(workshop)).one()
    question = query_terms.read(request.args.get("q", ""))
    found = found_in(question, public_entries(workshop, question) if not question.is_empty else [])
    return render_template(
        "front/search/results.html", workshop=page, question=question, found=found, address=address_of(slug)
    )


@bp.get("/workshops/<slug>/desk/search")
@organiser
def desk(workshop: Workshop) -> str:
    question = query_terms.read(request.args.get("q", ""))
    found = found_in(question, all_entries(workshop, question) if not question.is_empty else [])
    inside = address_of(workshop.slug, inside=True)
    return render_template("front/search/desk.html", workshop=workshop, question=question, found=found, address=inside)


def public_entries(workshop: Workshop, question: Question) -> list[Entry]:
    """What the newest release says, papers that everybody may open now, and published reports."""
    release = db.session.scalars(newest_release(workshop.id)).one_or_none()
    agenda = release.sessions if release else []
    listed = {session.id for session in agenda}
    groups = [row for row in db.session.execute(queries.groups(workshop)) if row.session_id in listed]
    papers = db.session.execute(queries.public_papers(workshop, question.phrases, at=now())).all()
    reports = db.session.execute(queries.public_paragraphs(workshop)).all()
    return [
        *index_entries.of_agenda(agenda, groups),
        *index_entries.of_papers(papers, agenda, inside=False, phrases=len(question.phrases)),
        *index_entries.of_reports(reports),
    ]


def all_entries(workshop: Workshop, question: Question) -> list[Entry]:
    """The draft agenda, every document whatever its state, and reports that are not published yet."""
    agenda = sessions_of(as_published(db.session.scalars(sessions(workshop)).all()))
    papers = db.session.execute(queries.papers(workshop, question.phrases)).all()
    return [
        *index_entries.of_agenda(agenda, db.session.execute(queries.groups(workshop)).all()),
        *index_entries.of_papers(papers, agenda, inside=True, phrases=len(question.phrases)),
        *index_entries.of_reports(db.session.execute(queries.paragraphs(workshop)).all()),
    ]


def found_in(question: Question, everything: Sequence[Entry]) -> SearchResult:
    """The hits with their excerpts; the long texts are read of those alone that are shown."""
    found = ranking.find(question, everything)
    statement: Select[int, str] = queries.texts(found.files)
    texts = {row.file_id: row.text for row in db.session.execute(statement)} if found.files else {}
    ranking.illustrate(found, texts, language())
    return found


def address_of(slug: str, *, inside: bool = False) -> "Addresses":
    return Addresses(slug, inside)


class Addresses:
    """Where each hit leads."""

    def __init__(self, slug: str, inside: bool) -> None:
        self.slug, self.inside = slug, inside

    def __call__(self, entry: Entry) -> str:
        kind, which = entry.place
        if kind == "session" and self.inside:
            return url_for("agenda.edit_session", slug=self.slug, number=int(which))
        if kind == "session":
            return url_for("public.agenda", slug=self.slug, _anchor=f"session-{which}")
        if kind == "document":
            return url_for("papers.document", slug=self.slug, key=which)
        if kind == "file":
            key, _slash, code = which.rpartition("/")
            return url_for("papers.download", key=key, language=code)
        report, _hash, paragraph = which.partition("#")
        return url_for("plenary.report", slug=self.slug, report=report, _anchor=paragraph)
