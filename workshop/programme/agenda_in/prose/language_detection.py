"""Which language a title or a function is in, when a French speaker stands on an English agenda."""

import re

from ..reading.agenda_words import plain, words_of_list

# Words that hardly occur in the other two.
MARKS = {
    "en": words_of_list(
        "the of and for in to on with by from at an is are how what why which can be as its their towards"
    ),
    "fr": words_of_list(
        "le les des du et au aux une sur pour dans par avec est sont la codeveloppement codeveloppment "
        "developpement directeur directrice adjointe ministere presidente generale generales presentation "
        "relations ambassadeur delegue"
    ),
    "es": words_of_list(
        "el los las del y al una para por con en es son la ministerio directora presidencia relaciones "
        "desarrollo migracion politicas"
    ),
}
ELIDED = re.compile(r"\b(?:[ldnsjmtc]|qu)['’](?=\w)", re.IGNORECASE)
LETTERS = {"fr": "çêîôûèàùœë", "es": "ñ¿¡áíóú"}


def language_of(text: str, default: str) -> str:
    """The likeliest of English, French and Spanish; `default` where nothing tells."""
    words = plain(text).split()
    scores = {code: float(sum(word in marks for word in words)) for code, marks in MARKS.items()}
    for code, letters in LETTERS.items():
        scores[code] += 0.6 * sum(c in letters for c in text.casefold())
    scores["fr"] += 1.2 * len(ELIDED.findall(text))
    best = max(scores, key=lambda code: scores[code])
    tied = [code for code, score in scores.items() if score == scores[best]]
    return default if not scores[best] or default in tied or len(tied) > 1 else best


BARE = re.compile(
    r"\b(generale?s?|presentation|codevelopp?e?ment|developp?e?ment|economique|strategie|politique generale|experience|etat|sante|"
    r"presentacion|migracion|politica|diaspora|economico|informacion)\b",
    re.IGNORECASE,
)


def may_lack_accents(text: str, language: str) -> bool:
    """Whether a text in French or Spanish has words that are usually written with an accent and stand here without."""
    return language in LETTERS and BARE.search(text) is not None
