"""The library: written at the desk, public by a decision, launched, cited, and found again when its source is gone."""

import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import current_app
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests import factories as make
from tests.cast import Company
from tests.conftest import CheckedClient, SignedIn, count_statements
from workshop.deliberation.editions.models import EditionRelease, EditionState
from workshop.follow_up.publications import rules
from workshop.follow_up.publications.models import (
    CheckedLink,
    FilePurpose,
    Publication,
    PublicationFile,
    PublicationKind,
)
from workshop.follow_up.publications.tasks import check_links
from workshop.platform import files, outside_links, tasks
from workshop.platform.db import Words, db, now

DESK = "/workshops/w/desk/publications"
ABOUT = {
    "title-en": "Achieving coherence",
    "title-fr": "La cohérence",
    "kind": "report",
    "authors": "Synthetic, Ines Maria\nOffice of Examples",
    "issued_on": "2008-10-29",
    "summary-en": "What ministries do together.",
    "themes": "coherence, remittances",
    "languages": ["en", "fr"],
    "chapters": "Three levels | Synthetic, Ines | 3–20\nAnnex",
}
IMPRINT = {
    "publisher": "Office of Examples",
    "publisher_place": "Geneva",
    "collection": "Research Series",
    "number": "34",
    "isbn": "978-92-9068-405-3",
    "issn": "1607-338X",
    "symbol": "MC/INF/271",
    "link": "https://library.example/report",
    "zone": "Asia/Manila",
}
LAUNCH = {
    "launch_event-en": "Second Global Forum",
    "launch_place-en": "Manila",
    "launch_theme-en": "Policy and institutional coherence",
    "launch_on": "2008-10-29",
    "launch_link": "https://forum.example/",
    "press_text-en": "A report on who decides what.",
}


def write(ana: CheckedClient) -> Publication:
    """A publication with everything but files, not public."""
    ana.post(f"{DESK}/new", data=ABOUT)
    made = db.session.scalars(select(Publication).order_by(Publication.id.desc())).first()
    assert made
    for part, data in (("imprint", IMPRINT), ("launch", LAUNCH)):
        assert ana.fill(f"{DESK}/{made.id}/{part}", data=data).status_code == 302
    db.session.refresh(made)
    return made


@pytest.fixture
def written(as_: SignedIn) -> Publication:
    return write(as_("ana"))


@pytest.fixture
def published(as_: SignedIn, written: Publication) -> Publication:
    as_("ana").post(f"{DESK}/{written.id}/publish")
    db.session.refresh(written)
    return written


def test_it_is_public_by_a_decision_and_shows_event_theme_and_date(
    as_: SignedIn, client: FlaskClient, written: Publication
) -> None:
    address = f"/publications/{written.slug}"
    assert address == "/publications/achieving-coherence"
    assert client.get(address).status_code == 404
    assert "Achieving" not in client.get("/publications").text
    assert "Achieving coherence" in as_("ana").get(f"{DESK}/{written.id}/preview").text
    as_("ana").post(f"{DESK}/{written.id}/publish")
    page = client.get(address).text
    for fact in ("Second Global Forum", "Manila", "Policy and institutional coherence", "29 October 2008", "Press kit"):
        assert fact in page
    for place in ("/publications?q=coherence+2008", "/publications?language=fr&kind=report", "/", "/series/s/"):
        assert ("Achieving" in client.get(place).text) == (place not in {"/", "/publications?q=coherence+2008"}), place
    assert 'href="/publications"' in client.get("/").text
    assert 'href="/publications?series=s"' in client.get("/workshops/w/").text
    assert address in client.get("/workshops/w/search?q=remittances").text
    as_("ana").post(f"{DESK}/{written.id}/withdraw")
    assert client.get(address).status_code == 404
    assert "/publications" not in client.get("/workshops/w/").text


def test_a_page_for_machines_and_reference_managers(client: FlaskClient, published: Publication) -> None:
    page = client.get(f"/publications/{published.slug}").text
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    assert (data["@type"], data["isbn"], data["author"][0]["familyName"]) == (
        "Report",
        "978-92-9068-405-3",
        "Synthetic",
    )
    assert '<meta name="DC.title" content="Achieving coherence">' in page
    assert "Synthetic, I. M., &amp; Office of Examples. (2008)." in page
    assert "Ines Maria Synthetic and Office of Examples, <cite" in page
    bib, ris = (client.get(f"/publications/{published.slug}/citation.{each}").text for each in ("bib", "ris"))
    assert bib.startswith("@techreport{synthetic2008achieving,")
    assert "AU  - Synthetic, Ines Maria\r\nAU  - Office of Examples\r\n" in ris


def test_nothing_before_the_end_of_the_embargo_in_its_zone(
    as_: SignedIn, client: FlaskClient, published: Publication
) -> None:
    ana = as_("ana")
    tomorrow = (now() + timedelta(days=1)).astimezone(ZoneInfo("Asia/Manila"))
    ana.fill(f"{DESK}/{published.id}/imprint", data=IMPRINT | {"embargo_until": f"{tomorrow:%Y-%m-%d %H:%M}"})
    db.session.refresh(published)
    assert published.embargo_until == tomorrow.replace(second=0, microsecond=0)
    address = f"/publications/{published.slug}"
    assert [client.get(f"{address}{end}").status_code for end in ("", "/citation.bib", "/files/1")] == [404] * 3
    for place in ("/publications", "/", "/series/s/", "/workshops/w/", "/workshops/w/search?q=coherence"):
        assert "Achieving" not in client.get(place).text
        assert "/publications?series" not in client.get(place).text
    published.embargo_until = now() - timedelta(seconds=1)
    db.session.commit()
    (waiting,) = db.session.scalars(select(tasks.Task).where(tasks.Task.kind == "publications.end_embargo"))
    waiting.due_at = now()
    db.session.commit()
    tasks.run_due()
    assert "Achieving" in client.get(address).text
    assert "/publications?series=s" in client.get("/workshops/w/").text


def test_wrong_numbers_name_their_field_and_nothing_is_saved(as_: SignedIn, written: Publication) -> None:
    ana, address = as_("ana"), f"{DESK}/{written.id}/imprint"
    for field, wrong, said in (
        ("isbn", "978-92-9068-405-4", "is not an ISBN"),
        ("issn", "1607-3381", "is not an ISSN"),
        ("symbol", "no slashes", "with its slashes"),
        ("link", "javascript:alert(1)", "beginning with https://"),
    ):
        page = ana.fill(address, data=IMPRINT | {"publisher": "Another", field: wrong}).text
        assert said in page
        assert f'href="#{field}"' in page
        db.session.refresh(written)
        assert written.publisher == "Office of Examples"


def test_a_source_that_is_gone_is_noticed_and_the_copy_held_here_is_offered(
    client: FlaskClient, published: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = PublicationFile(
        publication=published, purpose=FilePurpose.ARCHIVED, language="en", stored_as=files.put(b"%PDF-1.4"),
        filename="a.pdf", media_type="application/pdf", size=8, received_at=make.NOON,
    )  # fmt: skip
    db.session.add(copy)
    db.session.commit()
    asked: list[str] = []

    def answers(address: str) -> int:
        asked.append(address)
        if "forum" in address:
            raise outside_links.Unanswered("away")
        return 404

    monkeypatch.setattr(outside_links, "status_of", answers)
    check_links()
    tasks.run_due()
    assert asked == [], "an installation that does not ask outside does not"
    monkeypatch.setitem(current_app.config, "CHECK_LINKS", True)
    address = f"/publications/{published.slug}"
    assert 'href="https://library.example/report"' in client.get(address).text
    check_links()
    db.session.execute(update(tasks.Task).values(due_at=now()))
    db.session.commit()
    tasks.run_due()
    assert sorted(asked) == ["https://forum.example/", "https://library.example/report"]
    page = client.get(address).text
    assert 'href="https://library.example/report"' not in page
    assert "no longer answers" in page
    assert f'{address}/files/{copy.id}"' in page
    assert client.get(f"{address}/files/{copy.id}").data == b"%PDF-1.4"
    assert 'href="https://forum.example/"' in page, "one that is away for a day is not given up"


def test_a_link_is_given_up_after_days_without_an_answer_and_found_again() -> None:
    link = CheckedLink(address="https://a.example/")
    for day in range(3):
        assert link.dead_since is None
        rules.record_check(link, 503 if day else None, at=make.NOON + timedelta(days=day))
    assert link.dead_since == make.NOON + timedelta(days=2)
    rules.record_check(link, 403, at=make.NOON)
    assert link.failures == 0
    assert not link.dead_since


def test_files_editions_and_coverage(as_: SignedIn, client: FlaskClient, published: Publication) -> None:
    ana, desk = as_("ana"), f"{DESK}/{published.id}"
    page = f"/publications/{published.slug}"
    sent = {"purpose": "text", "language": "fr", "file": (io.BytesIO(b"not a paper"), "x.pdf")}
    assert "x.pdf" in ana.post(f"{desk}/files", data=sent).text
    assert db.session.scalars(select(PublicationFile)).all() == []
    for number, changes in ((1, ""), (2, "The chapter on remittances is new.")):
        data = {"number": number, "issued_on": "2009-01-01", "changes-en": changes, "endorsers": "Group A\nGroup B"}
        assert ana.fill(f"{desk}/editions/new", data=data).status_code == 302
    refused = {"number": "3", "issued_on": "2009-01-01"}
    assert "Say what changed" in ana.fill(f"{desk}/editions/new", data=refused).text
    mention = {
        "outlet": "The Example",
        "title": "Who decides",
        "seen_on": "2008-11-01",
        "link": "https://news.example/1",
    }
    ana.fill(f"{desk}/coverage/new", data=mention)
    shown = client.get(page).text
    for fact in ("Edition 2", "The chapter on remittances is new.", "Group A", "2nd ed.", "Who decides", "The Example"):
        assert fact in shown
    db.session.refresh(published)
    newest, mention_id = published.editions[0], published.mentions[0].id
    ana.fill(f"{desk}/editions/{newest.id}", data=data | {"errata-en": "Page 3: read 30."})
    ana.fill(f"{desk}/coverage/{mention_id}", data=mention | {"outlet": "The Sample"})
    assert "Page 3: read 30." in client.get(page).text
    assert "The Sample" in client.get(page).text
    ana.post(f"{desk}/editions/{newest.id}/remove")
    ana.post(f"{desk}/coverage/{mention_id}/remove")
    assert "Edition 2" not in client.get(page).text
    ana.post(f"{desk}/remove")
    assert client.get(page).status_code == 404


def test_a_released_report_is_offered_by_one_act(as_: SignedIn, client: FlaskClient, company: Company) -> None:
    edition = make.edition(workshop=company.workshop, state=EditionState.RELEASED)
    edition.title = Words(en="Report of the meeting")
    edition.releases = [EditionRelease(language="en", released_at=datetime(2026, 3, 5, 23, 30, tzinfo=UTC))]
    db.session.add(edition)
    db.session.commit()
    oto = as_("oto")
    there = "/workshops/other/desk/publications"
    assert "Report of the meeting" in oto.get(there).text, "of another workshop of the series"
    oto.post(f"{there}/from-report/{edition.id}")
    made = db.session.scalars(select(Publication)).one()
    assert (made.issued_on, made.kind, made.languages) == (date(2026, 3, 6), PublicationKind.REPORT, ["en"])
    assert client.get(f"/publications/{made.slug}").status_code == 404
    oto.post(f"{there}/{made.id}/publish")
    link = f"/workshops/w/reports/{edition.report.slug}"
    assert link in client.get(f"/publications/{made.slug}").text
    edition.state = EditionState.WITHDRAWN
    db.session.commit()
    assert link not in client.get(f"/publications/{made.slug}").text


def test_the_library_is_paged_by_key(client: FlaskClient, company: Company) -> None:
    for number in range(45):
        made = Publication(
            slug=f"p{number}", series=company.workshop.series, kind=PublicationKind.PAPER, title=Words(en=f"Paper n{number}"),
            issued_on=date(2020, 1, 1 + number % 2), zone="UTC", published_at=make.NOON,
        )  # fmt: skip
        db.session.add(made)
    db.session.commit()
    seen: list[str] = []
    onward = ["/publications"]
    while onward:
        page = client.get(onward[0].replace("&amp;", "&")).text
        seen += re.findall(r'href="/publications/(p\d+)"', page)
        onward = re.findall(r'rel="next" href="([^"]+)"', page)
    assert len(seen) == len(set(seen)) == 45


def test_the_library_of_the_workspace_takes_few_statements(as_: SignedIn, written: Publication) -> None:
    ana = as_("ana")
    pages = (DESK, f"{DESK}/{written.id}", "/workshops/w/desk/practices", "/workshops/w/desk/gaps")
    for page in (*pages, "/workshops/w/desk/directory"):
        with count_statements() as statements:
            assert ana.get(page).status_code == 200
        assert len(statements) <= 10, page
