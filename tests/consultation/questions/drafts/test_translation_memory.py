"""What was translated once is offered again: whole texts, terms within others, and all of it as a file for translators."""

from xml.etree import ElementTree

from tests.consultation.questions.documents import asks, document
from workshop.consultation.questions.drafts.translation_memory import TextPair, TranslationMemory, as_tmx

EARLIER = document(A=[asks("A1", "text", text={"en": "Central bank", "fr": "Banque centrale"})])
LATER = document(
    A=[
        asks("A1", "text", text={"en": "central  BANK"}),
        asks(
            "A2",
            "text",
            text={"en": "Does the central bank publish <this>?", "fr": "La banque centrale publie-t-elle ?"},
        ),
    ]
)


def test_a_text_is_known_again_whatever_its_capitals_and_spaces() -> None:
    memory = TranslationMemory([LATER, EARLIER], "en", "fr")
    assert memory.translation("central  BANK") == "Banque centrale"
    assert memory.translation("Central") == ""


def test_terms_are_found_in_longer_texts() -> None:
    memory = TranslationMemory([EARLIER], "en", "fr")
    assert memory.terms_in("Does the central bank answer?") == [TextPair("Central bank", "Banque centrale")]
    assert memory.terms_in("Central bank") == []
    assert memory.terms_in("The decentral bankers") == []


def test_the_file_for_translators_is_whole() -> None:
    root = ElementTree.fromstring(as_tmx([EARLIER, LATER, LATER]))  # noqa: S314 - our own
    segments = [segment.text for segment in root.iter("seg")]
    assert segments.count("Banque centrale") == 1
    assert "Does the central bank publish <this>?" in segments
