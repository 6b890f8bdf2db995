"""The two searches: of everybody, in what is public; and of organisers, in drafts and received papers too."""

from collections.abc import Callable

from flask import render_template, request, url_for
from sqlalchemy import Select

from workshop.deliberation.editions.edition_content import public_editions
from workshop.deliberation.editions.queries import page_of
from workshop.platform.access import limited, public
from workshop.platform.db import db, now
from workshop.platform.i18n import language
from workshop.programme.agenda.queries import sessions
from workshop.programme.groups.queries import groups
from workshop.programme.releases.queries import newest_release, shown_agenda
from workshop.programme.releases.released import sessions_of
from workshop.programme.releases.rules import as_published
from workshop.secretariat.activity.queries import newest_change_anywhere
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, index_entries, queries, query_terms, ranking
from .index_entries import Entry
from .query_terms import Question
from .ranking import SearchResult
from .word_index import IndexStore, SearchIndex

indexes = IndexStore()


@bp.get("/workshops/<slug>/search")
@public
@limited("60 per minute", methods=("GET",))
def results(slug: str) -> str:
    workshop = db.first_or_404(queries.published_workshop(slug))
    page = db.session.execute(page_of(workshop)).one()
    question = query_terms.read(request.args.get("q", ""))
    found = found_in(question, lambda: public_index(workshop))
    return render_template(
        "front/search/results.html", workshop=page, question=question, found=found, address=address_of(slug)
    )


@bp.get("/workshops/<slug>/desk/search")
@organiser
def desk(workshop: Workshop) -> str:
    question = query_terms.read(request.args.get("q", ""))
    found = found_in(question, lambda: index_of_all(workshop))
    inside = address_of(workshop.slug, inside=True)
    return render_template("front/search/desk.html", workshop=workshop, question=question, found=found, address=inside)


def public_index(workshop: Workshop) -> SearchIndex:
    """What everybody may find: it changes with the version of the workshop, with embargoes, and as files are read."""
    readable = db.session.execute(queries.read_files(queries.public_papers(workshop, at=now()))).all()
    library = db.session.scalars(queries.library(workshop, at=now())).all()
    shared = db.session.scalars(queries.practices(workshop)).all()
    state = (*map(tuple, readable), *(each.slug for each in library), *(each.slug for each in shared))
    return indexes.get(
        ("public", workshop.id, workshop.version, *state),
        lambda: [
            *public_entries(workshop),
            *index_entries.of_publications(library),
            *index_entries.of_practices(shared),
        ],
    )


def index_of_all(workshop: Workshop) -> SearchIndex:
    """What organisers may find: it changes with whatever is written down as a change, and as files are read."""
    readable = db.session.execute(queries.read_files(queries.papers(workshop))).all()
    change = db.session.scalar(newest_change_anywhere())
    return indexes.get(("all", workshop.id, change, *map(tuple, readable)), lambda: all_entries(workshop))


def public_entries(workshop: Workshop) -> list[Entry]:
    """What the newest release says, papers that everybody may open now, and published reports."""
    release = db.session.scalars(newest_release(workshop.id)).one_or_none()
    agenda = shown_agenda(db.session, release)
    papers = db.session.execute(queries.public_papers(workshop, at=now())).all()
    reports = public_editions(db.session, workshop.id)
    return [
        *index_entries.of_agenda(agenda),
        *index_entries.of_papers(papers, agenda, inside=False),
        *index_entries.of_reports(reports),
    ]


def all_entries(workshop: Workshop) -> list[Entry]:
    """The draft agenda, every document whatever its state, and reports in work."""
    agenda = sessions_of(
        as_published(db.session.scalars(sessions(workshop)).all(), groups=db.session.scalars(groups(workshop.id)))
    )
    papers = db.session.execute(queries.papers(workshop)).all()
    return [
        *index_entries.of_agenda(agenda),
        *index_entries.of_papers(papers, agenda, inside=True),
        *index_entries.of_blocks(db.session.scalars(queries.blocks_in_work(workshop))),
    ]


def found_in(question: Question, open_index: Callable[[], SearchIndex]) -> SearchResult:
    """The hits with their excerpts; the long texts are read of those alone that are shown."""
    if question.is_empty:
        return SearchResult({}, {})
    index = open_index()
    said: list[set[int]] = []
    for phrase in question.phrases:
        files = index.files_with(phrase)
        said.append(set(db.session.scalars(queries.with_phrase(files, phrase))) if files else set())
    found = ranking.find(question, index, said)
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
        if kind == "publication":
            return url_for("publications.publication", slug=which)
        if kind == "practice":
            return url_for("practices.practice", slug=which)
        report, _hash, paragraph = which.partition("#")
        if kind == "block":
            name, _slash, chapter = report.partition("/")
            return url_for("plenary.editor", slug=self.slug, report=name, chapter=chapter, _anchor=paragraph)
        return url_for("editions.report", slug=self.slug, report=report, _anchor=paragraph)
