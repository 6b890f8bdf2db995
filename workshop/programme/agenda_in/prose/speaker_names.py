"""People as an agenda prints them: name, function, organisation, country, in one line with commas."""

import re
from dataclasses import dataclass, field

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.programme.agenda.formats import Part
from workshop.secretariat.register.name_parts import HONORIFIC, PARTICLES, split_name

from ..reading.agenda_file import Person
from ..reading.agenda_words import plain, words_of_list
from ..reading.country_words import country_named
from .language_detection import language_of

NOT_NAMES = words_of_list(
    "migration development session discussion partnership partnerships diaspora diasporas policy policies "
    "management goals coffee lunch break opening closing welcome welcoming ministry department university "
    "panel report questions answers introduction presentation plenary remarks country international national "
    "regional global government governments remittances pursuing engaging managing building approaches "
    "speaker perspective experience challenges opportunities role groups agenda programme migrants labour "
    "rights gender climate change health education data trade and the of in on for to from with by how what "
    "why le codeveloppement codeveloppment desarrollo migracion politique politicas sesion seance"
)
FUNCTIONS = re.compile(
    r"\b(direct\w+|minist\w+|president\w*|chair\w*|manager|professor\w*|fellow|expert\w*|secretar\w*|ambassad\w+|head|officer|advis\w+|"
    r"coordinat\w+|coordinad\w+|chief|founder|researcher|economist|consultant\w*|deputy|vice|representative|representant\w*|commissioner|"
    r"counsell?or|conseill\w+|charge\w*|adjoint\w*|responsable|jefe|jefa|asesor\w*|consejer\w+|profesor\w*|embajador\w*|president\w+|"
    r"delegat\w*|delegad\w+|leiter(in)?|referent(in)?|vorsitzende[rn]?|sprecher(in)?|geschaftsfuhrer(in)?|direktor(in)?|beauftragte[rn]?|botschafter(in)?|"
    r"مديرة?|وزيرة?|رئيسة?|نائبة?|مستشارة?|خبيرة?|سفيرة?|استاذة?|باحثة?|مسؤولة?|منسقة?|ممثلة?|analyst|specialist\w*|lecturer|attache\w*|member|senator|deputy|executive|lead|editor|journalist)\b"
)
BODIES = re.compile(
    r"\b(minist(?:ry|ere|erio)\w*|department of|departement|departamento|universit\w+|universidad\w*|institut\w*|organi[sz]a[tc]i\w+|"
    r"bureau|office of|agency|agence|agencia|centre|center|centro|bank|banque|banco|council|conseil|consejo|commission|comision|"
    r"foundation|fondation|fundacion|association|asociacion|federation|network|reseau|red de|corp|corporation|company|ltd|inc|"
    r"embassy|ambassade|embajada|mission|school|college|academy|union|cooperation|cooperacion|secretariat|fund|fonds|fondo|"
    r"ministerium|universitat|hochschule|stiftung|verband|verein|rat|bundesamt|amt|وزارة|جامعة|منظمة|معهد|مركز|مؤسسة|اتحاد|"
    r"parliament|assembly|republic|nations|authority|trust|forum|committee|comite)\b"
)
MISSING_COMMA = re.compile(
    r"(?<=[a-zà-ÿ])\s+(?=(?:Minist(?:ry|ère|ere|erio)|Department|Département|Universit[yé]|Universidad|Institut\w*|Embassy|Ambassade)\b)"
)


@dataclass
class Read:
    """A person, with what had to be guessed about them."""

    person: Person
    doubts: list[str] = field(default_factory=list)


def is_name(text: str) -> bool:
    """Whether this looks like somebody's name: two to six capitalised words, none from the field's vocabulary."""
    bare = HONORIFIC.sub("", text).strip()
    words = bare.split()
    known = any(plain(word) in NOT_NAMES - PARTICLES for word in words)
    if not 1 <= len(words) <= 6 or known or any(c.isdigit() for c in text):
        return False
    bare = re.sub(r"\s*\([^)]*(?:sample|synthetic)[^)]*\)$", "", bare)
    capital = [word for word in bare.split() if is_capitalised(word)]
    others = [word for word in bare.split() if word not in capital]
    enough = len(capital) >= 2 or (bool(HONORIFIC.match(text)) and bool(capital))
    return enough and all(plain(word) in PARTICLES for word in others)


def is_capitalised(word: str) -> bool:
    """A word as names have it; in Arabic, which has no capitals, every word of letters."""
    letters = re.fullmatch(r"[\w'’.\-]+", word)
    word = re.sub(r"^(?:[dlDL]|al|el|ben|O)['’-](?=\w)", "", word)
    return bool(letters) and (word[0].isupper() or bool(re.match("[\u0621-\u064a]", word)))


def looks_like_person(text: str) -> bool:
    """Whether a line begins with a name, and a comma or an honorific sets it apart."""
    name, comma, _rest = text.partition(",")
    return is_name(name) and (bool(comma) or bool(HONORIFIC.match(text)))


def tells_function(text: str) -> bool:
    return FUNCTIONS.search(plain(text)) is not None


def is_body(text: str) -> bool:
    """Whether this names an organisation: by a word that only bodies have, or as an acronym."""
    return bool(BODIES.search(plain(text)) or re.fullmatch(r"[A-Z][A-Z&/.-]{1,11}|(?:UN|EU|AU)[ -][A-Z]\w+", text))


def read_person(text: str, row: int, *, part: Part, language: str) -> Read:
    """ "Name, function, organisation, country", of which everything after the name may be missing."""
    text = " ".join(text.split()).strip(" ;,")
    dash = re.match(r"^([^,–—(]+?)\s+[–—-]\s+(.+)$", text)
    if dash and is_name(dash[1]):
        text = f"{dash[1]}, {dash[2]}"
    in_brackets = re.match(r"^([^,(]+?)\s*\(([^)]*)\)$", text)
    if in_brackets and is_name(in_brackets[1]) and "synthetic" not in in_brackets[2]:
        text = f"{in_brackets[1]}, {in_brackets[2]}"
    name, *rest = [each.strip() for each in text.split(",")]
    read = Read(_named(name, row, part))
    _place(read, [each for each in rest if each], language)
    return read


def _named(name: str, row: int, part: Part) -> Person:
    found = HONORIFIC.match(name)
    honorific = found[0].strip() if found else ""
    given, family = split_name(name[len(found[0]) :] if found else name)
    bare = f"{given} {family}".strip()
    return Person(name=bare, row=row, given_name=given, family_name=family, honorific=honorific, part=part)


def is_guess(person: Person) -> bool:
    """Whether the family name could as well be longer: three words or more, and no capitals to tell."""
    words = person.name.replace("(synthetic)", "").split()
    return len(words) > 2 and not any(word.isupper() and len(word) > 2 for word in words)


def _place(read: Read, rest: list[str], language: str) -> None:
    """What follows the name: the last part may be a country, a body may begin in the middle of a part."""
    person = read.person
    if rest and (country := country_named(rest[-1])):
        person.country = country
        rest = rest[:-1]
    for index, each in enumerate(rest):
        if "," not in each and (found := MISSING_COMMA.search(each)) and tells_function(each[: found.start()]):
            rest[index : index + 1] = [each[: found.start()], each[found.end() :]]
            read.doubts.append(
                _("a comma is missing before “%(name)s”; it was read as the organisation.", name=each[found.end() :])
            )
            break
    if any(re.match(r"(and|et|y|&)\s", each) for each in rest[1:]):
        read.doubts.append(_("a comma comes before “and”; the function was kept as published."))
    begin = next(
        (n for n, each in enumerate(rest) if n and BODIES.search(plain(each))),
        len(rest) - 1 if len(rest) > 1 else len(rest),
    )
    if len(rest) == 1 and not tells_function(rest[0]) and is_body(rest[0]):
        begin = 0
    function, person.organisation = ", ".join(rest[:begin]), ", ".join(rest[begin:])
    if function:
        person.function = Words({language_of(function, language): function})
