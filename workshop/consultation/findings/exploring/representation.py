"""Those who answered beside those who were invited: who is missing. No database, no request, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..models import Snapshot
from ..result_tables import Label
from ..suppression import Figure, Hidden, protect
from ..tallies.traits import LABELS, NO_ANSWER, READ, label_of_trait

INVITED = ("@category", "@region")


@dataclass(frozen=True)
class Part:
    """One kind of recipient: how many were invited, how many of them answered, and which share that is, in percent."""

    label: Label
    invited: int
    answered: Figure

    @property
    def percent(self) -> int | None:
        if isinstance(self.answered, Hidden) or not self.invited:
            return None
        return round(100 * self.answered / self.invited)


def count_invited(rows: Iterable[object], *, without: Iterable[str] = ()) -> dict[str, dict[str, int]]:
    """How many were invited, by what is known of each; `rows` have `category`, `country` and `number`."""
    found: dict[str, dict[str, int]] = {name: {} for name in INVITED}
    left_out = set(without)
    for row in rows:
        if READ["@category"](row) in left_out:
            continue
        for name in INVITED:
            option = READ[name](row)
            found[name][option] = found[name].get(option, 0) + int(getattr(row, "number", 0))
    return found


def representation(snapshot: Snapshot) -> Mapping[str, list[Part]]:
    """Who answered by kind and region, where the answers tell it. Small figures are hidden as everywhere."""
    columns = {column.question: column for column in snapshot.columns}
    found: dict[str, list[Part]] = {}
    for name in INVITED:
        invited, column = snapshot.invited_by.get(name, {}), columns.get(name)
        known = [option for option in sorted(invited) if option]
        if column is None or not known:
            continue
        codes = {option: code for code, option in enumerate(column.options, NO_ANSWER + 1)}
        counts = [column.codes.count(codes[option]) if option in codes else 0 for option in known]
        cells = protect([*counts, snapshot.responses - sum(counts)])[:-1]
        found[str(LABELS[name])] = [
            Part(label_of_trait(name, option), invited[option], cell) for option, cell in zip(known, cells, strict=True)
        ]
    return found
