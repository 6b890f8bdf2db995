"""Replaced by others, and statements read by others."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests import factories as make
from tests.conftest import SignedIn
from tests.looking import matched, there
from tests.programme.speakers.conftest import DESK, Meeting, invitation_of, place_of, publish
from tests.secretariat.accounts.test_mail import Sink
from workshop.platform.db import Words, db
from workshop.programme.agenda.formats import Part, Perspective
from workshop.programme.agenda.models import Appearance, Replacement
from workshop.programme.agenda.queries import sessions
from workshop.programme.releases import changes
from workshop.programme.releases import rules as releases_rules
from workshop.programme.releases.queries import newest_release
from workshop.programme.releases.released import sessions_of
from workshop.programme.speakers.models import InvitationStatus
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import Workshop

NEWCOMER = {
    "given_name": "Ndeye",
    "family_name": "Newcomer",
    "function-en": "Adviser",
    "organisation": "Office of Examples",
    "country": "TUN",
    "reason": "Illness",
}


def replace(as_: SignedIn, place: Any, **but: str) -> Any:
    return as_("ana").post(f"/workshops/w/desk/agenda/sessions/1/people/{place.id}/replace", data=NEWCOMER | but)


def since_release(workshop: Workshop) -> list[str]:
    """The change list between the newest release and the draft."""
    db.session.expire_all()
    release = db.session.scalars(newest_release(workshop.id)).one()
    draft = sessions_of(releases_rules.as_published(db.session.scalars(sessions(workshop)).all()))
    return changes.changes(release.sessions, draft, zone=workshop.zone, language="en")


def test_the_row_goes_on_and_history_stays_with_the_organisers(
    meeting: Meeting, invite: Callable[..., str], client: FlaskClient, as_: SignedIn
) -> None:
    link, place = invite(meeting.ines), place_of(meeting.ines)
    place.perspective = Perspective.ORIGIN
    publish(meeting.workshop)
    answer = replace(as_, place)
    newcomer = db.session.scalars(db.select(Replacement)).one().appearance.person
    assert answer.headers["Location"].endswith(f"/desk/speakers/{newcomer.id}")
    kept = db.session.scalars(db.select(Replacement)).one()
    assert (kept.name, kept.function, kept.country, kept.reason) == (
        "Ines Synthetic",
        {"en": "Director"},
        "TUN",
        "Illness",
    )
    now_there = place_of(newcomer)
    assert (now_there.id, now_there.part, now_there.perspective) == (place.id, Part.SPEAKER, Perspective.ORIGIN)
    assert since_release(meeting.workshop) == ["Session 1: Ines Synthetic replaced by Ndeye Newcomer"]
    assert invitation_of(meeting.ines).standing is InvitationStatus.REPLACED
    assert client.get(link).status_code == 404
    edit = as_("ana").get(f"/workshops/w/desk/agenda/sessions/1/people/{place.id}").text
    assert "Illness" in edit
    assert "Ines Synthetic" in edit
    desk = as_("ana").get(DESK).text
    assert "Ndeye NEWCOMER" in desk
    assert "Ines SYNTHETIC" in desk  # as replaced
    assert "Illness" in as_("ana").get(f"{DESK}/{meeting.ines.id}").text


def test_the_public_sees_only_whoever_has_the_place_now(meeting: Meeting, client: FlaskClient, as_: SignedIn) -> None:
    publish(meeting.workshop)
    replace(as_, place_of(meeting.ines))
    assert "Ines Synthetic" in client.get("/workshops/w/agenda").text  # until the agenda is published
    publish(meeting.workshop)
    for address in ("agenda", "speakers", "speakers/by-country"):
        page = client.get(f"/workshops/w/{address}").text.casefold()
        assert "ndeye newcomer" in page
        assert "ines synthetic" not in page
        assert "illness" not in page


def test_an_item_says_who_took_over_too(meeting: Meeting, as_: SignedIn) -> None:
    item = make.item()
    meeting.session.items.append(item)
    place_of(meeting.ines).item = item
    publish(meeting.workshop)
    replace(as_, place_of(meeting.ines))
    assert since_release(meeting.workshop) == ["Session 1, “A talk”: Ines Synthetic replaced by Ndeye Newcomer"]


def test_replaced_twice_between_two_releases_names_the_first_and_the_last(meeting: Meeting, as_: SignedIn) -> None:
    publish(meeting.workshop)
    place = place_of(meeting.ines)
    replace(as_, place)
    replace(as_, place, given_name="Third", family_name="Person")
    assert since_release(meeting.workshop) == ["Session 1: Ines Synthetic replaced by Third Person"]
    assert [each.name for each in db.session.scalars(db.select(Replacement).order_by(Replacement.id))] == [
        "Ines Synthetic",
        "Ndeye Newcomer",
    ]


def test_whoever_keeps_another_place_keeps_the_link(
    meeting: Meeting, invite: Callable[..., str], client: FlaskClient, as_: SignedIn
) -> None:
    link = invite(meeting.ines)
    meeting.session.appearances.append(make.appearance(person=meeting.ines, part=Part.DISCUSSANT, position=3))
    db.session.commit()
    replace(as_, meeting.session.appearances[0])
    assert invitation_of(meeting.ines).standing is InvitationStatus.INVITED
    assert client.get(link).status_code == 200


def test_nobody_is_replaced_by_herself(meeting: Meeting, as_: SignedIn) -> None:
    page = replace(as_, place_of(meeting.ines), given_name="Ines", family_name="Synthetic")
    assert "is the same person" in page.text
    assert db.session.scalars(db.select(Replacement)).all() == []


def test_the_newcomer_can_be_invited(meeting: Meeting, invite: Callable[..., str], as_: SignedIn) -> None:
    invite(meeting.ines)
    replace(as_, place_of(meeting.ines))
    page = as_("ana").get(f"{DESK}/invite").text
    assert "Ndeye NEWCOMER" in page
    assert "Ines SYNTHETIC" not in page


def test_whoever_comes_back_is_the_same_person_and_can_be_asked_again(
    meeting: Meeting, invite: Callable[..., str], as_: SignedIn
) -> None:
    invite(meeting.ines)
    place = place_of(meeting.ines)
    replace(as_, place)
    replace(as_, place, given_name="Ines", family_name="Synthetic")
    assert place_of(meeting.ines).id == place.id
    page = as_("ana").get(f"{DESK}?standing=none").text
    assert "Ines SYNTHETIC" in page
    invite(meeting.ines)
    assert invitation_of(meeting.ines).standing is InvitationStatus.INVITED


def test_a_category_is_no_news_for_readers(meeting: Meeting) -> None:
    publish(meeting.workshop)
    there(place_of(meeting.ines).organisation).category = Category.UN
    db.session.commit()
    assert since_release(meeting.workshop) == []


@pytest.fixture
def delivered(meeting: Meeting) -> Appearance:
    """Abel reads what Ines says; he chairs no more."""
    place = place_of(meeting.ines)
    place.delivered_by, place.delivered_by_function = meeting.abel, Words(en="Chief of Staff")
    db.session.commit()
    db.session.delete(place_of(meeting.abel))
    publish(meeting.workshop)
    return place_of(meeting.ines)


def test_a_statement_read_by_another_is_printed_so_everywhere(
    delivered: Appearance, meeting: Meeting, client: FlaskClient, as_: SignedIn
) -> None:
    release = db.session.scalars(newest_release(meeting.workshop.id)).one()
    (person,) = release.agenda[0]["people"]
    assert person["delivered_by"] == {
        "id": meeting.abel.id,
        "name": "Abel Example",
        "family_name": "Example",
        "function": {"en": "Chief of Staff"},
    }
    page = " ".join(client.get("/workshops/w/agenda").text.split())
    assert "Statement of <b><bdi>Ines Synthetic</bdi></b>, Director" in page
    assert "delivered by <b><bdi>Abel Example</bdi></b>, Chief of Staff" in page
    listed = client.get("/workshops/w/speakers").text
    assert "Abel EXAMPLE" in listed
    assert "delivers the statement of Ines Synthetic" in listed
    assert "delivered by Abel Example" in listed
    for desk in ("agenda", "agenda/sessions/1/items", "speakers"):
        assert "Abel" in as_("ana").get(f"/workshops/w/desk/{desk}").text
    assert delivered.present is meeting.abel


def test_whoever_reads_it_is_invited_for_it(
    delivered: Appearance, meeting: Meeting, invite: Callable[..., str], sink: Sink, client: FlaskClient
) -> None:
    link = invite(meeting.abel)
    assert "delivers the statement of Ines Synthetic" in sink.received[0].get_content()
    page = client.get(link).text
    assert "You deliver the statement of Ines Synthetic" in page
    assert 'value="Chief of Staff"' in client.get(f"{link}/entry").text


def form_of(as_: SignedIn, address: str) -> dict[str, str]:

    page = as_("ana").get(address).text
    return {
        "seen": matched(r'name="seen"[^>]*value="(\w*)"', page)[1],
        "honorific": "",
        "given_name": "Ines",
        "family_name": "Synthetic",
        "function-en": "Director",
        "organisation": "Office of Examples",
        "country": "TUN",
        "part": "speaker",
        "item": "",
    }


def test_the_form_takes_role_perspective_address_and_reader(
    meeting: Meeting, as_: SignedIn, client: FlaskClient
) -> None:
    publish(meeting.workshop)
    address = f"/workshops/w/desk/agenda/sessions/1/people/{place_of(meeting.ines).id}"
    form = form_of(as_, address) | {
        "honorific": "H.E.",
        "honorifics-fr": "S.E.",
        "role_label-en": "Voice of origin",
        "perspective": "origin",
        "deliverer_given_name": "Rita",
        "deliverer_family_name": "Reader",
        "deliverer_function-en": "Counsellor",
    }
    assert as_("ana").post(address, data=form).status_code == 302
    place = place_of(meeting.ines)
    assert (place.role_label, place.perspective) == ({"en": "Voice of origin"}, Perspective.ORIGIN)
    assert (there(place.delivered_by).display_name, place.delivered_by_function) == (
        "Rita Reader",
        {"en": "Counsellor"},
    )
    publish(meeting.workshop)
    page = " ".join(client.get("/workshops/w/agenda?lang=fr").text.split())
    assert "S.E. Ines Synthetic" in page
    page = " ".join(client.get("/workshops/w/agenda?lang=en").text.split())
    assert "Voice of origin:" in page
    assert "H.E. Ines Synthetic" in page
    assert "(Country of origin)" in page
    assert 'value="Reader"' in as_("ana").get(address).text


def test_a_reader_needs_a_name_and_is_somebody_else(meeting: Meeting, as_: SignedIn) -> None:
    address = f"/workshops/w/desk/agenda/sessions/1/people/{place_of(meeting.ines).id}"
    form = form_of(as_, address)
    page = as_("ana").post(address, data=form | {"deliverer_given_name": "Rita"})
    assert "Give the family name of the person who delivers" in page.text
    page = as_("ana").post(address, data=form | {"deliverer_given_name": "Ines", "deliverer_family_name": "Synthetic"})
    assert "Someone else delivers the statement" in page.text
    assert place_of(meeting.ines).delivered_by is None


def test_the_change_list_says_who_reads_from_now_on(meeting: Meeting) -> None:
    publish(meeting.workshop)
    place_of(meeting.ines).delivered_by = meeting.abel
    db.session.commit()
    assert since_release(meeting.workshop) == [
        "Session 1: the statement of Ines Synthetic will be delivered by Abel Example"
    ]
    publish(meeting.workshop)
    place_of(meeting.ines).delivered_by = None
    db.session.commit()
    assert since_release(meeting.workshop) == ["Session 1: Ines Synthetic delivers the statement in person"]


def test_the_form_suggests_what_is_known(meeting: Meeting, as_: SignedIn) -> None:
    address = f"/workshops/w/desk/agenda/sessions/1/people/{place_of(meeting.ines).id}"
    assert '<option value="Office of Examples"></option>' in as_("ana").get(address).text
    assert (
        '<option value="Office of Examples"></option>'
        in as_("ana").get("/workshops/w/desk/agenda/sessions/1/people/new").text
    )
