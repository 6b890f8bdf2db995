"""A day in a form: one of the calendar, or that of the answer, sent under one name."""

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from workshop.platform.forms import BaseForm, DayOrTodayField


class Form(BaseForm):
    earliest = DayOrTodayField("Earliest", default="")


@pytest.mark.parametrize(
    ("values", "said"),
    [(["2005-02-28"], "2005-02-28"), (["", "today"], "today"), (["today"], "today"), ([""], ""), ([], "")],
)
def test_a_day_is_one_of_the_calendar_or_that_of_the_answer(app: Flask, values: list[str], said: str) -> None:
    with app.test_request_context("/"):
        form = Form(MultiDict(("earliest", value) for value in values), meta={"csrf": False})
        shown = str(form.earliest())
    assert form.earliest.data == said
    assert ("checked" in shown) is (said == "today")
    assert ('value="2005-02-28"' in shown) is (said == "2005-02-28")
