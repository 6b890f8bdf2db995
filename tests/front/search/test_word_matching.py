"""Which words are meant by one that was typed, and how a question is read. No database."""

import pytest

from workshop.front.search import query_terms
from workshop.front.search.ranking import excerpt, highlight_spans, passage
from workshop.front.search.word_matching import BEGINNING, EXACT, ONE_SLIP, TWO_SLIPS, WordList, fitting, slips
from workshop.platform.search_normalise import fold, spans_of_words, vocabulary, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Codéveloppement", "codeveloppement"),
        ("ÉGYPTE, Straße", "egypte, strasse"),
        ("Œuvre Łódź Ñandú", "oeuvre lodz nandu"),
        ("co\u00addevelopment", "codevelopment"),
        ("ﬁnance e\u0301lan", "finance elan"),
        ("هجرة", "هجرة"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_words_and_compounds() -> None:
    assert words("L’aide au co-développement (2005)") == ["l", "aide", "au", "co", "developpement", "2005"]
    assert vocabulary("co-développement") == {"co", "developpement", "codeveloppement"}


def test_where_words_stand() -> None:
    text = "Le co-développement, le Codéveloppement et le développement"
    for said in (text, f"{text} (œuvre)"):  # the ligature is two letters when folded
        assert [said[a:b] for a, b in spans_of_words(said, {"codeveloppement"})] == [
            "co-développement",
            "Codéveloppement",
        ]
        assert [said[a:b] for a, b in spans_of_words(said, {"developpement"})] == ["développement", "développement"]
    assert list(spans_of_words(text, set())) == []


@pytest.mark.parametrize(
    ("one", "two", "count"),
    [
        ("millenium", "millennium", 1),
        ("abcd", "abdc", 1),
        ("abcd", "abcd", 0),
        ("partner", "parner", 1),
        ("kitten", "sitting", 3),
        ("", "ab", 2),
    ],
)
def test_slips_are_counted(one: str, two: str, count: int) -> None:
    assert slips(one, two, 5) == slips(two, one, 5) == count


def test_more_slips_than_forgiven_are_not_counted_further() -> None:
    assert slips("kitten", "sitting", 1) == 2


@pytest.mark.parametrize(
    ("typed", "written", "fits"),
    [
        ("codeveloppement", "codeveloppment", True),
        ("millenium", "millennium", True),
        ("millennium", "millenium", True),
        ("milenium", "millennium", True),
        ("remitances", "remittances", True),
        ("imgration", "migration", True),
        ("migr", "migration", True),
        ("diaspora", "diasporas", True),
        ("codeveloppement", "developpement", False),
        ("aid", "air", False),
        ("2005", "2006", False),
        ("200", "2005", False),
        ("migration", "integration", False),
    ],
)
def test_what_fits(typed: str, written: str, fits: bool) -> None:
    assert (written in fitting(typed, WordList({written, "another"}))) is fits


def test_the_word_itself_fits_best() -> None:
    found = fitting("migration", WordList(["migration", "migrations", "migraton", "mgraton", "emigration"]))
    assert found == {
        "migration": EXACT,
        "migrations": BEGINNING,
        "migraton": ONE_SLIP,
        "mgraton": TWO_SLIPS,
        "emigration": ONE_SLIP,
    }


@pytest.mark.parametrize(
    ("typed", "terms", "phrases"),
    [
        ("The role of diasporas", ["role", "diasporas"], []),
        ("the", ["the"], []),
        ('"policy coherence" Sussex', ["sussex"], [("policy", "coherence")]),
        ("« cohérence des politiques »", [], [("coherence", "des", "politiques")]),
        ("IDM/2005/3", [], [("idm", "2005", "3")]),
        ("l'intérieur", ["interieur"], []),
        ("co-développement", ["codeveloppement"], []),
        ('" ', [], []),
        ("", [], []),
        ("<script>", ["script"], []),
        ("% _ \\", [], []),
    ],
)
def test_how_a_question_is_read(typed: str, terms: list[str], phrases: list[tuple[str, ...]]) -> None:
    question = query_terms.read(typed)
    assert [term.word for term in question.terms] == terms
    assert list(question.phrases) == phrases


def test_a_question_has_an_end() -> None:
    question = query_terms.read("word " * 5000)
    assert len(question.terms) == query_terms.MOST_TERMS
    assert len(question.typed) <= query_terms.LONGEST


def test_an_excerpt_shows_where_most_of_it_stands_and_marks_it_safely() -> None:
    text = "Mobility. " + "Nothing here. " * 40 + "<b>Mobility</b> & remittances together. " + "More. " * 100
    found = excerpt(passage(text, "en", {"mobility", "remittances"}))
    assert "&lt;b&gt;<mark>Mobility</mark>&lt;/b&gt; &amp; <mark>remittances</mark>" in found
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert len(found) < 400
    assert highlight_spans("a < b", []) == "a &lt; b"
