"""From draft to release: what may follow what. No database."""

from datetime import timedelta

import pytest

from tests import factories as make
from tests.factories import NOON
from workshop.deliberation.editions import rules
from workshop.deliberation.editions.models import Edition, EditionState
from workshop.deliberation.plenary.paragraphs import Chapter, Paragraph
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.secretariat.series.models import MeetingMode

TEXT = [Paragraph(chapter=Chapter.OPENING, block=1, number=1, text=Words(en="It was held."))]


@pytest.fixture
def edition() -> Edition:
    made = make.edition(workshop=make.workshop(), paragraphs=TEXT)
    return rules.make_edition(made.report, TEXT, {"modes": {"session:3": "on_record"}}, last=None, by=1, at=NOON)


def test_the_same_text_from_the_same_sources_is_no_new_edition(edition: Edition) -> None:
    with pytest.raises(RuleBroken, match="Nothing has changed since edition 1"):
        rules.make_edition(edition.report, TEXT, edition.manifest, last=edition, by=1, at=NOON)
    other = rules.make_edition(edition.report, TEXT, {"modes": {}}, last=edition, by=1, at=NOON)
    assert other.number == 2
    assert [each.text for each in other.paragraphs] == [{"en": "It was held."}]


def test_only_what_was_cleared_is_released_and_only_what_was_checked_is_cleared(edition: Edition) -> None:
    chair = make.user("eva")
    with pytest.raises(RuleBroken):
        rules.release(edition, ["en"], by=1, at=NOON)
    for undecided, flagged in ((["hit"], []), ([], ["paragraph"])):
        with pytest.raises(RuleBroken):
            rules.clear(edition, undecided, flagged, by=chair, at=NOON)
    assert edition.state is EditionState.DRAFT
    rules.clear(edition, [], [], by=chair, at=NOON)
    version = edition.report.workshop.version
    rules.release(edition, ["en"], by=1, at=NOON)
    assert (edition.state, edition.languages_out) == (EditionState.RELEASED, ["en"])
    assert edition.report.workshop.version == version + 1
    with pytest.raises(RuleBroken, match="at least one language"):
        rules.release(edition, ["en"], by=1, at=NOON)
    rules.release(edition, ["en", "fr"], by=1, at=NOON + timedelta(days=9))
    assert edition.languages_out == ["en", "fr"]


def test_a_review_ends_in_the_future_and_begins_with_a_draft(edition: Edition) -> None:
    with pytest.raises(RuleBroken) as refusal:
        rules.send_to_review(edition, until=NOON, at=NOON)
    assert refusal.value.field == "until"
    rules.send_to_review(edition, until=NOON + timedelta(hours=1), at=NOON)
    with pytest.raises(RuleBroken):
        rules.send_to_review(edition, until=NOON + timedelta(hours=2), at=NOON)


def test_what_was_withdrawn_can_be_shown_again(edition: Edition) -> None:
    rules.clear(edition, [], [], by=make.user("eva"), at=NOON)
    rules.release(edition, ["en"], by=1, at=NOON)
    rules.withdraw(edition, because="A name slipped in", at=NOON)
    assert edition.state is EditionState.WITHDRAWN
    rules.restore(edition)
    assert (edition.state, edition.languages_out) == (EditionState.RELEASED, ["en"])


@pytest.mark.parametrize(
    ("now", "hidden"),
    [
        ({"session:3": MeetingMode.ON_RECORD}, []),
        ({"session:3": MeetingMode.NOT_FOR_ATTRIBUTION}, ["session:3"]),
        ({"session:3": MeetingMode.CHATHAM_HOUSE}, ["session:3"]),
        ({"session:4": MeetingMode.CHATHAM_HOUSE}, []),
    ],
)
def test_an_edition_made_under_a_freer_mode_is_told_from_others(
    edition: Edition, now: dict[str, MeetingMode], hidden: list[str]
) -> None:
    assert rules.stricter_now(edition, now) == hidden
