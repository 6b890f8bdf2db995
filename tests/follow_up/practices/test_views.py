"""Practices: with country and source, public by consent and decision, found under the goals of today; gaps by theme."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import CheckedClient, SignedIn
from workshop.follow_up.practices import goal_map
from workshop.follow_up.practices.models import ConsentKind, Gap, SharedPractice
from workshop.platform.db import db
from workshop.platform.mail import Message

DESK = "/workshops/w/desk/practices"
PRACTICE = {
    "title-en": "One office for associations abroad",
    "what-en": "An office answers every association within a month.",
    "who-en": "The ministry",
    "countries": ["PHL", "CHE"],
    "source": "Statement in session 2",
    "meeting": "",
    "themes": "diaspora, institutions",
    "goals": ["mdg-8"],
    "giver": "Ines Synthetic",
    "giver_email": "Ines@Example.org",
}
GAPS = "/workshops/w/desk/gaps"
GAP = {
    "theme": "Data",
    "text-en": "Nobody counts return.",
    "rests_on": "Group 2, point 4 | https://m.example/4\nA talk",
}


def write(ana: CheckedClient) -> SharedPractice:
    answer = ana.post(f"{DESK}/new", data=PRACTICE)
    assert answer.status_code == 302, answer.text
    return db.session.scalars(select(SharedPractice).order_by(SharedPractice.id.desc())).all()[0]


@pytest.fixture
def practice(as_: SignedIn) -> SharedPractice:
    return write(as_("ana"))


def link_of(practice: SharedPractice) -> str:
    letter = db.session.scalars(select(Message).where(Message.recipient == "ines@example.org")).all()[-1]
    assert letter.secret
    return letter.secret.removeprefix("https://meeting.example")


@pytest.mark.parametrize(
    ("without", "said"), [({"countries": []}, "at least one country"), ({"source": ""}, "known from")]
)
def test_country_and_source_are_required(as_: SignedIn, without: dict[str, object], said: str) -> None:
    assert said in as_("ana").post(f"{DESK}/new", data=PRACTICE | without).text
    assert db.session.scalars(select(SharedPractice)).all() == []


def test_it_is_public_by_consent_and_by_a_decision(
    as_: SignedIn, client: FlaskClient, practice: SharedPractice
) -> None:
    ana, page = as_("ana"), f"/practices/{practice.slug}"
    ana.post(f"{DESK}/{practice.id}/publish")
    assert client.get(page).status_code == 404, "nobody has agreed"
    ana.post(f"{DESK}/{practice.id}/ask-for-consent")
    own = link_of(practice)
    assert "An office answers" in client.get(own).text
    client.post(f"{own}/agree")
    assert client.get(page).status_code == 404, "no organiser has decided"
    ana.post(f"{DESK}/{practice.id}/publish")
    shown = client.get(page).text
    assert "Philippines" in shown
    assert "Statement in session 2" in shown
    assert "Synthetic" not in shown, "who gave it is not shown"
    assert "@" not in shown.partition("<main")[2]
    assert page in client.get("/workshops/w/search?q=associations").text
    for place in ("/", "/series/s/", "/workshops/w/"):
        assert 'href="/practices"' in client.get(place).text
    client.post(f"{own}/disagree")
    assert client.get(page).status_code == 404
    assert page not in client.get("/workshops/w/search?q=associations").text
    assert 'href="/practices"' not in client.get("/workshops/w/").text
    db.session.refresh(practice)
    assert practice.published_at is None, "consent given again brings nothing back by itself"


def agreed(ana: CheckedClient, practice: SharedPractice) -> None:
    consent = {"consented_on": "2026-03-01", "consent_note": "By letter"}
    assert ana.fill(f"{DESK}/{practice.id}/consent", data=consent).status_code == 302
    ana.post(f"{DESK}/{practice.id}/publish")


def test_a_recorded_consent_has_its_date_and_how_and_ends_when_the_text_changes(
    as_: SignedIn, client: FlaskClient, practice: SharedPractice
) -> None:
    ana, page = as_("ana"), f"/practices/{practice.slug}"
    in_future = {"consented_on": "2999-01-01", "consent_note": "By letter"}
    assert "in the future" in ana.fill(f"{DESK}/{practice.id}/consent", data=in_future).text
    agreed(ana, practice)
    db.session.refresh(practice)
    assert (practice.consent_kind, practice.consent_note) == (ConsentKind.RECORDED, "By letter")
    assert client.get(page).status_code == 200
    ana.fill(f"{DESK}/{practice.id}/edit", data=PRACTICE | {"themes": "diaspora"})
    assert client.get(page).status_code == 200, "a tag is the secretariat's"
    ana.fill(f"{DESK}/{practice.id}/edit", data=PRACTICE | {"what-en": "Something else."})
    assert client.get(page).status_code == 404


def test_an_mdg_tag_maps_to_sdg_and_gcm_and_is_found_there(
    as_: SignedIn, client: FlaskClient, practice: SharedPractice
) -> None:
    agreed(as_("ana"), practice)
    page = client.get(f"/practices/{practice.slug}").text
    assert "MDG 8: Develop a global partnership for development" in page
    assert all(f">{name}</a>" in page for name in ("SDG 17", "GCM 19", "GCM 23"))
    found = {
        asked: practice.slug in client.get(f"/practices?{asked}").text
        for asked in ("goal=sdg-17", "goal=gcm-20", "goal=mdg-8", "goal=sdg-4", "country=PHL", "country=FRA")
    }
    assert found == {
        "goal=sdg-17": True,
        "goal=gcm-20": True,
        "goal=mdg-8": True,
        "goal=sdg-4": False,
        "country=PHL": True,
        "country=FRA": False,
    }
    for asked, is_there in (
        ("q=suisse+office", True),
        ("q=nothing", False),
        ("theme=diaspora", True),
        ("theme=dias", False),
    ):
        assert (practice.slug in client.get(f"/practices?{asked}").text) is is_there


def test_the_map_goes_both_ways_and_names_goals_that_exist() -> None:
    from workshop.secretariat.settings.goals import goals

    for code in goals():
        for others in goal_map.mapped(code).others.values():
            assert all(each in goals() and code in goal_map.speaking_of(each) for each in others)
    assert goal_map.mapped("mdg-2").others == {"sdg": ["sdg-4"], "gcm": ["gcm-15", "gcm-18"]}


def test_gaps_are_listed_by_theme_with_what_they_rest_on(as_: SignedIn, client: FlaskClient) -> None:
    ana = as_("ana")
    assert "at least one source" in ana.post(f"{GAPS}/new", data=GAP | {"rests_on": ""}).text
    assert "Line 2" in ana.post(f"{GAPS}/new", data=GAP | {"rests_on": "A paper\nAnother | not an address"}).text
    for theme, text in (("Data", "Nobody counts return."), ("data", "Costs are not compared."), ("Law", "No rule.")):
        ana.post(f"{GAPS}/new", data=GAP | {"theme": theme, "text-en": text})
    first, second, _law = db.session.scalars(select(Gap).order_by(Gap.id)).all()
    assert "Nobody counts" not in client.get("/practices/gaps").text
    for each in (first, second):
        ana.post(f"{GAPS}/{each.id}/publish")
    page = client.get("/practices/gaps").text
    assert re.findall(r"<bdi>(\w+)</bdi> <span", page) == ["Data"]
    assert 'href="https://m.example/4"' in page
    assert "No rule." not in page
    ana.fill(f"{GAPS}/{first.id}", data=GAP | {"text-en": "Return is counted nowhere."})
    ana.post(f"{GAPS}/{second.id}/withdraw")
    page = client.get("/practices/gaps").text
    assert "Return is counted nowhere." in page
    assert "Costs" not in page
    ana.post(f"{GAPS}/{first.id}/remove")
    assert "Return" not in client.get("/practices/gaps").text


def test_practices_are_paged_by_key(client: FlaskClient, as_: SignedIn, practice: SharedPractice) -> None:
    from tests.factories import NOON
    from workshop.platform.db import Words

    for number in range(42):
        db.session.add(
            SharedPractice(
                slug=f"p{number}", series=practice.series, title=Words(en=f"Practice {number}"), countries=["CHE"],
                consented_on=NOON.date(), published_at=NOON,
            )
        )  # fmt: skip
    db.session.commit()
    seen: list[str] = []
    onward = ["/practices"]
    while onward:
        page = client.get(onward[0].replace("&amp;", "&")).text
        seen += re.findall(r'href="/practices/(p\d+)"', page)
        onward = re.findall(r'rel="next" href="([^"]+)"', page)
    assert len(seen) == len(set(seen)) == 42
