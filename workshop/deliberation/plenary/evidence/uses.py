"""Where each source went: which paragraphs rest on it, and what nothing rests on. No database, no request, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..paragraphs import Paragraph, SourceKind
from .choosing import choice_text, is_out
from .sources import Current, Subject

# What people said, answered and recommended, and so may ask after: in this order.
ASKED_AFTER = (
    SourceKind.POINT,
    SourceKind.SESSION_POINT,
    SourceKind.KEY_POINT,
    SourceKind.RECOMMENDATION,
    SourceKind.SNAPSHOT,
    SourceKind.DOCUMENT,
)


@dataclass
class Use:
    """One source and the paragraphs that rest on it; a table that only lists it is no use of it."""

    kind: SourceKind
    subject: Subject
    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def text(self) -> str:
        return choice_text(self.subject)


@dataclass
class UsesOfKind:
    """All sources of one kind."""

    kind: SourceKind
    uses: list[Use]

    @property
    def unused(self) -> list[Use]:
        return [each for each in self.uses if not each.paragraphs]


def uses_of(paragraphs: Sequence[Paragraph], current: Current) -> list[UsesOfKind]:
    """Every source that may be used, kind by kind, with where it went."""
    found = {key: Use(key[0], subject) for key, subject in current.subjects.items() if not is_out(subject)}
    for paragraph in paragraphs:
        for source in paragraph.sources if not paragraph.table else ():
            use = found.get((source.kind, source.source_id or 0))
            if use and paragraph not in use.paragraphs:
                use.paragraphs.append(paragraph)
    return [each for kind in ASKED_AFTER if (each := UsesOfKind(kind, _of_kind(found.values(), kind))).uses]


def _of_kind(uses: Iterable[Use], kind: SourceKind) -> list[Use]:
    return [each for each in uses if each.kind is kind]
