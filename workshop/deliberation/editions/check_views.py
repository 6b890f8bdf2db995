"""The release check: each name and loaded word that was found, with the words around it, and a person's decision."""

from collections.abc import Sequence
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.deliberation.plenary import queries as plenary_queries
from workshop.deliberation.plenary.models import PlenaryReport
from workshop.deliberation.plenary.paragraphs import Paragraph
from workshop.deliberation.plenary.rules import EDITORS
from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.db import Words, db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.rendering import comma
from workshop.secretariat.register.countries import countries
from workshop.secretariat.register.queries import organisations_on
from workshop.secretariat.series.membership import holding, organiser
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .edition_content import text_of
from .forms import CorrigendumForm, KeepForm
from .models import CheckDecision
from .release_check import Hit, Name, check, hits_in, indexed, names_of


@bp.get("/workshops/<slug>/desk/reports/<report>/check")
@holding(*EDITORS)
def release_check(workshop: Workshop, report: str) -> str:
    """What a person must look at in the report as it stands, and what has been decided."""
    found = db.one_or_404(plenary_queries.report(workshop, report))
    paragraphs = text_of(db.session, found)
    return render_template(
        "deliberation/editions/check.html",
        workshop=workshop,
        report=found,
        hits=undecided_hits(workshop, found, paragraphs),
        chapters={each.block: each.chapter for each in paragraphs},
        decisions=db.session.scalars(queries.decisions(found)).all(),
        form=KeepForm(),
    )


@bp.post("/workshops/<slug>/desk/reports/<report>/check")
@holding(*EDITORS)
def keep(workshop: Workshop, report: str) -> HttpResponse:
    """Decide that something stays. The decision is logged with its reason; where the words change, the check asks again."""
    found = db.one_or_404(plenary_queries.report(workshop, report))
    form = KeepForm()
    hits = {each.key: each for each in undecided_hits(workshop, found, text_of(db.session, found))}
    hit = hits.get(form.hit.data or "")
    if not form.validate_on_submit():
        flash(_("Say why it is kept. Nothing was changed."))
    elif hit is None:
        flash(_("The words have changed since the page was opened. Nothing was decided."))
    else:
        reason = form.reason.data or ""
        db.session.add(decision_about(hit, found, reason, by=current_user.id, at=now()))
        db.session.commit()
        flash(_("Noted."))
    return redirect(url_for(".release_check", slug=workshop.slug, report=report))


def decision_about(hit: Hit, report: PlenaryReport, reason: str, *, by: int, at: datetime) -> CheckDecision:
    return CheckDecision(
        report=report,
        hit=hit.key,
        kind=hit.kind,
        found=hit.found,
        excerpt=hit.excerpt,
        reason=reason,
        decided_at=at,
        decided_by=by,
    )


def undecided_hits(workshop: Workshop, report: PlenaryReport, paragraphs: Sequence[Paragraph]) -> list[Hit]:
    """What the check finds in these paragraphs and nobody has decided about."""
    decided = {each.hit for each in db.session.scalars(queries.decisions(report))}
    return [hit for hit in check(paragraphs, names_known(workshop)) if hit.key not in decided]


def words_to_check(workshop: Workshop, text: Words) -> list[str]:
    """The names and loaded words in a text that stands in no paragraph."""
    index = indexed(names_known(workshop))
    hits = (hits_in(said, index, block=None, number=None, language=code) for code, said in text.items())
    return list(dict.fromkeys(hit.found for each in hits for hit in each))


@bp.route("/workshops/<slug>/desk/reports/<report>/editions/<int:number>/corrigendum", methods=["GET", "POST"])
@organiser
def correct(workshop: Workshop, report: str, number: int) -> Page:
    """The one corrigendum of a released edition: shown with it at once, on the page and on paper."""
    found = db.one_or_404(plenary_queries.report(workshop, report))
    edition = db.one_or_404(queries.edition(found, number))
    form = CorrigendumForm()
    if form.validate_on_submit():
        with form.refusing():
            db.session.scalars(lock_workshop(workshop)).one()
            text = form.text.data
            words = words_to_check(workshop, text)
            if words and not form.checked.data:
                listed = comma().join(words)
                raise RuleBroken(_("Check these names and words first: %(words)s.", words=listed), field="checked")
            db.session.add(rules.issue_corrigendum(edition, text, by=current_user.id, at=now()))
            subject = f"{workshop.slug}/{report} {number}"
            db.session.add(audit.record("issue corrigendum", subject, who=current_user.id, at=now()))
            db.session.commit()
            flash(_("The corrigendum is public."))
            return redirect(url_for(".editions", slug=workshop.slug, report=report))
    page = render_template(
        "deliberation/editions/correct.html", workshop=workshop, report=found, edition=edition, form=form
    )
    return page, 422 if form.errors else 200


def names_known(workshop: Workshop) -> list[Name]:
    """The people and organisations of a workshop, and every country in every language."""
    people = [(given, family) for given, family in db.session.execute(queries.people_known(workshop))]
    for name in db.session.scalars(queries.members_known(workshop)):
        given, _space, family = name.rpartition(" ")
        people.append((given, family))
    organisations = [text for each in db.session.scalars(organisations_on(workshop)) for text in each.name.values()]
    states = [name for each in countries().values() for name in each.names.values()]
    return names_of(people, organisations, states)
