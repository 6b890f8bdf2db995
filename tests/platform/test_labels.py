"""An enum and its labels: declared together, stored by the value alone."""

import copy
import json
import pickle
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_babel import lazy_gettext as _l

from tests import factories as make
from workshop.platform.db import db
from workshop.platform.labels import Labelled
from workshop.programme.papers.models import State
from workshop.secretariat.series.models import MeetingMode, Workshop

ROOT = Path(__file__).parents[2]
NAMED = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in ROOT.glob("workshop/**/*.py")
    if "(Labelled):" in path.read_text()
]


class Answer(Labelled):
    YES = "yes", _l("yes"), "good"
    NO = "no", _l("no")


def test_a_member_is_its_value_and_knows_its_label_and_tone() -> None:
    stored: str = "yes"
    assert Answer("yes") is Answer.YES == stored
    assert f"{Answer.YES}" == Answer.YES.value == "yes"
    assert (Answer.YES.tone, Answer.NO.tone) == ("good", "")
    assert [str(label) for label in Answer.labels().values()] == ["yes", "no"]
    by_what_is_stored: Mapping[Any, object] = Answer.labels()
    assert str(by_what_is_stored["no"]) == "no", "what is stored finds its label as well"


def test_what_leaves_python_is_the_value_and_what_comes_back_is_the_member() -> None:
    assert json.dumps({"answer": Answer.YES}) == '{"answer": "yes"}'
    assert pickle.loads(pickle.dumps(Answer.NO)) is Answer.NO  # noqa: S301
    assert copy.deepcopy(Answer.NO) is Answer.NO


def test_the_database_holds_the_value(app: Flask) -> None:
    db.session.add(make.workshop(mode=MeetingMode.CHATHAM_HOUSE))
    db.session.commit()
    assert db.session.scalar(sa.text("SELECT mode FROM workshop")) == "chatham_house"
    db.session.expire_all()
    assert db.session.scalars(sa.select(Workshop)).one().mode is MeetingMode.CHATHAM_HOUSE
    assert isinstance(Workshop.__table__.c.mode.type, sa.Enum)
    assert (Workshop.__table__.c.mode.type.length, Workshop.__table__.c.mode.type.native_enum) == (32, False)


def test_a_label_is_in_the_language_of_the_page(built_app: Flask) -> None:
    with built_app.test_request_context("/?lang=fr"):
        assert str(State.PUBLISHED.label) == "publié"


def test_a_member_without_a_label_is_refused_where_it_is_declared() -> None:
    with pytest.raises(TypeError, match="'maybe' has no label"):

        class Vague(Labelled):
            MAYBE = "maybe"


@pytest.mark.parametrize("name", NAMED)
def test_every_tone_is_one_that_pages_know(name: str) -> None:
    kinds = [
        each for each in vars(import_module(name)).values() if isinstance(each, type) and issubclass(each, Labelled)
    ]
    assert {member.tone for kind in kinds for member in kind} <= {"", "good", "warn", "bad"}
