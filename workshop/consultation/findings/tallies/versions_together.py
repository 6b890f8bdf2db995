"""What several versions of a questionnaire ask together, mapped by the codes of questions and options.

A version published after the first answers came changes a word, adds an option, drops a question. Answers to all of them
are counted in one table as long as whoever published it said that they may be. No database, no request, no clock.
"""

import copy
from collections.abc import Iterable, Sequence

from workshop.consultation.questionnaires.models import QuestionnaireVersion
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.document_checks import DefinitionError
from workshop.consultation.questions.questionnaire_document import Document, QuestionDraft

LISTED = ("options", "rows", "columns")


def counted_together(versions: Iterable[QuestionnaireVersion]) -> list[list[QuestionnaireVersion]]:
    """The versions in groups whose answers may be counted together, the newest group first, versions ascending."""
    groups: list[list[QuestionnaireVersion]] = []
    for version in sorted(versions, key=lambda each: each.number):
        if groups and version.comparable:
            groups[-1].append(version)
        else:
            groups.append([version])
    return groups[::-1]


def document_of(versions: Sequence[QuestionnaireVersion]) -> Document:
    """The newest document of the group, with what only older ones ask or offer.

    Where a question became another kind of question, what was answered before is not in the results.
    """
    *older, newest = (each.definition for each in versions)
    together = copy.deepcopy(newest)
    for document in reversed(older):
        tried = _joined(together, document)
        try:
            Definition.read(tried)
        except DefinitionError:  # a condition that no longer holds together: the newest alone decides
            continue
        together = tried
    return together


def _joined(newest: Document, older: Document) -> Document:
    joined = copy.deepcopy(newest)
    sections = {section["code"]: section for section in joined["sections"]}
    known = {question["code"]: question for section in joined["sections"] for question in section["questions"]}
    for section in older["sections"]:
        if section["code"] not in sections:
            bare = copy.deepcopy(section)
            bare["questions"] = []
            joined["sections"].append(bare)
            sections[section["code"]] = bare
        before: QuestionDraft | None = None
        for question in section["questions"]:
            found = known.get(question["code"])
            if found is None:
                found = known[question["code"]] = _with_lists(question, older, joined)
                _insert_after(before, found, sections[section["code"]]["questions"])
            elif found["type"] == question["type"]:
                _join_question(found, question, older, joined)
            before = found
    return joined


def _insert_after(before: QuestionDraft | None, question: QuestionDraft, questions: list[QuestionDraft]) -> None:
    place = next((n + 1 for n, each in enumerate(questions) if each is before), 0)
    questions.insert(place, question)


def _with_lists(question: QuestionDraft, source: Document, target: Document) -> QuestionDraft:
    """A question of another document, with lists of its own."""
    made = copy.deepcopy(question)
    for key in LISTED:
        if name := made.get(key):
            own = f"{name}+{made['code']}"
            target["lists"][own] = copy.deepcopy(source["lists"][name])
            made[key] = own
    return made


def _join_question(newest: QuestionDraft, older: QuestionDraft, source: Document, target: Document) -> None:
    """What only the older wording of a question offered; who was led to it then counts as led to it."""
    for key in LISTED:
        if not (newest.get(key) and older.get(key)):
            continue
        offered = target["lists"][newest[key]]
        gone = [each for each in source["lists"][older[key]] if each["code"] not in {o["code"] for o in offered}]
        if gone:
            own = f"{newest[key]}+{newest['code']}"
            target["lists"][own] = [*copy.deepcopy(offered), *copy.deepcopy(gone)]
            newest[key] = own
    if older.get("other"):
        newest["other"] = True
    for key, wider in (("min", min), ("max", max)):
        if isinstance(newest.get(key), int | float) and isinstance(older.get(key), int | float):
            newest[key] = wider(newest[key], older[key])
    if "top" in newest and not (older.get("top") and older["top"] <= newest["top"]):
        newest.pop("top")
    if newest.get("sensitive") or older.get("sensitive"):
        newest["sensitive"] = True
    if newest.get("personal") or older.get("personal"):
        newest["personal"] = True
    if not newest.get("condition") and older.get("condition"):
        newest["condition"] = older["condition"]
