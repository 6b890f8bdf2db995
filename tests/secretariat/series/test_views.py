"""Series, as administrators make, change, archive and remove them."""

from sqlalchemy import select

from workshop.platform.db import db
from workshop.secretariat.series.models import Series


def series(slug):
    return db.session.scalars(select(Series).where(Series.slug == slug)).one()


def make_series(as_, **typed):
    return as_("ida").post("/series/new", data={"title-en": "Dialogue on Examples", **typed}, follow_redirects=True)


def test_an_administrator_makes_a_series_and_begins_its_first_workshop(as_):
    page = make_series(as_)
    assert "The series is added. Begin its first workshop." in page.text
    assert "Dialogue on Examples" in page.text  # chosen already in the form that follows
    assert series("dialogue-on-examples").title == {"en": "Dialogue on Examples"}


def test_a_series_without_a_title_or_with_a_taken_name_is_refused(as_, company):
    assert "Give the series a title." in make_series(as_, **{"title-en": ""}).text
    assert "is taken" in make_series(as_, slug="s").text


def test_its_texts_are_changed(as_, company):
    ida = as_("ida")
    seen = ida.get("/series/s/edit").text.split('name="seen" type="hidden" value="')[1].split('"')[0]
    ida.post("/series/s/edit", data={"seen": seen, "title-en": "Another", "description-fr": "Une série"})
    assert (series("s").title, series("s").description) == ({"en": "Another"}, {"fr": "Une série"})


def test_an_archived_one_takes_no_new_workshops(as_, company):
    as_("ida").post("/series/s/archive")
    assert as_("ana").get("/workshops/new").status_code == 403
    as_("ida").post("/series/s/archive")
    assert as_("ana").get("/workshops/new").status_code == 200


def test_one_with_workshops_is_not_removed_and_an_empty_one_can_come_back(as_, company):
    assert "This series has workshops" in as_("ida").post("/series/s/remove", follow_redirects=True).text
    make_series(as_, slug="empty")
    as_("ida").post("/series/empty/remove")
    assert series("empty").removed_at
    assert as_("ida").get("/series/empty/edit").status_code == 404
    as_("ida").post("/series/empty/bring-back")
    assert series("empty").removed_at is None


def test_the_administrator_sees_who_organises_what_and_nothing_inside(as_, company):
    page = as_("ida").get("/administration").text
    assert "A workshop on something" in page
    assert "Ana" in page
    assert as_("ida").get("/workshops/w/desk/").status_code == 404
