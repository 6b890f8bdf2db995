"""What a release is called, and what it keeps for calendars. No database, no request, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from workshop.db import Words
from workshop.errors import RuleBroken
from workshop.i18n import LOCALES

Data = dict[str, Any]
IN_CALENDARS = ("title", "starts_at", "ends_at", "room")


def with_sequence(agenda: Sequence[Data], before: Sequence[Data]) -> list[Data]:
    """The sessions, each with `sequence`: in how many releases after its first it changed what a calendar shows.

    `before` is the agenda of the last release. Calendars take an entry for news when this number has grown.
    """
    known = {session["id"]: session for session in before}
    return [session | {"sequence": _sequence(session, known.get(session["id"]))} for session in agenda]


def _sequence(session: Data, before: Data | None) -> int:
    if before is None:
        return 0
    so_far: int = before.get("sequence", 0)
    return so_far + any(session[key] != before[key] for key in IN_CALENDARS)


def same(one: Sequence[Data], other: Sequence[Data]) -> bool:
    """Whether two agendas say the same; an early release may lack the number for calendars."""
    return _said(one) == _said(other)


def _said(agenda: Iterable[Data]) -> list[Data]:
    return [{key: value for key, value in session.items() if key != "sequence"} for session in agenda]


def suggested_name(languages: Sequence[str], taken: Sequence[Mapping[str, str]]) -> Words:
    """What the next release may be called: "Provisional agenda" in each language, then "Rev.1", "Rev.2"."""
    spoken = [code for code in languages if code in LOCALES] or ["en"]
    if not taken:
        return Words({code: _provisional(code) for code in spoken})
    used = {name.casefold() for names in taken for name in names.values()}
    free = next(number for number in count(len(taken)) if f"rev.{number}" not in used)
    return Words(dict.fromkeys(spoken, f"Rev.{free}"))


def _provisional(code: str) -> str:
    with force_locale(LOCALES[code]):
        return str(_("Provisional agenda"))


def refuse_taken_name(name: Mapping[str, str], taken: Sequence[Mapping[str, str]]) -> None:
    """Two releases of one name could not be told apart, in whichever language it stands. Raises RuleBroken."""
    used = {written.casefold() for names in taken for written in names.values()}
    for written in name.values():
        if written.casefold() in used:
            raise RuleBroken(_("There is a release called “%(name)s” already.", name=written), "name")
