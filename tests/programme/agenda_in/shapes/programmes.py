"""Programmes made by chance from a seed, in five languages: what an agenda should be found to say."""

import random
from dataclasses import dataclass, field
from datetime import date, time, timedelta

LANGUAGES = ("en", "fr", "es", "de", "ar")


@dataclass(frozen=True)
class Somebody:
    name: str
    function: str = ""
    organisation: str = ""

    @property
    def line(self) -> str:
        return ", ".join(filter(None, (self.name, self.function, self.organisation)))


@dataclass
class Entry:
    day: date
    start: time
    end: time
    title: str
    room: str = ""
    moderator: Somebody | None = None
    speakers: list[Somebody] = field(default_factory=list)

    @property
    def everybody(self) -> list[Somebody]:
        return [*([self.moderator] if self.moderator else []), *self.speakers]


@dataclass
class Programme:
    language: str
    title: str
    entries: list[Entry]

    @property
    def days(self) -> list[date]:
        return sorted({entry.day for entry in self.entries})

    def of(self, day: date) -> list[Entry]:
        return [entry for entry in self.entries if entry.day == day]


GIVEN = {
    "en": ["Ama", "Grace", "Kwame", "Leila", "Priya", "Tom", "Mary", "Amir"],
    "fr": ["Aïcha", "Éloïse", "Moussa", "Claire", "Benoît", "Fatou", "Jean-Luc"],
    "es": ["Lucía", "Álvaro", "Íñigo", "Pilar", "Mateo", "Rosa", "Jimena"],
    "de": ["Jürgen", "Anke", "Björn", "Käthe", "Lukas", "Heike", "Sören"],
    "ar": ["ليلى", "سامي", "هدى", "كريم", "نادية", "يوسف"],
}
FAMILY = {
    "en": ["Sample", "Example", "Testman", "Placeholder", "Mockford", "Trialson"],
    "fr": ["Modèle", "Exemple", "Échantillon", "d'Essai", "Dupreuve"],
    "es": "Muestra Ejemplo Modelo Prueba de la Muestra Ensayo".replace("de la Muestra", "Demuestra").split(),
    "de": ["Muster", "Beispiel", "Probst", "Müsterle", "Vorlagner"],
    "ar": ["المثالي", "النموذجي", "التجريبي", "العيني"],
}
FUNCTIONS = {
    "en": ["Director", "Head of Unit", "Senior Adviser", "Professor", "Minister of Labour"],
    "fr": ["Directrice", "Cheffe de projet et conseillère", "Conseiller principal", "Ministre du travail"],
    "es": ["Directora", "Jefa de unidad", "Asesor principal", "Profesora"],
    "de": ["Leiterin", "Direktor", "Referentin", "Professor"],
    "ar": ["مدير", "مستشارة", "خبير"],
}
BODIES = {
    "en": ["IOM", "University of Examples", "Ministry of Sample Affairs", "World Sample Organization"],
    "fr": ["OIM", "Université des exemples", "Ministère des essais"],
    "es": ["OIM", "Universidad de los Ejemplos", "Ministerio de Pruebas"],
    "de": ["IOM", "Universität Musterstadt", "Bundesministerium der Muster"],
    "ar": ["منظمة الأمثلة", "وزارة النماذج", "جامعة العينات"],
}
TOPICS = {
    "en": [
        "Remittances and local development",
        "Data that governments can use",
        "Recruitment without fees: what works?",
        "Return, readmission and reintegration",
        "Cities at the front line",
        "Health on the move - lessons from 3 regions",
        "Financing the next 10 years",
        "Diasporas as partners",
    ],
    "fr": [
        "Transferts de fonds et développement local",
        "Des données utiles aux gouvernements",
        "Le recrutement équitable : que faire ?",
        "Retour et réintégration",
        "Les villes en première ligne",
        "Financer les 10 prochaines années",
    ],
    "es": [
        "Remesas y desarrollo local",
        "Datos útiles para los gobiernos",
        "Contratación equitativa",
        "Retorno y reintegración",
        "Las ciudades en primera línea",
        "Financiar los próximos 10 años",
    ],
    "de": [
        "Rücküberweisungen und örtliche Entwicklung",
        "Daten, die Regierungen nutzen können",
        "Faire Anwerbung",
        "Rückkehr und Wiedereingliederung",
        "Städte an vorderster Stelle",
        "Finanzierung der nächsten 10 Jahre",
    ],
    "ar": [
        "التحويلات المالية والتنمية المحلية",
        "بيانات تستفيد منها الحكومات",
        "التوظيف العادل",
        "العودة وإعادة الإدماج",
        "المدن في الصف الأول",
        "تمويل السنوات المقبلة",
    ],
}
FIXED = {  # registration, opening, coffee, lunch, closing
    "en": ("Registration", "Opening remarks", "Coffee break", "Lunch", "Closing session"),
    "fr": ("Accueil des participants", "Ouverture", "Pause café", "Déjeuner", "Clôture"),
    "es": ("Inscripción", "Apertura", "Pausa café", "Almuerzo", "Clausura"),
    "de": ("Anmeldung", "Eröffnung", "Kaffeepause", "Mittagessen", "Abschluss"),
    "ar": ("التسجيل", "الجلسة الافتتاحية", "استراحة القهوة", "الغداء", "الجلسة الختامية"),
}
PANEL = {"en": "Panel", "fr": "Table ronde", "es": "Mesa redonda", "de": "Podium", "ar": "حلقة نقاش"}
ROOMS = {
    "en": ["Room A", "Main Hall", "Conference Room 2"],
    "fr": ["Salle XX", "Salle des assemblées"],
    "es": ["Sala 3", "Sala de consejos"],
    "de": ["Saal Genf", "Raum 12"],
    "ar": ["القاعة 2", "القاعة الكبرى"],
}
TITLES = {
    "en": "Workshop on samples",
    "fr": "Atelier sur les exemples",
    "es": "Taller sobre ejemplos",
    "de": "Tagung über Beispiele",
    "ar": "حلقة عمل عن الأمثلة",
}


def programme(seed: int, language: str) -> Programme:
    """Two or three days, with breaks, panels and people: the same for the same seed."""
    chance = random.Random(f"{seed}-{language}")
    first = date(2026, chance.randint(2, 11), chance.randint(13, 25))
    entries: list[Entry] = []
    topics = TOPICS[language][:]
    chance.shuffle(topics)
    number = 0
    for day in (first + timedelta(days=n) for n in range(chance.choice((2, 2, 3)))):
        at = 8 * 60 + chance.choice((30, 60, 60))
        opening = [FIXED[language][0], FIXED[language][1]] if day == first else []
        panels = 2
        plan = [*opening, "", FIXED[language][2], "", FIXED[language][3], "", FIXED[language][2], ""]
        plan += [FIXED[language][4]] if chance.random() < 0.6 else []
        for name in plan:
            length = chance.choice((15, 30)) if name else chance.choice((60, 75, 90))
            length = 60 if name == FIXED[language][3] else length
            title = name
            room = chance.choice(ROOMS[language])
            entry = Entry(day, _clock(at), _clock(at + length), title, room)
            if not name:
                number += 1
                topic = topics.pop() if topics else f"{PANEL[language]} {number}"
                entry.title = f"{PANEL[language]} {number}: {topic}" if chance.random() < 0.5 and topics else topic
                entry.speakers = [_somebody(chance, language) for _n in range(chance.randint(1, 3))]
                entry.speakers = list({who.name: who for who in entry.speakers}.values())
                panels += 1
                if chance.random() < 0.5:
                    moderator = _somebody(chance, language)
                    entry.moderator = moderator if moderator.name not in {w.name for w in entry.speakers} else None
            entries.append(entry)
            at += length
    return Programme(language, TITLES[language], entries)


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _somebody(chance: random.Random, language: str) -> Somebody:
    name = f"{chance.choice(GIVEN[language])} {chance.choice(FAMILY[language])}"
    if language != "ar" and chance.random() < 0.15:
        name = f"Dr. {name}"
    return Somebody(name, chance.choice(FUNCTIONS[language]), chance.choice(BODIES[language]))
