"""A person's own account, erased: told before, refused to the last organiser, and complete."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests import cast
from tests import factories as make
from tests.cast import Company
from tests.conftest import CheckedClient, SignedIn, checked
from tests.secretariat.accounts.conftest import PASSWORD, mails
from tests.secretariat.accounts.second_factor.test_views import set_up
from tests.secretariat.accounts.test_views import audited, is_signed_in, sign_in
from workshop.deliberation.capture.models import Point, PointKind
from workshop.platform.db import Base, Words, db
from workshop.programme.agenda.formats import Format
from workshop.secretariat.accounts import passwords
from workshop.secretariat.accounts.models import SignIn, User
from workshop.secretariat.series.models import Membership, Role


def erase(client: FlaskClient, password: str = PASSWORD) -> TestResponse:
    return client.post("/account/erase", data={"current": password})


def test_the_page_tells_what_goes_and_what_remains(client: CheckedClient, ana: User) -> None:
    sign_in(client)
    page = client.get("/account/erase").text
    assert "your name, email address and password here" in page
    assert "reports that you have signed, under the name printed on them" in page


def test_an_erased_account_is_gone_with_all_that_hangs_on_it(app: Flask, ana: User) -> None:
    client, afar = checked(app), checked(app)
    sign_in(afar)
    set_up(afar)
    client.sign_in_as(ana)
    client.post("/account/address", data={"email": "new@example.org", "current": PASSWORD})
    mails()
    answer = erase(client)
    assert answer.location == "/"
    assert not is_signed_in(client)
    assert not is_signed_in(afar)
    assert sign_in(client).status_code == 200
    hanging = [
        table for table in Base.metadata.sorted_tables for key in table.foreign_keys if key.column.table.name == "user"
    ]
    assert len(hanging) > 8
    with db.engine.connect() as connection:
        for table in {User.__table__, *hanging}:
            assert connection.execute(select(table)).all() == [], table
    assert [mail.subject for mail in mails()][-1] == "Your account was erased"
    assert "account_erased" in [verb for verb, _who in audited()]


def test_what_the_person_wrote_remains_without_them(as_: SignedIn, company: Company) -> None:
    company.chi.password_hash = passwords.hash(PASSWORD)
    session = make.session(workshop=company.workshop, format=Format.BREAKOUT)
    group = make.group(workshop=company.workshop, session=session, number=1, questions=[make.group_question()])
    point = Point(
        group=group,
        noted_by=company.chi.id,
        number=1,
        kind=PointKind.ISSUE,
        text="A point",
        language="en",
        client_key="k",
        noted_at=make.NOON,
    )
    db.session.add_all([session, group, point])
    assert erase(as_("chi")).location == "/"
    db.session.refresh(point)
    assert (point.text, point.noted_by) == ("A point", None)


def test_the_last_organiser_hands_the_workshop_over_first(as_: SignedIn, company: Company) -> None:
    company.ana.password_hash = passwords.hash(PASSWORD)
    ana = as_("ana")
    assert "You are the last organiser of:" in ana.get("/account/erase").text
    page = erase(ana).text
    assert "You are the last organiser of A workshop on something. Hand it over first" in page
    assert db.session.get(User, company.ana.id)
    db.session.add(Membership(user=company.ben, workshop=company.workshop, role=Role.ORGANISER))
    assert "You are the last organiser" not in ana.get("/account/erase").text
    assert erase(ana).location == "/"


def test_every_workshop_that_would_be_alone_is_named(as_: SignedIn, company: Company) -> None:
    company.other_workshop.title = Words(en="Another one")
    db.session.add(Membership(user=company.ana, workshop=company.other_workshop, role=Role.ORGANISER))
    company.ana.password_hash = passwords.hash(PASSWORD)
    ana = as_("ana")
    assert "Another one" not in ana.get("/account/erase").text  # Oto organises it too
    oto = db.session.scalars(select(Membership).where(Membership.user_id == company.oto.id)).one()
    db.session.delete(oto)
    page = erase(ana).text
    assert "A workshop on something, Another one. Hand them over first" in page


def test_the_password_is_asked_for(client: CheckedClient, ana: User) -> None:
    sign_in(client)
    assert "This is not your password." in erase(client, "wrong").text
    assert is_signed_in(client)


def test_a_demonstration_account_stays(client: CheckedClient, ana: User) -> None:
    ana.is_demo = True
    sign_in(client)
    assert "Demonstration accounts stay as they are" in erase(client).text
    assert is_signed_in(client)


def test_others_lose_nothing(app: Flask, ana: User) -> None:
    ben = make.user("ben")
    db.session.add(ben)
    other = checked(app).sign_in_as(ben)
    cast.signed_in(ben)
    client = app.test_client()
    sign_in(client)
    erase(client)
    assert is_signed_in(other)
    assert len(db.session.scalars(select(SignIn)).all()) == 2
