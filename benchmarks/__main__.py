"""All figures: python -m benchmarks. Exit status 1 where one is above its target."""

import sys

from benchmarks import agenda, cold_visit, report, start, xlsform
from benchmarks.figures import show

if __name__ == "__main__":
    good = [show(part.measure()) for part in (agenda, cold_visit, report, start, xlsform)]
    sys.exit(not all(good))
