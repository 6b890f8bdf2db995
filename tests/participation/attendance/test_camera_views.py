"""A badge read by camera, which a file stands in for; also in a browser, on a bad line, and in four languages."""

import io
import json
from pathlib import Path

import pytest
import segno
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browsing import axe_faults, sticks_out_of
from tests.conftest import CheckedClient, SignedIn, SignInBrowser
from tests.participation.attendance.conftest import DESK
from tests.participation.delegations.conftest import KEY
from workshop.participation.attendance import rules
from workshop.participation.attendance.models import Badge
from workshop.participation.delegations.models import Participant
from workshop.platform.db import db, now

PHOTO = f"{DESK}/check-in/photo"


def photo_of(text: str, *, turned: int = 17) -> bytes:
    """A phone's photo of it: turned, grey, not in the middle, with an unquiet ground."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="png", scale=7)
    code = Image.open(drawn).convert("RGB").rotate(turned, expand=True, fillcolor="white")
    whole = Image.effect_noise((300, 400), 60).resize((1200, 1600)).convert("RGB")
    whole.paste(code, (310, 520))
    out = io.BytesIO()
    whole.save(out, "JPEG", quality=70)
    return out.getvalue()


@pytest.fixture
def badge(seated: list[Participant]) -> Badge:
    row = rules.issue(seated[0], [], at=now())
    db.session.add(row)
    db.session.commit()
    return row


def send(client: CheckedClient, content: bytes, **headers: str) -> tuple[int, str, str]:
    answer = client.post(PHOTO, data={"photo": (io.BytesIO(content), "photo.jpg")}, headers=headers)
    return answer.status_code, answer.location or "", answer.text


def test_a_photo_leads_to_the_holder_and_is_not_kept(badge: Badge, as_: SignedIn) -> None:
    ana = as_("ana")
    content = photo_of(f"https://meeting.example/b/{badge.key}")
    assert send(ana, content)[:2] == (302, f"{DESK}/check-in?q=1")
    _status, _location, said = send(ana, content, Accept="application/json")
    assert json.loads(said) == {"code": f"/b/{badge.key}"}
    assert ana.get(f"{DESK}/check-in").headers["Permissions-Policy"].startswith("camera=(self)")
    assert ana.get(f"{DESK}/badges").headers["Permissions-Policy"].startswith("camera=()")


def test_what_is_no_badge_of_this_workshop_says_so(badge: Badge, as_: SignedIn) -> None:
    ana = as_("ana")
    for content in (photo_of("https://elsewhere.example/"), photo_of(f"https://meeting.example/b/{'x' * 22}")):
        assert send(ana, content)[1] == f"{DESK}/check-in"
        assert "Take it from nearer" in ana.get(f"{DESK}/check-in").text
    send(ana, b"no picture at all")
    assert "not a JPEG" in ana.get(f"{DESK}/check-in").text
    assert as_("dov").post(PHOTO).status_code == 404


def test_at_the_desk_in_a_browser(
    badge: Badge, page: Page, server: str, sign_in_browser: SignInBrowser, tmp_path: Path
) -> None:
    """The file in place of the camera finds the person, whom one press checks in; the line may be gone by then."""
    taken = tmp_path / "badge.jpg"
    taken.write_bytes(photo_of(f"https://meeting.example/b/{badge.key}"))
    sign_in_browser(page, "ana")
    with page.expect_response("**/people.json"):
        page.goto(f"{server}{DESK}/check-in")
    page.get_by_label("Photo of a badge").set_input_files(taken)
    found = page.get_by_role("button", name="Check in: Ada ÁBALOS")
    expect(found).to_be_focused()
    page.context.set_offline(True)
    found.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Waiting to be sent: 1")
    page.context.set_offline(False)
    with page.expect_response("**/check-in/many"):
        page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("status")).to_contain_text("Everything is sent.")
    for language in ("en", "fr", "es", "ar"):
        for place in ("check-in?q=a", "participants/counts", "participants/travel"):
            page.goto(f"{server}{DESK}/{place}{'&' if '?' in place else '?'}lang={language}")
            assert axe_faults(page) == [], (place, language)
            assert not sticks_out_of(page), (place, language)


def test_behind_the_personal_link_in_four_languages(seated: list[Participant], page: Page, server: str) -> None:
    token = seated[0].renew_link(KEY)
    seated[0].sponsored = True
    db.session.commit()
    for language in ("en", "fr", "es", "ar"):
        for place in ("", "/entry", "/travel"):
            page.goto(f"{server}/r/{token}{place}?lang={language}")
            assert axe_faults(page) == [], (place, language)
            assert not sticks_out_of(page), (place, language)
