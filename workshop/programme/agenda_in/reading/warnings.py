"""What is odd in an agenda as a whole. Everything stays as published; each oddity is told once."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.rendering import comma
from workshop.programme.papers.models import Kind

from ..prose import clocks
from ..prose.language_detection import may_lack_accents
from .agenda_file import Agenda, Document, Item, Session
from .agenda_words import plain, words_of_list

LITTLE = words_of_list("of the for and on in de la le des du et y el los las del pour para l d a")
TWICE = re.compile(r"\b(\w+(?:\s+\w+){2,7})\s+\1\b", re.IGNORECASE)
ASSUMED = 30  # minutes that a session lasts whose end nothing tells
RUNNING = {
    "text",
    "html",
    "docx",
    "pdf",
    "pptx",
    "odt",
}  # written for people, so that a slip of the pen is likelier than a decision
LIMITS = {"title": 300, "subtitle": 300, "note": 2000, "lens": 2000}


def look_over(agenda: Agenda) -> None:
    """Add the remarks that need the whole agenda, and name the document that a repeated title stands for."""
    _repeated_titles(agenda)
    _near_titles(agenda)
    _spellings(agenda)
    _languages(agenda)
    _acronyms(agenda)
    _countries(agenda)
    _lengths(agenda)
    _times(agenda)


def _items(agenda: Agenda) -> Iterator[tuple[Session, Item]]:
    for session in agenda.sessions:
        for item in session.items:
            yield session, item


def _place(agenda: Agenda, row: int) -> str:
    return agenda.rows[row].place


def _titles(agenda: Agenda) -> Iterator[tuple[int, str, str]]:
    """Every title with its row and its language."""
    for session in agenda.sessions:
        yield from ((session.row, code, text) for code, text in session.title.items())
        yield from ((item.row, code, text) for item in session.items for code, text in item.title.items())


def _repeated_titles(agenda: Agenda) -> None:
    """An entry without speaker or kind that repeats the title of a document is that document once more."""
    documented: dict[str, Item] = {}
    for _session, item in _items(agenda):
        said = plain(" ".join(item.title.values()))
        earlier = documented.get(said)
        if said and earlier and not (item.people or item.documents):
            item.documents.append(Document(Kind.OTHER, item.row))
            agenda.remark(
                _place(agenda, item.row),
                _(
                    "“%(title)s” also appears in %(place)s, there with a speaker; here no speaker and no kind of "
                    "document is named.",
                    title=item.title.in_(agenda.language)[0],
                    place=_place(agenda, earlier.row),
                ),
            )
        elif said and item.documents:
            documented.setdefault(said, item)


def _near_titles(agenda: Agenda) -> None:
    """A paper whose title is almost that of its session, or almost its description, is told apart."""
    for session, item in _items(agenda):
        title = item.title.in_(agenda.language)[0]
        if not item.documents or len(title) > 300 or agenda.kind not in RUNNING:
            continue
        texts = [*session.title.values(), *(text for text in session.note.values() if len(text) < 400)]
        pieces = [each for text in texts for each in re.split(r":\s|\s[–—]\s|(?<=[.?])\s", text)]
        for piece in pieces:
            for mine in re.split(r":\s", title):
                one, other = plain(piece), plain(mine)
                if one != other and len(one) > 20 and SequenceMatcher(None, one, other).ratio() > 0.85:
                    agenda.remark(
                        _place(agenda, item.row),
                        _(
                            "“%(one)s” is almost the same as the text of the session, “%(other)s”. Both were kept.",
                            one=mine,
                            other=piece,
                        ),
                    )


def _spellings(agenda: Agenda) -> None:
    words: dict[str, str] = {}
    for row, _code, title in _titles(agenda):
        if found := TWICE.search(title[:400]):
            agenda.remark(
                _place(agenda, row),
                _("“%(phrase)s” appears twice in a row; the title was kept as published.", phrase=found[1]),
            )
        for word in re.findall(r"[^\W\d_]{8,}", title[:400]):
            words.setdefault(plain(word), _place(agenda, row))
    known = sorted(words)[:3000]
    by_start: dict[str, list[str]] = defaultdict(list)
    for word in known:
        for other in by_start[word[:4]]:
            longer, shorter = (word, other) if len(word) > len(other) else (other, word)
            doubled = len(longer) == len(shorter) + 1 and any(
                longer[:n] + longer[n + 1 :] == shorter and longer[n] in {longer[n - 1], longer[n + 1 : n + 2]}
                for n in range(1, len(longer))
            )
            if doubled:
                agenda.remark(
                    words[word],
                    _("Both “%(one)s” and “%(other)s” occur; each was kept as published.", one=shorter, other=longer),
                )
        by_start[word[:4]].append(word)


def _languages(agenda: Agenda) -> None:
    for row, code, title in _titles(agenda):
        if code != agenda.language and agenda.kind in RUNNING:
            agenda.remark(
                _place(agenda, row),
                _("“%(title)s” is in another language than the agenda; it was kept in its own.", title=title),
            )
            if may_lack_accents(title, code):
                agenda.remark(
                    _place(agenda, row), _("“%(title)s” seems to lack accents; it was kept as published.", title=title)
                )


def _acronyms(agenda: Agenda) -> None:
    """IOM and International Organization for Migration are perhaps one."""
    names = {
        who.organisation: who.row for session in agenda.sessions for who in session.everybody() if who.organisation
    }
    for short, row in names.items():
        if not re.fullmatch(r"[A-Z]{2,8}", short):
            continue
        for long in names:
            initials = "".join(word[0] for word in plain(long).split() if word not in LITTLE)
            if initials == short.casefold() and long != short:
                agenda.remark(
                    _place(agenda, row),
                    _("“%(short)s” and “%(long)s” are perhaps the same organisation.", short=short, long=long),
                )


def _countries(agenda: Agenda) -> None:
    without = [who for session in agenda.sessions for who in session.everybody() if not who.country]
    if without and agenda.kind in RUNNING:
        places = dict.fromkeys(_place(agenda, who.row) for who in without)
        agenda.remark(
            comma().join(places),
            _("No country is named for %(names)s; none was assumed.", names=comma().join(who.name for who in without)),
        )


def _lengths(agenda: Agenda) -> None:
    for session in agenda.sessions:
        for field, most in LIMITS.items():
            text: Words = getattr(session, field)
            if any(len(each) > most for each in text.values()):
                agenda.remark(
                    _place(agenda, session.row),
                    _(
                        "A text is longer than the %(most)s characters that its form accepts; it was kept whole.",
                        most=most,
                    ),
                )


def _times(agenda: Agenda) -> None:
    """A session that only has a beginning lasts until the next one of its day and room begins."""
    for session, following in zip(agenda.sessions, [*agenda.sessions[1:], None], strict=False):
        when, place = session.when, _place(agenda, session.row)
        if when.start is None or when.end is not None:
            continue
        later = following.when if following else None
        if later and later.start and later.day == when.day and later.start > when.start:
            when.end = later.start
            agenda.remark(place, _("No end is given; it was assumed to last until the next begins."))
        else:
            when.end, when.nights = clocks.after(when.start, ASSUMED)
            agenda.remark(place, _("No end is given; %(minutes)s minutes were assumed.", minutes=ASSUMED))
    if agenda.sessions and not any(session.when.start for session in agenda.sessions):
        agenda.remark(
            _place(agenda, agenda.sessions[0].row), _("No times are given; the sessions are added without times.")
        )
    twice = [
        key
        for key, times in Counter(each.number for each in agenda.sessions if each.number is not None).items()
        if times > 1
    ]
    for number in twice:
        agenda.remark(
            _place(agenda, next(each.row for each in agenda.sessions if each.number == number)),
            _("More than one session has the number %(number)s.", number=number),
        )
