"""Random forms of others mean here what they mean there: their conditions and calculations are evaluated by a second
evaluator that shares nothing with ours, over random answers, and agree question by question.
"""

import math
import operator
from collections.abc import Callable
from typing import Any, cast

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.budget import examples
from workshop.consultation.questions.definition import Definition
from workshop.consultation.survey_files.checking.mending import mend
from workshop.consultation.survey_files.xlsform.form_reader import Read, read
from workshop.platform.opened_files import XlsForm

pytestmark = pytest.mark.on_one_database("the application is there for its words, nothing is stored")
CODES = ["1", "2", "3", "yes", "no", "1.5"]  # "1.5" is no code here and is renamed
# Making a failing example smaller takes minutes here.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
Answers = dict[str, Any]
Meaning = Callable[[Answers], Any]
Said = tuple[str, Meaning]  # an expression as XLSForm writes it, and what XPath makes of it


def number(value: Any) -> float:
    """As XPath's number(): a blank or a word is no number."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan


def text(answers: Answers, name: str) -> str:
    given_ = answers.get(name, "")
    return " ".join(given_) if isinstance(given_, list) else str(given_)


def figure(name: str) -> Said:
    return f"${{{name}}}", lambda answers: number(text(answers, name))


counts = st.sampled_from(["count", "other_count"]).map(figure)
constants = st.integers(0, 20).map(lambda value: (str(value), lambda _answers: float(value)))


@st.composite
def sums(draw: st.DrawFn) -> Said:
    (left, one), (right, two) = draw(counts), draw(counts | constants)
    sign, work = draw(st.sampled_from([("+", operator.add), ("-", operator.sub), ("*", operator.mul)]))
    return f"{left} {sign} {right}", lambda answers: work(one(answers), two(answers))


@st.composite
def comparisons(draw: st.DrawFn) -> Said:
    kind = draw(st.sampled_from(["figures", "code", "words", "selected", "counted"]))
    if kind == "figures":
        (left, one), (right, two) = draw(counts | sums()), draw(constants | counts)
        among = (
            SIGNS if right.isdigit() or " " in left else SIGNS.keys() - {"=", "!="}
        )  # two answers: compared as texts
        sign = draw(st.sampled_from(sorted(among)))
        return f"{left} {sign} {right}", lambda answers: SIGNS[sign](one(answers), two(answers))
    if kind == "counted":
        most = draw(st.integers(0, 3))
        return f"count-selected(${{many}}) > {most}", lambda answers: len(answers.get("many", [])) > most
    code, sign = draw(st.sampled_from(CODES)), draw(st.sampled_from(["=", "!="]))
    if kind == "selected":
        return f"selected(${{many}}, '{code}')", lambda answers: code in answers.get("many", [])
    if kind == "words":
        return f"${{words}} {sign} ''", lambda answers: SIGNS[sign](text(answers, "words"), "")
    return f"${{one}} {sign} '{code}'", lambda answers: SIGNS[sign](text(answers, "one"), code)


def in_brackets(parts: tuple[Said, Said, str]) -> Said:
    (left, one), (right, two), joint = parts
    if joint == "and":
        return f"({left}) and ({right})", lambda answers: one(answers) and two(answers)
    return f"({left}) or ({right})", lambda answers: one(answers) or two(answers)


conditions = st.recursive(
    comparisons(),
    lambda inner: (
        st.tuples(inner, inner, st.sampled_from(["and", "or"])).map(in_brackets)
        | inner.map(lambda said: (f"not({said[0]})", lambda answers: not said[1](answers)))
    ),
    max_leaves=6,
)
given_answers = st.fixed_dictionaries(
    {},
    optional={
        "one": st.sampled_from(CODES),
        "many": st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True),
        "count": st.integers(0, 20),
        "other_count": st.integers(0, 20),
        "words": st.sampled_from(["x", "some words", "3"]),
    },
)


def imported(rows: list[dict[str, str]]) -> Read:
    survey = [
        {"type": "select_one c", "name": "one", "label": "One"},
        {"type": "select_multiple c", "name": "many", "label": "Many"},
        {"type": "integer", "name": "count", "label": "Count"},
        {"type": "integer", "name": "other_count", "label": "Other"},
        {"type": "text", "name": "words", "label": "Words"},
        *rows,
    ]
    choices = [{"list_name": "c", "name": code, "label": f"Choice {code}"} for code in CODES]
    sheets = {
        name: {
            "columns": list(dict.fromkeys(key for row in listed for key in row)),
            "rows": list(enumerate(listed, 2)),
            "headless": [],
        }
        for name, listed in (("survey", survey), ("choices", choices))
    }
    form = {"kind": "xlsform", "sheets": sheets, "others": []}
    found = read(cast("XlsForm", form), plain_language="en")
    mend(found.document, found.report)
    return found


def in_our_codes(definition: Definition, answers: Answers) -> Answers:
    ours = {option.label["en"].removeprefix("Choice "): option.code for option in definition.everything["one"].options}
    renamed = dict(answers)
    if "one" in answers:
        renamed["one"] = ours[answers["one"]]
    if "many" in answers:
        renamed["many"] = [ours[code] for code in answers["many"]]
    return renamed


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=examples(60), phases=PHASES
)
@given(st.lists(conditions, min_size=1, max_size=4), sums(), st.lists(given_answers, min_size=4, max_size=8))
def test_conditions_and_calculations_mean_the_same(
    app: Flask, wanted: list[Said], worked_out: Said, tried: list[Answers]
) -> None:
    asked = [
        {"type": "text", "name": f"asked_{place}", "label": f"Asked {place}", "relevant": said}
        for place, (said, _meaning) in enumerate(wanted)
    ]
    found = imported([{"type": "calculate", "name": "total", "calculation": worked_out[0]}, *asked])
    told = {remark.text for remark in found.report.warnings}
    definition = Definition.read(found.document)
    for answers in tried:
        here, counted = definition.settled(in_our_codes(definition, answers))
        for place, (said, meaning) in enumerate(wanted):
            if said not in told:  # what was left out is told with its words
                assert (f"asked_{place}" in here) == bool(meaning(answers)), (said, answers)
        expected = worked_out[1](answers)
        assert number(counted.get("total")) == expected or math.isnan(expected), (worked_out[0], answers)
