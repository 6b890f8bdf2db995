"""What a form says of its fields."""

import pytest
from flask import Flask, render_template_string
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from workshop.platform.forms import BaseForm

A_FIELD = '{% import "components/forms.html" as forms with context %}{{ forms.field(form[name]) }}'
KINDS = [SelectChoice("c", "Chair"), SelectChoice("s", "Speaker")]


class Appearance(BaseForm):
    part = SelectField("Part", choices=KINDS)
    day = SelectField("Day", choices=[SelectChoice("", "Not set"), SelectChoice("1", "Monday")])
    way = RadioField("Way", choices=KINDS)
    title = StringField("Title")
    name = StringField("Name", validators=[InputRequired()])


@pytest.mark.parametrize(
    ("name", "may_stay_empty"),
    [("part", False), ("day", True), ("way", True), ("title", True), ("name", False)],
)
def test_only_what_may_stay_empty_is_called_optional(app: Flask, name: str, may_stay_empty: bool) -> None:
    with app.test_request_context():
        shown = render_template_string(A_FIELD, form=Appearance(), name=name)
    assert ("(optional)" in shown) == may_stay_empty
