"""The reports of a workshop in work, and each chapter by chapter: what stands, what it rests on, what is to be decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.db import Words, db, now
from workshop.platform.i18n import language
from workshop.secretariat.series.membership import holding
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .evidence.source_addresses import addresses
from .evidence.sources import Current, flagged_sources
from .evidence.uses import uses_of
from .forms import NewReportForm
from .models import Block, PlenaryReport, ReportKind
from .multilingual_prose import percent, with_originals
from .paragraphs import Chapter, Paragraph, numbered, read_paragraph
from .reading import Reading, body_of, caption_of, missing_languages
from .report_outlines import lay_out, new_slug

bp.add_app_template_filter(with_originals, "printed")
bp.add_app_template_filter(body_of)
bp.add_app_template_filter(caption_of)
bp.add_app_template_filter(percent)


@bp.get("/workshops/<slug>/desk/reports")
@holding(*rules.EDITORS)
def desk(workshop: Workshop) -> str:
    """Every report of the workshop, and how far its newest edition has come."""
    found = db.session.scalars(queries.reports(workshop)).all()
    states = {id: state for each in queries.states_of_reports(workshop) for id, state in db.session.execute(each)}
    return render_template(
        "deliberation/plenary/desk.html",
        workshop=workshop,
        reports=found,
        states=states,
        is_compiled=any(each.kind is ReportKind.PLENARY for each in found),
    )


@bp.route("/workshops/<slug>/desk/reports/new", methods=["GET", "POST"])
@holding(*rules.EDITORS)
def begin_report(workshop: Workshop) -> Page:
    """A chair's summary, the report of a session or a mission note: written from an outline."""
    form = NewReportForm()
    if form.validate_on_submit():
        taken = [each.slug for each in db.session.scalars(queries.reports(workshop))]
        title = Words({workshop.languages[0]: form.title.data or ""})
        made = PlenaryReport(workshop=workshop, slug=new_slug(form.kind.data, taken), title=title, kind=form.kind.data)
        lay_out(made)
        db.session.add(made)
        db.session.add(audit.record("begin report", f"{workshop.slug}/{made.slug}", who=current_user.id, at=now()))
        db.session.commit()
        return redirect(url_for(".editor", slug=workshop.slug, report=made.slug))
    return render_template("deliberation/plenary/new.html", workshop=workshop, form=form)


@dataclass
class EditorBlock:
    """A block as the editor shows it."""

    block: Block
    paragraph: Paragraph  # what stands; with its number as of now
    proposed: Paragraph | None
    flagged: bool
    missing: list[str]  # the languages in which a person's words are still to be written


@bp.get("/workshops/<slug>/desk/reports/<report>/edit", defaults={"chapter": ""})
@bp.get("/workshops/<slug>/desk/reports/<report>/edit/<chapter>")
@holding(*rules.EDITORS)
def editor(workshop: Workshop, report: str, chapter: str) -> str | HttpResponse:
    """One chapter in work, and what the others wait for."""
    found = db.one_or_404(queries.report(workshop, report))
    current = queries.current(db.session, workshop)
    shown = shown_blocks(found, current)
    parts = [each for each in Chapter if each in {one.block.chapter for one in shown} or each is Chapter.SUMMARY]
    if not chapter:
        part = parts[1] if len(parts) > 1 else parts[0]
        return redirect(url_for(".editor", slug=workshop.slug, report=report, chapter=part.value))
    part = next((each for each in Chapter if each.value == chapter), None) or abort(404)
    return render_template(
        "deliberation/plenary/editor.html",
        workshop=workshop,
        report=found,
        chapter=part,
        chapters=[(each, waiting_in(shown, each)) for each in Chapter if each in parts or each is part],
        shown=[each for each in shown if each.block.chapter is part and each.block.left_out_at is None],
        left_out=[each for each in shown if each.block.chapter is part and each.block.left_out_at],
        proposals=sum(each.proposed is not None or each.block.proposal is not None for each in shown),
        reading=Reading([], current, inside=True, address=addresses(workshop, current, inside=True)),
        mark=rules.proposal_mark,
        is_gone=lambda block: block.proposal == rules.GONE,
        offers=offered(workshop) if part is Chapter.RECOMMENDATIONS else [],
    )


def shown_blocks(report: PlenaryReport, current: Current) -> list[EditorBlock]:
    """All blocks in order; those that stand with the numbers they would have in an edition made now."""
    numbers = {each.block: each for each in paragraphs_of(report, supports_in(report.workshop))}
    languages = report.workshop.languages
    result = []
    for block in report.blocks:
        paragraph = numbers.get(block.id) or block.as_paragraph
        proposed = read_paragraph(block.proposal) if block.proposal and block.proposal != rules.GONE else None
        flagged = block.stands and bool(flagged_sources(paragraph, current))
        result.append(EditorBlock(block, paragraph, proposed, flagged, missing_languages(paragraph, languages)))
    return result


def waiting_in(shown: Sequence[EditorBlock], chapter: Chapter) -> tuple[str, str]:
    """What a chapter waits for, in words, and how loudly it is said."""
    own = [each for each in shown if each.block.chapter is chapter and each.block.left_out_at is None]
    flagged, proposals = sum(each.flagged for each in own), sum(each.block.proposal is not None for each in own)
    if flagged:
        return ngettext("%(num)s to decide", "%(num)s to decide", flagged), "bad"
    if proposals:
        return ngettext("%(num)s proposal", "%(num)s proposals", proposals), "warn"
    return ("", "") if own else (_("empty"), "")


def offered(workshop: Workshop) -> list[tuple[int, str, int]]:
    """The recommendations with a number: number, action, and how many paragraphs were chosen for each."""
    actions = dict(db.session.execute(queries.offers(workshop)).all())
    numbers = db.session.scalars(queries.recommendation_numbers(workshop)).all()
    return [
        (each.number, actions[each.recommendation_id], len(each.supports))
        for each in numbers
        if each.recommendation_id in actions
    ]


@bp.get("/workshops/<slug>/desk/reports/<report>/preview")
@holding(*rules.EDITORS)
def preview(workshop: Workshop, report: str) -> str:
    """The report in work as a page, from beginning to end."""
    found = db.one_or_404(queries.report(workshop, report))
    current = queries.current(db.session, workshop)
    address = addresses(workshop, current, inside=True)
    return render_template(
        "deliberation/plenary/preview.html",
        workshop=workshop,
        report=found,
        reading=Reading(paragraphs_of(found, supports_in(workshop)), current, inside=True, address=address),
        on_paper=False,
        paper_language=language(),
    )


@bp.get("/workshops/<slug>/desk/reports/<report>/sources")
@holding(*rules.EDITORS)
def sources(workshop: Workshop, report: str) -> str:
    """Where each point, recommendation, result and document went, and which nothing is based on."""
    found = db.one_or_404(queries.report(workshop, report))
    paragraphs = paragraphs_of(found, supports_in(workshop))
    kinds = uses_of(paragraphs, queries.current(db.session, workshop))
    return render_template("deliberation/plenary/sources.html", workshop=workshop, report=found, kinds=kinds)


def supports_in(workshop: Workshop) -> dict[int, list[int]]:
    """The blocks chosen for each recommendation, by its number."""
    numbers = db.session.scalars(queries.recommendation_numbers(workshop))
    return {each.number: [block.id for block in each.supports] for each in numbers}


def paragraphs_of(report: PlenaryReport, supports: dict[int, list[int]]) -> list[Paragraph]:
    """What the report says now, numbered through."""
    return numbered([block.as_paragraph for block in report.standing_blocks], supports)
