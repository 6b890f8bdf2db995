"""How much of known programmes is found again when they are written in many shapes and five languages."""

import sys

from benchmarks.figures import Figure, show
from tests.programme.agenda_in.shapes.measuring import SHAPES, Tally
from tests.programme.agenda_in.shapes.measuring import measure as measure_shape

SEEDS = (1, 2, 3)


def measure() -> list[Figure]:
    tallies = {shape: [measure_shape(shape, seed) for seed in SEEDS] for shape in SHAPES}
    print(f"{'shape: found, false, times, people in per cent':<46}")
    whole = Tally()
    for shape, several in tallies.items():
        tally = Tally()
        for each in several:
            tally.add(each)
        whole.add(tally)
        print(f"{shape:<46}" + "".join(f"{share:>8.1f}" for share in tally.shares), flush=True)
        if "-v" in sys.argv:
            print("\n".join(f"    {line}" for line in tally.missed[:8]))
    found, false, times, people = whole.shares
    return [
        Figure("Entries found again, of all shapes", found, "%", 95, at_least=True),
        Figure("False entries", false, "%", 1),
        Figure("Times right, of the entries found", times, "%", 98, at_least=True),
        Figure("People found again", people, "%", 95, at_least=True),
    ]


if __name__ == "__main__":
    sys.exit(not show(measure()))
