"""What may be done with a finding, and who may have which file."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests import factories as make
from tests.consultation.findings.test_rules import taken
from workshop.consultation.presenting import rules
from workshop.consultation.presenting.models import FileKind, Finding, FindingState
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.secretariat.series.models import Role

SAID = Words(en="Most answered “Yes”.")


@pytest.fixture(autouse=True)
def in_english(built_app: Flask) -> Iterator[None]:
    with built_app.test_request_context():
        yield


def finding() -> Finding:
    return rules.write_finding(
        taken(),
        ["one"],
        table="one",
        statement=SAID,
        caveat=Words(),
        position=1,
        who=1,
        at=make.NOON,
    )


def test_a_finding_needs_a_table_and_public_results() -> None:
    with pytest.raises(RuleBroken, match="no such table"):
        rules.write_finding(taken(), [], table="one", statement=SAID, caveat=Words(), position=1, who=1, at=make.NOON)
    with pytest.raises(RuleBroken, match="Publish the results first"):
        rules.publish_finding(finding(), at=make.NOON)


def test_what_was_published_keeps_its_words_and_stays() -> None:
    made = finding()
    made.snapshot.published = True
    rules.publish_finding(made, at=make.NOON)
    with pytest.raises(RuleBroken, match="cannot change"):
        rules.change_finding(made, statement=Words(en="All."), caveat=Words(), position=1)
    rules.change_finding(made, statement=SAID, caveat=Words(), position=4)
    with pytest.raises(RuleBroken, match="stays on record"):
        rules.refuse_removal(made)
    rules.withdraw_finding(made, reason=Words(en="A wrong table."), at=make.NOON)
    assert (made.state, made.position) == (FindingState.WITHDRAWN, 4)
    with pytest.raises(RuleBroken, match="Only a public finding"):
        rules.withdraw_finding(made, reason=Words(), at=make.NOON)


@pytest.mark.parametrize(
    ("kind", "role", "may"),
    [
        (FileKind.XLSX, Role.CHAIR, True),
        (FileKind.ROWS, Role.CHAIR, False),
        (FileKind.SAV, Role.ANALYST, True),
        (FileKind.CODES, Role.RAPPORTEUR, False),
    ],
)
def test_rows_are_for_those_who_hold_the_answers(kind: FileKind, role: Role, may: bool) -> None:
    assert rules.may_have(kind, {role}) is may
