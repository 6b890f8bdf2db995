"""Texts that wait for the language of a page are put into it as text; times read the same way in every language."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale, gettext, lazy_gettext

from workshop.platform.i18n import hours

TEMPLATES = Path(__file__).parents[2] / "templates"

EVIL = "<script>alert(1)</script>"


def test_a_text_that_waits_to_be_translated_is_escaped_with_what_it_was_given(built_app: Flask) -> None:
    with built_app.test_request_context("/"):
        text = lazy_gettext("“%(name)s” is < 5 & more", name=EVIL)
        for template in ("{{ text }}", "{{ text ~ '' }}", "{{ [text]|join(', ') }}", "{{ '%s'|format(text) }}"):
            page = render_template_string(template, text=text)
            assert EVIL not in page, template
        assert render_template_string("{{ text }}", text=text).endswith("is &lt; 5 &amp; more")


def test_hours_read_from_left_to_right_and_an_unknown_end_leaves_the_start() -> None:
    starts, ends = datetime(2005, 2, 2, 8, tzinfo=UTC), datetime(2005, 2, 2, 9, 30, tzinfo=UTC)
    assert hours(starts, ends, "Europe/Zurich") == '<bdi dir="ltr">09:00–10:30</bdi>'
    assert hours(starts, None, "Europe/Zurich") == '<bdi dir="ltr">09:00</bdi>'


def test_no_template_writes_hours_of_its_own() -> None:
    """A dash between two times of day belongs to the filter, or stands in an element that reads from left to right."""
    between = re.compile(r"clock(?:\(\S+\))? }}(?:</time>)?\s*(?:{%-? if [^%]*%}\s*)?–")
    for file in TEMPLATES.rglob("*.html"):
        for found in between.finditer(file.read_text("utf-8")):
            before = file.read_text("utf-8")[: found.start()]
            assert before.rfind('dir="ltr"') > before.rfind("</bdi>"), f"{file.name}: {found.group()}"


@pytest.mark.parametrize("message", ["It is now on %(day)s, %(start)s–%(end)s."])
def test_a_sentence_with_hours_sets_them_apart_in_arabic(built_app: Flask, message: str) -> None:
    with built_app.test_request_context("/"), force_locale("ar"):
        assert "\u206609:00–10:30\u2069" in gettext(message, day="", start="09:00", end="10:30")
