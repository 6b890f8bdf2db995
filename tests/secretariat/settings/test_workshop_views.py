"""Beginning a workshop from nothing, from an outline, as a copy; removing one and bringing it back."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.looking import there
from workshop.consultation.questionnaires.models import Questionnaire
from workshop.participation.delegations.models import Delegation
from workshop.platform import files, tasks
from workshop.platform.db import db, now
from workshop.programme.agenda.formats import Format
from workshop.programme.agenda.models import Appearance, Room, Session
from workshop.programme.groups.group_copies import topic_to_find
from workshop.programme.groups.models import Group
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import Membership, Milestone, Role, Stage, Visibility, Workshop
from workshop.secretariat.series.outlines import outlines

NEW = {
    "title": "Compétences en mouvement",
    "working": "fr",
    "languages": ["en"],
    "starts_on": "2027-03-02",
    "ends_on": "2027-03-03",
    "place": "Dakar",
    "zone": "Africa/Abidjan",
    "outline": "",
}


def begin(client: FlaskClient, company: Company, **typed: Any) -> TestResponse:
    return client.post("/workshops/new", data={"series": company.workshop.series_id, **NEW, **typed})


def made(slug: str = "competences-en-mouvement") -> Workshop:
    return db.session.scalars(select(Workshop).where(Workshop.slug == slug)).one()


def test_an_organiser_begins_another_workshop_of_her_series(as_: SignedIn, company: Company) -> None:
    assert begin(as_("ana"), company).location == "/workshops/competences-en-mouvement/desk/"
    workshop = made()
    assert workshop.visibility is Visibility.PRIVATE
    assert workshop.languages == ["fr", "en"]
    assert workshop.title == {"fr": "Compétences en mouvement"}
    assert workshop.series_id == company.workshop.series_id
    member = db.session.scalars(select(Membership).where(Membership.workshop_id == workshop.id)).one()
    assert (member.user, member.role) == (company.ana, Role.ORGANISER)


def test_who_organises_nothing_is_told_whom_to_ask(as_: SignedIn, company: Company) -> None:
    page = as_("ben").get("/workshops/new")
    assert page.status_code == 403
    assert "ask an administrator" in page.text.replace("\n", " ").replace("  ", " ")
    assert begin(as_("ben"), company).status_code == 403


def test_a_series_of_others_cannot_be_chosen(as_: SignedIn, company: Company) -> None:
    foreign = make.series(slug="foreign")
    db.session.add(foreign)
    db.session.commit()
    page = as_("ana").post("/workshops/new", data={**NEW, "series": foreign.id})
    assert page.status_code == 200
    assert db.session.scalars(select(Workshop).where(Workshop.series_id == foreign.id)).all() == []


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"slug": "w"}, "is taken"),
        ({"slug": "new"}, "is taken"),
        ({"slug": "Not Good"}, "small letters, digits and single hyphens"),
        ({"ends_on": "2027-03-01"}, "The last day is before the first."),
        ({"title": ""}, "Give the workshop a title."),
        ({"another": "nonsense"}, "is not a language we know"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_made(
    as_: SignedIn, company: Company, typed: dict[str, Any], refusal: str
) -> None:
    before = db.session.scalars(select(Workshop)).all()
    assert refusal in begin(as_("ana"), company, **typed).text
    assert db.session.scalars(select(Workshop)).all() == before


@pytest.mark.parametrize("key", outlines())
def test_every_outline_gives_sessions_in_order_within_the_days(as_: SignedIn, company: Company, key: str) -> None:
    begin(as_("ana"), company, outline=key)
    workshop = made()
    sessions = db.session.scalars(
        select(Session).where(Session.workshop_id == workshop.id).order_by(Session.number)
    ).all()
    assert len(sessions) == len(outlines()[key].sessions)
    starts = [each.starts_at for each in sessions if each.starts_at]
    assert starts == sorted(starts)
    assert all(there(one.ends_at) <= there(other.starts_at) for one, other in pairwise(sessions))
    assert {there(each.starts_at).date() for each in sessions} <= {date(2027, 3, 2), date(2027, 3, 3)}
    assert all(each.title.get("fr") and each.title.get("en") and "es" not in each.title for each in sessions)
    groups = db.session.scalars(select(Group).where(Group.workshop_id == workshop.id)).all()
    assert len(groups) == sum(each.groups for each in outlines()[key].sessions)
    assert all(group.session.format is Format.BREAKOUT for group in groups)
    assert all(set(group.topic) == {"fr", "en"} and len(set(group.topic.values())) == 2 for group in groups)
    stages = db.session.scalars(select(Milestone.stage).where(Milestone.workshop_id == workshop.id)).all()
    assert set(stages) == set(Stage)
    assert as_("ana").get(f"/workshops/{workshop.slug}/desk/agenda").status_code == 200


def test_an_outline_calls_groups_in_english_where_we_speak_no_language_of_the_workshop(
    as_: SignedIn, company: Company
) -> None:
    key = next(key for key, each in outlines().items() if any(session.groups for session in each.sessions))
    begin(as_("ana"), company, outline=key, working="en", languages=[], another="pt")
    workshop = made()
    assert workshop.languages == ["en", "pt"]
    workshop.languages = ["pt"]
    assert topic_to_find(2, workshop) == {"en": "Topic of group 2"}


@pytest.fixture
def full(company: Company) -> Workshop:
    """A workshop with a room, a session with a question and a speaker, a group, a questionnaire and a stage."""
    workshop = company.workshop
    room = make.room(workshop=workshop, seats=40)
    session = make.session(
        workshop=workshop,
        format=Format.BREAKOUT,
        room=room,
        starts_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
        ends_at=datetime(2026, 3, 2, 10, 30, tzinfo=UTC),
    )
    session.questions.append(make.question())
    session.items.append(make.item())
    session.appearances.append(make.appearance(item=session.items[0]))
    group = make.group(workshop=workshop, session=session, number=1, questions=[make.group_question()])
    stage = Milestone(workshop=workshop, stage=Stage.REPORT, due_on=date(2026, 4, 1), done_at=make.NOON)
    db.session.add_all([room, session, group, make.questionnaire(workshop=workshop), stage])
    workshop.contact_email = "office@example.org"
    db.session.commit()
    return workshop


def copied(client: FlaskClient, parts: list[str]) -> Workshop:
    data = {"title": "Again", "starts_on": "2027-06-07", "ends_on": "2027-06-08", "parts": parts}
    assert client.post("/workshops/w/desk/copy", data=data).location == "/workshops/again/desk/"
    return made("again")


def test_a_copy_takes_what_is_chosen_without_people_and_dates_move_along(as_: SignedIn, full: Workshop) -> None:
    workshop = copied(as_("ana"), ["agenda", "questionnaires", "members", "settings"])
    session = db.session.scalars(select(Session).where(Session.workshop_id == workshop.id)).one()
    assert session.starts_at == datetime(2027, 6, 7, 8, 0, tzinfo=UTC)  # ten in the morning, as before
    assert [question.text for question in session.questions] == [{"en": "What works?"}]
    assert [item.title for item in session.items] == [{}]  # it was what the speaker called it
    assert there(session.room).seats == 40
    assert there(session.room).workshop == workshop
    assert db.session.scalars(select(Appearance).where(Appearance.session_id == session.id)).all() == []
    group = db.session.scalars(select(Group).where(Group.workshop_id == workshop.id)).one()
    assert (group.session, len(group.questions)) == (session, 1)
    draft = db.session.scalars(select(Questionnaire).where(Questionnaire.workshop_id == workshop.id)).one()
    assert draft.draft["title"]
    roles = db.session.scalars(select(Membership.role).where(Membership.workshop_id == workshop.id)).all()
    assert sorted(roles) == sorted([Role.ORGANISER, Role.PARTICIPANT, Role.RAPPORTEUR, Role.CHAIR])
    assert workshop.contact_email == "office@example.org"
    stage = db.session.scalars(select(Milestone).where(Milestone.workshop_id == workshop.id)).one()
    assert (stage.due_on, stage.done_at) == (date(2026, 4, 1) + (date(2027, 6, 7) - date(2026, 3, 2)), None)
    assert workshop.visibility is Visibility.PRIVATE


def test_a_copy_of_nothing_is_an_empty_workshop_with_its_organiser(as_: SignedIn, full: Workshop) -> None:
    workshop = copied(as_("ana"), [])
    assert db.session.scalars(select(Session).where(Session.workshop_id == workshop.id)).all() == []
    assert db.session.scalars(select(Room).where(Room.workshop_id == workshop.id)).all() == []
    roles = db.session.scalars(select(Membership.role).where(Membership.workshop_id == workshop.id)).all()
    assert roles == [Role.ORGANISER]
    assert workshop.contact_email == ""


def remove(client: FlaskClient, typed: str = "w") -> TestResponse:
    return client.post("/workshops/w/desk/settings/remove", data={"slug": typed}, follow_redirects=True)


def test_removing_names_what_goes_and_asks_for_the_name(as_: SignedIn, full: Workshop) -> None:
    page = as_("ana").get("/workshops/w/desk/settings/remove").text
    assert "1 session" in page
    assert "1 questionnaire" in page
    assert "Type the short name exactly" in remove(as_("ana"), "nearly").text
    assert full.removed_at is None


def test_a_removed_workshop_is_gone_for_everybody_until_it_is_brought_back(
    as_: SignedIn, client: FlaskClient, full: Workshop
) -> None:
    assert "You can restore it for 30 days." in remove(as_("ana")).text
    assert as_("ana").get("/workshops/w/desk/").status_code == 404
    assert as_("ben").get("/workshops/w/desk/").status_code == 404
    assert client.get("/workshops/w/").status_code == 404
    assert "A workshop on something" not in as_("ben").get("/workshops/mine").text
    assert as_("ben").post(f"/workshops/removed/{full.id}/bring-back").status_code == 404
    page = as_("ana").post(f"/workshops/removed/{full.id}/bring-back", follow_redirects=True)
    assert "The workshop is restored." in page.text
    assert client.get("/workshops/w/").status_code == 200


def test_after_thirty_days_everything_of_it_is_erased_and_nothing_of_others(
    as_: SignedIn, full: Workshop, company: Company
) -> None:
    replies = [files.put_apart(b"A reply", "replies") for _each in range(2)]
    for workshop, name in zip((full, company.other_workshop), replies, strict=True):
        replied = Delegation(workshop=workshop, category=Category.NGO, organisation=make.organisation())
        replied.reply_stored_as = name
        db.session.add(replied)
    remove(as_("ana"))
    erase = tasks.HANDLERS["settings.erase_removed"]
    today = tasks.Task(kind="settings.erase_removed", subject_id=0, due_at=now(), first_due_at=now())
    erase(today)
    assert made("w") is full
    full.removed_at = now() - timedelta(days=31)
    db.session.commit()
    erase(today)
    assert db.session.scalars(select(Workshop.slug)).all() == ["other"]
    assert db.session.scalars(select(Session)).all() == []
    assert db.session.scalars(select(Questionnaire)).all() == []
    with pytest.raises(FileNotFoundError):
        files.get(replies[0])
    assert files.get(replies[1]) == b"A reply"
    roles = db.session.scalars(select(Membership)).all()
    assert [each.user for each in roles] == [company.oto]
