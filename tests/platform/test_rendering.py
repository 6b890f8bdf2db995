"""Templates at what they have to cost: as the libraries say it, compiled once for all processes, whatever can be kept."""

from pathlib import Path
from typing import NoReturn

import pytest
from flask import Flask, render_template_string, url_for
from jinja2 import DictLoader, Environment
from markupsafe import Markup
from wtforms.widgets import core

from workshop.platform.rendering import CompiledTemplates, attributes


def test_the_attributes_of_a_field_are_those_of_the_library() -> None:
    given = {"id": "a", "class_": 'x"<', "data_show": "y", "required": True, "disabled": False, "maxlength": 3}
    assert attributes(**given) == Markup('class="x&#34;&lt;" data-show="y" id="a" maxlength="3" required')
    assert attributes(title=Markup('<b>"</b>')) == Markup('title="<b>&quot;</b>"')
    assert core.TextInput().html_params is attributes
    assert core.html_params is attributes


def test_an_address_in_a_template_is_that_of_the_framework(app: Flask) -> None:
    asked = (
        ("public.workshop", {"slug": "w"}),
        ("public.workshop", {"slug": "w", "_anchor": "x y"}),
        ("agenda.desk", {"slug": "é", "page": 2, "part": None}),
        ("static", {"filename": "css/site.css"}),
        ("public.workshop", {"slug": "w", "_external": True}),
        (".workshop", {"slug": "w"}),
        ("agenda.desk", {"slug": "w", "part": ["a", "b"]}),
    )
    with app.test_request_context("/workshops/w/"):
        for _again in range(2):
            for endpoint, values in asked:
                written = render_template_string("{{ url_for(endpoint, **values) }}", endpoint=endpoint, values=values)
                assert written == str(Markup.escape(url_for(endpoint, **values)))
    with app.test_request_context("/workshops/w/", base_url="http://localhost/below"):
        assert render_template_string("{{ url_for('public.workshop', slug='w') }}") == "/below/workshops/w/"


@pytest.mark.parametrize(("language", "said"), [("ar", "أ، &lt;b&gt;"), ("fr", "أ, &lt;b&gt;")])
def test_arabic_has_a_comma_of_its_own(app: Flask, language: str, said: str) -> None:
    with app.test_request_context(f"/?lang={language}"):
        assert render_template_string("{{ parts|in_a_row }}", parts=["أ", "<b>"]) == said


def test_french_has_a_space_before_a_colon(app: Flask) -> None:
    with app.test_request_context("/?lang=fr"):
        assert render_template_string("{{ part|colon }}", part="<i>") == "&lt;i&gt;\u00a0:"


TEXTS = DictLoader({"greeting.html": "Welcome, {{ name }}"})


class NeverCompiling(Environment):
    def _compile(self, source: str, filename: str) -> NoReturn:
        raise AssertionError(f"compiled again: {source}")


def test_what_one_process_has_compiled_the_next_takes_over(tmp_path: Path) -> None:
    for environment in (Environment, NeverCompiling):
        pages = environment(loader=TEXTS, bytecode_cache=CompiledTemplates(str(tmp_path)), autoescape=True)
        assert pages.get_template("greeting.html").render(name="Amina") == "Welcome, Amina"


def test_a_page_comes_though_what_was_compiled_cannot_be_kept(tmp_path: Path) -> None:
    pages = Environment(loader=TEXTS, bytecode_cache=CompiledTemplates(str(tmp_path)), autoescape=True)
    tmp_path.rmdir()
    assert pages.get_template("greeting.html").render(name="Amina") == "Welcome, Amina"
