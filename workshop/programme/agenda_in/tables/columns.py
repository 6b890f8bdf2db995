"""What the columns of a table mean, guessed from their headings in English, French and Spanish."""

import re
from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop.platform.i18n import LANGUAGES
from workshop.programme.agenda.formats import Part

from ..reading.agenda_words import part_named, plain

# Field → how the page calls it, and the headings it is known by as `plain` writes them.
FIELDS: dict[str, tuple[str, str]] = {
    "key": (
        _l("Permanent identifier of the entry"),
        "id|key|uid|guid|session id|event id|identifiant|identificador|reference|referencia|code|kennung",
    ),
    "number": (
        _l("Number of the session"),
        "number|no|n|nr|num|numero|session (number|no|nr)|numero de (la )?(seance|sesion)",
    ),
    "day": (
        _l("Day"),
        "day|date|(start|session|event) da(y|te)|start(ing)? date|date de debut|jour|dia|fecha( de inicio)?|datum|tag|startdatum|beginndatum|اليوم|التاريخ|تاريخ",
    ),
    "time": (
        _l("Time, from and to"),
        "times?|hours?|schedule|heures?|horaires?|horas?|horarios?|time ?slot|slot|session time|uhrzeit|zeit|الوقت|التوقيت|الساعة",
    ),
    "start": (
        _l("Start"),
        "starts?( at| time)?|time start|(event|session) start( time)?|begins?|from|debut|heure de debut|(hora de )?inicio|comienzo|desde|beginn|startzeit|von|anfang|من|البداية|وقت البدء",
    ),
    "end_day": (_l("Last day"), "end(ing)? da(y|te)|date de fin|fecha de fin|enddatum|تاريخ الانتهاء"),
    "end": (
        _l("End"),
        "ends?( at| time)?|time end|(event|session) end( time)?|until|to|fin|heure de fin|hora de (fin|termino)|hasta|termino|ende|endzeit|bis|الى|النهاية|وقت الانتهاء",
    ),
    "minutes": (_l("Minutes"), "minutes|min|duration( minutes| min)?|duree|duracion|minutos|length|dauer|المدة"),
    "format": (
        _l("Format"),
        "format|type|kind|(session|event) (type|format)|type de (la )?seance|formato|tipo( de sesion)?|art|النوع|categories|category|tracks?",
    ),
    "room": (_l("Room"), "rooms?|room location|salle|sala|venue|location|lieu|lugar|raum|ort|saal|place|القاعة|المكان"),
    "session": (
        _l("Title of the session"),
        "session|(session|event|proposal|programme|program) (title|name)|seance|titre de (la )?seance|sesion|titulo de la sesion|activity|"
        "activite|actividad|event|block|agenda item|subject|summary|what|objet|asunto|sitzung|titel( der sitzung)?|programm(punkt)?|veranstaltung|betreff|"
        "agenda|programme|الجلسة|عنوان الجلسة|العنوان|النشاط|الموضوع",
    ),
    "subtitle": (_l("Subtitle"), "subtitle|sub title|sous titre|subtitulo"),
    "note": (
        _l("Note"),
        "notes?|(session |event )?description|abstract|details|resume|resumen|descripcion|remarks|remarques|observaciones|beschreibung|bemerkung(en)?|"
        "notizen|الوصف|ملاحظات",
    ),
    "lens": (
        _l("Instruction to the break-out groups"),
        "lens|instructions?( to the( break out)? groups)?|consignes?( aux groupes)?|instruccion(es)?( a los grupos)?",
    ),
    "questions": (
        _l("Guiding questions"),
        "(guiding )?questions?|questions? directrices|leitfragen?|preguntas?( orientadoras?| guia)?",
    ),
    "session_people": (
        _l("People of the session as a whole"),
        "appearing in the session|people (of|in) the session|"
        "interv\\w+ (dans|de) la seance|participan\\w* en la sesion|personas de la sesion",
    ),
    "item_number": (_l("Position of the item"), "item (number|no|place)|numero (du point|del punto)"),
    "item": (
        _l("Title of the item"),
        "item( title)?|title of the item|talk( title)?|vortrag|presentation title|contribution|paper title|"
        "intervention|points?|puntos?|titre (du point|de l intervention)|titulo (del punto|de la intervencion|de la ponencia)",
    ),
    "role_label": (
        _l("Role of the speaker"),
        "role( label| of the speaker)?|role de l intervenant|papel|funcion del orador",
    ),
    "perspective": (_l("Perspective"), "perspective|perspectiva|point de vue|punto de vista"),
    "person": (
        _l("Person"),
        "names?|persons?|people|full name|attendees|(required )?attendees|participants|speakers? names?|noms?|nombres?|nom de l intervenant|teilnehmer",
    ),
    "given_name": (_l("Given name"), "given name|first name|forename|prenoms?|nombre de pila"),
    "family_name": (_l("Family name"), "family name|last name|surname|nom de famille|apellidos?"),
    "honorific": (_l("Form of address"), "honorific|form of address|salutation|civilite|tratamiento"),
    "part": (_l("Appears as"), "part|appears as|participation|capacity|qualite|en qualite de|en calidad de|calidad"),
    "function": (_l("Function"), "functions?|job( title)?|position|fonctions?|cargos?|titre fonctionnel"),
    "standing": (
        _l("Function and organisation"),
        "functions? and organi[sz]ations?|fonctions? et (organisations?|organismes?)|"
        "cargos? y organizacion(es)?|funcion(es)? y organizacion(es)?",
    ),
    "organisation": (
        _l("Organisation"),
        "organi[sz]ations?|affiliation|institution|organismes?|organizacion(es)?|institucion|entidad",
    ),
    "country": (_l("Country"), "countr(y|ies)|pays|pais(es)?"),
    "document": (
        _l("Document"),
        "documents?|document type|papers?|kind of document|type de document|documentos?|tipo de documento",
    ),
    "document_state": (
        _l("Status of the document"),
        "(document )?(state|status)|etat( du document)?|estado( del documento)?|provided",
    ),
    "group": (
        _l("Number of the break-out group"),
        "(break out )?group( number)?|groupe( de discussion)?|grupo( de trabajo)?",
    ),
    "topic": (_l("Topic of the break-out group"), "(group )?topic|themes?|temas?|topic of the( break out)? group"),
    "group_questions": (
        _l("Questions of the break-out group"),
        "group questions|questions du groupe|preguntas del grupo",
    ),
    "language": (_l("Language"), "languages?|langues?|idiomas?|lengua|sprache|اللغة"),
}
# Headings in which our own tables come back in other languages.
OWN = {
    "number": "الرقم",
    "format": "الشكل",
    "item": "point de l ordre du jour|punto del orden del dia|punto del programa|tema del programa|البند|عنوان البند",
    "role_label": "funcion|الدور",
    "perspective": "المنظور",
    "minutes": "الدقائق",
    "standing": "الوظائف والمنظمات",
    "country": "البلدان",
    "document": "الوثائق",
    "subtitle": "العنوان الفرعي",
    "note": "nota|الملاحظة",
    "session_people": "الأشخاص في الجلسة|personnes de la seance|personas de la sesion",
    "questions": "preguntas orientativas|الأسئلة التوجيهية|الأسئلة الموجهة|questions d orientation",
    "end_day": "last day|dernier jour|ultimo dia|letzter tag|اليوم الأخير",
    "start": "البداية|بداية",
    "end": "نهاية",
    "language": "اللغة",
}
ARABIC = str.maketrans("أإآؤئ", "اااوي")  # as `plain` writes these letters
PEOPLE = {f"people_{part.value}": part for part in Part}
WORDY = {
    "session",
    "subtitle",
    "note",
    "lens",
    "questions",
    "item",
    "role_label",
    "function",
    "topic",
    "group_questions",
}
IN = {
    "en": "en|english|anglais|ingles|englisch",
    "fr": "fr|french|francais|frances|franzosisch",
    "es": "es|spanish|espagnol|espanol|spanisch",
    "ar": "ar|arabic|arabe|arabisch|العربية",
    "de": "de|german|allemand|aleman|deutsch",
}


def labels(languages: list[str]) -> list[tuple[str, str]]:
    """Every field as (name, label) for a list to choose from; texts once more for each further language."""
    said = [("", str(_("Not read")))]
    said += [(name, str(label)) for name, (label, _headings) in FIELDS.items()]
    said += [(name, str(part.label)) for name, part in PEOPLE.items()]
    return said + [
        (f"{name}:{code}", f"{FIELDS[name][0]} ({LANGUAGES.get(code, code)})")
        for code in languages
        for name in FIELDS
        if name in WORDY
    ]


def is_field(name: str) -> bool:
    base, _colon, code = name.partition(":")
    return not name or name in PEOPLE or (base in FIELDS and (not code or (base in WORDY and code in LANGUAGES)))


def field_of(heading: str) -> str:
    """The field that a heading names: "Title of the item (fr)" is "item:fr"; "" for none."""
    said, code = _without_language(plain(heading))
    if heading.strip() in {"#", "N°", "Nº", "No."}:
        return "number"
    if said in {"title", "titre", "titulo", "titel"} and heading.strip().casefold() != "titel":
        return f"title:{code}" if code else "title"
    for name, (_label, words) in FIELDS.items():
        if re.fullmatch(f"{words}|{OWN.get(name, '-')}".translate(ARABIC), said):
            return f"{name}:{code}" if code and name in WORDY else name
    part = part_named(said) if said else None
    return f"people_{part.value}" if part else ""


def _without_language(said: str) -> tuple[str, str]:
    for code, words in IN.items():
        if found := re.fullmatch(rf"(.+?) ({words})", said):
            return found[1], code
    return said, ""


def guess(headings: list[str], remembered: Mapping[str, str]) -> list[str]:
    """The field of each column. What a person once said about a heading holds; no field is given twice."""
    fields = [remembered.get(plain(each), field_of(each)) for each in headings]
    bases = {each.partition(":")[0] for each in fields}
    titles = "item" if "session" in bases else "session"
    if "title" in bases and "item" in bases and titles == "item":
        fields = ["item_number" if each == "item" else each for each in fields]
    fields = [each.replace("title", titles, 1) if each.split(":")[0] == "title" else each for each in fields]
    named = [plain(each) for each in headings]
    if fields.count("item") > 1:  # "Item" beside "Title of the item" holds its place
        fields = [
            "item_number"
            if name
            in {
                "item",
                "point",
                "punto",
                "point de l ordre du jour",
                "punto del orden del dia",
                "punto del programa",
                "tema del programa",
                "البند",
            }
            and field == "item"
            else field
            for name, field in zip(named, fields, strict=True)
        ]
    if "session" not in {each.split(":")[0] for each in fields} and "topic" in fields and "group" not in fields:
        fields = ["session" if each == "topic" else each for each in fields]
    seen: set[str] = set()
    for index, each in enumerate(fields):
        if each in seen or not is_field(each):
            fields[index] = ""
        seen.add(each)
    return fields


def count_known(headings: list[str]) -> int:
    """How many of these are headings that we know."""
    return sum(bool(field_of(each)) for each in headings if each.strip() and len(each) < 60)
