"""A review to the minute: who may still say something, what becomes of it, and how it ended."""

from datetime import timedelta

import pytest

from tests.factories import NOON
from workshop.deliberation.circulation import rules
from workshop.deliberation.circulation.models import Remark, RemarkDecision, RemarkKind, ReviewCopy
from workshop.deliberation.editions.models import Edition, EditionState
from workshop.deliberation.plenary.models import Block, PlenaryReport
from workshop.deliberation.plenary.paragraphs import Chapter, Paragraph
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken

pytestmark = pytest.mark.usefixtures("app")
UNTIL, MINUTE = NOON + timedelta(days=5), timedelta(minutes=1)


@pytest.fixture
def block() -> Block:
    block = Block(chapter=Chapter.DISCUSSION, position=1, words=Words(en="It rained.", fr="Il pleuvait."))
    block.id = 7
    return block


@pytest.fixture
def edition(block: Block) -> Edition:
    paragraph = Paragraph(chapter=Chapter.DISCUSSION, block=block.id, number=1, words=block.words)
    return Edition(
        report=PlenaryReport(slug="plenary", title=Words(en="Report")),
        number=1,
        title=Words(en="Report"),
        content=[paragraph.written()],
        manifest={},
        digest="",
        made_at=NOON,
        state=EditionState.REVIEW,
        review_until=UNTIL,
    )


def remark(edition: Edition, block: Block, **but: object) -> Remark:
    values: dict[str, object] = {"kind": RemarkKind.CORRECTION, "paragraph": 1, "text": "It did not.", "wording": ""}
    values |= {"language": "fr", "blocks": [block], "at": NOON}
    return rules.make_remark(edition, None, **(values | but))  # type: ignore[arg-type]


def test_remarks_are_taken_until_the_deadline_and_not_at_it(edition: Edition, block: Block) -> None:
    assert remark(edition, block, at=UNTIL - MINUTE).block is block
    with pytest.raises(RuleBroken, match="review of this edition is over"):
        remark(edition, block, at=UNTIL)


def test_whoever_objects_says_to_which_paragraph(edition: Edition, block: Block) -> None:
    with pytest.raises(RuleBroken, match="Say which paragraph") as refusal:
        remark(edition, block, kind=RemarkKind.OBJECTION, paragraph=None)
    assert refusal.value.field == "paragraph"
    with pytest.raises(RuleBroken, match="no such paragraph"):
        remark(edition, block, paragraph=2)
    assert remark(edition, block, kind=RemarkKind.COMMENT, paragraph=None).block is None


def test_silence_is_no_objection_and_never_called_approval(edition: Edition, block: Block) -> None:
    comment, objection = remark(edition, block), remark(edition, block, kind=RemarkKind.OBJECTION)
    assert rules.result_of([], "5 March, 12:00") == "No objection was received by 5 March, 12:00."
    assert rules.result_of([comment], "5 March") == "No objection was received by 5 March."
    assert rules.result_of([comment, objection], "5 March") == "1 objection was received by 5 March."


def test_what_is_not_taken_up_is_given_a_reason(edition: Edition, block: Block) -> None:
    one = remark(edition, block)
    with pytest.raises(RuleBroken, match="Say why"):
        rules.decide(one, RemarkDecision.NOT_TAKEN, answer="", by=1, at=NOON)
    assert one.decision is None
    rules.decide(one, RemarkDecision.NOT_TAKEN, answer="The minutes say it did.", by=1, at=NOON)
    assert one.answer == "The minutes say it did."
    assert one.decided_at == NOON


def test_a_wording_is_used_in_its_language_alone(edition: Edition, block: Block) -> None:
    one = remark(edition, block, wording="Il ne pleuvait pas.")
    rules.use_wording(one, by=1, at=NOON)
    assert block.words == {"en": "It rained.", "fr": "Il ne pleuvait pas."}
    assert one.decision is RemarkDecision.TAKEN
    with pytest.raises(RuleBroken, match="proposes no wording"):
        rules.use_wording(remark(edition, block), by=1, at=NOON)


def test_a_copy_can_be_read_for_three_months_after_the_review(edition: Edition) -> None:
    copy = ReviewCopy(edition=edition, participant=None, sent_at=NOON)  # type: ignore[arg-type]
    assert copy.link_opens(UNTIL + timedelta(days=89))
    assert not copy.link_opens(UNTIL + timedelta(days=90))
    assert rules.half_time(NOON, UNTIL) == NOON + timedelta(days=2, hours=12)
