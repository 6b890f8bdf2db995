"""What a group report may say, how strong its words may be, and when it may be signed.

No database, no request, no clock.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l

from workshop.deliberation.capture.models import Point
from workshop.deliberation.capture.rules import strictest
from workshop.platform.errors import RuleBroken
from workshop.programme.agenda.formats import Part
from workshop.programme.agenda.question_wordings import in_force
from workshop.programme.groups.models import Group, GroupQuestionWording, GroupRole
from workshop.programme.groups.rules import serves
from workshop.secretariat.accounts.models import User
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.models import MeetingMode, Role

from .models import GroupReport, KeyPoint, Practice, Recommendation, Strength

# One page, spoken in ten minutes: how many of each, and how many characters.
AT_MOST = {"key_points": 5, "practices": 5, "recommendations": 5, "lessons": 3}
LONGEST: dict[str, dict[str, int]] = {
    "key_points": {"text": 300},
    "practices": {"title": 120, "place": 80, "who": 120, "why": 300},
    "recommendations": {"action": 300, "addressee": 120, "by_when": 60},
    "lessons": {"text": 300},
    "report": {
        "languages_spoken": 120,
        "moderator": 120,
        "rapporteur": 120,
        "differences": 1200,
        "lens_national": 1200,
        "lens_multilateral": 1200,
        "not_covered": 600,
        "quotable": 200,
    },
}
LONGEST_REASON = 300
BANDS = (Strength.ONE, Strength.SOME, Strength.SEVERAL, Strength.MANY, Strength.MOST)


def may_report(group: Group, servants: Sequence[GroupRole], roles: set[Role], user: User) -> bool:
    """Organisers, and the rapporteur of this very group."""
    return Role.ORGANISER in roles or serves(group, servants, (Part.RAPPORTEUR,), user)


def headcount_of(report: GroupReport) -> int:
    return sum(report.headcount.values())


def wordings_then(
    report: GroupReport | None, wordings: Sequence[GroupQuestionWording]
) -> dict[int, GroupQuestionWording]:
    """What each question said when the report was signed, or last saved, by the question's id."""
    made_at = report and (report.signed_at or report.saved_at)
    of_question: dict[int, list[GroupQuestionWording]] = {}
    for each in wordings:
        of_question.setdefault(each.question_id, []).append(each)
    return {id: in_force(said, made_at) if made_at else said[-1] for id, said in of_question.items()}


def people_by_category(report: GroupReport) -> list[tuple[Category, int]]:
    """Who was there, in the order of protocol."""
    return [(each, report.headcount[each.value]) for each in Category if report.headcount.get(each.value)]


def voices_behind(points: Iterable[Point]) -> int:
    """How many people raised these points, as far as it was counted; struck points have no voice."""
    return sum(point.voices for point in points if point.struck_at is None)


def strongest(voices: int, headcount: int) -> Strength:
    """The strongest word that so many voices among so many people carry.

    Below four voices it is a handful whatever its share; a share of an unknown number cannot be told.
    """
    if voices < 2:
        return Strength.ONE
    if voices < 4:
        return Strength.SOME
    if voices * 3 < headcount or not headcount:
        return Strength.SEVERAL
    return Strength.MOST if voices * 2 > headcount else Strength.MANY


def parts_signing(group: Group, servants: Sequence[GroupRole], user: User) -> list[Part]:
    """As what this person signs: nobody signs for another, not even an organiser."""
    return [part for part in (Part.RAPPORTEUR, Part.MODERATOR) if serves(group, servants, (part,), user)]


def sign_off(report: GroupReport, part: Part, *, by: User, at: datetime) -> None:
    """The signature of the rapporteur or of the moderator. Raises the first of its faults as RuleBroken."""
    for fault in faults(report):
        raise fault
    other = report.moderator_signed_by if part is Part.RAPPORTEUR else report.signed_by
    if other == by.id:
        raise RuleBroken(_l("The other signature is yours. Rapporteur and moderator sign each for themselves."))
    if part is Part.RAPPORTEUR:
        report.signed_at, report.signed_by = at, by.id
    else:
        report.moderator_signed_at, report.moderator_signed_by = at, by.id


def reopen(report: GroupReport) -> None:
    """Take the signatures away; the text stays, and so do reasons no longer."""
    report.signed_at = report.signed_by = None
    report.moderator_signed_at = report.moderator_signed_by = report.presented_at = None
    for key in report.key_points:
        key.kept_reason, key.kept_by = "", None


def keep_key_point(key: KeyPoint, reason: str, *, by: User) -> None:
    """It stands although all it rested on was struck, and this is why. Raises RuleBroken."""
    if not reason.strip():
        raise RuleBroken(_l("Please give the reason. Nothing was changed."))
    key.kept_reason, key.kept_by = reason.strip()[:LONGEST_REASON], by.id


def unused(report: GroupReport | None, points: Iterable[Point]) -> list[Point]:
    """The points that count and that no key point rests on."""
    used = {point.number for key in report.key_points for point in key.points} if report else set()
    return [point for point in points if not point.struck_at and point.number not in used]


def modes_behind(key: KeyPoint, mode: MeetingMode) -> MeetingMode:
    """The mode a key point is printed under: the strictest of today's and of those its points were typed under."""
    return strictest([mode, *(point.mode for point in key.points)])


def faults(report: GroupReport) -> list[RuleBroken]:
    """Everything that stands between this report and a signature, in the order of the page, each with its field."""
    found = [*_too_long(report, "report", "")]
    for place, key_point in enumerate(report.key_points):
        found += _faults_of_key_point(key_point, f"key_points-{place}-", headcount_of(report))
    found += _too_many_key_points(report)
    for place, practice in enumerate(report.practices):
        found += _faults_of_practice(practice, f"practices-{place}-")
    found += _faults_of_lens(report)
    for place, recommendation in enumerate(report.recommendations):
        found += _faults_of_recommendation(recommendation, f"recommendations-{place}-")
    for place, lesson in enumerate(report.lessons):
        found += _too_long({"text": lesson}, "lessons", f"lessons-{place}-")
    found += [*_too_many(report.practices, "practices", "title"), *_too_many(report.lessons, "lessons", "text")]
    found += _too_many(report.recommendations, "recommendations", "action")
    if report.quotable and not report.quotable_consent:
        found.append(
            RuleBroken(
                _l("A line is quoted only if the person who said it agrees. Tick the box, or empty the line."),
                "quotable_consent",
            )
        )
    return found


def _faults_of_lens(report: GroupReport) -> list[RuleBroken]:
    found = []
    if not report.lens_national:
        message = _l("Every group answers this one. Please write what role national policy can and should play.")
        found.append(RuleBroken(message, "lens_national"))
    if not report.lens_multilateral and not report.multilateral_not_discussed:
        message = _l("Please write what was said about multilateral policy, or tick that it was not discussed.")
        found.append(RuleBroken(message, "lens_multilateral"))
    return found


def _faults_of_key_point(key_point: KeyPoint, prefix: str, headcount: int) -> list[RuleBroken]:
    found = _too_long(key_point, "key_points", prefix)
    struck = [point.label for point in key_point.points if point.struck_at]
    if struck:
        message = _l("Struck out in the notes: %(points)s. Untick it, or have it restored.", points=", ".join(struck))
        found.append(RuleBroken(message, f"{prefix}points"))
    if not key_point.points:
        return [*found, RuleBroken(_l("Please tick the points that this is based on."), f"{prefix}points")]
    return found + _faults_of_strength(key_point, prefix, headcount)


def _faults_of_strength(key_point: KeyPoint, prefix: str, headcount: int) -> list[RuleBroken]:
    if key_point.strength is Strength.GENERAL_AGREEMENT:
        if key_point.nobody_objected:
            return []
        message = _l(
            "General agreement applies only if the moderator asked and no one objected. Tick the box, or choose "
            "another word."
        )
        return [RuleBroken(message, f"{prefix}nobody_objected")]
    voices = voices_behind(key_point.points)
    most = strongest(voices, headcount)
    if BANDS.index(key_point.strength) <= BANDS.index(most):
        return []
    if voices > 3 and not headcount:
        message = _l("This word is a share of those present. Please fill in the headcount first.")
    else:
        message = _l(
            "The points it is based on represent %(voices)s of %(headcount)s people: at most “%(word)s”.",
            voices=voices,
            headcount=headcount or "?",
            word=most.label,
        )
    return [RuleBroken(message, f"{prefix}strength")]


def _faults_of_practice(practice: Practice, prefix: str) -> list[RuleBroken]:
    missing = [] if practice.title else [RuleBroken(_l("Please give the practice a title."), f"{prefix}title")]
    return missing + _too_long(practice, "practices", prefix)


def _faults_of_recommendation(recommendation: Recommendation, prefix: str) -> list[RuleBroken]:
    found = []
    if not recommendation.action:
        found.append(RuleBroken(_l("Please say what should be done."), f"{prefix}action"))
    if not recommendation.addressee:
        found.append(RuleBroken(_l("Please say whom it is offered to: a type of addressee."), f"{prefix}addressee"))
    return found + _too_long(recommendation, "recommendations", prefix)


def _too_long(row: object, part: str, prefix: str) -> list[RuleBroken]:
    found = []
    for name, longest in LONGEST[part].items():
        text = row[name] if isinstance(row, dict) else getattr(row, name)
        if len(text) > longest:
            message = _l(
                "%(length)s characters are too many; at most %(longest)s fit on the page.",
                length=len(text),
                longest=longest,
            )
            found.append(RuleBroken(message, f"{prefix}{name}"))
    return found


def _too_many(rows: Sequence[object], part: str, name: str) -> list[RuleBroken]:
    if len(rows) <= AT_MOST[part]:
        return []
    message = _l("At most %(most)s fit on the page. Empty the weakest, or join two.", most=AT_MOST[part])
    return [RuleBroken(message, f"{part}-{AT_MOST[part]}-{name}")]


def _too_many_key_points(report: GroupReport) -> list[RuleBroken]:
    """The first key point under each question that is one too many."""
    found, seen = [], dict[int, int]()
    for place, key_point in enumerate(report.key_points):
        position = key_point.question.position
        seen[position] = seen.get(position, 0) + 1
        if seen[position] == AT_MOST["key_points"] + 1:
            message = _l(
                "At most %(most)s under one question. Empty the weakest, or join two.", most=AT_MOST["key_points"]
            )
            found.append(RuleBroken(message, f"key_points-{place}-text"))
    return found
