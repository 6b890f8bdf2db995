"""The list of changes as a table: a row for each attribute that changed."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from workshop.platform import comma_separated

from . import change_entries
from .models import Change


def as_csv(changes: Iterable[Change], zone: str) -> bytes:
    head = [_("Time"), _("Who"), _("What was done"), _("Kind"), _("Name"), _("Part of"), _("What"), _("Before")]
    return comma_separated.as_csv([[*head, _("After")], *rows(changes, zone)])


def rows(changes: Iterable[Change], zone: str) -> Iterator[list[str]]:
    for change in changes:
        first = [
            change.at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M:%S"),
            change_entries.who_did(change),
            str(change.verb.label),
            str(change_entries.kind_label(change.kind)),
            change_entries.in_words(change_entries.name_of(change)) or change_entries.about_whom(change),
            change_entries.in_words(change_entries.object_name_of(change)),
        ]
        for each in change_entries.differences(change, zone):
            yield [*first, str(each.label), as_line(each.before), as_line(each.after)]


def as_line(texts: list[change_entries.Text]) -> str:
    return "; ".join(f"{code}: {text}" if code else text for text, code in texts)
