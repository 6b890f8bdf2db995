"""What the columns of a list of people mean, by their headings in five languages and by what stands in them.

No database, no request, no clock.
"""

import re
from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop.secretariat.register.countries import countries, sort_key

# Field → how the page calls it, and the headings it is known by, without capitals, accents and marks.
FIELDS: dict[str, tuple[str, str]] = {
    "name": (
        _l("Full name"),
        "(your |full |complete |participants? |delegates? |speakers? |guests? |contact )*names?( of (the )?(participant|delegate|speaker|guest|contact))?|"
        "participants?|nom complet|nom et prenom|nombre( completo)?|nombre y apellidos?|vollstandiger name|الاسم( الكامل)?",
    ),
    "given_name": (
        _l("Given name"),
        "(given|first|fore)[ -]?names?|prenoms?|nombres?( de pila)?|vorname|الاسم الاول|firstname",
    ),
    "family_name": (
        _l("Family name"),
        "(family|last|sur)[ -]?names?|lastname|surname|nom( de famille)?|apellidos?|nachname|familienname|اسم العائلة|اللقب",
    ),
    "honorific": (
        _l("Form of address"),
        "titles?|honorific|salutation|form of address|civilite|tratamiento|anrede|prefix",
    ),
    "function": (
        _l("Function"),
        "functions?|job( title)?|positions?|roles?|designation|fonctions?|poste|cargos?|funktion|position|الوظيفة|المنصب",
    ),
    "organisation": (
        _l("Organisation"),
        "(name of )?(the |your )?(organi[sz]ation|institution|affiliation|company|employer|entity|agency|ministry)( name)?|"
        "organi[sz]ation department|organismes?|etablissement|societe|organizacion|institucion|entidad|empresa|organisation|"
        "einrichtung|firma|behorde|المؤسسة|المنظمة|الجهة",
    ),
    "email": (
        _l("Email address"),
        "(your |work |business |primary |contact )*e ?mails?( address(es)?)?( 1)?( value)?|mail|address|courriels?|adresses?( e ?mail| electronique)?|"
        "correos?( electronicos?)?|البريد( الالكتروني)?",
    ),
    "country": (
        _l("Country"),
        "countr(y|ies)( of residence)?|state|pays|pais(es)?|estado|etat|land|nationality|delegation|البلد|الدولة",
    ),
    "language": (_l("Language"), "(preferred )?lang(uages?)?|langues?|idiomas?|sprache|اللغة"),
    "category": (
        _l("Category"),
        "(participant )?(category|type)( of organi[sz]ation)?|categorie|categoria|tipo|kategorie|الفئة|الفية",
    ),
    "part": (
        _l("Part in the delegation"),
        "(part|role|capacity)( in (the )?delegation)|capacity|delegation (part|role)|qualite|calidad|الصفة",
    ),
    "institution": (
        _l("Ministry or institution"),
        "ministry or institution|department|unit|service|ministere( ou institution)?|ministerio( o institucion)?|dependencia|الوزارة",
    ),
    "place": (_l("City"), "city|town|ville|ciudad|stadt|المدينة"),
    "phone": (
        _l("Telephone"),
        "((tele)?phone|tel|mobile)( number)?( 1)?( value)?|portable|telefono|movil|telefon|الهاتف",
    ),
    "name_as_listed": (
        _l("Name for the list"),
        "name (for|on) (the )?(list|badge)|badge name|nom (pour|sur) (la liste|le badge)|nombre (para|en) la (lista|credencial)",
    ),
    "interpreter": (
        _l("Interpretation"),
        "interpret(er|ation)( needed| required)?|interpretes?|interpretation|interpretacion|dolmetsch(er|ung)|الترجمة( الشفوية)?|مترجم",
    ),
    "sponsored": (
        _l("Travel paid by the secretariat"),
        "sponsored|travel paid( by the secretariat)?|prise? en charge|financiad[oa]|patrocinad[oa]",
    ),
    "needs_visa": (
        _l("Letter in support of a visa"),
        "(needs )?visa( letter| support)?( needed| required)?|lettre de visa|carta de visado",
    ),
    "status": (
        _l("Status of the answer"),
        "(rsvp|response|reply|registration|invitation|attendance|participation|invitee)?[ -]?(status|state|answer|response|reply|attending|coming)|"
        "rsvp|will you attend.*|attending.*|statut|reponse|estado( de la respuesta)?|respuesta|asistira?|antwort|zusage|الحالة|الرد",
    ),
}
DETAILS = (  # of participants
    *("part", "institution", "place", "phone", "name_as_listed", "interpreter", "sponsored", "needs_visa"),
)
ARABIC = str.maketrans("أإآؤئ", "اااوي")  # as `plain` writes these letters
DECLINED = re.compile(
    r"\b(declin\w*|no|not|cannot|cancel\w*|absent|withdrawn|regrets?|refus\w*|rejected|excus\w*|non|annul\w*|no asist\w*|rechaz\w*|"
    r"nein|abgesagt|absage|abgelehnt|لا|اعتذ\w*)\b"
)


def plain(text: str) -> str:
    """Without capitals, accents and marks, so that "E-mail" and "e mail" are the same heading."""
    return sort_key(text.replace("’", " ").replace("_", " "), "en")[0]


def labels() -> list[tuple[str, str]]:
    return [("", str(_("Not read"))), *((name, str(label)) for name, (label, _words) in FIELDS.items())]


def field_of(heading: str) -> str:
    """The field that a heading names; "" for none."""
    said = plain(heading).replace("e mail", "email")
    return next((name for name, (_label, words) in FIELDS.items() if re.fullmatch(words.translate(ARABIC), said)), "")


def header_of(rows: Sequence[Sequence[str]]) -> int:
    """The row of headings: the first in which two are known, else the first with anything in it."""
    filled = [place for place, row in enumerate(rows[:40]) if any(row)]
    known = [place for place in filled[:15] if sum(bool(field_of(cell)) for cell in rows[place] if cell) >= 2]
    return (known or filled or [0])[0]


def guess(headings: Sequence[str], body: Sequence[Sequence[str]], remembered: Mapping[str, str]) -> list[str]:
    """The field of each column: as a person once said, by its heading, or by what stands in it. None is given twice."""
    fields = [remembered.get(plain(each), field_of(each)) for each in headings]
    cells = {n: [row[n] for row in body[:80] if n < len(row) and row[n]] for n in range(len(headings)) if not fields[n]}
    for column, said in cells.items():
        if plain(headings[column]) in remembered or not said:
            continue
        if sum("@" in each for each in said) * 2 > len(said):
            fields[column] = "email"
        elif sum(country_of(each) != "" for each in said) * 3 > len(said) * 2:
            fields[column] = "country"
    names = {"name", "given_name", "family_name"} & set(fields)
    if names == {"given_name"}:  # "Nombre" alone is the whole name
        fields = ["name" if each == "given_name" else each for each in fields]
    if names == {"name", "given_name"} or names == {"family_name"}:
        fields = [{"name": "family_name"}.get(each, each) if "given_name" in names else each for each in fields]
    seen: set[str] = set()
    for column, each in enumerate(fields):
        fields[column] = "" if each in seen else each
        seen.add(each)
    return fields


def country_of(said: str) -> str:
    """The alpha-3 code of a country in any language of the list, or given as a code; "" for none."""
    wanted = plain(said)
    return _names().get(wanted, "") if wanted else ""


_KNOWN: dict[str, str] = {}


def _names() -> dict[str, str]:
    if not _KNOWN:
        for code, country in countries().items():
            for name in (code, country.alpha2, *country.names.values()):
                _KNOWN.setdefault(plain(name), code)
                _KNOWN.setdefault(plain(re.sub(r"\(.*?\)", "", name)), code)
        _KNOWN.update(
            {"uk": "GBR", "usa": "USA", "united kingdom": "GBR", "united states": "USA", "royaume uni": "GBR"}
        )
    return _KNOWN


def is_declined(status: str) -> bool:
    """Whether an answer in a list says that somebody does not come."""
    return DECLINED.search(plain(status)) is not None
