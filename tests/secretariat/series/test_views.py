"""Series, as administrators make, change, archive and remove them."""

from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.cast import Company
from tests.conftest import SignedIn
from workshop.platform.db import db
from workshop.secretariat.series.models import Series


def series(slug: str) -> Series:
    return db.session.scalars(select(Series).where(Series.slug == slug)).one()


def make_series(as_: SignedIn, **typed: Any) -> TestResponse:
    return as_("ida").post("/series/new", data={"title-en": "Dialogue on Examples", **typed}, follow_redirects=True)


def test_an_administrator_makes_a_series_and_begins_its_first_workshop(as_: SignedIn) -> None:
    page = make_series(as_)
    assert "The series is added. Begin its first workshop." in page.text
    assert "Dialogue on Examples" in page.text  # chosen already in the form that follows
    assert series("dialogue-on-examples").title == {"en": "Dialogue on Examples"}


def test_a_series_without_a_title_or_with_a_taken_name_is_refused(as_: SignedIn, company: Company) -> None:
    assert "Give the series a title." in make_series(as_, **{"title-en": ""}).text
    assert "is taken" in make_series(as_, slug="s").text


def test_its_texts_are_changed(as_: SignedIn, company: Company) -> None:
    ida = as_("ida")
    seen = ida.get("/series/s/edit").text.split('name="seen" type="hidden" value="')[1].split('"')[0]
    ida.post("/series/s/edit", data={"seen": seen, "title-en": "Another", "description-fr": "Une série"})
    assert (series("s").title, series("s").description) == ({"en": "Another"}, {"fr": "Une série"})


def test_an_archived_one_takes_no_new_workshops(as_: SignedIn, company: Company) -> None:
    as_("ida").post("/series/s/archive")
    assert as_("ana").get("/workshops/new").status_code == 403
    as_("ida").post("/series/s/archive")
    assert as_("ana").get("/workshops/new").status_code == 200


def test_one_with_workshops_is_not_removed_and_an_empty_one_can_come_back(as_: SignedIn, company: Company) -> None:
    assert "This series has workshops" in as_("ida").post("/series/s/remove", follow_redirects=True).text
    make_series(as_, slug="empty")
    as_("ida").post("/series/empty/remove")
    assert series("empty").removed_at
    assert as_("ida").get("/series/empty/edit").status_code == 404
    as_("ida").post("/series/empty/bring-back")
    assert series("empty").removed_at is None


def test_the_administrator_sees_who_organises_what_and_nothing_inside(as_: SignedIn, company: Company) -> None:
    page = as_("ida").get("/administration").text
    assert "A workshop on something" in page
    assert "Ana" in page
    assert as_("ida").get("/workshops/w/desk/").status_code == 404


def give(as_, email):
    return as_("ida").post("/administration/administrators", data={"email": email}, follow_redirects=True).text


def take(as_, who, person):
    return as_(who).post(f"/administration/administrators/{person.id}/remove", follow_redirects=True).text


def test_the_right_is_given_by_address_and_taken_but_never_from_the_last(as_, company):
    assert "Ida is the only administrator." in take(as_, "ida", company.ida)
    assert "No account here has the address “nobody@example.org”." in give(as_, "nobody@example.org")
    assert "Dov is now an administrator." in give(as_, "Dov@example.org")
    assert "Dov is an administrator already." in give(as_, "dov@example.org")
    assert "dov@example.org" in as_("dov").get("/administration").text
    assert "Ida is no longer an administrator." in take(as_, "dov", company.ida)
    assert as_("ida").get("/administration").status_code == 404
    assert as_("dov").post(f"/administration/administrators/{company.ana.id}/remove").status_code == 404


def test_who_gives_up_the_right_goes_back_to_her_workshops(as_, company):
    give(as_, "ana@example.org")
    answer = as_("ida").post(f"/administration/administrators/{company.ida.id}/remove")
    assert answer.location == "/workshops/mine"


def test_an_account_with_a_public_password_does_not_get_it(as_, company):
    company.ben.is_demo = True
    assert "Demonstration accounts cannot be administrators" in give(as_, "ben@example.org")
