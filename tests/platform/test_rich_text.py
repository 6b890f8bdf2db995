"""What people write with a little markup: safe on a page, the same words in a document."""

import pytest

from workshop.platform.rich_text import Run, as_html, as_words, parts


def test_one_paragraph_stands_in_another_and_several_stand_for_themselves() -> None:
    assert as_html("Costs **fell** in *two* places.") == "Costs <strong>fell</strong> in <em>two</em> places."
    assert as_html("One.\n\nTwo.") == "<p>One.</p>\n<p>Two.</p>"


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](https://e.org/x.png)", "<img src=x>", "# Head"],
)
def test_nothing_of_html_gets_through(hostile: str) -> None:
    made = as_html(hostile)
    assert not any(f"<{tag}" in made for tag in ("script", "img", "h1"))
    assert 'href="javascript' not in made


def test_a_list_keeps_its_items_and_their_emphasis() -> None:
    found = list(parts("Seen:\n\n- costs\n- **time**\n\n1. first"))
    assert [(each.mark, [run.text for run in each.runs]) for each in found] == [
        ("", ["Seen:"]),
        ("-", ["costs"]),
        ("-", ["time"]),
        ("1.", ["first"]),
    ]
    assert found[2].runs == [Run("time", bold=True)]
    assert as_words("a\n\n- b") == "a\nb"
