"""Days and times as each language writes them."""

from datetime import date, time

from .programmes import Entry

MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    "ar": [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
}
WEEKDAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    "es": ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    "de": ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    "ar": ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"],
}
DAY = {"en": "Day", "fr": "Jour", "es": "Día", "de": "Tag", "ar": "اليوم"}
MODERATOR = {"en": "Moderator", "fr": "Modératrice", "es": "Moderador", "de": "Moderation", "ar": "ميسر"}
SPEAKERS = {"en": "Speakers", "fr": "Intervenants", "es": "Ponentes", "de": "Referenten", "ar": "المتحدثون"}
HEADINGS = {  # day, time, start, end, session, room, speakers, moderator
    "en": ("Date", "Time", "Start", "End", "Session", "Room", "Speakers", "Moderator"),
    "fr": ("Date", "Horaire", "Début", "Fin", "Séance", "Salle", "Intervenants", "Modérateur"),
    "es": ("Fecha", "Horario", "Inicio", "Fin", "Sesión", "Sala", "Ponentes", "Moderador"),
    "de": ("Datum", "Uhrzeit", "Beginn", "Ende", "Titel", "Raum", "Referenten", "Moderation"),
    "ar": ("التاريخ", "الوقت", "من", "إلى", "الجلسة", "القاعة", "المتحدثون", "ميسر"),
}
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def day(when: date, language: str, *, weekday: bool = True) -> str:
    name, month = WEEKDAYS[language][when.weekday()], MONTHS[language][when.month - 1]
    said = {
        "en": f"{when.day} {month} {when.year}",
        "fr": f"{when.day} {month} {when.year}",
        "es": f"{when.day} de {month} de {when.year}",
        "de": f"{when.day}. {month} {when.year}",
        "ar": f"{when.day} {month} {when.year}",
    }[language]
    mark = "," if language in {"es", "de"} else "،" if language == "ar" else ""
    return f"{name}{mark} {said}" if weekday else said


def clock(at: time, language: str) -> str:
    return {"fr": f"{at.hour}h{at.minute:02}", "de": f"{at.hour}.{at.minute:02}"}.get(
        language, f"{at.hour:02}:{at.minute:02}"
    )


def span(entry: Entry, language: str) -> str:
    tail = " Uhr" if language == "de" else ""
    return f"{clock(entry.start, language)} – {clock(entry.end, language)}{tail}"


def american(at: time) -> str:
    return f"{at.hour % 12 or 12}:{at.minute:02} {'AM' if at.hour < 12 else 'PM'}"


def halves(entry: Entry) -> str:
    """Twelve hours without saying which."""
    return "–".join(f"{at.hour % 12 or 12}:{at.minute:02}" for at in (entry.start, entry.end))
