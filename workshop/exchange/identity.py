"""Names that stay the same from release to release, whatever becomes of titles and times."""

import re
import unicodedata
from uuid import NAMESPACE_URL, uuid5


def guid(slug: str, kind: str, key: object) -> str:
    """The universal name of one thing of a workshop."""
    return str(uuid5(NAMESPACE_URL, f"urn:intersession:{slug}:{kind}:{key}"))


def plain(text: str, between: str = "-") -> str:
    """A text in small Latin letters and digits, fit for a file name or an address; empty where none are in it."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", between, letters).strip(between)
