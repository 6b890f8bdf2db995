"""Words that claim a decision, in any language a report is written in: they are looked for in all of them.

No database, no request, no clock.
"""

import re

from workshop.platform.search_normalise import fold

BEGINNINGS = (
    *("adopted", "adopts", "agreed", "agreement", "consensus", "unanim", "decided", "resolved", "endorsed"),
    *("adopte", "accord", "convenu", "decide", "approuv"),
    *("adopto", "adoptad", "acord", "acuerdo", "consenso", "aprob", "decidi"),
    *("اتفق", "اتفاق", "اعتمد", "توافق", "اجماع", "قرر"),
)
WHOLE = {"اقر", "اقرت", "اقروا"}  # approved; what else begins like it means nearer, and peers
# Our own word for how many were of one mind, "general agreement", is no claim in a group's report.
AGREEMENT = ("agreement", "accord", "acuerdo", "اتفاق")
HARMLESS = ("according", "accordance")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*", re.UNICODE)
MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")  # vowels, and the stroke that stretches a word
ALEFS = str.maketrans("أإآٱ", "اااا")
AND_SO, BY_FOR_AS, THE = ("و", "ف"), ("ب", "ك", "ل"), ("لل", "بال", "كال", "ال")
SHORTEST = 3  # letters of an Arabic word without what is written together with it


def stripped(word: str) -> list[str]:
    """The folded word, and an Arabic one also without the and, so, by, for, as or the that is written together with it."""
    if not "\u0600" <= word[:1] <= "\u06ff":
        return [word]
    plain = MARKS.sub("", word.translate(ALEFS))
    found = [plain, *([plain[1:]] if plain.startswith(AND_SO) else [])]
    for each in tuple(found):
        found += [each.removeprefix(the) for the in THE if each.startswith(the)]
        found += [each[1:]] if each.startswith(BY_FOR_AS) else []
    return [each for each in dict.fromkeys(found) if len(each) >= SHORTEST] or [plain]


def is_loaded(word: str) -> bool:
    """Whether a folded word claims that something was decided."""
    if word.startswith(HARMLESS):
        return False
    return any(each in WHOLE or each.startswith(BEGINNINGS) for each in stripped(word))


def loaded_words(text: str) -> list[str]:
    """Those that stand in a text, each once, in small letters: nothing is negotiated in a break-out group."""
    folded = {each: fold(each) for each in WORD.findall(text)}
    found = (each for each, word in folded.items() if is_loaded(word) and not is_agreement(word))
    return list(dict.fromkeys(each.casefold() for each in found))


def is_agreement(word: str) -> bool:
    return any(each in AGREEMENT for each in stripped(word))
