"""Publishing: what a new version changes against the last, told in sentences, and whether answers stay comparable."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion
from workshop.consultation.questions import draft_checks, draft_editing, question_texts, question_types
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.question import Kind
from workshop.consultation.questions.questionnaire_document import Document, QuestionDraft, nothing
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.platform.rendering import comma

from . import rules

_: Callable[..., str] = gettext  # the library ships no types
FIGURES = ("min", "max", "decimals", "currency", "earliest", "latest", "unit", "calculation", "filter", "times")
MORE = ("required_if", "default", "shuffle", "look", "least", "most")
HOW_MANY = ("top", "min_choices", "max_choices", "max_length", "max_size", "kinds", "other", "required", "limit", *MORE)
MARKS = ("personal", "sensitive", "on_no", "reveals")


@dataclass(frozen=True)
class Difference:
    """One sentence. `breaks`: answers to the question before and after do not mean the same."""

    code: str
    sentence: str
    breaks: bool = False


def differences(before: Document, after: Document) -> list[Difference]:
    """What changed, question by question."""
    return [
        *_languages(before, after),
        *_questions(before, after),
        *_sections(before, after),
        *_lists(before, after),
        *_order(before, after),
        *_whole(before, after),
    ]


def stay_comparable(found: Sequence[Difference]) -> bool:
    """A suggestion: whether answers to both versions may be counted together."""
    return not any(each.breaks for each in found)


def _languages(before: Document, after: Document) -> Iterator[Difference]:
    for code in after["languages"]:
        if code not in before["languages"]:
            yield Difference("", _("It can now be answered in %(language)s.", language=code))
    for code in before["languages"]:
        if code not in after["languages"]:
            yield Difference("", _("It can no longer be answered in %(language)s.", language=code))


def _questions(before: Document, after: Document) -> Iterator[Difference]:
    old, new = ({each["code"]: each for each in draft_editing.questions(document)} for document in (before, after))
    for code in old.keys() - new.keys():
        yield Difference(code, _("%(code)s is no longer asked: “%(text)s”.", code=code, text=_said(old[code]["text"])))
    for code, question in new.items():
        if code not in old:
            yield Difference(code, _("%(code)s is new: “%(text)s”.", code=code, text=_said(question["text"])))
        else:
            yield from _question(code, old[code], question)


def _question(code: str, old: QuestionDraft, new: QuestionDraft) -> Iterator[Difference]:
    if old["type"] != new["type"]:
        names = {"old": Kind(old["type"]).label, "new": Kind(new["type"]).label}
        yield Difference(
            code, _("%(code)s is answered differently: %(old)s before, %(new)s now.", code=code, **names), True
        )
    yield from _wording(code, old, new)
    if old.get("condition", "") != new.get("condition", ""):
        yield Difference(code, _condition(code, old.get("condition", ""), new.get("condition", "")), True)
    for key in draft_editing.LISTS:
        if old.get(key) != new.get(key) and old["type"] == new["type"]:
            said = {"code": code, "old": old.get(key, "–"), "new": new.get(key, "–")}
            yield Difference(code, _("%(code)s uses another list: %(new)s in place of %(old)s.", **said), True)
    kept = (*FIGURES, *HOW_MANY) if old["type"] == new["type"] else ()
    for key in (*kept, *MARKS):
        if old.get(key) != new.get(key):
            named = {
                "what": question_types.NAMES[key],
                "old": question_types.limit_in_words(key, old.get(key)),
                "new": question_types.limit_in_words(key, new.get(key)),
            }
            sentence = _("%(code)s: “%(what)s” is now %(new)s; before: %(old)s.", code=code, **named)
            yield Difference(code, sentence, key in FIGURES)


def _wording(code: str, old: QuestionDraft, new: QuestionDraft) -> Iterator[Difference]:
    for key in (*question_texts.OF_QUESTION, "ends"):
        was, now = (_flat(each.get(key, {})) for each in (old, new))
        reworded = sorted(language for language in was.keys() & now.keys() if was[language] != now[language])
        added = sorted(now.keys() - was.keys())
        if reworded and key == "text":
            language = reworded[0]
            said = {"code": code, "old": was[language], "new": now[language], "languages": comma().join(reworded)}
            yield Difference(
                code,
                _("%(code)s is worded differently (%(languages)s): “%(new)s” in place of “%(old)s”.", **said),
                True,
            )
        elif reworded or (was.keys() - now.keys()):
            yield Difference(code, _("%(code)s: %(what)s changed.", code=code, what=names_of_texts()[key]))
        if added and was:
            yield Difference(
                code,
                _(
                    "%(code)s: %(what)s was translated (%(languages)s).",
                    code=code,
                    what=names_of_texts()[key],
                    languages=comma().join(added),
                ),
            )
        elif added:
            yield Difference(code, _("%(code)s: %(what)s was added.", code=code, what=names_of_texts()[key]))


def names_of_texts() -> dict[str, str]:
    """What the texts of a question are called, in the reader's language."""
    return {
        "text": _("the question"),
        "hint": _("the hint"),
        "why": _("“Why we ask”"),
        "guidance": _("the guidance for interviewers"),
        "item": _("the name of one entry"),
        "unit_label": _("the unit"),
        "limit_message": _("the message of its limit"),
        "ends": _("the ends of the scale"),
    }


def _flat(words: Mapping[str, object]) -> dict[str, str]:
    """Texts by language; of the ends of a scale both together."""
    if any(isinstance(each, Mapping) for each in words.values()):
        found: dict[str, str] = {}
        for end, each in sorted(words.items()):
            for language, text in each.items() if isinstance(each, Mapping) else ():
                found[language] = f"{found.get(language, '')} {end} {text}"
        return found
    return {language: str(text) for language, text in words.items() if text}


def _condition(code: str, old: str, new: str) -> str:
    if not old:
        return _("%(code)s was asked of all and is now asked only if %(new)s.", code=code, new=new)
    if not new:
        return _("%(code)s is now asked of all; before only if %(old)s.", code=code, old=old)
    return _("%(code)s is asked of others: if %(new)s, in place of %(old)s.", code=code, old=old, new=new)


def _sections(before: Document, after: Document) -> Iterator[Difference]:
    old, new = ({each["code"]: each for each in draft_editing.sections(document)} for document in (before, after))
    for code in old.keys() - new.keys():
        yield Difference(
            code, _("Section %(code)s was removed: “%(title)s”.", code=code, title=_said(old[code]["title"]))
        )
    for code, section in new.items():
        was = old.get(code)
        if was is None:
            yield Difference(code, _("Section %(code)s is new: “%(title)s”.", code=code, title=_said(section["title"])))
            continue
        if any(was.get(key, {}) != section.get(key, {}) for key in question_texts.OF_SECTION):
            yield Difference(code, _("The title or note of section %(code)s changed.", code=code))
        if was.get("condition", "") != section.get("condition", ""):
            yield Difference(
                code,
                _condition(_("Section %(code)s", code=code), was.get("condition", ""), section.get("condition", "")),
                True,
            )


def _lists(before: Document, after: Document) -> Iterator[Difference]:
    for name, options in after["lists"].items():
        if name not in before["lists"] or not (used := draft_editing.using(after, name)):
            continue
        old, new = ({o["code"]: o for o in listed} for listed in (before["lists"][name], options))
        said = {"list": name, "questions": comma().join(used)}
        for code in old.keys() - new.keys():
            gone = _said(old[code]["label"])
            yield Difference(
                used[0],
                _("The answer “%(answer)s” was removed from the list %(list)s (%(questions)s).", answer=gone, **said),
                True,
            )
        for code in [code for code in new if code not in old]:
            came = _said(new[code]["label"])
            yield Difference(
                used[0],
                _("The answer “%(answer)s” is new in the list %(list)s (%(questions)s).", answer=came, **said),
                True,
            )
        for code in [code for code in new if code in old]:
            was, now = _flat(old[code].get("label", {})), _flat(new[code].get("label", {}))
            if any(was[language] != now[language] for language in was.keys() & now.keys()):
                words = {"old": _said(was), "new": _said(now)}
                yield Difference(
                    used[0],
                    _("In the list %(list)s (%(questions)s) “%(old)s” now reads “%(new)s”.", **words, **said),
                    True,
                )
            elif was != now:
                yield Difference(
                    used[0], _("In the list %(list)s “%(answer)s” was translated.", answer=_said(now), list=name)
                )
            if old[code].get("exclusive", False) != new[code].get("exclusive", False):
                yield Difference(
                    used[0],
                    _(
                        "In the list %(list)s “%(answer)s” became an exclusive choice, or no longer is one.",
                        answer=_said(now),
                        list=name,
                    ),
                    True,
                )
        if (kept := [code for code in new if code in old]) != [code for code in old if code in new] and kept:
            yield Difference(used[0], _("The answers of the list %(list)s are in another order.", list=name))


def _order(before: Document, after: Document) -> Iterator[Difference]:
    old, new = draft_editing.codes(before), draft_editing.codes(after)
    if [code for code in old if code in new] != [code for code in new if code in old]:
        yield Difference("", _("The questions are in another order."))
    for code in new:
        was, now = draft_editing.section_of(before, code), draft_editing.section_of(after, code)
        if was and now and was["code"] != now["code"]:
            said = {"code": code, "old": was["code"], "new": now["code"]}
            yield Difference(code, _("%(code)s moved from section %(old)s to section %(new)s.", **said))


def _whole(before: Document, after: Document) -> Iterator[Difference]:
    if before.get("title", {}) != after.get("title", {}):
        yield Difference("", _("The title changed."))
    if before.get("introduction", {}) != after.get("introduction", {}):
        yield Difference("", _("The introduction changed."))


def _said(words: Mapping[str, str]) -> str:
    text = Words(words).in_("en", "fr", "es")[0]
    return text if len(text) <= 120 else f"{text[:117]}…"


def publish(
    questionnaire: Questionnaire, newest: QuestionnaireVersion | None, *, note: Words, comparable: bool, at: datetime
) -> QuestionnaireVersion:
    """A new version out of the draft, which is then used up. Answers begun keep the version they began with."""
    document = rules.working(questionnaire, newest)
    if newest and document == rules.as_published(questionnaire, newest):
        raise RuleBroken(_("Nothing changed since version %(number)s.", number=newest.number))
    if found := draft_checks.errors(draft_checks.check(document)):
        raise RuleBroken(_("The draft has problems: %(first)s", first=found[0].message))
    if questionnaire.needs_all_texts and any(question_texts.missing(document).values()):
        raise RuleBroken(
            _("Some texts are missing in a language, and this questionnaire is published only with all of them.")
        )
    Definition.read(document)
    questionnaire.draft, questionnaire.revision = nothing(), questionnaire.revision + 1
    questionnaire.title = Words(document["title"])
    questionnaire.introduction = Words(document.get("introduction", {}))
    return QuestionnaireVersion(
        questionnaire=questionnaire,
        number=newest.number + 1 if newest else 1,
        definition=document,
        published_at=at,
        note=note,
        comparable=comparable if newest else True,
    )
