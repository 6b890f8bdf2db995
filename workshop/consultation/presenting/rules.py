"""Writing findings and deciding about them. No database, no request, no clock."""

from collections.abc import Collection
from datetime import datetime, timedelta

from flask_babel import gettext as _

from workshop.consultation.findings.models import Snapshot
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.secretariat.series.models import Role

from .models import OF_ROWS, FileKind, Finding, FindingState

KEPT = timedelta(days=7)
MAKERS = {Role.ORGANISER, Role.ANALYST}


def write_finding(
    snapshot: Snapshot,
    tables: Collection[str],
    *,
    table: str,
    statement: Words,
    caveat: Words,
    position: int,
    who: int,
    at: datetime,
) -> Finding:
    """A new finding, in draft."""
    if table not in tables:
        raise RuleBroken(_("This snapshot has no such table. Choose one of the list."), field="table")
    return Finding(
        snapshot=snapshot,
        table=table,
        statement=statement,
        caveat=caveat,
        position=position,
        author=who,
        made_at=at,
    )


def change_finding(finding: Finding, *, statement: Words, caveat: Words, position: int) -> None:
    """Change a draft. What was published never changes its words: withdraw it, and write another."""
    if finding.state is not FindingState.DRAFT and (statement, caveat) != (finding.statement, finding.caveat):
        raise RuleBroken(
            _("This finding was published, so its words cannot change. Withdraw it, and write another."),
            field="statement",
        )
    finding.statement, finding.caveat, finding.position = statement, caveat, position


def publish_finding(finding: Finding, *, at: datetime) -> None:
    """Show it to everyone. It says no more than its table, so the results must be public first."""
    if finding.state is FindingState.PUBLISHED:
        raise RuleBroken(_("This finding is public already."))
    if not finding.snapshot.published:
        raise RuleBroken(_("Publish the results first. A finding is shown with its table."))
    finding.state, finding.decided_at, finding.reason = FindingState.PUBLISHED, at, Words()
    finding.snapshot.questionnaire.workshop.changed_in_public()


def withdraw_finding(finding: Finding, *, reason: Words, superseded_by: Finding | None = None, at: datetime) -> None:
    """It stays at its address, and says that it was withdrawn, why, and what took its place, if anything."""
    if superseded_by is finding:
        raise RuleBroken(_("A finding cannot take its own place. Choose another."), field="superseded_by")
    if finding.state is not FindingState.PUBLISHED:
        raise RuleBroken(_("Only a public finding can be withdrawn."))
    finding.state, finding.decided_at, finding.reason = FindingState.WITHDRAWN, at, reason
    finding.superseded_by = superseded_by
    finding.snapshot.questionnaire.workshop.changed_in_public()


def refuse_removal(finding: Finding) -> None:
    if finding.state is not FindingState.DRAFT:
        raise RuleBroken(_("This finding was published and may be cited, so it stays on record. You can withdraw it."))


def may_have(kind: FileKind, roles: set[Role]) -> bool:
    """Rows of answers are for those who hold the answers anyway; tables for all who may read the results."""
    return bool(roles & MAKERS) or kind not in OF_ROWS


def expiry(at: datetime) -> datetime:
    return at + KEPT
