"""What taking an agenda in does to a workshop, on a real database."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories as make
from tests.budget import examples
from tests.cast import Company
from tests.conftest import SignedIn
from tests.looking import there
from tests.programme.agenda_in import imports
from tests.programme.agenda_in.imports import take
from workshop.platform.db import Words, db
from workshop.platform.intake import Outcome
from workshop.programme.agenda.models import Appearance, Item, Session
from workshop.programme.agenda.question_wordings import reword
from workshop.programme.agenda_in.import_report import AgendaReport
from workshop.programme.agenda_in.models import ImportedEntry
from workshop.programme.groups.models import Group, GroupQuestion
from workshop.programme.papers.models import Document, State
from workshop.secretariat.register.models import Organisation, Person
from workshop.secretariat.series.models import Workshop


@pytest.fixture
def workshop(company: Company) -> Workshop:
    return company.workshop


def sessions() -> list[Session]:
    return list(db.session.scalars(db.select(Session).order_by(Session.number)))


def counts(result: AgendaReport) -> tuple[int, ...]:
    return tuple(result.counts.values())


@pytest.mark.parametrize(
    "content",
    [imports.CSV, imports.xlsx(), imports.docx(), imports.XML, imports.JSON, imports.ICS, imports.HTML],
    ids=["csv", "xlsx", "docx", "xml", "json", "ics", "html"],
)
def test_the_same_file_twice_changes_nothing(workshop: Workshop, content: bytes | str) -> None:
    first = take(workshop, content)
    assert first.counts[Outcome.CREATED] == first.rows
    known = {row: db.session.query(row).count() for row in (Session, Item, Appearance, Document, Person, Organisation)}
    again = take(workshop, content)
    assert counts(again) == (0, 0, first.rows, 0)
    assert again.changes == []
    assert known == {row: db.session.query(row).count() for row in known}


def test_a_table_becomes_sessions_items_people_and_documents(workshop: Workshop) -> None:
    take(workshop, imports.CSV)
    welcome, panel = sessions()
    assert (panel.starts_at, panel.ends_at) == (
        datetime(2026, 3, 2, 9, tzinfo=UTC),
        datetime(2026, 3, 2, 10, 30, tzinfo=UTC),
    )
    assert (welcome.number, panel.number, there(panel.room).name) == (1, 2, "Room A")
    assert [item.title for item in panel.items] == [{"en": "Paying for registries"}, {"en": "What it costs"}]
    assert [(who.person.display_name, who.country) for who in panel.appearances] == [
        ("Ana Example (synthetic)", "TUN"),
        ("Ben Sample (synthetic)", "PHL"),
    ]
    assert [each.state for each in db.session.scalars(db.select(Document))] == [State.EXPECTED] * 2


def test_a_changed_file_updates_exactly_what_changed(workshop: Workshop) -> None:
    take(workshop, imports.CSV)
    changed = imports.CSV.replace("11:30,Room A", "11:15,Room B").replace("Head,House", "Director,House")
    result = take(workshop, changed)
    assert counts(result) == (0, 2, 1, 0)
    assert [sentence.split(":")[0] for sentence in result.changes] == [
        "Session “Partnerships that work”, room",
        "Session “Partnerships that work”, time",
        "Ben Sample (synthetic) (Speaker), function",
    ]
    assert there(sessions()[1].room).name == "Room B"


@pytest.mark.parametrize("new", ["Partnerships that really work", "Something else altogether"])
def test_a_session_keeps_its_identity_when_the_file_calls_it_otherwise(workshop: Workshop, new: str) -> None:
    take(workshop, imports.ICS)
    before = [session.id for session in sessions()]
    result = take(workshop, imports.ICS.replace("Partnerships that work", new))
    assert counts(result) == (0, 1, 1, 0)
    assert [session.id for session in sessions()] == before
    assert sessions()[1].title == {"en": new}


def test_what_was_edited_here_since_is_kept_and_told(workshop: Workshop) -> None:
    take(workshop, imports.CSV)
    panel = sessions()[1]
    panel.title = Words(en="Partnerships, reworded", fr="Les partenariats")
    db.session.commit()
    again = take(workshop, imports.CSV)
    assert counts(again) == (0, 0, 3, 0)
    assert [
        (each.place, "was changed here since" in each.reason) for each in again.warnings if "reworded" in each.reason
    ] == [("line 3", True)]
    changed = take(workshop, imports.CSV.replace("that work", "that last"))
    assert counts(changed) == (0, 0, 3, 0)
    assert sessions()[1].title["en"] == "Partnerships, reworded"
    asked = take(workshop, imports.CSV.replace("that work", "that last"), overwrite=True)
    assert counts(asked) == (0, 1, 2, 0)
    assert sessions()[1].title == {"en": "Partnerships that last", "fr": "Les partenariats"}


def test_what_was_typed_here_before_any_import_is_kept_and_gaps_are_filled(workshop: Workshop) -> None:
    db.session.add(
        make.session(workshop=workshop, number=2, title=Words(en="Partnerships that work"), note=Words(en="Ours"))
    )
    db.session.commit()
    result = take(workshop, imports.XML)
    assert (result.counts[Outcome.CREATED], result.counts[Outcome.UPDATED]) == (1, 1)
    panel = next(session for session in sessions() if session.number == 2)
    assert panel.note == {"en": "Ours"}
    assert panel.starts_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert any("“Ours” was typed here and is kept" in each.reason for each in result.warnings)


def test_what_was_removed_here_stays_removed(workshop: Workshop) -> None:
    take(workshop, imports.CSV)
    welcome, panel = sessions()
    db.session.delete(welcome)
    panel.appearances.remove(panel.appearances[1])
    db.session.commit()
    result = take(workshop, imports.CSV)
    assert counts(result) == (0, 0, 3, 0)
    assert [session.number for session in sessions()] == [2]
    assert sum("was removed here" in each.reason for each in result.warnings) == 2
    assert take(workshop, imports.CSV, overwrite=True).counts[Outcome.CREATED] == 2


def test_a_file_with_less_takes_nothing_away(workshop: Workshop) -> None:
    take(workshop, imports.CSV)
    shorter = "\n".join(line for line in imports.CSV.splitlines() if "Welcome" not in line)
    result = take(workshop, shorter)
    assert len(sessions()) == 2
    assert any("they are kept: “Welcome”" in each.reason for each in result.warnings)


def test_times_that_the_workshop_cannot_have_are_left_out_and_told(workshop: Workshop) -> None:
    result = take(workshop, imports.ICS.replace("20260302", "20190302"))
    assert [session.starts_at for session in sessions()] == [None, None]
    assert sum("is imported without its time" in each.reason for each in result.warnings) == 2


def test_groups_with_their_questions(workshop: Workshop) -> None:
    text = "10:00-11:00 Welcome\n11:00-12:00 Break-out groups\n- Group 1: Registries. What works?\n- Group 2: Costs. Who pays?\n"
    take(workshop, text)
    groups = db.session.scalars(db.select(Group).order_by(Group.number)).all()
    assert [(each.number, each.topic, [q.text["en"] for q in each.questions]) for each in groups] == [
        (1, {"en": "Registries"}, ["What works?"]),
        (2, {"en": "Costs"}, ["Who pays?"]),
    ]
    result = take(workshop, text.replace("Who pays?", "Who pays? Who gains?"))
    assert counts(result) == (0, 1, 3, 0)
    assert [q.text["en"] for q in there(db.session.get(Group, groups[1].id)).questions] == ["Who pays?", "Who gains?"]


def test_a_question_that_a_file_rewords_keeps_what_it_said_and_loses_old_translations(workshop: Workshop) -> None:
    text = "10:00-11:00 Welcome\n11:00-12:00 Break-out groups\n- Group 1: Costs. Who pays?\n"
    take(workshop, text)
    question = db.session.scalars(db.select(GroupQuestion)).one()
    reword(question, question.text.having("fr", "Qui paie ?"))
    db.session.commit()
    take(workshop, text.replace("Who pays?", "Who gains?"), overwrite=True)
    db.session.refresh(question)
    assert question.text == {"en": "Who gains?"}
    assert [(each.number, each.text) for each in question.wordings] == [
        (1, {"en": "Who pays?", "fr": "Qui paie ?"}),
        (2, {"en": "Who gains?"}),
    ]


def test_a_question_that_a_file_puts_before_others_moves_nobodys_points(workshop: Workshop) -> None:
    text = "10:00-11:00 Welcome\n11:00-12:00 Break-out groups\n- Group 1: Costs. Who pays? Who gains?\n"
    take(workshop, text)
    ids = {each.text["en"]: each.id for each in db.session.scalars(db.select(GroupQuestion))}
    take(workshop, text.replace("Who pays?", "Which numbers do we have? Who pays?"), overwrite=True)
    asked = db.session.scalars(db.select(GroupQuestion).order_by(GroupQuestion.position)).all()
    assert [each.text["en"] for each in asked] == ["Who pays?", "Who gains?", "Which numbers do we have?"]
    assert [each.id for each in asked[:2]] == [ids["Who pays?"], ids["Who gains?"]]
    assert [len(each.wordings) for each in asked] == [1, 1, 1]


def test_an_imported_session_can_be_removed_like_any_other(workshop: Workshop, as_: SignedIn) -> None:
    take(workshop, imports.ICS)
    answer = as_("ana").post("/workshops/w/desk/agenda/sessions/0/remove")
    assert answer.status_code == 302
    assert len(sessions()) == 1
    assert db.session.scalars(db.select(ImportedEntry).where(ImportedEntry.session_id.is_(None))).all()


WORDS = (
    st.text(st.sampled_from("abcdefghij éñABC'"), min_size=3, max_size=25)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: len(text) > 2)
)
ROWS = st.lists(
    st.tuples(
        WORDS,
        st.sampled_from(["", "09:00", "14:30"]),
        st.sampled_from(["", "Room A", "Room B"]),
        WORDS,
        st.sampled_from(["", "Ana Example (synthetic)", "Ben Sample (synthetic)"]),
        st.sampled_from(["", "Statement", "no document"]),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_whatever_the_table_a_second_import_changes_nothing(
    workshop: Workshop, rows: list[tuple[str, str, str, str, str, str]]
) -> None:
    ends = {"": "", "09:00": "10:00", "14:30": "15:00"}
    lines = ["Day;Start;End;Room;Session;Item;Speaker;Document"]
    lines += [
        f"2026-03-02;{at};{ends[at]};{room};{title};{item};{who};{paper}" for title, at, room, item, who, paper in rows
    ]
    for table in (ImportedEntry, Document, Session):
        db.session.execute(db.delete(table))
    db.session.commit()
    first = take(workshop, "\n".join(lines))
    again = take(workshop, "\n".join(lines))
    assert first.rows == again.rows == len(rows)
    assert counts(again) == (0, 0, len(rows), 0), again.changes
