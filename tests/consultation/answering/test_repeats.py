"""A form of the field, answered without JavaScript: calculations, what depends on them, choices by region, projects 0 to n."""

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests import factories as make
from tests.consultation.survey_files.xlsform.test_forms_of_the_field import ORGANISATIONS, read
from workshop.consultation.questionnaires.models import Response
from workshop.platform.db import db


def test_a_form_of_the_field_is_answered_without_scripts(client: FlaskClient, app: Flask) -> None:
    with app.test_request_context():
        draft = read(*ORGANISATIONS).document
    db.session.add(make.version(draft, questionnaire=make.questionnaire(slug="field")))
    db.session.commit()
    link = client.post("/workshops/w/questionnaires/field").headers["Location"]
    first = client.get(link).headers["Location"]
    form = {"org": "Casa Abierta", "men": "90", "women": "20", "region": "af", "country": "slv", "go": "next"}
    form |= {"project.was": "…", "project.1.title": "Clinic", "project.1.year": "x"}
    said = client.post(first, data=form).text
    assert "“El Salvador” does not go with your other answers." in said
    assert "Entry 1, “Year”: Write a whole number" in said
    assert "Casa Abierta has 110 members." in said
    form |= {"country": "sen", "why": "Few", "project.1.year": "2003", "project.2.title": "School"}
    assert client.post(first, data=form | {"go": "drop:project:1"}).location.endswith("#project")
    assert db.session.scalars(sa.select(Response.answers)).one()["project"] == [{"title": "School"}]
    assert client.post(first, data=form).location == f"{link}/summary"
    client.post(f"{link}/submit")
    db.session.expire_all()
    kept = db.session.scalars(sa.select(Response)).one().answers
    assert (kept["total"], kept["project"]) == ("110", [{"title": "Clinic", "year": 2003}, {"title": "School"}])
