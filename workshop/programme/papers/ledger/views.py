"""The organisers' list of all documents, what can be done with several at once, and the table by language."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import on_day
from workshop.platform.lists import Column, Filter, Listing
from workshop.secretariat.register.models import Person
from workshop.secretariat.series import queries as series_queries
from workshop.secretariat.series.membership import documents_officer, refuse_role
from workshop.secretariat.series.models import Role, Workshop

from .. import bp, queries, rules
from ..models import Document, State
from . import language_matrix

TOGETHER = {
    rules.Verb.CLEAR: rules.clear,
    rules.Verb.PUBLISH: rules.publish,
    rules.Verb.MARK_NOT_PROVIDED: rules.mark_not_provided,
}  # what can be done with several at once


@bp.get("/workshops/<slug>/desk/papers")
@documents_officer
def desk(workshop: Workshop) -> str:
    today = on_day(now(), workshop.zone)
    documents = rules.in_order(db.session.scalars(queries.documents_listed(workshop)).unique())
    overdue = {each.id for each in documents if rules.is_overdue(each, today=today)}
    waiting = {each.id for each in documents if rules.needs_someone(each, today=today)}
    on_items: dict[int | None, list[Person]] = defaultdict(list)
    for item_id, who in db.session.execute(queries.people_on_items(workshop)):
        on_items[item_id].append(who)
    providers = {each.id: rules.providers_among(each, on_items.get(each.item_id, ())) for each in documents}
    return render_template(
        "programme/papers/desk.html",
        workshop=workshop,
        listing=listing_of(documents, providers, overdue=overdue, waiting=waiting),
        waiting=waiting,
        overdue=overdue,
        providers=providers,
        verbs=[verb for verb in TOGETHER if verb is not rules.Verb.PUBLISH or g.may_open("papers.publish")],
    )


def listing_of(
    documents: Sequence[Document], providers: Mapping[int, str], *, overdue: Set[int], waiting: Set[int]
) -> Listing[Document]:
    """All documents, those that need action first and by session where nothing else is asked for; found by title, symbol or provider."""

    def words(document: Document) -> str:
        titles = [*document.title.values(), *(document.item.title.values() if document.item else ())]
        return " ".join([str(document.kind.label), document.symbol, providers[document.id], *titles])

    def states(document: Document) -> Iterator[str]:
        yield document.state.value
        if document.id in waiting:
            yield "waiting"
        if document.id in overdue:
            yield "overdue"

    counted = Counter(state for each in documents for state in states(each))
    labels = {"waiting": _("needs action"), "overdue": _("overdue"), **{each.value: str(each.label) for each in State}}
    sessions = {str(each.session.number): str(each.session.number) for each in documents}
    return Listing(
        sorted(documents, key=lambda each: each.id not in waiting),
        columns=[
            Column("document", _("Document"), lambda each: str(each.kind.label)),
            Column("session", _("Session"), lambda each: each.session.number),
            Column("status", _("Status"), lambda each: list(State).index(each.state)),
            Column("from", _("From"), lambda each: providers[each.id]),
            Column("due", _("Due"), lambda each: each.due_on),
        ],
        filters=[
            Filter(
                "status",
                _("Status"),
                {state: f"{label} ({counted[state]})" for state, label in labels.items() if counted[state]},
                states,
            ),
            Filter("session", _("Session"), sessions, lambda each: [str(each.session.number)]),
        ],
        words=words,
    )


@bp.post("/workshops/<slug>/desk/papers/together")
@documents_officer
def act_together(workshop: Workshop) -> HttpResponse:
    """One verb on all the documents ticked; those it cannot be done with are named and stay as they are."""
    verb = next((each for each in TOGETHER if each.value == request.form.get("verb")), None)
    if verb is None:
        return redirect(url_for("papers.desk", slug=workshop.slug))
    if verb is rules.Verb.PUBLISH and not g.may_open("papers.publish"):
        refuse_role(workshop, (Role.ORGANISER,))
    db.session.scalars(series_queries.lock_workshop(workshop)).one()
    ticked = queries.documents_with_people(workshop).where(Document.key.in_(request.form.getlist("key")))
    done = 0
    for document in db.session.scalars(ticked).unique().all():
        try:
            TOGETHER[verb](document, at=now())
        except RuleBroken as refusal:
            flash(
                f"{document.kind.label}, {_('session %(number)s', number=document.session.number)}: {refusal.message}"
            )
        else:
            done += 1
            subject = f"{workshop.slug} {document.key}"
            db.session.add(audit.record(f"{verb.value} document", subject, who=current_user.id, at=now()))
    db.session.commit()
    flash(ngettext("%(num)s document changed.", "%(num)s documents changed.", done))
    return redirect(url_for("papers.desk", slug=workshop.slug))


@bp.get("/workshops/<slug>/desk/papers/languages")
@documents_officer
def languages(workshop: Workshop) -> str:
    """Which document is there in which language, and which translations are late."""
    today = on_day(now(), workshop.zone)
    documents = rules.in_order(db.session.scalars(queries.documents_with_people(workshop)).unique())
    table = language_matrix.rows(documents, workshop.languages, today=today)
    return render_template(
        "programme/papers/languages.html",
        workshop=workshop,
        table=table,
        totals=language_matrix.totals(table, workshop.languages),
        late=[row for row in table if row.late_translations],
        providers={each.id: rules.providers(each) for each in documents},
    )
