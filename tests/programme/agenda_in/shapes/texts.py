"""Agendas as running text: times first, last, alone; lists, outlines, e-mails, texts of PDFs."""

from collections.abc import Callable, Iterator

from . import in_words
from .programmes import Entry, Programme

Writer = Callable[[Programme], str]


def _people(entry: Entry, language: str) -> Iterator[str]:
    if entry.moderator:
        yield f"{in_words.MODERATOR[language]}: {entry.moderator.line}"
    yield from (f"- {who.line}" for who in entry.speakers)


def _listed(entry: Entry, language: str) -> Iterator[str]:
    """Labels on lines of their own, the people as bullets below."""
    if entry.moderator:
        yield f"{in_words.MODERATOR[language]}: {entry.moderator.line}"
    if entry.speakers:
        yield f"{in_words.SPEAKERS[language]}:"
        yield from (f"• {who.line}" for who in entry.speakers)


def by_day(
    heading: Callable[[Programme, int], str], entry: Callable[[Entry, str], Iterator[str]], *, top: str = "{title}\n"
) -> Writer:
    def write(programme: Programme) -> str:
        lines = [top.format(title=programme.title)] if top else []
        for number, day in enumerate(programme.days):
            lines += ["", heading(programme, number), ""]
            for each in programme.of(day):
                lines += entry(each, programme.language)
        return "\n".join(lines) + "\n"

    return write


def plain_day(programme: Programme, number: int) -> str:
    return in_words.day(programme.days[number], programme.language)


def numbered_day(programme: Programme, number: int) -> str:
    day = in_words.day(programme.days[number], programme.language, weekday=False)
    return f"{in_words.DAY[programme.language].upper()} {number + 1} – {day}"


def markdown_day(programme: Programme, number: int) -> str:
    return f"## {in_words.DAY[programme.language]} {number + 1}, {plain_day(programme, number)}"


def bold_day(programme: Programme, number: int) -> str:
    return f"**{plain_day(programme, number)}**"


def placed_day(programme: Programme, number: int) -> str:
    return f"{plain_day(programme, number)} | {programme.entries[0].room}"


def time_first(entry: Entry, language: str) -> Iterator[str]:
    yield f"{in_words.span(entry, language)} {entry.title}"
    yield from _people(entry, language)


def time_first_colon(entry: Entry, language: str) -> Iterator[str]:
    yield f"{in_words.span(entry, language)}: {entry.title}"
    yield from _listed(entry, language)
    yield ""


def time_first_tab(entry: Entry, language: str) -> Iterator[str]:
    yield f"{in_words.span(entry, language)}\t{entry.title}"
    yield from (f"\t\t{line}" for line in _people(entry, language))


def time_last(entry: Entry, language: str) -> Iterator[str]:
    yield f"{entry.title} {in_words.span(entry, language)}"
    yield from _listed(entry, language)


def time_in_brackets(entry: Entry, language: str) -> Iterator[str]:
    yield f"- {entry.title} ({in_words.span(entry, language)})"
    yield from (f"  {line}" for line in _people(entry, language))


def time_alone_before(entry: Entry, language: str) -> Iterator[str]:
    yield from (in_words.span(entry, language), entry.title)
    yield from _people(entry, language)
    yield ""


def time_alone_after(entry: Entry, language: str) -> Iterator[str]:
    yield from (entry.title, in_words.span(entry, language))
    yield from _people(entry, language)
    yield ""


def headed_after(entry: Entry, language: str) -> Iterator[str]:
    yield from (f"### {entry.title}", f"*{in_words.span(entry, language)}, {entry.room}*", "")
    yield from _listed(entry, language)
    yield ""


def headed_first(entry: Entry, language: str) -> Iterator[str]:
    yield f"### {in_words.span(entry, language)} | {entry.title}"
    yield from _people(entry, language)


def bold_time(entry: Entry, language: str) -> Iterator[str]:
    yield f"**{in_words.span(entry, language)}** {entry.title}"
    yield from _people(entry, language)


def bullet_time(entry: Entry, language: str) -> Iterator[str]:
    yield f"* {in_words.span(entry, language)} – {entry.title} ({entry.room})"
    yield from (f"    {line}" for line in _people(entry, language))


def start_only(entry: Entry, language: str) -> Iterator[str]:
    yield f"{in_words.clock(entry.start, language)} {entry.title}"
    yield from _people(entry, language)


def american(entry: Entry, language: str) -> Iterator[str]:
    yield f"{in_words.american(entry.start)} - {in_words.american(entry.end)} {entry.title}"
    yield from _people(entry, language)


def half_clock(entry: Entry, language: str) -> Iterator[str]:
    yield f"{in_words.halves(entry)} {entry.title}"
    yield from _people(entry, language)


def military(entry: Entry, language: str) -> Iterator[str]:
    yield f"{entry.start:%H%M}-{entry.end:%H%M} hrs {entry.title}"
    yield from _people(entry, language)


def eastern(entry: Entry, language: str) -> Iterator[str]:
    yield f"{in_words.span(entry, 'ar')} {entry.title}".translate(in_words.EASTERN)
    yield from _people(entry, language)


def room_line(entry: Entry, language: str) -> Iterator[str]:
    yield f"{in_words.span(entry, language)} {entry.title}"
    yield entry.room
    yield from _listed(entry, language)


def inline_people(entry: Entry, language: str) -> Iterator[str]:
    yield f"{in_words.span(entry, language)} {entry.title}"
    if entry.moderator:
        yield f"{in_words.MODERATOR[language]}: {entry.moderator.line}"
    if entry.speakers:
        yield f"{in_words.SPEAKERS[language]}: " + "; ".join(who.line for who in entry.speakers)


def email(programme: Programme) -> str:
    body = by_day(plain_day, time_first_colon, top="")(programme)
    return (
        f"{programme.title}\n\nDear colleagues,\nplease find below the programme. It may still change.\n{body}\n"
        "Kind regards\nThe secretariat\nTel. +41 22 000 00 00, meetings@example.org\nwww.example.org\n"
    )


def pdf_text(programme: Programme) -> str:
    """Lines broken at a width, a number on each page."""
    lines: list[str] = [programme.title, ""]
    for number, day in enumerate(programme.days, 1):
        lines.append(in_words.day(day, programme.language))
        for entry in programme.of(day):
            lines += time_first(entry, programme.language)
        lines.append(f"Page {number} of {len(programme.days)}")
    return "\n".join(lines)


TEXTS: dict[str, Writer] = {
    "time first": by_day(plain_day, time_first),
    "time first, Day 1 – date": by_day(numbered_day, time_first),
    "time first with a colon, labelled lists": by_day(plain_day, time_first_colon),
    "time first with tabs": by_day(plain_day, time_first_tab),
    "time last": by_day(plain_day, time_last),
    "time last in brackets, bullets": by_day(numbered_day, time_in_brackets),
    "time alone before": by_day(plain_day, time_alone_before),
    "time alone after": by_day(plain_day, time_alone_after),
    "Markdown, time under the heading": by_day(markdown_day, headed_after, top="# {title}\n"),
    "Markdown, time in the heading": by_day(markdown_day, headed_first, top="# {title}\n"),
    "Markdown, bold time": by_day(bold_day, bold_time, top="{title}\n========\n"),
    "nested lists": by_day(markdown_day, bullet_time, top="# {title}\n"),
    "beginnings only": by_day(plain_day, start_only),
    "a.m. and p.m.": by_day(plain_day, american),
    "twelve hours without saying which": by_day(plain_day, half_clock),
    "four figures": by_day(plain_day, military),
    "Arabic figures": by_day(plain_day, eastern),
    "room on its own line": by_day(plain_day, room_line),
    "people in one line": by_day(plain_day, inline_people),
    "day with its room": by_day(placed_day, time_first),
    "e-mail with greeting and signature": email,
    "text of a PDF": pdf_text,
}
