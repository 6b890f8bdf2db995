"""Titles of tables, the sessions they are for, and dated rates, through their pages."""

import re
from html import unescape

from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import SignedIn
from tests.consultation.findings.test_views import FIRST, PUBLIC, take, version
from workshop.consultation.findings.models import ExchangeRate, TableChoice
from workshop.consultation.questionnaires.models import QuestionnaireVersion
from workshop.platform.db import db

__all__ = ["version"]
TABLES = "/workshops/w/desk/questionnaires/q/tables"


def hidden(page: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in re.findall(r'name="(seen|opened)"[^>]*value="([^"]*)"', page)}


def test_a_table_has_the_title_a_person_chose(
    as_: SignedIn, client: FlaskClient, version: QuestionnaireVersion
) -> None:
    ana = as_("ana")
    take(ana)
    ana.post(f"{FIRST}/publish")
    assert "Table 1" in client.get(PUBLIC).text, "tables are numbered"
    typed = hidden(ana.get(f"{TABLES}/E1").text) | {"title-en": "Who sends money", "place": "", "in_summary": "y"}
    assert ana.post(f"{TABLES}/E1", data=typed).status_code == 302
    assert "Who sends money" in client.get(PUBLIC).text
    assert "Who sends money" in ana.get(TABLES).text
    stale = ana.post(f"{TABLES}/E1", data=typed | {"title-en": "Another"})
    assert stale.status_code == 409, "two people do not write over one another"
    ana.post(f"{TABLES}/E1/reset")
    assert db.session.scalars(select(TableChoice)).all() == []
    assert "Who sends money" not in client.get(PUBLIC).text


def test_a_dated_rate_values_the_median_of_a_currency(
    as_: SignedIn, client: FlaskClient, version: QuestionnaireVersion
) -> None:
    ana = as_("ana")
    take(ana)
    ana.post(f"{FIRST}/publish")
    offered = re.findall(r'<option[^>]*value="([A-Z]{3})"', ana.get(f"{FIRST}/rates").text)
    assert offered, "the demonstration's answers hold sums of money"
    rate = {"currency": offered[0], "rate": "1.5", "into": "usd", "on": "2005-02-01", "source": "a bank"}
    assert "three letters" in ana.post(f"{FIRST}/rates", data=rate | {"into": "dollars"}).text
    saved = ana.post(f"{FIRST}/rates", data=rate)
    assert saved.status_code == 302, saved.text
    assert "at the rate of 1 February 2005 (a bank)" in " ".join(client.get(PUBLIC).text.split())
    ana.post(f"{FIRST}/rates", data=rate | {"rate": "2"})
    assert db.session.scalars(select(ExchangeRate.rate)).all() == ["2"], "one rate for each currency"
    ana.post(f"{FIRST}/rates/{offered[0]}/remove")
    assert db.session.scalars(select(ExchangeRate)).all() == []
