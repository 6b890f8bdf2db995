"""What differs between two editions, paragraph by paragraph. No database, no request, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass

from workshop.deliberation.plenary.paragraphs import Paragraph
from workshop.deliberation.plenary.reading import body_of
from workshop.platform.differences import Pieces, pieces


@dataclass(frozen=True)
class Change:
    """A paragraph that says something else, is new (`before` is None) or is no more (`after` is None)."""

    before: Paragraph | None
    after: Paragraph | None
    taken: Pieces  # the words before, those taken out marked
    put: Pieces  # the words after, those put in marked


def changes_between(older: Sequence[Paragraph], newer: Sequence[Paragraph]) -> list[Change]:
    """In the order of the newer edition, then what is no more. Blocks are known by their permanent number."""
    before = {each.block: each for each in older}
    after = {each.block for each in newer}
    pairs = [(before.get(each.block), each) for each in newer]
    gone = [(each, None) for each in older if each.block not in after]
    return [change(one, other) for one, other in [*pairs, *gone] if everything_in(one) != everything_in(other)]


def everything_in(paragraph: Paragraph | None) -> str | None:
    """The words of a paragraph in the language of the page; a table counts by all that is in it."""
    if paragraph is None:
        return None
    table = str(paragraph.table) if paragraph.table else ""
    return f"{body_of(paragraph).striptags()}{table}"


def change(before: Paragraph | None, after: Paragraph | None) -> Change:
    old = str(body_of(before).striptags()) if before else ""
    new = str(body_of(after).striptags()) if after else ""
    return Change(before, after, pieces(new, old), pieces(old, new))
