"""The settings, part by part: what is saved, what is refused, and what goes along."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from workshop.platform.db import Words, db
from workshop.secretariat.series.models import MeetingMode

DESK = "/workshops/w/desk/settings"


def seen_of(page: TestResponse) -> str:
    return page.text.split('name="seen" type="hidden" value="')[1].split('"')[0]


Save = Callable[..., TestResponse]


@pytest.fixture
def save(as_: SignedIn) -> Save:
    """Sends a part of the settings as its form would, with what it showed."""

    def send(part: str, **typed: Any) -> TestResponse:
        ana, address = as_("ana"), f"{DESK}{part}"
        return ana.post(address, data={"seen": seen_of(ana.get(address)), **typed}, follow_redirects=True)

    return send


def test_about_is_written_in_each_language_and_shown(save: Save, client: FlaskClient, company: Company) -> None:
    page = save(
        "",
        **{
            "title-en": "Diasporas and data",
            "title-fr": "Diasporas et données",
            "short_title-en": "Diasporas",
            "introduction-en": "Counting, asking, listening.",
            "objectives-en": "To count\nTo ask",
            "objectives-fr": "Compter\n–",
            "themes": "data, diasporas",
            "goals": ["gcm-1", "sdg-17"],
            "session_before-en": "88th session of the Council",
        },
    )
    assert "The settings are saved." in page.text
    workshop = company.workshop
    assert workshop.objectives == [Words(en="To count", fr="Compter"), Words(en="To ask")]
    assert workshop.themes == ["data", "diasporas"]
    shown = client.get("/workshops/w/").text
    for text in ("Diasporas and data", "Counting, asking", "To ask", "GCM 1: Data", "SDG 17", "88th session"):
        assert text in shown
    assert "Diasporas et données" in client.get("/workshops/w/?lang=fr").text
    assert "PMM 1" not in client.get("/workshops/w/?lang=fr").text


def test_a_title_in_the_working_language_is_required(save: Save, company: Company) -> None:
    assert "Give the title in the working language." in save("", **{"title-en": "", "title-fr": "Seulement"}).text
    assert company.workshop.title == Words(en="A workshop on something")


def test_sessions_move_along_with_the_days_and_keep_their_time_of_day(save: Save, company: Company) -> None:
    session = make.session(
        workshop=company.workshop,
        starts_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),  # 10:00 in winter
        ends_at=datetime(2026, 3, 2, 10, 0, tzinfo=UTC),
    )
    db.session.add(session)
    days = {"starts_on": "2026-06-01", "ends_on": "2026-06-02", "zone": "Europe/Zurich", "place-en": "Geneva"}
    assert "Sessions are planned on days outside these dates" in save("/dates", **days).text
    assert company.workshop.starts_on == date(2026, 3, 2)
    assert "The settings are saved." in save("/dates", move_along="y", **days).text
    assert session.starts_at == datetime(2026, 6, 1, 8, 0, tzinfo=UTC)  # 10:00 in summer
    assert session.ends_at == datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


def test_another_zone_keeps_the_time_of_day(save: Save, company: Company) -> None:
    session = make.session(workshop=company.workshop, starts_at=make.NOON, ends_at=make.NOON.replace(hour=13))
    db.session.add(session)
    save("/dates", starts_on="2026-03-02", ends_on="2026-03-03", zone="Asia/Manila", **{"place-en": "Manila"})
    assert session.starts_at == datetime(2026, 3, 2, 5, 0, tzinfo=UTC)  # 13:00 there, as it was 13:00 in Zurich


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"starts_on": "2026-03-02", "ends_on": "2026-03-01"}, "The last day is before the first."),
        ({"starts_on": "2026-03-02", "ends_on": "2027-03-03"}, "Check the year."),
        (
            {"starts_on": "2026-03-02", "ends_on": "2026-03-03", "opens_at": "9 am"},
            "is not a time of day such as 09:00",
        ),
        (
            {"starts_on": "2026-03-02", "ends_on": "2026-03-03", "opens_at": "18:00", "closes_at": "09:00"},
            "The day closes before it opens.",
        ),
    ],
)
def test_impossible_days_and_hours_are_refused(
    save: Save, company: Company, typed: dict[str, Any], refusal: str
) -> None:
    assert refusal in save("/dates", zone="Europe/Zurich", **typed).text
    assert company.workshop.ends_on == date(2026, 3, 3)


def test_forms_ask_for_the_languages_chosen_and_no_others(save: Save, as_: SignedIn, company: Company) -> None:
    assert "The settings are saved." in save("/languages", working="fr", languages=["ar"], another="Wolof").text
    assert company.workshop.languages == ["fr", "ar", "wo"]
    page = as_("ana").get("/workshops/w/desk/agenda/sessions/new").text
    assert all(f'name="title-{code}"' in page for code in ("fr", "ar", "wo"))
    assert 'name="title-en"' not in page
    assert company.workshop.title["en"] == "A workshop on something"  # kept, and back when English is


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"languages": ["fr", "es", "ar", "ru", "zh", "pt"]}, "at most 6 languages"),
        ({"another": "Klingonese"}, "is not a language we know"),
    ],
)
def test_languages_that_do_not_fit_are_refused(
    save: Save, company: Company, typed: dict[str, Any], refusal: str
) -> None:
    assert refusal in save("/languages", working="en", **typed).text
    assert company.workshop.languages == ["en", "fr", "es"]


def test_contact_and_funders_are_public(save: Save, client: FlaskClient) -> None:
    save("/contact", contact_name="Office of Examples", contact_email="office@example.org", funders="One\nTwo\n")
    page = client.get("/workshops/w/").text
    assert "One, Two" in page
    assert "Office of Examples" in page


def test_an_address_that_is_none_is_refused(save: Save, company: Company) -> None:
    assert "Write an email address such as" in save("/contact", contact_email="office").text
    assert company.workshop.contact_email == ""


def test_attribution_and_retention(save: Save, company: Company) -> None:
    save("/conduct", mode="chatham_house", retention_months="24", **{"notice-en": "Sample data"})
    workshop = company.workshop
    assert (workshop.mode, workshop.retention_months) == (MeetingMode.CHATHAM_HOUSE, 24)


def test_a_logo_is_made_small_and_shown_and_removed(as_: SignedIn, client: FlaskClient, company: Company) -> None:
    content = io.BytesIO()
    Image.new("RGBA", (2000, 900), "navy").save(content, "PNG")
    data = {"logo": (io.BytesIO(content.getvalue()), "logo.png"), "logo_text": "Office of Examples"}
    as_("ana").post(f"{DESK}/logo", data=data, content_type="multipart/form-data")
    sent = client.get("/workshops/w/logo.png")
    assert Image.open(io.BytesIO(sent.data)).size == (356, 160)
    assert 'alt="Office of Examples"' in client.get("/workshops/w/").text
    as_("ana").post(f"{DESK}/logo/remove")
    assert client.get("/workshops/w/logo.png").status_code == 404


def test_what_is_no_picture_is_refused(as_: SignedIn, company: Company) -> None:
    data = {"logo": (io.BytesIO(b"not a picture"), "logo.png")}
    page = as_("ana").post(f"{DESK}/logo", data=data, content_type="multipart/form-data")
    assert "This is not a JPEG, PNG or WebP image" in page.text
    assert company.workshop.logo == ""


def test_two_organisers_do_not_overwrite_each_other(as_: SignedIn, save: Save, company: Company) -> None:
    ana = as_("ana")
    seen = seen_of(ana.get(f"{DESK}/contact"))
    save("/contact", contact_name="First")
    page = ana.post(f"{DESK}/contact", data={"seen": seen, "contact_name": "Second"})
    assert page.status_code == 409
    assert company.workshop.contact_name == "First"
