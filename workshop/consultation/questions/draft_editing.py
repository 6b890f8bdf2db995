"""Changing the draft of a questionnaire: a document in, a changed copy out. No database, no request, no clock.

A draft need not make sense yet: `draft_checks.py` tells what it lacks. Questions, sections, lists and options are named
by codes, never by place, so two people may change different ones at once.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any, TypeVar, cast

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken

from .document_reader import QUESTION_CODE
from .question import Kind
from .questionnaire_document import Document, QuestionDraft, SectionDraft

Found = TypeVar("Found")
LISTS = ("options", "rows", "columns")
EXPRESSIONS = ("condition", "limit", "required_if", "filter", "calculation", "times")
MOST_QUESTIONS = 1000


def sections(document: Document) -> list[SectionDraft]:
    return document["sections"]


def questions(document: Document) -> Iterator[QuestionDraft]:
    """All questions, in order; those of a repeat after it."""
    for section in sections(document):
        yield from with_inner(section["questions"])


def with_inner(listed: Iterable[QuestionDraft]) -> Iterator[QuestionDraft]:
    for each in listed:
        yield each
        yield from each.get("questions", ())


def section(document: Document, code: str) -> SectionDraft | None:
    return next((each for each in sections(document) if each["code"] == code), None)


def question(document: Document, code: str) -> QuestionDraft | None:
    return next((each for each in questions(document) if each["code"] == code), None)


def section_of(document: Document, code: str) -> SectionDraft | None:
    """The section that holds a question."""
    found = (s for s in sections(document) if any(q["code"] == code for q in with_inner(s["questions"])))
    return next(found, None)


def repeat_of(document: Document, code: str) -> QuestionDraft | None:
    """The repeat that asks a question, if one does."""
    return next((q for q in questions(document) if any(i["code"] == code for i in q.get("questions", ()))), None)


def _list_of(document: Document, code: str) -> list[QuestionDraft]:
    """The questions among which this one stands."""
    if repeat := repeat_of(document, code):
        return cast("list[QuestionDraft]", repeat["questions"])
    return _needed(section_of(document, code))["questions"]


def codes(document: Document) -> list[str]:
    return [each["code"] for each in questions(document)]


def next_section_code(document: Document) -> str:
    """The first free letter, then A2, B2 …"""
    taken = {each["code"] for each in sections(document)}
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    candidates = (f"{letter}{round or ''}" for round in (0, *range(2, 1000)) for letter in letters)
    return next(code for code in candidates if code not in taken)


def next_question_code(document: Document, section_code: str, taken: Collection[str] = ()) -> str:
    """The section's letter with the first number above all that were ever given there: a code never comes back."""
    stem = re.compile(rf"{re.escape(section_code)}([0-9]{{1,4}})")
    used = [int(found[1]) for code in (*codes(document), *taken) if (found := stem.fullmatch(code))]
    return f"{section_code}{max(used, default=0) + 1}"


def add_section(document: Document, title: Mapping[str, str]) -> tuple[Document, str]:
    """A new section at the end; its code."""
    changed = deepcopy(document)
    code = next_section_code(changed)
    sections(changed).append({"code": code, "title": dict(title), "questions": []})
    return changed, code


def edit_section(document: Document, code: str, /, **values: object) -> Document:
    changed = deepcopy(document)
    _set(_keys_of(_needed(section(changed, code))), values)
    return changed


def add_question(document: Document, section_code: str, given: Mapping[str, object]) -> Document:
    """A question at the end of a section, or of a repeat."""
    changed = deepcopy(document)
    if given["code"] in codes(changed) or not QUESTION_CODE.fullmatch(str(given["code"])):
        raise RuleBroken(
            _("This code is in use or not allowed: letters and figures, a letter first."),
            field="code",
        )
    if len(codes(changed)) >= MOST_QUESTIONS:
        raise RuleBroken(_("A questionnaire has at most %(most)s questions.", most=MOST_QUESTIONS))
    repeat = question(changed, section_code)
    holder = cast("SectionDraft", repeat) if repeat else _needed(section(changed, section_code))
    holder.setdefault("questions", []).append({k: v for k, v in given.items() if not is_blank(v)})
    return changed


def edit_question(document: Document, code: str, /, **values: object) -> Document:
    """A question with these keys set; blank ones are left out of the document. A new code is renamed everywhere."""
    changed = deepcopy(document)
    new = str(values.get("code", code))
    if new != code and (new in codes(changed) or not QUESTION_CODE.fullmatch(new)):
        raise RuleBroken(
            _("This code is in use or not allowed: letters and figures, a letter first."),
            field="code",
        )
    _set(_needed(question(changed, code)), values)
    if new != code:
        for holder in with_expressions(changed):
            for key in EXPRESSIONS:
                if key in holder:
                    holder[key] = holder[key].replace(f"${{{code}}}", f"${{{new}}}")
    return changed


def change_type(document: Document, code: str, kind: Kind, fitting: Collection[str]) -> Document:
    """Another type for a question; of its keys those that fit the new type stay."""
    changed = deepcopy(document)
    held = _needed(question(changed, code))
    for key in [key for key in held if key not in fitting]:
        del held[key]
    held["type"] = kind.value
    return changed


def remove(document: Document, code: str) -> Document:
    """Without this question, or without this section and all in it."""
    changed = deepcopy(document)
    if section(changed, code):
        changed["sections"] = [each for each in sections(changed) if each["code"] != code]
        return changed
    listed = _list_of(changed, code)
    listed[:] = [each for each in listed if each["code"] != code]
    return changed


def shift(document: Document, code: str, step: int) -> Document:
    """A question or section one place up (-1) or down (1); a question at the edge goes into the neighbouring section."""
    changed = deepcopy(document)
    if here := section(changed, code):
        _swap(sections(changed), here, step)
        return changed
    holder = _needed(section_of(changed, code))
    held = _needed(question(changed, code))
    if _swap(_list_of(changed, code), held, step) or repeat_of(changed, code):
        return changed
    beside = sections(changed).index(holder) + step
    if 0 <= beside < len(sections(changed)):
        holder["questions"].remove(held)
        into = sections(changed)[beside]["questions"]
        into.insert(0 if step > 0 else len(into), held)
    return changed


def put(document: Document, code: str, *, into: str, before: str | None) -> Document:
    """A question moved into a section, before another of its questions or at its end; or a section before another."""
    changed = deepcopy(document)
    if here := section(changed, code):
        rest = [each for each in sections(changed) if each is not here]
        place = next((n for n, each in enumerate(rest) if each["code"] == before), len(rest))
        changed["sections"] = [*rest[:place], here, *rest[place:]]
        return changed
    held, holder, target = question(changed, code), section_of(changed, code), section(changed, into)
    if held is None or holder is None or target is None:
        raise gone()
    if before != code:
        within = repeat_of(changed, code)
        _list_of(changed, code).remove(held)
        listed = within["questions"] if within else target["questions"]
        place = next((n for n, each in enumerate(listed) if each["code"] == before), len(listed))
        listed.insert(place, held)
    return changed


def _swap(listed: list[Found], one: Found, step: int) -> bool:
    place = listed.index(one)
    if not 0 <= place + step < len(listed):
        return False
    listed[place], listed[place + step] = listed[place + step], listed[place]
    return True


def new_list_name(document: Document, wanted: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "_", wanted.lower()).strip("_")[:40] or "list"
    candidates = (stem, *(f"{stem}_{number}" for number in range(2, 10_000)))
    return next(name for name in candidates if name not in document["lists"])


def using(document: Document, name: str) -> list[str]:
    """The questions that use a list."""
    return [each["code"] for each in questions(document) if name in {each.get(key) for key in LISTS}]


def take_over(
    document: Document, section_code: str, source: Document, code: str, taken: Collection[str] = ()
) -> tuple[Document, str]:
    """A copy of a question of another document, with the lists it needs and without its conditions; its new code.

    A list that is already here, word for word, is shared; another of the same name comes along under a new one.
    """
    changed = deepcopy(document)
    copied = deepcopy(_needed(question(source, code)))
    for key in (*EXPRESSIONS, "limit_message"):
        copied.pop(key, None)
    for key in LISTS:
        wanted = source["lists"].get(copied.get(key, ""))
        if wanted is not None and changed["lists"].get(copied[key]) != wanted:
            copied[key] = new_list_name(changed, copied[key])
            changed["lists"][copied[key]] = deepcopy(wanted)
    copied["code"] = next_question_code(changed, section_code, taken)
    return add_question(changed, section_code, copied), copied["code"]


def set_languages(document: Document, languages: list[str]) -> Document:
    """These languages, the first of which is the one it is written in. Texts in others stay, should they come back."""
    if not languages:
        raise RuleBroken(_("A questionnaire needs at least one language."), field="languages")
    return {**deepcopy(document), "languages": list(dict.fromkeys(languages))}


def with_expressions(document: Document) -> Iterator[dict[str, Any]]:
    for section in sections(document):
        yield _keys_of(section)
    yield from questions(document)


def _keys_of(section: SectionDraft) -> dict[str, object]:
    """The same section, for writing keys that come by name."""
    return cast("dict[str, Any]", section)


def _set(held: dict[str, object], values: Mapping[str, object]) -> None:
    for key, value in values.items():
        if is_blank(value) and key not in {"text", "title"}:
            held.pop(key, None)
        else:
            held[key] = value


def is_blank(value: object) -> bool:
    return value is None or value is False or value in ("", {}, [])  # a missing key says the same; 0 says something


def _needed(found: Found | None) -> Found:
    if found is None:
        raise gone()
    return found


def gone() -> RuleBroken:
    return RuleBroken(_("This no longer exists. Someone else may have removed it."))


Change = Callable[[Document], Document]
