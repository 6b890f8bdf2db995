"""How thoroughly properties are tried: `TEST_BUDGET=10` tries ten times as many examples as every day, for a night."""

import os

BUDGET = float(os.environ.get("TEST_BUDGET", "1"))


def examples(everyday: int) -> int:
    return max(1, round(everyday * BUDGET))
