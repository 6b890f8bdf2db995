"""Who answered beside who was invited."""

from dataclasses import dataclass

from tests import factories as make
from workshop.consultation.findings.exploring.representation import count_invited, representation
from workshop.consultation.findings.models import Snapshot, SnapshotColumn
from workshop.consultation.findings.suppression import Hidden
from workshop.consultation.questions.questionnaire_document import nothing
from workshop.platform.db import Words
from workshop.secretariat.register.models import Category


@dataclass
class Invited:
    category: Category
    country: str
    number: int


ROWS = [Invited(Category.NGO, "FRA", 30), Invited(Category.NGO, "SEN", 10), Invited(Category.ACADEMIA, "FRA", 8)]


def test_invitations_are_counted_by_kind_and_region() -> None:
    found = count_invited(ROWS)
    assert found["@category"] == {Category.NGO.value: 40, Category.ACADEMIA.value: 8}
    assert sum(found["@region"].values()) == 48
    assert count_invited(ROWS, without=[Category.NGO.value])["@category"] == {Category.ACADEMIA.value: 8}


def test_small_figures_are_hidden_and_have_no_rate() -> None:
    snapshot = Snapshot(
        version=make.version(nothing()),
        number=1,
        taken_at=make.NOON,
        responses=22,
        title=Words(),
        caveat=Words(),
        invited_by=count_invited(ROWS),
    )
    snapshot.columns = [
        SnapshotColumn(
            position=1,
            question="@category",
            options=[Category.ACADEMIA.value, Category.NGO.value],
            codes=bytes([2] * 3 + [3] * 12 + [1] * 7),
        )
    ]
    (parts,) = representation(snapshot).values()
    assert parts[0].answered is Hidden.UNDER
    assert parts[0].percent is None
    assert parts[1].answered in (12, Hidden.WITHHELD)
