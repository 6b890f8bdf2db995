"""The agenda published in 2005, with everything that is odd about it."""

from pathlib import Path

import pytest

from workshop.programme.agenda.formats import Format, Part, Perspective
from workshop.programme.agenda_in.reading.agenda_file import Agenda
from workshop.programme.agenda_in.reading.recognition import read
from workshop.programme.agenda_in.reading.remarks import Setting
from workshop.programme.papers.models import Kind

HERE = Path(__file__).parent
AS_PUBLISHED = HERE.parents[3] / "shared/seeds/000_aca13f1d1c97d48c.txt"
TOTALS = {
    "blocks": 9,
    "speakers": 12,
    "discussants": 3,
    "discussion_papers": 4,
    "statements": 4,
    "presentations": 6,
    "not_provided": 2,
    "untyped": 1,
    "breakout_groups": 3,
}
# What is odd → a piece of the line where it is told, and of what is told.
ODDITIES = [
    ("the web site around it", "About the organisation", "before the agenda was left out"),
    ("lines that stand twice", "About the organisation", "are repeated before the agenda: “Our programmes”"),
    ("a heading glued to its text", "ABOUT US", "with nothing between them"),
    (
        "a title glued to its description",
        "The two policies were",
        "“Pursuing policy coherence on migration and development policy agendas: Why",
    ),
    ("bullets without text", "Welcoming Remarks", "Bullets have no text"),
    ("brackets that do not match", "((Discussion", "brackets"),
    ("no document where a title stands", "- (no document)", "the item has no title"),
    ("no document after a perspective", "perspective - (no document)", "marked as not provided"),
    ("a perspective in the title", "- Development perspective", "“Development perspective” was read as a perspective"),
    ("a perspective at the end of a title", ": a migration perspective", "The perspective is part of the title"),
    (
        "a perspective before a title",
        "Host country perspective",
        "“Host country perspective” was read as a perspective: Country of destination",
    ),
    (
        "a perspective before a name",
        "Speaker from country of origin",
        "“Speaker from country of origin” was read as a perspective",
    ),
    ("two spellings", "Remittances for", "Both “millenium” and “millennium” occur"),
    ("a phrase twice in a row", "Remittances for", "“achieving The Millennium” appears twice"),
    ("a French title", "Le Codev", "is in another language than the agenda"),
    ("accents that lack", "Le Codev", "seems to lack accents"),
    ("a French function", "Refai", "the function is in another language"),
    ("a missing comma", "Refai", "a comma is missing before “Ministère de l'Intérieur"),
    ("a stray comma", "Appave", "a comma comes before “and”"),
    ("countries that are not named", "Remittances for", "No country is named for Ndioro Ndiaye, Marc Keller"),
    ("a synonym", "Le Codev", "another word for country of origin or destination"),
    ("a discussant without title", "Hans Timmer", "Hans Timmer, discussant, has no title and no document"),
    (
        "a paper almost called as its session",
        "Pursuing policy coherence in",
        "almost the same as the text of the session",
    ),
    ("a name with a particle", "Bartheld", "“von Bartheld” was read as the family name"),
    ("a name of three words", "Chikezi", "“Chikezi” was read as the family name"),
    ("a document that stands twice", "Wrap-up -", "also appears in line 18"),
    ("headings with nothing under them", "Related documents", "“Related documents” has nothing under it"),
    ("groups without titles", "Break-out Groups-", "no title of its own"),
]


def number_of(piece: str) -> int:
    lines = (HERE / "agenda_2005.txt").read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if piece in line)


@pytest.fixture(scope="module")
def agenda() -> Agenda:
    return read((HERE / "agenda_2005.txt").read_bytes(), Setting())


def test_its_totals(agenda: Agenda) -> None:
    assert agenda.totals() == TOTALS
    assert [row.rejected for row in agenda.rows if row.rejected] == []


def test_the_text_as_it_was_published() -> None:
    if not AS_PUBLISHED.is_file():
        pytest.skip("the published text is not beside the project")
    found = read(AS_PUBLISHED.read_bytes(), Setting())
    assert found.totals() == TOTALS
    assert [len(session.questions) for session in found.sessions] == [0, 4, 1, 1, 7, 0, 0, 2, 0]
    assert [len(group.questions) for session in found.sessions for group in session.groups] == [3, 3, 4]


@pytest.mark.parametrize(("line", "message"), [each[1:] for each in ODDITIES], ids=[each[0] for each in ODDITIES])
def test_what_is_odd_is_told_and_nothing_is_lost(agenda: Agenda, line: str, message: str) -> None:
    told = [remark for remark in agenda.remarks if message in remark.message]
    places = {place for remark in told for place in remark.place.replace(" to ", ", ").split(", ")}
    assert f"line {number_of(line)}" in places, [(each.place, each.message) for each in told]


def test_an_acronym_and_the_full_name_are_not_made_one(agenda: Agenda) -> None:
    assert [each.message for each in agenda.remarks if "IOM" in each.message] == [
        "“IOM” and “International Organization for Migration” are perhaps the same organisation."
    ]


def test_sessions_and_questions(agenda: Agenda) -> None:
    assert [session.format for session in agenda.sessions] == [
        Format.WELCOME,
        None,
        None,
        None,
        None,
        None,
        Format.BREAKOUT,
        Format.REPORT_BACK,
        Format.WRAP_UP,
    ]
    assert [len(session.questions) for session in agenda.sessions] == [0, 4, 1, 1, 7, 0, 0, 2, 0]
    groups = agenda.sessions[6].groups
    assert [dict(group.topic) for group in groups] == [
        {},
        {"en": "Partnerships at work"},
        {"en": "Keeping up migrant networks"},
    ]
    assert [len(group.questions) for group in groups] == [3, 3, 4]
    assert agenda.sessions[6].lens["en"].startswith("Every theme is discussed")


def test_people_as_they_are_named(agenda: Agenda) -> None:
    people = {who.name: who for session in agenda.sessions for who in session.everybody()}
    refai, black, mundt = people["Tahar Fellous Refai"], people["Richard Black"], people["Hans-Werner Mundt"]
    assert (refai.function, refai.organisation, refai.country) == (
        {"fr": "Directeur Général des Relations Extérieures"},
        "Ministère de l'Intérieur et du Développement Local",
        "TUN",
    )
    assert black.organisation.startswith("Development Research Centre on Migration, Globalisation and Poverty, Univ")
    assert (black.part, mundt.country) == (Part.DISCUSSANT, "")
    assert people["Margarita Escobar"].country == "SLV"
    assert people["Bart von Bartheld"].family_name == "von Bartheld"


def test_items_by_their_order(agenda: Agenda) -> None:
    third = agenda.sessions[3].items
    assert [(dict(item.title) == {}, item.perspective, [who.family_name for who in item.people]) for item in third] == [
        (False, None, []),
        (True, Perspective.ORIGIN, ["Hettiarachchi"]),
        (False, Perspective.PARTNER, ["Soriano"]),
        (False, Perspective.DESTINATION, ["Mundt"]),
    ]
    assert [(each.kind, each.provided) for each in third[1].documents] == [(Kind.OTHER, False)]
    assert agenda.sessions[4].items[2].title == {"fr": "Le Codeveloppment: Presentation Generale"}
