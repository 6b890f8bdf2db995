"""One paragraph: its text in each language, its evidence, remarks, its place."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from workshop.platform.access import Page
from workshop.platform.conflicts import open_form
from workshop.platform.db import Words, db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.forms import posted_form, whole
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.membership import holding
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .compile_views import held_block, to_block
from .evidence.choosing import choices_for, source_chosen
from .evidence.source_addresses import addresses
from .forms import AddForm, BlockForm, CommentForm, EvidenceForm, StaysForm, SupportForm, text_of_choice
from .models import Block, Comment, Evidence
from .multilingual_prose import spoken_in, with_originals
from .paragraphs import Chapter, numbered
from .reading import Reading, body_of


@bp.route("/workshops/<slug>/desk/reports/<report>/blocks/<int:block_id>", methods=["GET", "POST"])
@holding(*rules.EDITORS)
def edit_block(workshop: Workshop, report: str, block_id: int) -> Page:
    """Write a paragraph in one's own words. What was compiled stays beside it and can be had back."""
    block = held_block(workshop, report, block_id)
    form, theirs = open_form(BlockForm, as_filled(block), posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            words, title = only_changed(block, form)
            rules.write_block(block, title=title, words=words, by=current_user.id, at=now())
            db.session.commit()
            flash(_("Saved."))
            return to_block(block)
    current = queries.current(db.session, workshop)
    page = render_template(
        "deliberation/plenary/edit_block.html",
        workshop=workshop,
        report=block.report,
        block=block,
        form=form,
        theirs=theirs,
        evidence=EvidenceForm(),
        comment=CommentForm(),
        choices=choices_for(block, current),
        current=current,
        reading=Reading([], current, inside=True, address=addresses(workshop, current, inside=True)),
    )
    return page, 409 if theirs else 422 if form.errors else 200


def as_filled(block: Block) -> dict[str, object]:
    """What stands, as text to be changed: a person's words, or what was compiled, in each language it exists in."""
    return {
        "title": block.title or compiled_in_words(block, "heading"),
        "words": block.words or compiled_in_words(block, "text"),
    }


def compiled_in_words(block: Block, part: str) -> Words:
    """The compiled sentence with the words of others put in, as plain text."""
    text: Words = getattr(block, part)
    made = Words()
    for code in text:
        with spoken_in(code):
            made = made.having(code, str(with_originals(Words({code: text[code]}), block.originals).striptags()))
    return made


def only_changed(block: Block, form: BlockForm) -> tuple[Words, Words]:
    """A person's words and heading; none where the form still says what was compiled."""
    words, title = form.words.data, form.title.data
    if block.key and words == compiled_in_words(block, "text"):
        words = Words()
    elif block.key and not block.words:
        compiled = compiled_in_words(block, "text")
        words = Words({code: text for code, text in words.items() if text != compiled.get(code)})
    return words, Words() if block.key and title == compiled_in_words(block, "heading") else title


@bp.post("/workshops/<slug>/desk/reports/<report>/edit/<chapter>/add")
@holding(*rules.EDITORS)
def add_block(workshop: Workshop, report: str, chapter: str) -> HttpResponse:
    """An empty paragraph of one's own, opened to be written."""
    db.session.execute(queries.lock_report(workshop))
    found = db.one_or_404(queries.report(workshop, report))
    part = next((each for each in Chapter if each.value == chapter), None) or abort(404)
    block = rules.add_block(found, part, after=whole(AddForm().after.data))
    db.session.commit()
    return redirect(url_for(".edit_block", slug=workshop.slug, report=report, block_id=block.id))


@bp.post("/workshops/<slug>/desk/reports/<report>/blocks/<int:block_id>/move")
@holding(*rules.EDITORS)
def move_block(workshop: Workshop, report: str, block_id: int) -> HttpResponse:
    block = held_block(workshop, report, block_id)
    with flashing_refusal():
        rules.move_block(block, up=request.args.get("to") == "up")
        db.session.commit()
    return to_block(block)


@bp.post("/workshops/<slug>/desk/reports/<report>/blocks/<int:block_id>/leave-out")
@holding(*rules.EDITORS)
def leave_out(workshop: Workshop, report: str, block_id: int) -> HttpResponse:
    """Take it out of the report; an empty paragraph of one's own goes for good."""
    block = held_block(workshop, report, block_id)
    answer = to_block(block)
    if block.key is None and not (block.words or block.title):
        db.session.delete(block)
    else:
        rules.leave_out(block, at=now())
    db.session.commit()
    flash(_("Left out. It is listed at the end of the chapter, where you can restore it."))
    return answer


@bp.post("/workshops/<slug>/desk/reports/<report>/blocks/<int:block_id>/put-back")
@holding(*rules.EDITORS)
def put_back(workshop: Workshop, report: str, block_id: int) -> HttpResponse:
    block = held_block(workshop, report, block_id)
    rules.put_back(block)
    db.session.commit()
    return to_block(block)


@bp.post("/workshops/<slug>/desk/reports/<report>/blocks/<int:block_id>/evidence")
@holding(*rules.EDITORS)
def add_evidence(workshop: Workshop, report: str, block_id: int) -> HttpResponse:
    """Choose what the paragraph rests on."""
    block = held_block(workshop, report, block_id)
    form, current = EvidenceForm(), queries.current(db.session, workshop)
    form.sources.choices = choices = [choice for _label, each in choices_for(block, current) for choice in each]
    if form.validate_on_submit():
        known = {choice.value for choice in choices}
        chosen = [source_chosen(each, current, workshop) for each in form.sources.data or [] if each in known]
        block.evidence += [rules.evidence_of(each, chosen_by=current_user.id) for each in chosen]
        db.session.commit()
    else:
        flash(_("Something you chose no longer exists. Nothing was added."))
    return redirect(url_for(".edit_block", slug=workshop.slug, report=report, block_id=block_id, _anchor="evidence"))


@bp.post("/workshops/<slug>/desk/reports/<report>/blocks/<int:block_id>/evidence/<int:evidence_id>/remove")
@holding(*rules.EDITORS)
def remove_evidence(workshop: Workshop, report: str, block_id: int, evidence_id: int) -> HttpResponse:
    line = line_of(held_block(workshop, report, block_id), evidence_id)
    line.block.evidence.remove(line)
    db.session.commit()
    return redirect(url_for(".edit_block", slug=workshop.slug, report=report, block_id=block_id, _anchor="evidence"))


@bp.post("/workshops/<slug>/desk/reports/<report>/blocks/<int:block_id>/stays")
@holding(*rules.EDITORS)
def let_stay(workshop: Workshop, report: str, block_id: int) -> HttpResponse:
    """Decide that the paragraph stays although a source was struck, withdrawn or changed; the reason is kept."""
    block, form = held_block(workshop, report, block_id), StaysForm()
    current = queries.current(db.session, workshop)
    if form.validate_on_submit():
        line = line_of(block, form.evidence.data or 0)
        with flashing_refusal():
            rules.let_stay(
                line,
                current.mark(line),
                seen=form.mark.data or "",
                because=form.because.data or "",
                by=current_user.id,
                at=now(),
            )
            db.session.commit()
    else:
        flash(_("Say why it is kept. Nothing was changed."))
    return to_block(block)


def line_of(block: Block, evidence_id: int) -> Evidence:
    return next((each for each in block.evidence if each.id == evidence_id), None) or abort(404)


@bp.post("/workshops/<slug>/desk/reports/<report>/blocks/<int:block_id>/comments")
@holding(*rules.EDITORS)
def comment(workshop: Workshop, report: str, block_id: int) -> HttpResponse:
    block, form = held_block(workshop, report, block_id), CommentForm()
    if form.validate_on_submit():
        block.comments.append(
            Comment(author=db.session.get(User, current_user.id), text=form.text.data or "", at=now())
        )
        db.session.commit()
    return redirect(url_for(".edit_block", slug=workshop.slug, report=report, block_id=block_id, _anchor="comments"))


@bp.post("/workshops/<slug>/desk/reports/<report>/blocks/<int:block_id>/comments/<int:comment_id>/resolve")
@holding(*rules.EDITORS)
def resolve_comment(workshop: Workshop, report: str, block_id: int, comment_id: int) -> HttpResponse:
    """Mark it as dealt with, or open it again."""
    block = held_block(workshop, report, block_id)
    found = next((each for each in block.comments if each.id == comment_id), None) or abort(404)
    found.resolved_at = None if found.resolved_at else now()
    db.session.commit()
    return redirect(url_for(".edit_block", slug=workshop.slug, report=report, block_id=block_id, _anchor="comments"))


@bp.route("/workshops/<slug>/desk/reports/<report>/recommendations/<int:number>", methods=["GET", "POST"])
@holding(*rules.EDITORS)
def choose_support(workshop: Workshop, report: str, number: int) -> Page:
    """The paragraphs on which a recommendation rests, chosen by a person."""
    found = db.one_or_404(queries.report(workshop, report))
    numbers = db.session.scalars(queries.recommendation_numbers(workshop))
    offer = next((each for each in numbers if each.number == number), None) or abort(404)
    paragraphs = [each for each in numbered([one.as_paragraph for one in found.standing_blocks]) if each.number]
    form = SupportForm(data={"blocks": [each.id for each in offer.supports]})
    form.blocks.choices = [
        SelectChoice(str(each.block), text_of_choice(f"§{each.number}", body_of(each).striptags()))
        for each in paragraphs
    ]
    if form.validate_on_submit():
        chosen = set(form.blocks.data or ())
        offer.supports = [block for block in found.blocks if block.id in chosen]
        db.session.commit()
        flash(_("Saved."))
        return redirect(url_for(".editor", slug=workshop.slug, report=report, chapter=Chapter.RECOMMENDATIONS.value))
    actions = dict(db.session.execute(queries.offers(workshop)).all())
    return render_template(
        "deliberation/plenary/support.html",
        workshop=workshop,
        report=found,
        form=form,
        number=number,
        action=actions.get(offer.recommendation_id or 0, ""),
    )
