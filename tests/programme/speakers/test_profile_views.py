"""What a speaker gives behind her link, and where it goes."""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests import factories as make
from tests.conftest import CheckedClient, SignedIn, count_statements
from tests.looking import there
from tests.platform.foreign.pictures import picture, picture_with_notes
from tests.programme.speakers.conftest import DESK, Meeting, invitation_of, place_of, publish
from workshop.platform.db import Words, db
from workshop.programme.agenda.models import Availability
from workshop.programme.speakers.models import ConsentEntry, Invitation, InvitationStatus, Profile, Use
from workshop.secretariat.register.models import Person

ENTRY = {
    "honorific": "",
    "given_name": "Ines",
    "family_name": "Synthetic",
    "name_as_published": "",
    "function-en": "Director",
    "organisation": "Office of Examples",
}
SPEAKERS = "/workshops/w/speakers"


def profile_of(person: Person) -> Profile:
    db.session.expire_all()
    return db.session.scalars(select(Profile).where(Profile.person_id == person.id)).one()


def test_an_entry_that_is_right_is_confirmed(
    meeting: Meeting, invite: Callable[..., str], client: CheckedClient
) -> None:
    link = invite(meeting.ines)
    assert 'value="Director"' in client.get(f"{link}/entry").text
    client.fill(f"{link}/entry", data=ENTRY)
    profile = profile_of(meeting.ines)
    assert (profile.proposal, profile.confirmed_at is not None) == ({}, True)


def test_a_change_is_shown_to_the_organisers_and_taken_over_with_one_click(
    meeting: Meeting, invite: Callable[..., str], client: CheckedClient, as_: SignedIn
) -> None:
    link, ana, page = invite(meeting.ines), as_("ana"), f"{DESK}/{meeting.ines.id}"
    wanted = ENTRY | {"honorific": "Dr.", "function-en": "Director General", "function-fr": "Directrice générale"}
    client.fill(f"{link}/entry", data=wanted | {"organisation": "Bureau of Samples"})
    assert meeting.ines.honorific == ""
    assert place_of(meeting.ines).function == {"en": "Director"}
    shown = ana.get(page).text
    assert re.search(r"Form of address</th>.*?nothing.*?Dr\.", shown, re.S)
    assert re.search(r"Function</th>.*?Director<.*?Director General<.*?Directrice générale", shown, re.S)
    assert "Given name" not in shown
    assert "changes proposed" in ana.get(DESK).text
    ana.post(f"{page}/take-over")
    place = place_of(meeting.ines)
    assert place.person.display_name == "Dr. Ines Synthetic"
    assert place.function == {"en": "Director General", "fr": "Directrice générale"}
    assert there(place.organisation).name == {"en": "Bureau of Samples"}
    assert profile_of(meeting.ines).proposal == {}


def test_organisers_may_leave_the_entry_as_it_is(
    meeting: Meeting, invite: Callable[..., str], client: CheckedClient, as_: SignedIn
) -> None:
    link = invite(meeting.ines)
    client.fill(f"{link}/entry", data=ENTRY | {"family_name": "Other"})
    as_("ana").post(f"{DESK}/{meeting.ines.id}/leave")
    assert place_of(meeting.ines).person.family_name == "Synthetic"
    assert profile_of(meeting.ines).proposal == {}
    assert 'value="Synthetic"' in client.get(f"{link}/entry").text


def test_nobody_goes_without_a_family_name(meeting: Meeting, invite: Callable[..., str], client: CheckedClient) -> None:
    link = invite(meeting.ines)
    assert "Give the family name" in client.fill(f"{link}/entry", data=ENTRY | {"family_name": " "}).text


def give(client: CheckedClient, link: str, photo: bytes = b"", **biography: str) -> TestResponse:
    data: dict[str, Any] = {f"biography-{code}": text for code, text in biography.items()}
    data |= {"photo": (io.BytesIO(photo), "me.jpg")} if photo else {}
    return client.fill(f"{link}/portrait", data=data, content_type="multipart/form-data")


def test_biography_and_photo_need_acceptance_and_consent(
    meeting: Meeting, invite: Callable[..., str], client: CheckedClient
) -> None:
    link = invite(meeting.ines)
    publish(meeting.workshop)
    assert give(client, link, picture_with_notes(), en="Wrote a book.", fr="A écrit un livre.").status_code == 302
    assert give(client, link, en="Wrote two books.", fr="A écrit un livre.").status_code == 302
    key = there(profile_of(meeting.ines).photo_key)
    photo = f"{SPEAKERS}/photos/{key}"

    def shown(language: str = "en") -> tuple[bool, bool, bool, int]:
        page = client.get(f"{SPEAKERS}?lang={language}").text
        return "Wrote two books." in page, "A écrit un livre." in page, key in page, client.get(photo).status_code

    assert shown() == (False, False, False, 404)
    client.post(f"{link}/accept")
    assert shown() == (False, False, False, 404)
    client.post(f"{link}/consent", data={"uses": ["biography"]})
    assert shown() == (True, False, False, 404)
    client.post(f"{link}/consent", data={"uses": ["biography", "photo"]})
    assert shown("fr") == (False, True, True, 200)
    client.post(f"{link}/decline", data={"reason": ""})
    assert shown() == (False, False, False, 404)


def test_consent_withdrawn_leaves_the_public_page_at_once(
    app: Flask, meeting: Meeting, invite: Callable[..., str], client: CheckedClient, as_: SignedIn
) -> None:
    link = invite(meeting.ines)
    publish(meeting.workshop)
    give(client, link, picture(), en="Wrote a book.")
    client.post(f"{link}/accept")
    client.post(f"{link}/consent", data={"uses": ["biography", "photo", "contact"]})
    reader = app.test_client()
    seen = reader.get(SPEAKERS)
    photo = f"{SPEAKERS}/photos/{profile_of(meeting.ines).photo_key}"
    answer = client.get(photo)
    assert answer.content_type == "image/jpeg"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-cache" in answer.headers["Cache-Control"]
    assert len(answer.data) <= 30_000
    assert client.get(photo, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    client.post(f"{link}/consent", data={"uses": ["contact"]})
    again = reader.get(SPEAKERS, headers={"If-None-Match": seen.headers["ETag"]})
    assert again.status_code == 200
    assert "Wrote a book." not in again.text
    assert "<img" not in again.text
    assert client.get(photo, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 404
    assert "Wrote a book." in as_("ana").get(f"{DESK}/{meeting.ines.id}").text  # the organisers still hold it


def test_each_decision_is_kept_with_its_words(
    meeting: Meeting, invite: Callable[..., str], client: CheckedClient
) -> None:
    link = invite(meeting.ines)
    assert "checked" not in client.get(f"{link}/consent").text
    client.post(f"{link}/consent?lang=fr", data={"uses": ["photo"]})
    client.post(f"{link}/consent?lang=en", data={"uses": ["photo", "recording"]})
    client.post(f"{link}/consent?lang=en", data={})
    entries = db.session.scalars(db.select(ConsentEntry).order_by(ConsentEntry.id)).all()
    assert [(each.use, each.given, each.language) for each in entries] == [
        (Use.PHOTO, True, "fr"),
        (Use.BIOGRAPHY, False, "fr"),
        (Use.RECORDING, False, "fr"),
        (Use.CONTACT, False, "fr"),
        (Use.RECORDING, True, "en"),
        (Use.PHOTO, False, "en"),
        (Use.RECORDING, False, "en"),
    ]
    assert {each.version for each in entries} == {1}
    assert entries[4].text == "My contribution may be recorded, and the recording made available to participants."
    assert profile_of(meeting.ines).granted == []
    page = client.get(f"{link}/consent?lang=en").text
    assert "checked" not in page
    assert page.count("not allowed") == 5


def test_organisers_can_hold_back_what_a_speaker_wrote(
    meeting: Meeting, invite: Callable[..., str], client: CheckedClient, as_: SignedIn
) -> None:
    link = invite(meeting.ines)
    publish(meeting.workshop)
    give(client, link, en="Buy my book.")
    client.post(f"{link}/accept")
    client.post(f"{link}/consent", data={"uses": ["biography"]})
    assert "Buy my book." in client.get(SPEAKERS).text
    as_("ana").post(f"{DESK}/{meeting.ines.id}/hold-back")
    assert "Buy my book." not in client.get(SPEAKERS).text
    as_("ana").post(f"{DESK}/{meeting.ines.id}/hold-back")
    assert "Buy my book." in client.get(SPEAKERS).text


def test_a_biography_has_its_limit_and_nothing_typed_is_lost(
    meeting: Meeting, invite: Callable[..., str], client: CheckedClient
) -> None:
    link = invite(meeting.ines)
    page = give(client, link, en="é" * 1501)
    assert "1501 characters are too many; at most 1500 fit" in page.text
    assert "é" * 1501 in page.text
    assert give(client, link, en="é" * 1500).status_code == 302
    refused = give(client, link, b"<svg onload=alert(1)>", en="Kept text")
    assert "not a JPEG, PNG or WebP" in refused.text
    assert "Kept text" in refused.text


def test_a_photo_can_be_seen_by_its_owner_and_removed(
    meeting: Meeting, invite: Callable[..., str], client: CheckedClient, as_: SignedIn
) -> None:
    link = invite(meeting.ines)
    assert client.get(f"{link}/photo").status_code == 404
    give(client, link, picture("PNG"))
    assert client.get(f"{link}/photo").content_type == "image/jpeg"
    assert as_("ana").get(f"{DESK}/{meeting.ines.id}/photo").status_code == 200
    assert as_("ben").get(f"{DESK}/{meeting.ines.id}/photo").status_code == 403
    client.post(f"{link}/portrait/remove")
    assert client.get(f"{link}/photo").status_code == 404


def presence(**but: str) -> dict[str, str]:
    return {
        "throughout": "no",
        "language": "fr",
        "needs": "A ramp",
        "spans-0-day": "2090-03-02",
        "spans-0-start": "09:00",
        "spans-0-end": "12:30",
    } | but


def test_her_times_become_availability_in_the_zone_of_the_workshop(
    meeting: Meeting, invite: Callable[..., str], client: CheckedClient, as_: SignedIn
) -> None:
    link = invite(meeting.ines)
    second = {"spans-1-day": "2090-03-03", "spans-1-start": "14:00", "spans-1-end": "15:00"}
    assert client.fill(f"{link}/presence", data=presence(**second)).status_code == 302
    rows = db.session.scalars(db.select(Availability).order_by(Availability.starts_at)).all()
    assert [(each.starts_at, each.ends_at) for each in rows] == [
        (datetime(2090, 3, 2, 8, 0, tzinfo=UTC), datetime(2090, 3, 2, 11, 30, tzinfo=UTC)),
        (datetime(2090, 3, 3, 13, 0, tzinfo=UTC), datetime(2090, 3, 3, 14, 0, tzinfo=UTC)),
    ]
    assert 'value="09:00"' in client.get(f"{link}/presence").text
    assert (profile_of(meeting.ines).needs, invitation_of(meeting.ines).language) == ("A ramp", "fr")
    shown = as_("ana").get(f"{DESK}/{meeting.ines.id}").text
    assert "A ramp" in shown
    assert "09:00–12:30" in shown
    client.fill(f"{link}/presence", data=presence(throughout="yes"))
    assert db.session.scalars(db.select(Availability)).all() == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"spans-0-start": "13:00"}, "must end after it starts"),
        ({"spans-0-end": ""}, "Give the day, the start and the end"),
        ({"spans-1-day": "2090-03-02", "spans-1-start": "10:00", "spans-1-end": "11:00"}, "overlap"),
        ({"spans-0-day": "", "spans-0-start": "", "spans-0-end": ""}, "Give at least one day"),
        ({"spans-0-day": "2091-01-01"}, "Not a valid choice"),
    ],
)
def test_times_that_cannot_be_are_refused(
    meeting: Meeting, invite: Callable[..., str], client: CheckedClient, typed: dict[str, str], said: str
) -> None:
    link = invite(meeting.ines)
    page = client.fill(f"{link}/presence", data=presence(**typed))
    assert page.status_code == 200
    assert said in page.text
    assert "A ramp" in page.text
    assert db.session.scalars(db.select(Availability)).all() == []


def test_she_sees_her_slot_in_her_own_time_zone(
    meeting: Meeting, invite: Callable[..., str], client: CheckedClient
) -> None:
    link = invite(meeting.ines)
    assert "Asia/Manila)" not in client.get(link).text
    page = " ".join(client.get(f"{link}?zone=Asia/Manila").text.split())
    assert "10:00–11:00" in page
    assert re.search(
        r"Thursday 2 March, <bdi dir=\"ltr\">17:00–18:00</bdi></span> <span class=\"quiet\">your time \(Asia/Manila\)",
        page,
    )
    client.post(f"{link}/zone", data={"zone": "Pacific/Auckland"})
    assert "22:00–23:00" in client.get(link).text
    client.post(f"{link}/zone", data={"zone": "../etc/passwd"})
    assert profile_of(meeting.ines).zone == ""
    assert client.get(f"{link}?zone=Nowhere/Atall").status_code == 200


def test_a_list_by_country_follows_protocol_and_the_organisers_word(
    meeting: Meeting, client: CheckedClient, as_: SignedIn
) -> None:
    other = make.appearance(person=make.person(given_name="Omar", family_name="Sample"), country="EGY", position=3)
    meeting.session.appearances.append(other)
    publish(meeting.workshop)
    page = client.get(f"{SPEAKERS}/by-country").text
    heads = re.findall(r"<h[23]>(?:<bdi>)?([^<]+)", page)
    assert heads == [
        "Egypt",
        "Omar SAMPLE",
        "Tunisia",
        "Ines SYNTHETIC",
        "Non-governmental organisations and others",
        "Abel EXAMPLE",
    ]
    ana, place = as_("ana"), f"{DESK}/{meeting.abel.id}"
    seen = re.findall(r'name="seen" value="(\w+)"', ana.get(place).text)[-1]
    refused = ana.post(f"{place}/place", data={"seen": seen, "place": "1", "place_reason": ""})
    assert "Say why" in refused.text
    ana.post(f"{place}/place", data={"seen": seen, "place": "1", "place_reason": "Chairs the meeting"})
    page = client.get(f"{SPEAKERS}/by-country").text
    assert re.findall(r"<h3><bdi>([^<]+)", page) == ["Abel EXAMPLE", "Omar SAMPLE", "Ines SYNTHETIC"]
    assert "Chairs the meeting" not in page


@pytest.mark.parametrize("length", [1, 3])
@pytest.mark.parametrize("address", [SPEAKERS, f"{SPEAKERS}/by-country"])
def test_public_lists_take_five_statements_with_biographies_too(
    meeting: Meeting, client: CheckedClient, address: str, length: int
) -> None:
    for number in range(length):
        who = make.person(given_name=f"Guest {number}")
        meeting.session.appearances.append(make.appearance(person=who, position=number + 3))
        profile = Profile(
            workshop=meeting.workshop,
            person=who,
            biography=Words(en=f"Life {number}"),
            granted=["biography", "photo"],
            photo_key=f"key{number}",
        )
        accepted = Invitation(
            workshop=meeting.workshop, person=who, email="", language="en", standing=InvitationStatus.ACCEPTED
        )
        db.session.add_all([profile, accepted])
    publish(meeting.workshop)
    with count_statements() as statements:
        page = client.get(address).text
    assert page.count("<img") == page.count('loading="lazy"') == length
    assert len(statements) == 5  # one asks how the sessions are attributed now


def test_organisers_of_another_workshop_reach_nobody_of_this_one(
    meeting: Meeting, invite: Callable[..., str], client: CheckedClient, as_: SignedIn
) -> None:
    link = invite(meeting.ines)
    give(client, link, picture(), en="Wrote a book.")
    oto, there = as_("oto"), f"/workshops/other/desk/speakers/{meeting.ines.id}"
    assert oto.get(there).status_code == 404
    assert oto.get(f"{there}/photo").status_code == 404
    for verb in ("contact", "place", "take-over", "leave", "hold-back", "link"):
        assert oto.post(f"{there}/{verb}").status_code == 404
    assert "Ines" not in oto.get(f"/workshops/other/desk/speakers/invite?who={meeting.ines.id}").text
    assert client.get(link).status_code == 200
