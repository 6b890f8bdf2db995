"""Findings on their pages, pictures, pages for a screen, and files that only their owner fetches."""

import re
from datetime import timedelta

import pytest
from flask import current_app
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast import Company
from tests.conftest import SignedIn
from tests.consultation.findings.test_views import FIRST, take, version
from workshop.consultation.findings.disclosing.showing import tables_of
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.presenting.crossed_tables import with_crossings
from workshop.consultation.presenting.models import FileKind, Finding, ResultFile
from workshop.consultation.presenting.paper.results_paper import summary
from workshop.consultation.presenting.tasks import content_of, remove_expired_files
from workshop.consultation.questionnaires.models import QuestionnaireVersion
from workshop.platform import files, tasks
from workshop.platform.db import db, now

__all__ = ["version"]
FINDINGS, NEW = f"{FIRST}/findings", f"{FIRST}/findings/new/E1"


def fields_of(page: str) -> dict[str, str]:
    from html import unescape

    hidden = dict(re.findall(r'name="(seen|opened)"[^>]*value="([^"]*)"', page))
    texts = re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)', page)
    return {name: unescape(value).strip() for name, value in [*hidden.items(), *texts]} | {
        "position": "1",
        "session": "",
    }


@pytest.fixture
def taken(as_: SignedIn, version: QuestionnaireVersion) -> Snapshot:
    take(as_("ana"))
    return db.session.scalars(select(Snapshot)).one()


def test_a_finding_is_drafted_written_published_cited_and_withdrawn(
    as_: SignedIn, client: FlaskClient, taken: Snapshot
) -> None:
    ana = as_("ana")
    page = ana.get(NEW).text
    assert "chose “Yes”" in page, "the draft has the figures of its table"
    assert ana.post(NEW, data=fields_of(page)).status_code == 302
    made = db.session.scalars(select(Finding)).one()
    address, desk = f"/workshops/w/findings/{made.key}", f"/workshops/w/desk/findings/{made.key}"
    assert client.get(address).status_code == 404
    assert "Publish the results first" in ana.post(f"{desk}/publish", follow_redirects=True).text
    ana.post(f"{FIRST}/publish")
    ana.post(f"{desk}/publish")
    assert "chose “Yes”" in client.get(address).text
    assert "cannot change" in ana.post(desk, data=fields_of(ana.get(desk).text) | {"statement-en": "All."}).text
    ana.post(f"{desk}/withdraw", data={"reason-en": "A wrong table."})
    assert "was withdrawn on" in client.get(address).text
    assert "A wrong table." in client.get(address).text


def test_a_draft_is_removed(as_: SignedIn, taken: Snapshot) -> None:
    ana = as_("ana")
    ana.post(NEW, data=fields_of(ana.get(NEW).text))
    made = db.session.scalars(select(Finding)).one()
    ana.post(f"/workshops/w/desk/findings/{made.key}/remove")
    assert not db.session.scalars(select(Finding)).all()


def test_chair_reads_the_briefing_and_presents_what_was_shared(as_: SignedIn, taken: Snapshot) -> None:
    ana = as_("ana")
    ana.post(NEW, data=fields_of(ana.get(NEW).text))
    assert "chose “Yes”" not in as_("eva").get("/workshops/w/desk/briefing").text
    assert as_("eva").get(f"{FIRST}/present").status_code == 403
    as_("ana").post(f"{FIRST}/share")
    assert "chose “Yes”" in as_("eva").get("/workshops/w/desk/briefing").text
    pages = as_("eva").get(f"{FIRST}/present").text.split('<section class="slide')[1:]
    assert len(pages) == 2
    assert all("Self-selected." in page and "n = 60" in page for page in pages), "each page can be photographed alone"
    assert as_("eva").get(FINDINGS).status_code == 403


def test_pictures_show_only_what_the_page_shows(as_: SignedIn, client: FlaskClient, taken: Snapshot) -> None:
    public = "/workshops/w/questionnaires/q/results/1/charts/E1"
    assert client.get(f"{public}/svg").status_code == 404
    as_("ana").post(f"{FIRST}/publish")
    svg = client.get(f"{public}/svg")
    assert svg.mimetype == "image/svg+xml"
    assert "n = 60" in svg.text
    assert client.get(f"{public}/png").data[:4] == b"\x89PNG"
    assert as_("eva").get(f"{FIRST}/charts/E1/svg").status_code == 200
    assert client.get("/workshops/w/questionnaires/q/results/1/charts/B1/svg?lang=ar").status_code == 200


def test_a_cross_table_that_is_shown_is_in_every_file(as_: SignedIn, client: FlaskClient, taken: Snapshot) -> None:
    ana = as_("ana")
    ana.post(f"{FIRST}/publish")
    ana.post(f"{FIRST}/cross/show", data={"rows": "A3", "columns": "B5"})
    page = client.get("/workshops/w/questionnaires/q/results/1").text
    (picture,) = re.findall(r'href="([^"]*/charts/A3%20%C3%97%20B5/svg)"', page)
    drawn = client.get(picture).text
    assert "n = 60" in drawn
    assert "Self-selected." in drawn
    assert "sample data" in drawn
    db.session.expire_all()
    snapshot = db.session.scalars(select(Snapshot)).one()
    with current_app.test_request_context():
        lines = content_of(FileKind.CSV, snapshot, "en").decode()
        assert len([line for line in lines.splitlines() if line.startswith("A3 × B5,")]) > 8
        assert '"A3 × B5"' in content_of(FileKind.JSON, snapshot, "en").decode()
        paper = summary(snapshot, with_crossings(snapshot, tables_of(snapshot, ())), (), "en")
        assert [each.tabulation.question for each in paper.parts[-1].tables] == ["A3 × B5"]
        assert not paper.parts[-1].tables[0].statements
    assert "×" in ana.get(f"{FIRST}/present").text


def test_a_file_is_made_for_its_owner_and_goes(as_: SignedIn, taken: Snapshot) -> None:
    ana = as_("ana")
    for kind in ("xlsx", "csv", "json", "pptx", "rows", "codes_xlsx", "sav", "zip"):
        answer = ana.post(f"{FIRST}/files", data={"kind": kind, "language": "en"})
        assert answer.status_code == 302, answer.text
    tasks.run_due()
    made = db.session.scalars(select(ResultFile)).all()
    assert [each.state for each in made] == ["ready"] * 8
    for each in made:
        assert ana.get(f"/workshops/w/desk/result-files/{each.key}").status_code == 200
    ana.post(f"{FIRST}/share")
    other = as_("eva")
    assert other.get(f"/workshops/w/desk/result-files/{made[0].key}").status_code == 404
    assert 'value="rows"' not in other.get(f"{FIRST}/files").text
    for each in made:
        each.expires_at = now() - timedelta(minutes=1)
    db.session.commit()
    stored = made[0].stored_as
    assert as_("ana").get(f"/workshops/w/desk/result-files/{made[0].key}").status_code == 404
    remove_expired_files()
    assert not db.session.scalars(select(ResultFile)).all()
    with pytest.raises(FileNotFoundError):
        files.get(stored)


def test_a_stranger_has_none_of_it(as_: SignedIn, company: Company, taken: Snapshot) -> None:
    for address in (FINDINGS, f"{FIRST}/files", f"{FIRST}/present", f"{FIRST}/charts/E1/svg"):
        assert as_("dov").get(address).status_code == 404
