"""What LimeSurvey works out and repeats: equations as calculations, answers within texts, patterns and defaults of answers."""

import re
from collections.abc import Mapping

from workshop.consultation.questions.logic import functions
from workshop.consultation.questions.logic.expressions import to_text
from workshop.consultation.questions.question import Kind
from workshop.platform.db import Words

from ..xlsform.relevance_conditions import KnownQuestion, in_our_terms
from ..xlsform.xpath_expressions import as_calculation, parse
from .relevance import blank_counts_nothing, in_words_of_xlsform

REPEATED = re.compile(r"\{\s*([A-Za-z0-9_]+)(?:\.(?:shown|NAOK|value))?\s*\}")
BRACED = re.compile(r"\{[^{}]+\}")
Known = Mapping[str, KnownQuestion]


def calculation(written: str, known: Known) -> str:
    """An equation in our terms; a text is one where all of it stands in braces. Raises Inexpressible."""
    inner = written.strip().removeprefix("{").removesuffix("}")
    tree = as_calculation(parse(in_words_of_xlsform(inner)))
    return to_text(in_our_terms(blank_counts_nothing(tree, known), known))


def with_repeated_answers(text: Words, known: Known) -> tuple[Words, bool]:
    """The text with our sign for the answers it repeats, and whether something in braces is left that we cannot say."""

    def put(found: re.Match[str]) -> str:
        return f"${{{known[found[1]].code}}}" if found[1] in known else found[0]

    filled = Words({language: REPEATED.sub(put, words) for language, words in text.items()})
    return filled, any(BRACED.search(words.replace("${", "")) for words in filled.values())


def limit_of_pattern(pattern: str) -> str:
    """The limit that says the same as a pattern between slashes; nothing where it cannot be said."""
    inner = re.fullmatch(r"/(.*)/u?", pattern.strip(), re.DOTALL)
    said = (inner[1] if inner else pattern).strip()
    if "'" in said or not (said.startswith("^") and said.endswith("$")):
        return ""
    try:
        functions.pattern(said)
    except ValueError:
        return ""
    return f"regex(., '{said}')"


def default_of(written: str, kind: Kind, codes: Mapping[str, str]) -> str:
    """What the form holds at first; nothing where that is worked out, or is no choice."""
    if "{" in written or kind not in {Kind.ONE, Kind.TEXT, Kind.LONGTEXT, Kind.INTEGER, Kind.DECIMAL, Kind.DATE}:
        return ""
    return codes.get(written, "") if kind is Kind.ONE else written
