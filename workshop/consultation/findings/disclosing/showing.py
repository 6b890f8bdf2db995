"""What a page of results shows: the tables by section, each as closely as the ledger allows."""

from collections.abc import Hashable, Mapping, Sequence

from workshop.consultation.questions.answer_wording import UNITS
from workshop.consultation.questions.definition import Definition
from workshop.platform.i18n import language
from workshop.platform.kept_results import results

from .. import rules
from ..models import TIMES, Precision, Snapshot
from ..result_tables import Tabulation
from ..tabulation import plan, tables, tabulate
from .crossing import Crossing, cross


def definition_of(snapshot: Snapshot) -> Definition:
    """What the versions counted in it ask together."""
    return Definition.read(snapshot.definition or snapshot.version.definition)


def precisions_of(snapshot: Snapshot, earlier: Sequence[Snapshot]) -> Mapping[str, Precision]:
    """How closely each of its tables is shown: as it was first shown, or as it would be."""
    if rules.is_in_ledger(snapshot):
        return snapshot.precisions
    name = ("plan", snapshot.key, snapshot.rounded, *((each.key, _named(each.precisions)) for each in earlier))
    return results.find(name, lambda: _planned(snapshot, earlier))


def _planned(snapshot: Snapshot, earlier: Sequence[Snapshot]) -> Mapping[str, Precision]:
    before = [(each, definition_of(each), each.precisions) for each in earlier]
    return plan(snapshot, definition_of(snapshot), before)


def tables_of(snapshot: Snapshot, earlier: Sequence[Snapshot]) -> list[Tabulation]:
    """Its tables as they are shown, or would be if it were shown now."""
    precisions = precisions_of(snapshot, earlier)
    titles = tuple((choice.table, _named(choice.title)) for choice in snapshot.choices)
    rates = tuple((each.currency, each.into, each.rate, each.on, each.source) for each in snapshot.rates)
    name = ("tables", snapshot.key, _named(precisions), titles, rates)
    return [*results.find(name, lambda: tables(snapshot, definition_of(snapshot), precisions))]


def _named(mapping: Mapping[str, str]) -> Hashable:
    return tuple(sorted(mapping.items()))


def pages_of(snapshot: Snapshot, earlier: Sequence[Snapshot]) -> dict[str, object]:
    """The tables of a snapshot by section, how units are called, and how many tables are shown less closely."""
    tabulations = tables_of(snapshot, earlier)
    sections = {tabulation.section.code: tabulation.section for tabulation in tabulations}
    return {
        "units": UNITS,
        "sections": [(each, [t for t in tabulations if t.section is each]) for each in sections.values()],
        "crossings": shown_crossings(snapshot),
        "rounded": sum(1 for each in tabulations if each.precision is Precision.ROUNDED),
        "withheld": sum(1 for each in tabulations if each.precision is Precision.WITHHELD),
    }


def shown_crossings(snapshot: Snapshot) -> list[Crossing]:
    """The cross-tables that were chosen to be shown with it."""
    names = [name for name, precision in snapshot.precisions.items() if TIMES in name and precision is Precision.EXACT]
    if not names:
        return []
    return [*results.find(("crossings", snapshot.key, language(), *names), lambda: _crossed(snapshot, names))]


def _crossed(snapshot: Snapshot, names: Sequence[str]) -> list[Crossing]:
    sheet = tabulate(snapshot, definition_of(snapshot))[1]
    return [cross(sheet, *name.split(TIMES)) for name in names]
