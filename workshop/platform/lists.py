"""Lists that are searched, filtered, sorted and paged by their address, and their tables, which are cards on a phone."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, NamedTuple, TypeVar
from urllib.parse import urlencode

from flask import Flask, request
from markupsafe import Markup

from workshop.platform.search_normalise import fold

Row = TypeVar("Row")
Sortable = str | int | date | None
A_PAGE = 25
A_PART = 200  # of a list inside a page: what five thousand rows take to be written is a tenth of a second and more
TAG = re.compile(r"<(/?)(table|thead|tbody|tfoot|tr|th|td)\b([^>]*)>")
NAMELESS = re.compile(r'\bdata-name=|class="(tick|status)\b')  # a box and a state say by themselves what they are
ROLES = {"thead": "rowgroup", "tbody": "rowgroup", "tfoot": "rowgroup", "tr": "row", "td": "cell"}


class Column(NamedTuple, Generic[Row]):
    """What a list is sorted by: its name in the address, the words over it, and what a row says there."""

    name: str
    label: str
    value: Callable[[Row], Sortable]


class Filter(NamedTuple, Generic[Row]):
    """What a list is narrowed by: its name in the address, what it is called, its choices, and those a row answers to."""

    name: str
    label: str
    choices: Mapping[str, str]
    values: Callable[[Row], Iterable[str]]


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """What the address asks of all `rows`, sorted as they come where it asks for nothing. `words` is what is searched.

    Where the database narrows and sorts, since there may be thousands, `everything` stays empty and `total` counts it.
    `kept` are other arguments of the address that stay as they are.
    """

    everything: Sequence[Row]
    columns: Sequence[Column[Row]]
    filters: Sequence[Filter[Row]] = ()
    words: Callable[[Row], str] | None = None
    total: int | None = None
    kept: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return len(self.everything) if self.total is None else self.total

    @property
    def others(self) -> dict[str, str]:
        return {name: value for name in self.kept if (value := request.args.get(name, ""))}

    @property
    def labels(self) -> dict[str, str]:
        return {column.name: column.label for column in self.columns}

    @property
    def typed(self) -> str:
        return request.args.get("q", "").strip()[:200]

    @property
    def sort(self) -> str:
        """The name of the column that the list is sorted by, after a minus where it runs down; nothing if none is."""
        asked = request.args.get("sort", "")
        return asked if asked.removeprefix("-") in self.labels else ""

    @property
    def chosen(self) -> dict[str, str]:
        """What the address narrows the list to, filter by filter, and the words looked for as `q`."""
        asked = {each.name: request.args.get(each.name, "") for each in self.filters}
        known = {each.name: asked[each.name] for each in self.filters if asked[each.name] in each.choices}
        return {**({"q": self.typed} if self.typed and self.words else {}), **known}

    @property
    def is_plain(self) -> bool:
        """Whether it is asked for as it stands, whole and in its own order."""
        return not self.sort and not self.chosen

    @property
    def matching(self) -> list[Row]:
        """All rows that are asked for, in order."""
        rows, chosen = list(self.everything), self.chosen
        for each in self.filters:
            if each.name in chosen:
                rows = [row for row in rows if chosen[each.name] in each.values(row)]
        if self.words and "q" in chosen:
            wanted = fold(chosen["q"]).split()
            rows = [row for row in rows if all(word in fold(self.words(row)) for word in wanted)]
        for column in self.columns:
            if column.name == self.sort.removeprefix("-"):
                rows = _in_order(rows, column.value, down=self.sort.startswith("-"))
        return rows

    def address(self, **changes: str | int) -> str:
        """This list asked for in another way; what is empty is left out."""
        asked = {**self.others, **self.chosen, "sort": self.sort, **changes}
        return f"{request.path}?{urlencode({name: value for name, value in asked.items() if value})}".rstrip("?")

    @property
    def cleared(self) -> str:
        """This list without filters."""
        return f"{request.path}?{urlencode(self.others)}".rstrip("?")

    def page(self) -> "Slice[Row]":
        return page_of(self.matching)


class Slice(NamedTuple, Generic[Row]):
    """The rows of one page of a list, and which of all that match they are."""

    rows: list[Row]
    number: int
    pages: int
    matching: int
    first: int


def page_of(rows: Sequence[Row], argument: str = "page", most: int = A_PAGE) -> Slice[Row]:
    """The page of these rows that the address asks for, or the last where there are fewer."""
    pages = max(1, -(-len(rows) // most))
    number = min(max(1, request.args.get(argument, 1, type=int)), pages)
    first = (number - 1) * most
    return Slice([*rows[first : first + most]], number, pages, len(rows), first + 1)


def part(rows: Sequence[Row], argument: str) -> Slice[Row]:
    """What is shown of long `rows`: the part that the address asks for by `argument`; all in the answer to a form, which
    has no address to ask at.
    """
    return page_of(rows, argument, A_PART if request.method == "GET" else max(1, len(rows)))


def part_address(argument: str, number: int) -> str:
    """This page with another part of one of its lists."""
    return f"{request.path}?{urlencode({**request.args, argument: number})}"


def _in_order(rows: list[Row], value: Callable[[Row], Sortable], *, down: bool) -> list[Row]:
    """Sorted either way with what says nothing last; letters without accents and capitals."""
    said = [row for row in rows if value(row) not in (None, "")]
    silent = [row for row in rows if value(row) in (None, "")]

    def key(row: Row) -> tuple[Sortable]:
        found = value(row)
        return (fold(found) if isinstance(found, str) else found,)

    return [*sorted(said, key=key, reverse=down), *silent]


def cards(table: str) -> Markup:
    """The inside of a table whose rows are drawn as blocks on a phone: its parts keep their roles, and each cell is named
    after the head of its column, which is not seen there."""
    heads: list[str] = []
    column = 0
    in_head = False

    def mark(tag: re.Match[str]) -> str:
        nonlocal column, in_head
        closing, name, attributes = tag.groups()
        if name == "thead":
            in_head = not closing
        if closing:
            return tag[0]
        if name == "tr":
            column = 0
        if name not in ("th", "td"):
            return f'<{name} role="{ROLES[name]}"{attributes}>'
        role = "cell" if name == "td" else "rowheader" if 'scope="row' in attributes else "columnheader"
        if in_head:
            heads.append(_text_after(table, tag.end()))
        elif name == "td" and not NAMELESS.search(attributes) and column < len(heads) and heads[column]:
            attributes += f' data-name="{heads[column]}"'
        column += int(found[1]) if (found := re.search(r'colspan="(\d+)"', attributes)) else 1
        return f'<{name} role="{role}"{attributes}>'

    return Markup(TAG.sub(mark, table))  # noqa: S704 - markup of our own templates, its texts escaped there


def _text_after(table: str, place: int) -> str:
    """The words of a head, which stands at that place."""
    inside = re.split(r"</t[hd]>", table[place:], maxsplit=1)[0]
    return " ".join(re.sub(r"<[^>]*>", " ", inside).split()).replace('"', "&quot;")


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update({"cards": cards, "part": part})
    app.jinja_env.globals["part_address"] = part_address
