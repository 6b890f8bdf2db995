"""What a column of JSON says, whichever database hands it over."""

import json

import pytest

from workshop.platform.db import read_json

STORED = ("{}", "[]", "null", '"x"', '{"en": "A \\u00e9 b", "fr": ""}', '[{"en": "x"}, 1, 2.5, true]')


@pytest.mark.parametrize("stored", STORED)
def test_it_reads_what_json_reads(stored: str) -> None:
    assert read_json(stored) == read_json(stored.encode()) == json.loads(stored)


def test_nobody_shares_an_empty_one() -> None:
    assert read_json("{}") is not read_json("{}")
