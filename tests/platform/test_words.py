"""The words of the interface: none of those we gave up comes back, and the punctuation is that of each language."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).parents[2] / "translations"
NO_BREAK = "\u00a0"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")

# What an English sentence does not say: the pattern, and what to write instead.
ENGLISH = {
    r"^(Whoever|Whom|Nobody|Somebody|Everybody)\b": "anyone, people who …, no one, someone, everyone; or say what is there",
    r"^Who \w": "a noun: Recipients, Attendance, Access; or “People who …”",
    r"\b[Ww]ho(m)?ever\b": "the person who …, anyone who …",
    r"\b([Ss]ome|[Ee]very|[Aa]ny)body\b": "someone, everyone, anyone",
    r"^What (came|became|comes)\b|\bbecame? of (it|them|every|the)\b": "Answers, Result, What happened to each row",
    r"\bThere is no such\b|\bor not for you\b": "… no longer exists, not found, you do not have access",
    r"\b[Nn]obody (can|could|may|is|was|will|stands)\b": "no one; better: what cannot be done, without a person",
    r"\b[Ee]-mails?\b|\b[Mm]ails?\b": "email",
    r"\b(hand|hands|handed|handing) (it |them )?(in|over)\b": "submit",
    r"\b(sent|send|sends) in\b": "submit",
    r"\b([Pp]ut|[Tt]ake|[Tt]aken|[Tt]akes) (it |them |all .+ )?(in|on the list|off the list|over|back)\b": "add, remove, …",
    r"\b([Bb]ring|[Bb]rings|[Bb]rought) (it )?(in|back|what)\b": "import, restore",
    r"\bnot taken\b": "not imported",
    r"\btakes? answers\b": "accept answers",
    r"\b(stands?|stood|standing)\b": "is, appears, is shown; status",
    r"\b(leads?|led)\b": "say what happens",
    r"\b(holds?|held back)\b(?! this view)": "contain, be true, apply; withheld, under embargo, hidden",
    r"\b[Mm]end(ed|s|ing)?\b": "fix, correct",
    r"\bfaults? (to|stand|in the way)\b": "problem",
    r"\b[Ll]ook (at it|again|once more|over)\b|\banother look\b|\bworth a look\b": "check, preview",
    r"\bneeded[”)]|^needed$": "required",
    r"\bsynthetic\b": "sample data",
    r"\b[Ee]xpect (it|a|an)\b": "request",
    r"^(Keep|Put it in|Accept it|Keep them)$": "Save, Cancel",
    r"\bjust now\b|\bany more\b|\bmeanwhile\b": "at the moment",
    r"\bShould (you|anything|it)\b": "If …",
    r"\bthe line is down\b": "you are offline",
    r"\brests? on\b": "is based on, depends on",
    r"\bgiv(e|es|en) .{0,25}away\b": "reveal, identify",
    r"\bopen(ed)? again\b": "reopen",
    r"\byours alone\b": "for you only",
    r"^Dear colleagues\b": "the salutation of a letter to a person or an institution",
    r"\bthe account (below|of a file)\b": "import report, preview",
}
# What stays although a pattern finds it, and why.
ALLOWED = {
    "Anonymous: nobody can find out who answered what",  # the promise itself, and its strongest word
    "passed to the mail server",  # the machine is called so
}
# A salutation ends with a comma in one language and a colon in another, and a short form has its own sign.
SAME = {"؟": "?", "،": ":", ",": ":"}
UNLIKE = {("No.",), ("Yours faithfully,",), ("Yours sincerely,",)}
# What French and Spanish do not say.
FORBIDDEN = {
    "fr": {
        r"\b[Ee]-?mails?\b|\b[Mm]èls?\b|\b[Mm]ails?\b": "courriel, message, adresse électronique",
        r"\binstantanés?\b": "état des résultats",
        r"\bsynthétiques?\b": "données fictives",
        r"\bindispensable": "obligatoire",
        r"\b[Cc]ommentateurs?\b": "discutant",
        r"^Intervenants?$": "Intervenant·e",
        r"\b[Cc]hers collègues\b": "Madame, Monsieur,",
        r"\ble vôtre seul\b": "ce lien vous est personnel",
        r"\b(Réponses|[Rr]épondre) avant le\b": "au plus tard le: the day itself still counts",
        r"\bsera clos le\b": "est ouvert jusqu’au …",
        r"\b[Nn]otes? de plateau\b": "notes de régie",
        r"\b[Qq]uiconque\b|^Qui \w.*(ne|est|a)\b.*\.$": "toute personne qui …",
    },
    "es": {
        r"\b[Ee]-?mails?\b|\b[Mm]ails?\b": "correo electrónico, mensaje",
        r"\binstantáneas?\b": "resultados a fecha de",
        r"\bsintétic[oa]s?\b": "datos ficticios",
        r"\bimprescindible": "obligatorio",
        r"\b(Respuestas|[Rr]esponder?|responda) antes del\b": "a más tardar el: the day itself still counts",
        r"\b[Ee]stimados colegas\b": "a salutation that fits a person and an institution",
    },
}


def catalogue(language: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Each message with its translations, all forms of both."""
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        found = read_po(file, locale=language)
    return [(forms(message.id), forms(message.string)) for message in found if message.id]


def forms(text: object) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (str(text),)


def english() -> list[str]:
    return [sentence for message, _translations in catalogue("fr") for sentence in message]


def translated(language: str) -> list[str]:
    return [sentence for _message, translations in catalogue(language) for sentence in translations]


def found(patterns: dict[str, str], sentences: list[str]) -> list[str]:
    """Each sentence that one of these finds, with what to write instead."""
    return [
        f"{sentence} → {instead}"
        for sentence in sentences
        if sentence not in ALLOWED
        for pattern, instead in patterns.items()
        if re.search(pattern, PLACEHOLDER.sub("…", sentence))
    ]


def test_english_says_it_plainly() -> None:
    assert len(english()) > 2000
    assert found(ENGLISH, english()) == []


@pytest.mark.parametrize("language", ["fr", "es"])
def test_no_form_we_gave_up_comes_back(language: str) -> None:
    assert found(FORBIDDEN[language], translated(language)) == []


@pytest.mark.parametrize("pattern", [*ENGLISH, *FORBIDDEN["fr"], *FORBIDDEN["es"]])
def test_every_pattern_is_one(pattern: str) -> None:
    """A pattern that finds the empty text would forbid everything; one that is none would forbid nothing."""
    assert not re.search(pattern, "")


def test_what_is_allowed_is_still_said() -> None:
    assert set(english()) >= ALLOWED


def test_french_has_no_break_spaces_and_guillemets() -> None:
    """One kind of space, before : ; ? ! and inside « », so that no line breaks there and no search fails on it."""
    for sentence in translated("fr"):
        assert not re.search(r"[ \u202f][:;?!»](?!=)|«[^\u00a0]|[^\u00a0]»", sentence), sentence
        assert not re.search(r"\w[;?!](\s|$)", sentence), sentence
        assert not re.search(r"[“”„]|\w'\w", re.sub(r"\$\{.*?\}.*", "", sentence)), sentence


def test_spanish_has_its_own_marks() -> None:
    """Guillemets without spaces, no space before a mark, and both marks of a question or an exclamation."""
    for sentence in translated("es"):
        assert not re.search(r"[“”„]|«\s|\s»", sentence), sentence
        assert not re.search(r"\w[ \u00a0\u202f][:;?!](?!=)", sentence), sentence
        assert sentence.count("¿") == len(re.findall(r"\?", sentence)), sentence


def test_english_quotes_and_apostrophes_are_curly() -> None:
    for sentence in english():
        assert not re.search(r"\w'\w", sentence), sentence
        assert sentence.count("“") == sentence.count("”"), sentence


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_a_translation_ends_as_its_sentence_does(language: str) -> None:
    """A full stop, a question mark or a colon belongs to the message, never to the page around it."""
    for message, translations in catalogue(language):
        if message in UNLIKE:
            continue
        ends = {mark(sentence) for sentence in message}
        for sentence in translations:
            assert mark(sentence) in ends, (message, sentence)


def mark(sentence: str) -> str:
    last = SAME.get(sentence.rstrip()[-1:], sentence.rstrip()[-1:])
    return last if last in {".", "?", ":"} else ""


@pytest.mark.parametrize("code", ["fr", "es"])
def test_who_was_asked_is_called_an_organisation_only_where_english_does(code: str) -> None:
    """Of 60 who answered 11 may answer for themselves."""
    wrong = [
        sentence
        for message, translations in catalogue(code)
        for sentence in translations
        if re.search(r"\b(asked|answers?)\b", " ".join(message))
        and "rgani" not in " ".join(message)
        and re.search(r"organi[sz]a", sentence, re.IGNORECASE)
    ]
    assert wrong == []
