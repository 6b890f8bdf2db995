"""The sessions of a file and those of the workshop: which is which, and what is taken over."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.platform.intake import Outcome
from workshop.programme.agenda import question_wordings, rules, times
from workshop.programme.agenda.formats import Format
from workshop.programme.agenda.models import Session
from workshop.secretariat.series.models import Workshop

from ..models import Of
from ..reading import agenda_file as read
from . import matching
from .merging import Facts, list_of_fact, merge, text_of_fact, words_of_fact
from .outcome_sentences import tell
from .record import Taking, report


def match_sessions(theirs: Sequence[read.Session], taking: Taking) -> matching.Matched[read.Session, Session]:
    slug = taking.workshop.slug
    last = {id(row): taking.last(Of.SESSION, row) for row in taking.known.sessions}
    spans = {id(each): span_of(each, taking) for each in theirs}

    def by_key(one: read.Session, row: Session) -> bool:
        entry = last[id(row)]
        return bool(one.key) and (one.key == (entry.key if entry else "") or one.key == matching.own_name(slug, row.id))

    def by_last_title(one: read.Session, row: Session) -> bool:
        return bool(matching.titles(one.title) & matching.titles(matching.said_of(last[id(row)], "title")))

    def in_place(one: read.Session, row: Session) -> bool:
        span = spans[id(one)]
        return by_number(one, row) or bool(span and row.starts_at and span == (row.starts_at, row.ends_at))

    def by_title_in_place(one: read.Session, row: Session) -> bool:
        return by_title(one, row) and in_place(one, row)

    def by_place(one: read.Session, row: Session) -> bool:
        rooms = not (one.room and row.room) or one.room.casefold() == row.room.name.casefold()
        enough = matching.alike(matching.titles(one.title), matching.titles(row.title), at_least=matching.RATHER)
        return in_place(one, row) and rooms and (enough or last[id(row)] is not None)

    steps = [by_key, by_title_in_place, by_last_title, by_title, by_place]
    if len(theirs) * len(taking.known.sessions) <= matching.MOST_COMPARED:
        steps.append(by_likeness)
    return matching.match(theirs, taking.known.sessions, *steps)


def by_title(one: read.Session, row: Session) -> bool:
    return bool(matching.titles(one.title) & matching.titles(row.title))


def by_number(one: read.Session, row: Session) -> bool:
    return one.number is not None and one.number == row.number


def by_likeness(one: read.Session, row: Session) -> bool:
    return matching.alike(matching.titles(one.title), matching.titles(row.title))


def was_removed(theirs: read.Session, taking: Taking) -> bool:
    """Whether this came with an earlier import and was removed here since: then it stays removed."""
    if taking.overwrite:
        return False
    for entry in taking.removed(Of.SESSION):
        named = matching.titles(theirs.title) & matching.titles(entry.facts.get("title"))
        if named or (theirs.key and theirs.key == entry.key):
            taking.comparison.keep(
                theirs.row,
                _(
                    "“%(title)s” was removed here after an earlier import and is not added again.",
                    title=theirs.title.in_(taking.comparison.agenda.language)[0],
                ),
            )
            return True
    return False


def numbers_for(new: Sequence[read.Session], taking: Taking) -> dict[int, int]:
    """The numbers of new sessions: those of the file where all have one that is free; otherwise on from the last."""
    used = {row.number for row in taking.known.sessions}
    asked = [each.number for each in new]
    if new and None not in asked and len(set(asked)) == len(asked) and not used & set(asked):
        return {id(each): each.number for each in new if each.number is not None}
    opening = bool(new) and new[0].format in {Format.WELCOME, Format.REGISTRATION}
    first = max(used, default=-1 if opening else 0) + 1
    numbers = {id(each): first + place for place, each in enumerate(new)}
    for each in new:
        if each.number is not None and each.number != numbers[id(each)]:
            taking.comparison.agenda.remark(
                taking.comparison.agenda.rows[each.row].place,
                _(
                    "The file calls this session %(number)s; here it is number %(here)s in the programme.",
                    number=each.number,
                    here=numbers[id(each)],
                ),
            )
    return numbers


def day_of(theirs: read.Session, workshop: Workshop) -> date | None:
    """The day among those of the workshop: "Day 2", "3 March" without a year, or the only one there is."""
    day = theirs.when.day
    if day is None:
        return workshop.starts_on if workshop.starts_on == workshop.ends_on else None
    if day.nth is not None:
        return workshop.starts_on + timedelta(days=min(day.nth, 400) - 1)
    if day.month_and_day is not None:
        for year in range(workshop.starts_on.year, workshop.ends_on.year + 1):
            try:
                found = date(year, *day.month_and_day)
            except ValueError:
                continue
            if workshop.starts_on <= found <= workshop.ends_on:
                return found
        return None
    return day.day


def span_of(theirs: read.Session, taking: Taking) -> tuple[datetime, datetime] | None:
    """Beginning and end in UTC; None, with a remark, where there is none that the workshop could have."""
    when, remark = theirs.when, taking.comparison.agenda.remark
    place = taking.comparison.agenda.rows[theirs.row].place
    if when.start is None:
        return None
    day = day_of(theirs, taking.workshop)
    try:
        last = day + timedelta(days=when.nights) if day and when.nights else None
        starts_at, ends_at = times.span(day, when.start, when.end, taking.workshop, last)
    except RuleBroken as broken:
        remark(
            place,
            _(
                "“%(title)s” is imported without its time: %(why)s",
                title=theirs.title.in_(taking.comparison.agenda.language)[0],
                why=broken.message,
            ),
        )
        return None
    return (starts_at, ends_at) if starts_at and ends_at else None


def facts_of_file(theirs: read.Session, taking: Taking) -> Facts:
    """What the file says about a session, as plain data."""
    span = span_of(theirs, taking)
    return {
        "title": dict(theirs.title),
        "subtitle": dict(theirs.subtitle),
        "note": dict(theirs.note),
        "lens": dict(theirs.lens),
        "format": theirs.format.value if theirs.format else "",
        "room": theirs.room,
        "questions": [dict(each) for each in theirs.questions],
        "time": [span[0].isoformat(), span[1].isoformat()] if span else [],
    }


def facts_of_row(row: Session) -> Facts:
    return {
        "title": dict(row.title),
        "subtitle": dict(row.subtitle),
        "note": dict(row.note),
        "lens": dict(row.lens),
        "format": row.format.value,
        "room": row.room.name if row.room else "",
        "questions": [dict(each.text) for each in row.questions],
        "time": [row.starts_at.isoformat(), row.ends_at.isoformat()] if row.starts_at and row.ends_at else [],
    }


def add_session(theirs: read.Session, number: int, taking: Taking) -> Session:
    facts = facts_of_file(theirs, taking)
    text = text_of(None, facts, taking.workshop)
    row = rules.add_session(taking.workshop, text, before=(), rooms=taking.known.rooms)
    row.number = number
    taking.added.append(row)
    taking.known.sessions.append(row)
    learn_room(row, taking)
    taking.remember(Of.SESSION, row, theirs.key, facts, session=row)
    taking.comparison.note(theirs.row, Outcome.CREATED, tell("added", Of.SESSION, facts))
    return row


def update_session(row: Session, theirs: read.Session, taking: Taking) -> None:
    facts, ours, entry = facts_of_file(theirs, taking), facts_of_row(row), taking.last(Of.SESSION, row)
    if set(words_of_fact(facts, "note").values()) <= set(words_of_fact(ours, "subtitle").values()):
        facts["note"] = {}  # a calendar has one field for both
    facts["questions"] = matching.in_their_places(questions_of(facts), questions_of(ours))
    merged = merge(facts, ours, entry.facts if entry else None, overwrite=taking.overwrite)
    if merged.taken:
        try:
            rules.edit_session(row, text_of(row, merged.values, taking.workshop), rooms=taking.known.rooms)
        except RuleBroken as broken:  # what it says here already may no longer be allowed
            taking.comparison.keep(theirs.row, str(broken.message))
            taking.comparison.note(theirs.row, Outcome.UNCHANGED)
            return
        learn_room(row, taking)
    report(taking, theirs.row, Of.SESSION, ours, merged)
    taking.remember(Of.SESSION, row, theirs.key, facts, session=row)


def questions_of(facts: Facts) -> list[Facts]:
    return [dict(each) for each in list_of_fact(facts, "questions")]


def learn_room(row: Session, taking: Taking) -> None:
    if row.room is not None and row.room not in taking.known.rooms:
        taking.known.rooms.append(row.room)


def _span_of_facts(facts: Facts) -> tuple[datetime | None, datetime | None]:
    span = facts["time"]
    if isinstance(span, list) and span:
        begin, end = (datetime.fromisoformat(each) for each in span)
        return begin, end
    return None, None


def text_of(row: Session | None, facts: Facts, workshop: Workshop) -> rules.SessionText:
    """The session as an organiser would have typed it; what the file does not speak of stays as it is."""
    begin, end = _span_of_facts(facts)
    plain = {each.name for each in fields(rules.SessionText)} & set(Session.__mapper__.columns.keys())
    values = {name: getattr(row, name) for name in plain} if row is not None else {}
    values |= {name: words_of_fact(facts, name) for name in ("title", "subtitle", "note", "lens")}
    values |= {
        "format": Format(text_of_fact(facts, "format") or Format.PLENARY),
        "room": facts["room"],
        **times.as_form_times(begin, end, workshop.zone),
    }
    rows = row.questions if row is not None else []
    values["questions"] = [
        question_wordings.QuestionText(text=text, id=rows[n].id if n < len(rows) else None)
        for n, text in enumerate(list_of_fact(facts, "questions"))
        if n >= len(rows) or dict(rows[n].text) != dict(text)
    ]
    return rules.SessionText(**values)
