"""Looking for what must be there: a test that does not find it fails at that place."""

import re
from typing import TypeVar

Thing = TypeVar("Thing")


def there(thing: Thing | None) -> Thing:
    assert thing is not None, "it is not there"
    return thing


def matched(pattern: str, text: str | None, flags: int = 0) -> re.Match[str]:
    """Where the pattern stands in the text."""
    found = re.search(pattern, text or "", flags)
    assert found is not None, f"{pattern} is nowhere in it"
    return found
