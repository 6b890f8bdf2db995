"""Texts that wait for the language of a page are put into it as text."""

from flask import Flask, render_template_string
from flask_babel import lazy_gettext

EVIL = "<script>alert(1)</script>"


def test_a_text_that_waits_to_be_translated_is_escaped_with_what_it_was_given(built_app: Flask) -> None:
    with built_app.test_request_context("/"):
        text = lazy_gettext("“%(name)s” is < 5 & more", name=EVIL)
        for template in ("{{ text }}", "{{ text ~ '' }}", "{{ [text]|join(', ') }}", "{{ '%s'|format(text) }}"):
            page = render_template_string(template, text=text)
            assert EVIL not in page, template
        assert render_template_string("{{ text }}", text=text).endswith("is &lt; 5 &amp; more")
