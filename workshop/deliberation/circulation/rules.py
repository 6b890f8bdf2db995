"""The review of an edition: until when remarks count, and what becomes of each. No database, no request, no clock."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.deliberation.editions.models import Edition, EditionState
from workshop.deliberation.plenary.models import Block
from workshop.deliberation.plenary.rules import write_block
from workshop.platform.errors import RuleBroken

from .models import Remark, RemarkDecision, RemarkKind, ReviewCopy


def is_open(edition: Edition, at: datetime) -> bool:
    """Whether remarks are taken: under review, to the minute."""
    return edition.state is EditionState.REVIEW and edition.review_until is not None and at < edition.review_until


def refuse_closed(edition: Edition, at: datetime) -> None:
    if not is_open(edition, at):
        raise RuleBroken(_("The review of this edition is over. Nothing was saved."))


def half_time(begun: datetime, until: datetime) -> datetime:
    """When those who have said nothing are reminded, once."""
    return begun + (until - begun) / 2


def make_remark(
    edition: Edition,
    copy: ReviewCopy | None,
    *,
    kind: RemarkKind,
    paragraph: int | None,
    text: str,
    wording: str,
    language: str,
    blocks: Sequence[Block],
    at: datetime,
) -> Remark:
    """A remark on a paragraph, or on the whole. Whoever objects says to what."""
    refuse_closed(edition, at)
    found = next((each for each in edition.paragraphs if each.number == paragraph), None) if paragraph else None
    if paragraph and found is None:
        raise RuleBroken(_("Edition %(number)s has no such paragraph.", number=edition.number), field="paragraph")
    if kind is not RemarkKind.COMMENT and found is None:
        raise RuleBroken(_("Say which paragraph you mean."), field="paragraph")
    return Remark(
        edition=edition,
        copy=copy,
        block=next((each for each in blocks if found and each.id == found.block), None),
        paragraph=paragraph or None,
        kind=kind,
        text=text,
        wording=wording,
        language=language,
        at=at,
    )


def decide(remark: Remark, decision: RemarkDecision, *, answer: str, by: int, at: datetime) -> None:
    """What becomes of it, with the words its author reads. What is not accepted is given a reason."""
    if decision is not RemarkDecision.TAKEN and not answer:
        raise RuleBroken(_("Say why. The author of the remark reads it."), field="answer")
    remark.decision, remark.answer, remark.decided_at, remark.decided_by = decision, answer, at, by


def use_wording(remark: Remark, *, by: int, at: datetime) -> None:
    """Put the wording proposed in place of what the paragraph says in that language. The next edition prints it."""
    if remark.block is None or not remark.wording:
        raise RuleBroken(_("This remark proposes no wording for a paragraph that is still there."))
    words = remark.block.words.having(remark.language, remark.wording)
    write_block(remark.block, title=remark.block.title, words=words, by=by, at=at)
    decide(remark, RemarkDecision.TAKEN, answer=remark.answer, by=by, at=at)


def result_of(remarks: Sequence[Remark], until: str) -> str:
    """How the review ended, in a sentence. Silence is no objection, and nothing more. `until` is its deadline in words."""
    objections = sum(each.kind is RemarkKind.OBJECTION for each in remarks)
    if not objections:
        return _("No objection was received by %(when)s.", when=until)
    return ngettext(
        "%(num)s objection was received by %(when)s.",
        "%(num)s objections were received by %(when)s.",
        objections,
        when=until,
    )
