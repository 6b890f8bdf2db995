"""Every page of the demonstration, of each kind one, read by a strict parser of HTML: no error, however small."""

import re
import shutil
from collections import deque
from pathlib import Path

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from config import settings
from tests import pages
from workshop.consultation.questionnaires.models import Transcription
from workshop.platform.db import db
from workshop.secretariat.series.models import Membership, Role

MOST_PAGES = 220


@pytest.fixture(scope="module")
def demonstration(loaded_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    own = shutil.copytree(loaded_instance, tmp_path_factory.mktemp("strict") / "instance")
    values = settings({"WORKSHOP_MODE": "demo", "WORKSHOP_INSTANCE": str(own)})
    return create_app(values | {"WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False, "LOG_LEVEL": 50})


def kind_of(app: Flask, address: str) -> tuple[object, ...]:
    """Pages of one view are of one kind, whatever they show; a question's form differs by its type."""
    view, _values = app.url_map.bind("localhost").match(address.partition("?")[0], method="GET")
    return view, address.partition("?")[2][:12] if "type=" in address else ""


def walk(app: Flask, client: FlaskClient, start: str) -> dict[str, str]:
    """One page of each kind that can be reached by links, by its address."""
    found: dict[str, str] = {}
    seen: set[tuple[object, ...]] = set()
    waiting = deque([start])
    while waiting and len(found) < MOST_PAGES:
        address = waiting.popleft()
        answer = client.get(address, follow_redirects=True)
        if answer.mimetype != "text/html" or answer.status_code != 200:
            continue
        found[address] = answer.text
        for link in re.findall(r'href="(/[^"#]*)', answer.text):
            link = link.replace("&amp;", "&")
            if "/static/" not in link and (kind := kind_of(app, link)) not in seen:
                seen.add(kind)
                waiting.append(link)
    return found


@pytest.mark.parametrize(("who", "fewest"), [("organiser", 60), ("chair", 15), ("rapporteur", 15), ("", 10)])
def test_no_page_has_an_error_of_html(demonstration: Flask, who: str, fewest: int) -> None:
    client = demonstration.test_client()
    if who:
        client.post("/sign-in/demo", data={"email": f"{who}@example.org"})
    found = walk(demonstration, client, "/workshops/mine" if who else "/")
    assert len(found) >= fewest, sorted(found)
    faults = {}
    for address, html in found.items():
        parser = html5lib.HTMLParser()
        parser.parse(html)
        if parser.errors:
            (line, _column), code, *_rest = parser.errors[0]
            faults[address] = f"{code}: {html.splitlines()[line - 1].strip()[:160]}"
        pages.check(html)
    assert faults == {}


def test_what_came_on_paper_was_typed_by_an_organiser(demonstration: Flask) -> None:
    """Nobody else reads confidential answers, in the demonstration too."""
    with demonstration.app_context():
        typists = {who for each in db.session.scalars(db.select(Transcription)) for who in each.typed_by}
        organisers = db.select(Membership.user_id).where(Membership.role == Role.ORGANISER)
        assert typists
        assert typists <= set(db.session.scalars(organisers))
