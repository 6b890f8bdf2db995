"""Lists by their address: searched, filtered, sorted, paged; and tables that keep their meaning as cards."""

from datetime import date
from typing import NamedTuple

import pytest
from flask import Flask

from workshop.platform.lists import A_PAGE, Column, Filter, Listing, cards


class Guest(NamedTuple):
    name: str
    status: str = "invited"
    came: date | None = None


GUESTS = [
    Guest("Zoë Example", "accepted", date(2027, 3, 2)),
    Guest("Ánna Sample"),
    Guest("bo Specimen", "declined", date(2027, 3, 1)),
]


def listing(everything: list[Guest]) -> Listing[Guest]:
    return Listing(
        everything,
        columns=[Column("name", "Name", lambda one: one.name), Column("came", "Came", lambda one: one.came)],
        filters=[
            Filter("status", "Status", dict.fromkeys(("invited", "accepted", "declined"), ""), lambda one: [one.status])
        ],
        words=lambda one: one.name,
    )


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["Zoë Example", "Ánna Sample", "bo Specimen"]),
        ("?sort=name", ["Ánna Sample", "bo Specimen", "Zoë Example"]),
        ("?sort=-name", ["Zoë Example", "bo Specimen", "Ánna Sample"]),
        ("?sort=came", ["bo Specimen", "Zoë Example", "Ánna Sample"]),
        ("?sort=-came", ["Zoë Example", "bo Specimen", "Ánna Sample"]),
        ("?sort=password", ["Zoë Example", "Ánna Sample", "bo Specimen"]),
        ("?q=ANNA", ["Ánna Sample"]),
        ("?q=sample+anna", ["Ánna Sample"]),
        ("?status=declined", ["bo Specimen"]),
        ("?status=unheard-of", ["Zoë Example", "Ánna Sample", "bo Specimen"]),
        ("?status=declined&q=zoe", []),
        ("?page=x", ["Zoë Example", "Ánna Sample", "bo Specimen"]),
    ],
)
def test_a_list_is_what_its_address_asks_for(built_app: Flask, asked: str, names: list[str]) -> None:
    with built_app.test_request_context(f"/guests{asked}"):
        assert [guest.name for guest in listing(GUESTS).page().rows] == names


def test_one_change_keeps_what_else_was_asked(built_app: Flask) -> None:
    with built_app.test_request_context("/guests?q=a&status=invited&sort=name&page=2"):
        shown = listing(GUESTS)
        assert shown.address(sort="-name") == "/guests?q=a&status=invited&sort=-name"
        assert shown.address(page=3) == "/guests?q=a&status=invited&sort=name&page=3"
    with built_app.test_request_context("/guests"):
        assert listing(GUESTS).address() == "/guests"


def test_pages_follow_one_another_and_none_is_missing(built_app: Flask) -> None:
    many = [Guest(f"{number:04}") for number in range(2 * A_PAGE + 1)]
    seen = []
    for number in (1, 2, 3, 99):
        with built_app.test_request_context(f"/guests?page={number}"):
            page = listing(many).page()
            seen.append((page.number, page.first, len(page.rows), page.pages, page.matching))
    assert seen == [(1, 1, 25, 3, 51), (2, 26, 25, 3, 51), (3, 51, 1, 3, 51), (3, 51, 1, 3, 51)]


def test_cells_of_cards_are_named_after_their_columns() -> None:
    table = cards(
        '<thead><tr><th scope="col"><a href="?">Name</a></th><th scope="col">Role, "old"</th></tr></thead>'
        '<tbody><tr><th scope="row">Ada</th><td class="num">Chair</td></tr>'
        '<tr><td colspan="2">None</td></tr></tbody>'
    )
    assert '<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">' in table
    assert '<th role="rowheader" scope="row">Ada</th>' in table
    assert '<td role="cell" class="num" data-name="Role, &quot;old&quot;">Chair</td>' in table
    assert table.count("data-name") == 2
