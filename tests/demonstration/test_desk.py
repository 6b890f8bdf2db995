"""Pages of the desk, in the demonstration and in a workshop many times its size: ten statements at most."""

from pathlib import Path

from app import create_app
from benchmarks.desk import PAGES, STATEMENTS, more
from config import settings
from tests.conftest import count_statements
from workshop.platform.db import db
from workshop.secretariat.series.models import Workshop

DESK = "/workshops/migration-and-development-2005/desk"


def test_a_page_of_the_desk_takes_ten_statements_at_most_whatever_the_size(own_instance: Path) -> None:
    values = settings({"WORKSHOP_MODE": "demo", "WORKSHOP_INSTANCE": str(own_instance)})
    app = create_app(values | {"WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False, "LOG_LEVEL": 50})
    organiser = app.test_client()
    organiser.post("/sign-in/demo", data={"email": "organiser@example.org"})

    def statements(path: str) -> int:
        with count_statements() as sent:
            assert organiser.get(f"{DESK}/{path}").status_code == 200
        return len(sent)

    few = {name: statements(path) for name, path in PAGES.items()}
    with app.app_context():
        workshop = db.session.scalars(db.select(Workshop).where(Workshop.slug == DESK.split("/")[2])).one()
        db.session.add_all(more(workshop))
        db.session.commit()
    many = {name: statements(path) for name, path in PAGES.items()}
    assert {name: count for name, count in {**few, **many}.items() if count > STATEMENTS} == {}
    assert few == many
