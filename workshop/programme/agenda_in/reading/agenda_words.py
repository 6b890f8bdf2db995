"""The words by which agendas in English, French and Spanish say what a thing is."""

import re
import unicodedata
from functools import lru_cache

from workshop.programme.agenda.formats import Format, Part, Perspective
from workshop.programme.papers.models import Kind

I = re.IGNORECASE  # noqa: E741  # as everybody reads it in a regular expression


def words_of_list(text: str, mark: str = " ") -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(text.split(mark))


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Lower case, without accents, typographic signs or doubled spaces: for comparing, never for showing."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("ß", "ss"))
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    letters = "".join(str(unicodedata.decimal(c, c)) if c.isdigit() else c for c in letters)
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


# How a session of each format begins, as `plain` writes it.
OPENINGS: tuple[tuple[Format, str], ...] = (
    (
        Format.REGISTRATION,
        "registration( of participants)?|arrival( of (guests|participants|delegates))?|inscription|enregistrement|accueil et inscription|"
        "(accueil|inscription) des participants|inscripcion|registro|anmeldung|registrierung|ankunft|التسجيل|تسجيل( المشاركين)?",
    ),
    (
        Format.REPORT_BACK,
        "reports? (back )?(to|of|from) the (plenary|groups?|break ?out.*)|report(ing)? back|plenary report|"
        "comptes? rendus? (a|en) (la )?(seance )?pleniere|restitution|informes? al plenario|puesta en comun|"
        "berichte? (an das|aus den) (plenum|gruppen)|التقارير? (الى|امام) الجلسة العامة",
    ),
    (
        Format.WRAP_UP,
        "recapitulation|recapitulacion|wrap(ping)? ?up|closing( remarks| session| ceremony)?|conclusions?( and closing)?|concluding remarks|summing up|"
        "cloture|seance de cloture|remarques finales|observations finales|clausura|sesion de clausura|palabras finales|observaciones finales|"
        "abschluss(sitzung)?|schlusswort|schlusssitzung|zusammenfassung|ende der veranstaltung|الختام|الجلسة الختامية|اختتام",
    ),
    (
        Format.WELCOME,
        "welcom(e|ing)( remarks| address| and introduction)?|opening( remarks| address| session| ceremony| statements?)?|"
        "allocutions? (de bienvenue|d ouverture)|mots? de bienvenue|(seance d )?ouverture|bienvenue|palabras de (bienvenida|apertura)|"
        "(sesion de )?apertura|bienvenida|inauguracion|eroffnung(ssitzung)?|begrussung|grusswort(e)?|"
        "(الجلسة )?الافتتاحية?|الجلسة الافتتاحية|كلمات? (الترحيب|الافتتاح)|افتتاح",
    ),
    (
        Format.BREAKOUT,
        "break ?out( groups?| sessions?)?|break outs|working groups?|parallel groups?|groupes? de (discussion|travail)|"
        "ateliers? paralleles?|grupos? de (trabajo|discusion)|sesiones paralelas|arbeitsgruppen|مجموعات العمل|افرقة العمل",
    ),
    (
        Format.LUNCH,
        "lunch( break)?|(pause )?dejeuner|pause dejeuner|(pausa( para el)? )?almuerzo|comida|mittagessen|mittagspause|"
        "(استراحة )?الغداء|غداء",
    ),
    (
        Format.RECEPTION,
        "(evening |welcome |networking )?reception|cocktail|aperitif|apero|(gala |official |workshop )?dinner|recepcion|coctel|cena|diner|empfang|"
        "abendessen|vin d honneur|(حفل )?استقبال|عشاء",
    ),
    (
        Format.COFFEE,
        "((morning|afternoon) )?(coffee|tea)( and tea)?( break)?|break|refreshments|health break|pause( cafe)?|"
        "pausa( para el)?( cafe)?|receso|kaffee(pause)?|teepause|استراحة( القهوة| الشاي)?|استراحة",
    ),
    (
        Format.SIDE_EVENT,
        "side events?|evenements? (parallele|en marge)s?|eventos? paralelos?|begleitveranstaltung|فعالية جانبية",
    ),
    (
        Format.KEYNOTE,
        "keynote( address| speech| speaker)?|discours (liminaire|principal|d orientation)|discurso (principal|inaugural)|"
        "ponencia (magistral|inaugural)|conferencia magistral|hauptvortrag|festvortrag|كلمة رئيسية|الكلمة الرئيسية",
    ),
    (
        Format.PANEL,
        "panel( discussion| debate)?|high level panel|table ronde|round ?table|mesa redonda|debate de expertos|panel de discusion|"
        "podium(sdiskussion)?|حلقة نقاش",
    ),
    (Format.PRESENTATION, "presentation|exposes?|presentacion|expose|vortrag|عرض"),
    (
        Format.PLENARY,
        "plenary( session| discussion)?|(seance )?pleniere|(sesion )?plenari[ao]|general (discussion|debate)|"
        "discussion generale|debat general|debate general|session|talk|lecture|seance|sesion|plenum|plenarsitzung|sitzung|جلسة عامة|جلسة",
    ),
    (Format.OTHER, "other|autre|otro|otra|sonstiges|اخر"),
)

PARTS: tuple[tuple[Part, str], ...] = (
    (
        Part.CO_CHAIR,
        "co ?chairs?( ?persons?)?|co ?presiden[ct]ia|co ?presidence|co ?presidente?s?|copresident(e)?|ko ?vorsitz",
    ),
    (
        Part.CHAIR,
        "chairs?( ?persons?| ?man| ?woman)?|chaired by|president(e)? de (la )?(seance|sesion)|presidence|presidencia|president(e)?|presidenta|"
        "presidee? par|presidid[oa] por|vorsitz(ende[rn]?)?|leitung|الرئيسة?|رئيسة? الجلسة|رئاسة",
    ),
    (
        Part.MODERATOR,
        "moderacion|moderators?|moderated by|facilitators?|facilitated by|moderat(eur|rice|ion)s?|animat(eur|rice)s?|moderadora?(es)?|"
        "facilitat(eur|rice)|facilitadora?|moderee? par|moderad[oa] por|moderator(in)?(en)?|moderation|ميسرة?|مديرة? (الجلسة|النقاش)|المنسقة?",
    ),
    (
        Part.KEYNOTE,
        "discours principal|discurso principal|keynote( speakers?)?|orat(eur|rice) principale?|oradora? principal|conferencier(e)?|"
        "hauptredner(in)?|المتحدثة? الرئيسية?",
    ),
    (
        Part.PANELLIST,
        "panell?ists?|panel members?|panelistas?|panelistes?|intervenants? (de la|a la) table ronde|podium|المشاركون في الحلقة",
    ),
    (
        Part.DISCUSSANT,
        "discussants?|commentaires|respondents?|commentat(eur|rice|or|ora)s?|discutante?s?|comentaristas?|debatient(e|es)|"
        "diskutant(in)?(en)?|kommentar|المعقبة?",
    ),
    (
        Part.RAPPORTEUR,
        "rapporteure?s?|rapporteur ou rapporteuse|relatoria|relatora?(es)?|berichterstatter(in)?|المقررة?",
    ),
    (
        Part.NOTE_TAKER,
        "note ?takers?|prise de notes|toma de notas|preneu(r|se)s? de notes?|redact(eur|rice)|secretaire de seance|encargad(o|a) de (tomar )?notas|"
        "protokoll(fuhrung)?|مدونة? المحضر",
    ),
    (
        Part.SPEAKER,
        "speakers?|intervenant e s|intervention|intervencion|interventions?|presenters?|orat(eur|rice)s?|intervenante?s?|oradora?(es)?|ponentes?|presented by|"
        "presente par|with|introduction by|introduced by|referent(in)?(en)?|redner(in)?(nen)?|sprecher(in)?(nen)?|mit|avec|"
        "المتحدثون|المتحدثات|متحدثون|المتحدثة?|متحدثة?|المتكلمون",
    ),
)

KINDS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.DISCUSSION_PAPER,
        "discussion papers?|documents? de (discussion|reflexion|travail)|documentos? de (debate|discusion|reflexion)",
    ),
    (
        Kind.BACKGROUND_PAPER,
        "background (papers?|documents?|notes?)|documents? d information|documents? de fond|notes? d information|"
        "documentos? de (referencia|antecedentes|informacion)",
    ),
    (Kind.STATEMENT, "statements?|speech|declarations?|allocution|declaracion(es)?|discurso"),
    (Kind.PRESENTATION, "(power ?point )?presentations?|slides|diaporama|presentacion(es)?|expose"),
    (Kind.OTHER, "document|paper|documento|untyped|other|autre|otro"),
)
NOT_PROVIDED = (
    "no (document|paper|statement|presentation)( provided)?|(aucun|pas de) document( fourni)?|(ningun|sin) documento( facilitado| proporcionado| entregado| presentado| aportado)?|no se (facilito|proporciono|presento|entrego|aporto)( ningun)? documento|(document |paper )?not (provided|available|received)|sans document|"
    "pas de document|(document )?non (fourni|disponible)|sin documento|(documento )?no (facilitado|disponible|proporcionado)|none provided"
)

PERSPECTIVES: tuple[tuple[Perspective, str], ...] = (
    (Perspective.TRANSIT, "transit|transito"),
    (
        Perspective.ORIGIN,
        "(countr(y|ies) of )?origin|home countr(y|ies)|sending countr(y|ies)|pays d origine|pais(es)? de origen|origine|origen",
    ),
    (
        Perspective.DESTINATION,
        "destination|host countr(y|ies)|receiving countr(y|ies)|pays (d accueil|hote)|destino|pais(es)? (de acogida|receptor)",
    ),
    (Perspective.DIASPORA, "diasporas?"),
    (Perspective.PARTNER, "partners?|partenaires?|soci[oa]s?|asociad[oa]s?"),
    (Perspective.DEVELOPMENT, "development|developpement|desarrollo"),
    (Perspective.MIGRATION, "migrations?|migracion(es)?"),
)
SYNONYMS = re.compile(
    r"\b(home countr|host countr|receiving countr|sending countr|pays d accueil|pays hote|acogida|receptor)", I
)
ROLE = re.compile(
    r"\b(perspective|point of view|viewpoint|point de vue|perspectiva|punto de vista)\b|"
    r"^(speaker|representative|expert|intervenant(e)?|orat(eur|rice)|orador(a)?|ponente|representante?|experto|experta)\s"
    r"(from|of|for|d|de|du|des|del|en)\b",
    I,
)


def _first(table: tuple[tuple[object, str], ...], text: str, *, whole: bool) -> object | None:
    said = plain(text)
    for member, words in table:
        if re.fullmatch(words, said) if whole else re.search(rf"\b({words})\b", said):
            return member
    return None


def format_named(text: str) -> Format | None:
    """The format that a cell or a category names, also by its value in the program."""
    if plain(text).replace(" ", "_") in set(Format):
        return Format(plain(text).replace(" ", "_"))
    found = _first(OPENINGS, text, whole=True)
    return found if isinstance(found, Format) else None


def format_of_title(title: str) -> Format | None:
    """The format that a session's title begins with: "Closing remarks by the Chair" is a wrap-up."""
    said = plain(title)
    for member, words in OPENINGS:
        if member not in {Format.PLENARY, Format.PRESENTATION, Format.OTHER} and re.match(
            rf"(?:the )?({words})\b", said
        ):
            return member
    return None


def is_format_alone(text: str) -> bool:
    return any(re.fullmatch(rf"(?:the )?({words})", plain(text)) for _member, words in OPENINGS)


def part_named(text: str) -> Part | None:
    if plain(text).replace(" ", "_") in set(Part):
        return Part(plain(text).replace(" ", "_"))
    found = _first(PARTS, text, whole=True)
    return found if isinstance(found, Part) else None


def kind_named(text: str) -> Kind | None:
    if plain(text).replace(" ", "_") in set(Kind):
        return Kind(plain(text).replace(" ", "_"))
    found = _first(KINDS, text, whole=True)
    return found if isinstance(found, Kind) else None


def says_not_provided(text: str) -> bool:
    return re.fullmatch(NOT_PROVIDED, plain(text)) is not None


def perspective_in(text: str) -> Perspective | None:
    found = _first(PERSPECTIVES, text, whole=False)
    return found if isinstance(found, Perspective) else None


def perspective_named(text: str) -> Perspective | None:
    """The perspective a cell names: by value, by label, or as part of a longer description."""
    said = plain(text).replace(" ", "_")
    return Perspective(said) if said in set(Perspective) else perspective_in(text)


def perspective_alone(text: str) -> bool:
    """Whether this is the name of a perspective and nothing more."""
    return any(re.fullmatch(f"({words})( perspective)?", plain(text)) for _member, words in PERSPECTIVES)


def is_role_label(text: str) -> bool:
    return bool(ROLE.search(plain(text))) and len(text) < 120 and ":" not in text
