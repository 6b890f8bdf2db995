"""What marks a line of running text: a number, a label before a colon, a role, a person."""

import re

from flask_babel import gettext as _

from workshop.programme.agenda.formats import Part

from ..reading.agenda_file import Agenda, Item, Person, Session
from ..reading.agenda_words import format_named, is_role_label, part_named
from .agenda_phrases import split_document
from .speaker_names import is_guess, is_name, looks_like_person, read_person
from .text_lines import Line

NUMBERED = re.compile(
    r"^(?:working |plenary )?(?:session|séance|seance|sesión|sesion|agenda item|point|punto|module|módulo|sitzung|teil|block|الجلسة)\s+"
    r"(?:n[o°º]\.?\s*)?(\d{1,3}|[IVX]{1,5})\b\s*[:.\-–—)|]*\s*(.*)$",
    re.IGNORECASE,
)
GROUP = re.compile(
    r"^(?:break-?out |working )?(?:group|groupe|grupo)\s+(?:n[o°º]\.?\s*)?(\d{1,2}|[A-H]|[IVX]{1,4})\b\s*[:.\-–—)]*\s*(.*)$",
    re.IGNORECASE,
)
LABELLED = re.compile(r"^([^:–—]{3,40}?)\s*(?::|\s[-–—])\s+(.+)$")
FACTS = re.compile(r"^[^·]{3,40}(?: · [^·]{1,80})?$")
PLACED = re.compile(
    r"^(?:venue|room|location|place|salle|lieu|sala|lugar|raum|ort|saal|القاعة|المكان)\s*:\s*(.{1,80})$", re.IGNORECASE
)
ROOM = re.compile(
    r"(?:\s*[|,;(@–—]\s*|\s+-\s+|^)(?:@\s*)?((?:(?:conference |meeting |main |plenary |grand[e]? )?"
    r"(?:room|hall|salle|sala|saal|raum|auditorium|amphith[eé][aâ]tre|aula|foyer|lobby|قاعة|القاعة)\b[^|()–—,;]{0,40}"
    r"|(?:main|plenary|conference|grand|assembly|council)\s(?:hall|room|chamber)))\)?$",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"https?://|\bwww\.|\S+@\S+\.\w|(?:^|\b)(?:tel|phone|fax|tél|téléphone|telefon|teléfono|mobile|e-?mail|courriel|correo|هاتف)\b\.?\s*:?|"
    r"\+\d{1,3}[\s(.\d-]{6,}|\(\d{2,4}\)\s?\d{3}|\b\d{3}[-.]\d{3,4}[-.]\d{4}\b|©|all rights reserved|tous droits réservés",
    re.IGNORECASE,
)
PAGE = re.compile(r"(?:page|seite|página|صفحة)?\s*\d{1,3}(?:\s*(?:of|/|de|von|sur|من)\s*\d{1,3})?", re.IGNORECASE)
LABEL_ALONE = re.compile(r"^([^:]{3,40}?)\s*:?$")
SUFFIX = re.compile(
    r"[:–—-]\s*((?:an?|une?|una?|the|le|la)\s+)?([\w\s]{4,40}?(?:perspective|point of view))$", re.IGNORECASE
)
ROMAN = {"I": 1, "V": 5, "X": 10}


def is_contact(text: str) -> bool:
    """An address, a telephone number, the number of a page: never what happens at a workshop."""
    return bool(CONTACT.search(text) or PAGE.fullmatch(text))


def label_alone(text: str) -> Part | None:
    """ "Speakers:" on a line of its own: the part of those in the next lines."""
    found = LABEL_ALONE.match(text)
    return part_named(found[1]) if found and (text.endswith(":") or len(text.split()) == 1) else None


def labelled(text: str) -> tuple[Part, str] | None:
    """ "Discussant: Hans Timmer, …": the part, and who plays it."""
    found = LABELLED.match(text)
    part = part_named(found[1]) if found else None
    return (part, found[2]) if found and part and (is_name(found[2].split(",")[0]) or ":" in text[:45]) else None


def is_subtitle(text: str, line: Line) -> bool:
    """A line under format and room that is nothing else."""
    other = line.bullet or GROUP.match(text) or split_document(text)[1] or looks_like_person(text)
    return not (other or labelled(text) or is_role_label(text) or text.endswith(("?", ".")))


def is_paper(item: Item) -> bool:
    """Whether an entry is a document for all, which nobody presents: the speaker after it has one of her own."""
    return not item.people and not item.role_label and any(each.provided for each in item.documents)


def split_role(text: str) -> tuple[str, str]:
    """ "Host country perspective - Title" and "Speaker from … - Name, …": the role, and what follows it."""
    found = re.match(r"^(.+?)\s+[-–—]\s+(.+)$", text)
    if found and is_role_label(found[1]):
        return found[1], found[2]
    found = re.match(r"^([^:]{4,80}):\s+(.+)$", text)
    if found and is_role_label(found[1]) and looks_like_person(found[2]):
        return found[1], found[2]
    return "", text


def numeral(text: str) -> int | None:
    """3, III or C as a number."""
    if text.isdigit():
        return int(text)
    letters = text.upper()
    if set(letters) <= set(ROMAN):
        values = [ROMAN[each] for each in letters]
        return sum(-v if v < max(values[n:]) else v for n, v in enumerate(values))
    return ord(letters) - ord("A") + 1 if len(letters) == 1 else None


def person_in(text: str, row: int, part: Part, line: Line, agenda: Agenda) -> Person:
    """Somebody as the line tells her, with a remark on whatever was doubtful."""
    read = read_person(text, row, part=part, language=agenda.language)
    who = read.person
    for doubt in read.doubts:
        agenda.remark(line.place, f"{who.name}: {doubt}")
    if is_guess(who):
        agenda.remark(
            line.place,
            _(
                "%(name)s: the name is kept as published; “%(family)s” was read as the family name.",
                name=who.name,
                family=who.family_name,
            ),
        )
    for language in who.function:
        if language != agenda.language:
            agenda.remark(
                line.place,
                _(
                    "%(name)s: the function is in another language than the agenda; it was kept as published.",
                    name=who.name,
                ),
            )
    return who


def take_facts(session: Session, text: str) -> bool:
    """ "Panel · Room A": format and room on a line of their own."""
    kind, _dot, room = text.partition(" · ")
    if (named := format_named(kind)) is None:
        return False
    session.format, session.room = named, room.strip() or session.room
    return True


def is_description(session: Session, text: str, line: Line) -> bool:
    """A paragraph, or a guiding question in the list that stands before the items."""
    asks = text.endswith("?") and not session.items and not line.loose
    return asks or (not line.bullet and (text.endswith(("?", ".", "!")) or len(text) > 200))
