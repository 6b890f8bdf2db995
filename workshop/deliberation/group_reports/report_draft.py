"""A group report as the flat data of its form, written back into its rows.

Flat data has the names of the form's fields: "lens_national", "headcount-ngo", "key_points-0-text".
A row of a repeated part carries its id, so that its references survive a save; an emptied row is removed,
and a row that the form did not show is left alone: somebody else has added it in the meantime.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from workshop.deliberation.capture.models import Point, PointKind
from workshop.platform.three_way import plain
from workshop.programme.agenda.formats import Perspective
from workshop.programme.groups.models import Group, GroupQuestion
from workshop.programme.groups.rules import question_at

from .models import GroupReport, KeyPoint, Practice, Recommendation, Strength
from .rules import AT_MOST, LONGEST, headcount_of, strongest, voices_behind

Flat = dict[str, object]
Value = TypeVar("Value")
Row = TypeVar("Row", bound=KeyPoint | Practice | Recommendation)
PLAIN = (*LONGEST["report"], "language", "multilateral_not_discussed", "quotable_consent")
WITH_IDS = ("key_points", "practices", "recommendations")
MOST_ROWS = 60  # more than the page offers, less than would tire the server


def flat(report: GroupReport) -> Flat:
    """The report as its form shows it; key points in the order of their questions."""
    data: Flat = {name: getattr(report, name) for name in PLAIN}
    data |= {f"headcount-{category}": count for category, count in report.headcount.items()}
    data |= _numbered("key_points", [_flat_key_point(each) for each in report.key_points])
    data |= _numbered("practices", [_columns(each, "practices") for each in report.practices])
    data |= _numbered(
        "recommendations",
        [
            _columns(each, "recommendations") | {"question": each.question.position if each.question else 0}
            for each in report.recommendations
        ],
    )
    return data | _numbered("lessons", [{"text": lesson} for lesson in report.lessons])


def _flat_key_point(key_point: KeyPoint) -> Flat:
    return _columns(key_point, "key_points") | {
        "question": key_point.question.position,
        "kind": key_point.kind.value,
        "perspective": key_point.perspective.value if key_point.perspective else "",
        "strength": key_point.strength.value,
        "nobody_objected": key_point.nobody_objected,
        "points": [point.number for point in key_point.points],
    }


def _columns(row: KeyPoint | Practice | Recommendation, part: str) -> Flat:
    return {"id": row.id, **{name: getattr(row, name) for name in LONGEST[part]}}


def _numbered(part: str, rows: Sequence[Flat]) -> Flat:
    return {f"{part}-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}


def rows(data: Mapping[str, Value], part: str) -> list[dict[str, Value]]:
    """The rows of a repeated part of flat data, in order."""
    found: dict[int, dict[str, Value]] = {}
    for name, value in data.items():
        if name.startswith(f"{part}-"):
            _part, place, column = name.split("-", 2)
            found.setdefault(int(place), {})[column] = value
    return [found[place] for place in sorted(found)]


def nested(data: Mapping[str, object]) -> dict[str, object]:
    """Flat data with each repeated part as a list of its rows, to be held beside another version."""
    alone = {name: value for name, value in data.items() if name.partition("-")[0] not in AT_MOST}
    return alone | {part: rows(data, part) for part in AT_MOST}


def unnested(data: Mapping[str, object]) -> Flat:
    """The flat data of what `nested` made."""
    flat = {name: value for name, value in data.items() if name not in AT_MOST}
    for part in AT_MOST:
        listed = data[part]
        flat |= _numbered(part, listed if isinstance(listed, list) else [])
    return flat


def rows_of(data: Mapping[str, object]) -> dict[str, int]:
    """How many rows of each repeated part there are in flat data or in a posted form."""
    found = dict.fromkeys(AT_MOST, 0)
    for name in data:
        part, _dash, rest = name.partition("-")
        place = rest.partition("-")[0]
        if part in found and place.isdecimal():
            found[part] = max(found[part], min(int(place) + 1, MOST_ROWS))
    return found


def with_empty_rows(group: Group, data: Flat) -> Flat:
    """The data with one empty row more in every repeated part that is not full yet."""
    counts, more = rows_of(data), Flat()
    under = [row["question"] for row in rows(data, "key_points")]
    for question in group.questions:
        if under.count(question.position) < AT_MOST["key_points"]:
            more[f"key_points-{counts['key_points']}-question"] = question.position
            counts["key_points"] += 1
    for part in ("practices", "recommendations", "lessons"):
        if counts[part] < AT_MOST[part]:
            more[f"{part}-{counts[part]}-text"] = ""
    return data | more


def write(report: GroupReport, data: Mapping[str, object], points: Sequence[Point], *, at: datetime) -> None:
    """Everything the form says, into the report. `points` are those of the group, which key points rest on."""
    for name in PLAIN:
        setattr(report, name, data[name] or type(getattr(report, name))())
    given = {name.removeprefix("headcount-"): data[name] for name in data if name.startswith("headcount-")}
    report.headcount = {category: count for category, count in given.items() if isinstance(count, int) and count}
    lessons = [str(row["text"] or "") for row in rows(data, "lessons")]
    report.lessons = [lesson for lesson in [*lessons, *report.lessons[len(lessons) :]] if lesson]
    by_number = {point.number: point for point in points}
    _merge(report.key_points, KeyPoint, data, "key_points", lambda row: _key_point(report, row, by_number))
    _merge(report.practices, Practice, data, "practices", lambda _row: {})
    _merge(
        report.recommendations,
        Recommendation,
        data,
        "recommendations",
        lambda row: {"question": _question(report, row)},
    )
    number_rows(report)
    report.saved_at = at


def number_rows(report: GroupReport) -> None:
    report.key_points.sort(key=lambda key_point: key_point.question.position)
    for part in WITH_IDS:
        for position, each in enumerate(getattr(report, part), 1):
            each.position = position


def draft_key_points(report: GroupReport, chosen: Sequence[Point]) -> None:
    """Of the chosen points under each question one key point that says what they say, for a person to shorten."""
    for question in report.group.questions:
        behind = [point for point in chosen if point.question is question and not point.struck_at]
        if not behind:
            continue
        kinds, angles = [point.kind for point in behind], {point.perspective for point in behind}
        report.key_points.append(
            KeyPoint(
                question=question,
                position=0,
                text=" ".join(point.text for point in behind),
                kind=max(kinds, key=kinds.count),
                perspective=angles.pop() if len(angles) == 1 else None,
                strength=strongest(voices_behind(behind), headcount_of(report)),
                points=behind,
            )
        )
    number_rows(report)


def _merge(
    kept: list[Row], kind: Callable[..., Row], data: Mapping[str, object], part: str, more: Callable[[Flat], Flat]
) -> None:
    """Bring the kept rows to what was given: those with a known id are changed, others made, emptied ones dropped."""
    before: dict[object, Row] = {each.id: each for each in kept}
    result: list[Row] = []
    for row in rows(data, part):
        known = before.pop(row["id"], None)
        words = {name: row[name] or "" for name in LONGEST[part]}
        if any(words.values()):
            result.append(_written(known, words | more(row)) if known else kind(position=0, **words, **more(row)))
    kept[:] = [*result, *before.values()]


def _written(row: Row, values: Flat) -> Row:
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _key_point(report: GroupReport, row: Flat, by_number: Mapping[int, Point]) -> Flat:
    numbers = row["points"]
    behind = [by_number[number] for number in sorted(numbers)] if isinstance(numbers, list) else []
    word = Strength(str(row["strength"])) if row["strength"] else strongest(voices_behind(behind), headcount_of(report))
    return {
        "question": _question(report, row),
        "kind": PointKind(str(row["kind"])),
        "perspective": Perspective(str(row["perspective"])) if row["perspective"] else None,
        "strength": word,
        "nobody_objected": bool(row["nobody_objected"]),
        "points": behind,
    }


def is_same(data: Mapping[str, object], stored: Mapping[str, object]) -> bool:
    """Whether data as sent says no more and no less than what is stored, rows without a word left out."""
    return bool(_filled(data, stored) == _filled(stored, stored))


def _filled(data: Mapping[str, object], stored: Mapping[str, object]) -> object:
    said = {name: value for name, value in nested(data).items() if name in PLAIN or name.startswith("headcount-")}
    written = {
        part: [
            {name: value for name, value in row.items() if name != "id"}
            for row in rows(data, part)
            if any(row.get(name) for name in LONGEST[part])
        ]
        for part in AT_MOST
    }
    for mine, theirs in zip(written["key_points"], rows(stored, "key_points"), strict=False):
        mine["strength"] = mine["strength"] or theirs["strength"]  # left to be counted, it was
    return plain(said | written)


def _question(report: GroupReport, row: Flat) -> GroupQuestion | None:
    """The guiding question that a row stands under; 0 is none of them."""
    position = row["question"]
    return question_at(report.group, position) if isinstance(position, int) else None
