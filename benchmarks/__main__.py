"""All figures: python -m benchmarks. Exit status 1 where one is above its target."""

import sys

from benchmarks import (
    agenda,
    agenda_import,
    agenda_shapes,
    answering,
    cold_visit,
    deliberation,
    desk,
    exports,
    list_import,
    participation,
    releases,
    report,
    results,
    search,
    start,
    timetable,
    xlsform,
)
from benchmarks.figures import show

PARTS = (
    agenda,
    agenda_import,
    agenda_shapes,
    answering,
    cold_visit,
    deliberation,
    desk,
    exports,
    participation,
    list_import,
    releases,
    report,
    results,
    search,
    start,
    timetable,
    xlsform,
)

if __name__ == "__main__":
    good = [show(part.measure()) for part in PARTS]
    sys.exit(not all(good))
