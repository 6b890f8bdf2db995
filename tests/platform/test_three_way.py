"""What two people wrote is put together; what both changed is asked about: no database."""

from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.platform.three_way import UNKNOWN, Conflict, merge, plain


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (" a \r\nb ", "a\nb"),
        ("", None),
        (False, None),
        (True, True),
        (0, 0),
        (Colour.RED, "red"),
        (time(9, 5), "09:05"),
        (date(2026, 3, 2), "2026-03-02"),
        (Decimal("1.50"), "1.5"),
        ({"en": "A", "fr": ""}, {"en": "A"}),
        ([2, 1], [1, 2]),
        ([{"text": ""}, {"text": "A"}], [{}, {"text": "A"}]),
    ],
)
def test_what_looks_the_same_is_the_same(value: Any, said: Any) -> None:
    assert plain(value) == said


def test_what_only_one_changed_is_put_together() -> None:
    base = {"title": {"en": "Old", "fr": "Vieux"}, "room": "A", "start": "09:00"}
    theirs = {"title": {"en": "Theirs", "fr": "Vieux"}, "room": "A", "start": time(10)}
    mine = {"title": {"en": "Old", "fr": "Mien"}, "room": "B", "start": time(9)}
    merged, conflicts = merge(base, theirs, mine)
    assert merged == {"title": {"en": "Theirs", "fr": "Mien"}, "room": "B", "start": time(10)}
    assert conflicts == []


def test_what_both_changed_is_asked_about_until_one_text_is_chosen() -> None:
    base, theirs, mine = ({"title": {"en": text}} for text in ("Old", "Theirs", "Mine"))
    merged, conflicts = merge(base, theirs, mine)
    assert (merged, conflicts) == (mine, [Conflict("title-en", "Old", "Theirs", "Mine")])
    assert merge(base, theirs, mine, {"title-en"}) == (theirs, [])


def test_both_changed_it_to_the_same() -> None:
    assert merge({"a": "x"}, {"a": "y"}, {"a": "y "}) == ({"a": "y"}, [])


def test_where_nothing_tells_what_it_was_every_difference_is_asked_about() -> None:
    merged, conflicts = merge(None, {"a": "x", "b": "same"}, {"a": "y", "b": "same"})
    assert (merged, conflicts) == ({"a": "y", "b": "same"}, [Conflict("a", UNKNOWN, "x", "y")])


def row(id: int | None, text: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "text": {"en": text}, **more}


def texts(merged: Any) -> list[tuple[int | None, str]]:
    return [(each["id"], each["text"]["en"]) for each in merged["rows"]]


def test_rows_are_known_by_their_id_wherever_they_stand() -> None:
    base = {"rows": [row(1, "One"), row(2, "Two")]}
    theirs = {"rows": [row(2, "Two"), row(1, "One, theirs")]}
    mine = {"rows": [row(1, "One"), row(2, "Two, mine")]}
    merged, conflicts = merge(base, theirs, mine)
    assert (texts(merged), conflicts) == ([(1, "One, theirs"), (2, "Two, mine")], [])


def test_new_rows_of_both_are_kept_and_none_twice() -> None:
    base: Any = {"rows": [row(1, "One")]}
    theirs = {"rows": [row(1, "One"), row(5, "New of theirs"), row(6, "Sent twice"), row(None, "")]}
    mine = {"rows": [row(1, "One"), row(None, "Sent twice"), row(None, "New of mine")]}
    merged, conflicts = merge(base, theirs, mine)
    assert texts(merged) == [(1, "One"), (5, "New of theirs"), (6, "Sent twice"), (None, "New of mine")]
    assert conflicts == []


def test_a_row_they_removed_goes_unless_i_wrote_in_it() -> None:
    base = {"rows": [row(1, "One"), row(2, "Two"), row(3, "Three")]}
    theirs = {"rows": [row(3, "Three")]}
    mine = {"rows": [row(1, "One"), row(2, "Two, mine"), row(3, "Three")]}
    merged, conflicts = merge(base, theirs, mine)
    assert texts(merged) == [(None, "Two, mine"), (3, "Three")]
    assert conflicts == [Conflict("rows-0-text-en", "Two", None, "Two, mine")]
    known: Any = plain(theirs)
    again, conflicts = merge(known, theirs, merged, {"rows-0-text-en"})
    assert (texts(again), conflicts) == ([(3, "Three")], [])


def test_removing_what_they_have_rewritten_is_asked_about() -> None:
    base, theirs = {"rows": [row(1, "One")]}, {"rows": [row(1, "Theirs", remove=False)]}
    mine = {"rows": [row(1, "One", remove=True)]}
    merged, conflicts = merge(base, theirs, mine)
    assert (merged["rows"][0]["remove"], [each.path for each in conflicts]) == (True, ["rows-0-remove"])
    assert merge(base, theirs, mine, {"rows-0-remove"})[0]["rows"][0]["remove"] is False


def test_removing_what_nobody_touched_is_done() -> None:
    base, theirs = {"rows": [row(1, "One")]}, {"rows": [row(1, "One", remove=False)]}
    merged, conflicts = merge(base, theirs, {"rows": [row(1, "One", remove=True)]})
    assert (merged["rows"][0]["remove"], conflicts) == (True, [])


TEXT = st.sampled_from(["", "a", "b", "c"])
FORM = st.fixed_dictionaries({"one": TEXT, "two": TEXT, "words": st.dictionaries(st.sampled_from(["en", "fr"]), TEXT)})


@given(FORM, FORM, FORM)
def test_nobody_loses_a_change_unasked(base: Any, theirs: Any, mine: Any) -> None:
    merged, conflicts = merge(base, theirs, mine)
    asked = {each.path for each in conflicts}
    for path, old, their, my, result in flat(base, theirs, mine, merged):
        if my == old:
            assert result == their
        elif their in (old, my):
            assert result == my
        else:
            assert path in asked
            assert result == my
        assert (path in asked) == (old not in (my, their) and my != their)


@given(FORM, FORM, FORM)
def test_taking_theirs_everywhere_is_theirs(base: Any, theirs: Any, mine: Any) -> None:
    _merged, conflicts = merge(base, theirs, mine)
    agreed, left = merge(base, theirs, mine, {each.path for each in conflicts})
    assert left == []
    for _path, old, their, my, result in flat(base, theirs, mine, agreed):
        assert result == (my if their == old else their)


def flat(*forms: Any) -> list[tuple[Any, ...]]:
    """Each control of such forms: its name, and what every form says there."""
    names = [("one", ""), ("two", ""), ("words", "en"), ("words", "fr")]
    said = [[plain(form[name].get(code) if code else form[name]) for form in forms] for name, code in names]
    return [(f"{name}-{code}" if code else name, *each) for (name, code), each in zip(names, said, strict=True)]
