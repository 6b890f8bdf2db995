"""A part of a snapshot: those of one group, or of one answer. For those who hold the answers; never shown to others.

The part and the whole side by side show what the rest said, as two snapshots do. So each table of the part is held to what
the ledger asks of a second snapshot: where it differs from that of the whole by a few people, it is withheld. A cross-table
has so many cells that it is shown only where none of them, in none of the groups, holds a few.
No database, no request, no clock.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import compress

from flask_babel import gettext as _

from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.question import Kind
from workshop.platform.errors import RuleBroken

from ..disclosing.crossing import Crossing, cross
from ..freezing import CODED, PARTED
from ..models import Precision, Snapshot, SnapshotColumn
from ..result_tables import Tabulation
from ..suppression import K, is_small
from ..tabulation import plan, tables, tabulate
from .groups_together import Groups

Conditions = Mapping[str, int]  # a column of the snapshot, and the code that is wanted there
FILTERED: frozenset[Kind] = frozenset(CODED | PARTED)  # of others no row knows its figure


def part_of(snapshot: Snapshot, conditions: Conditions) -> Snapshot:
    """The rows that fulfil all conditions, as a snapshot that is stored nowhere."""
    columns = {column.question: column for column in snapshot.columns}
    wanted = bytes([1]) * snapshot.responses
    for name, code in conditions.items():
        if name not in columns:
            raise RuleBroken(_("One of these cannot be used as a filter."), field="only")
        wanted = bytes(a and b == code for a, b in zip(wanted, columns[name].codes, strict=True))
    count = sum(wanted)
    if count < K or is_small(snapshot.responses - count, K):
        raise RuleBroken(
            _(
                "Too few respondents are in this group, or outside it: nothing can be shown without revealing what a few "
                "people answered. Choose a wider group."
            ),
            field="only",
        )
    return _copied(snapshot, wanted, count)


def _copied(snapshot: Snapshot, wanted: bytes, count: int) -> Snapshot:
    part = Snapshot(
        version=snapshot.version,
        number=snapshot.number,
        taken_at=snapshot.taken_at,
        responses=count,
        title=snapshot.title,
        caveat=snapshot.caveat,
        versions=snapshot.versions,
        definition=snapshot.definition,
        respondents=snapshot.respondents,
    )
    part.columns = [
        SnapshotColumn(
            position=each.position,
            question=each.question,
            options=each.options,
            codes=bytes(compress(each.codes, wanted)),
        )
        for each in snapshot.columns
    ]
    return part


def filtered_tables(snapshot: Snapshot, definition: Definition, conditions: Conditions) -> list[Tabulation]:
    """The tables of a part, as far as they give nobody away: neither of the rest, nor of a wider part, nor of the other
    groups that make up the whole with this one."""
    part, wider = part_of(snapshot, conditions), list(_wider(snapshot, conditions))
    exact = {each.question: Precision.EXACT for each in tabulate(snapshot, definition)[0]}
    beside = [snapshot, *(whole for whole, _name, _code in wider if whole is not snapshot)]
    precisions = plan(part, definition, [(each, definition, exact) for each in beside])
    shown = [each for each in tables(part, definition, precisions) if each.kind in FILTERED]
    shown = [each for each in shown if not _is_decided(each, conditions)]
    for whole, name, code in wider:
        groups = Groups(tabulate(whole, definition)[1], name, code)
        shown = [groups.keep_apart(each, definition) for each in shown]
    return shown


def _wider(snapshot: Snapshot, conditions: Conditions) -> Iterator[tuple[Snapshot, str, int]]:
    """Each condition, with those who fulfil all the others: the group is one of those that these are divided into."""
    for name, code in conditions.items():
        others = {other: wanted for other, wanted in conditions.items() if other != name}
        with suppress(RuleBroken):  # too few to be shown themselves
            yield (part_of(snapshot, others) if others else snapshot), name, code


def _is_decided(table: Tabulation, conditions: Conditions) -> bool:
    """Whether the filter itself says what everybody answered there."""
    return table.question in conditions


def filtered_crossing(
    snapshot: Snapshot, definition: Definition, conditions: Conditions, rows: str, columns: str
) -> Crossing:
    """A cross-table of a part; refused where any cell of it, or of the other groups that the filter divides people into,
    holds a few people only. So no table of a group, less those of narrower ones or from the whole, leaves a few."""
    part = part_of(snapshot, conditions)
    whole = cross(tabulate(snapshot, definition)[1], rows, columns)
    divided = [each.codes for each in snapshot.columns if each.question in conditions]
    cells = Counter(zip(whole.rows.column.codes, whole.columns.column.codes, *divided, strict=True))
    if any(is_small(count, whole.k) for count in cells.values()):
        raise RuleBroken(
            _(
                "Divided by this filter, some cells would contain only a few people. What they answered could be worked out "
                "from the other groups, so the cross-table is withheld."
            ),
            field="only",
        )
    return cross(tabulate(part, definition)[1], rows, columns)
