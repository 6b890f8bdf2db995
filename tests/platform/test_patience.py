"""How long a kind of task is tried again: by number or by time, with growing pauses."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from workshop.platform import patience, tasks
from workshop.platform.patience import Patience

NOON = datetime(2027, 3, 2, 12, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def tries(wanted: Patience) -> list[datetime]:
    """Every moment at which something is tried that always fails at once, from noon on."""
    found, at = [NOON], NOON
    while again := wanted.next_try(len(found), since=NOON, at=at):
        found.append(at := again)
    return found


def test_a_mail_is_tried_for_three_days_with_growing_pauses_of_at_most_a_quarter_of_an_hour() -> None:
    moments = tries(patience.MAIL)
    pauses = [after - before for before, after in pairwise(moments)]
    assert [pause.seconds for pause in pauses[:5]] == [2, 4, 8, 16, 32]
    assert max(pauses) == QUARTER
    assert pauses[:-1] == sorted(pauses[:-1])
    assert moments[-1] == NOON + timedelta(days=3)


def test_a_page_that_cannot_be_set_is_tried_three_times() -> None:
    assert len(tries(patience.PRINT)) == 3


def test_what_waited_long_before_it_was_tried_first_is_still_tried_once_and_no_more() -> None:
    late = NOON + timedelta(days=4)
    assert patience.MAIL.next_try(1, since=NOON, at=late) is None


def test_pauses_stay_the_longest_however_many_there_were() -> None:
    assert Patience().next_try(10_000, since=NOON, at=NOON) == NOON + QUARTER


@pytest.mark.usefixtures("app")
def test_every_kind_of_task_says_how_patient_it_is() -> None:
    assert set(tasks.HANDLERS) == set(tasks.PATIENCE)
    assert tasks.PATIENCE["mail.deliver"] == patience.MAIL
    prints = {kind for kind in tasks.HANDLERS if kind.endswith((".render", ".print"))}
    assert {tasks.PATIENCE[kind] for kind in prints} == {patience.PRINT}
    assert len(prints) >= 3
