"""What must hold when things go wrong, at length: `ENDURANCE=full .venv/bin/pytest tests/endurance -s` (about half an hour,
some of it only as root). Every day a short form of each runs with the other tests.
"""

import os
import sys

FULL = os.environ.get("ENDURANCE") == "full"


def note(figure: str) -> None:
    """For whoever runs it with `-s`, and for the report."""
    sys.stderr.write(f"\n{figure}\n")
