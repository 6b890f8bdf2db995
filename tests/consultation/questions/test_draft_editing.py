"""Changing drafts: codes that last, lists shared, order, and undoing."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.consultation.questions.documents import asks, document
from tests.looking import there
from workshop.consultation.designing import form_document
from workshop.consultation.questions import draft_editing
from workshop.consultation.questions.drafts import draft_lists
from workshop.consultation.questions.question import Kind
from workshop.consultation.questions.questionnaire_document import Document, OptionDraft
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken

BOTH = document(
    A=[asks("A1", "one", options="yesno"), asks("A2", "text", condition="${A1} = 'y'", limit=". != ${A1}")],
    B=[asks("B1", "many", options="fields", condition="selected(${A1}, 'y')"), asks("B2", "text")],
)


def order(draft: Document) -> dict[str, list[str]]:
    return {section["code"]: [each["code"] for each in section["questions"]] for section in draft["sections"]}


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (lambda d: draft_editing.shift(d, "A2", -1), {"A": ["A2", "A1"], "B": ["B1", "B2"]}),
        (lambda d: draft_editing.shift(d, "A2", 1), {"A": ["A1"], "B": ["A2", "B1", "B2"]}),
        (lambda d: draft_editing.shift(d, "B1", -1), {"A": ["A1", "A2", "B1"], "B": ["B2"]}),
        (lambda d: draft_editing.shift(d, "B2", 1), {"A": ["A1", "A2"], "B": ["B1", "B2"]}),
        (lambda d: draft_editing.shift(d, "B", -1), {"B": ["B1", "B2"], "A": ["A1", "A2"]}),
        (lambda d: draft_editing.put(d, "A1", into="B", before="B2"), {"A": ["A2"], "B": ["B1", "A1", "B2"]}),
        (lambda d: draft_editing.put(d, "A1", into="B", before=None), {"A": ["A2"], "B": ["B1", "B2", "A1"]}),
        (lambda d: draft_editing.put(d, "A1", into="A", before="A1"), {"A": ["A1", "A2"], "B": ["B1", "B2"]}),
        (lambda d: draft_editing.put(d, "B", into="A", before="A"), {"B": ["B1", "B2"], "A": ["A1", "A2"]}),
        (lambda d: draft_editing.remove(d, "A2"), {"A": ["A1"], "B": ["B1", "B2"]}),
        (lambda d: draft_editing.remove(d, "A"), {"B": ["B1", "B2"]}),
    ],
)
def test_order(change: Callable[[Document], Document], after: dict[str, list[str]]) -> None:
    before = order(BOTH)
    changed = change(BOTH)
    assert order(changed) == after
    assert list(order(changed)) == list(after)
    assert order(BOTH) == before, "the document itself is never changed"


def test_codes_are_never_given_twice() -> None:
    assert draft_editing.next_question_code(BOTH, "A") == "A3"
    assert draft_editing.next_question_code(BOTH, "A", {"A7"}) == "A8", (
        "not even that of a question removed since it was published"
    )
    assert draft_editing.next_section_code(BOTH) == "C"
    with pytest.raises(RuleBroken):
        draft_editing.add_question(BOTH, "A", asks("B1", "text"))


def test_a_new_code_is_followed_by_conditions_and_limits() -> None:
    changed = draft_editing.edit_question(BOTH, "A1", code="WHO")
    asked = {each["code"]: each for each in draft_editing.questions(changed)}
    assert (asked["A2"]["condition"], asked["A2"]["limit"]) == ("${WHO} = 'y'", ". != ${WHO}")
    assert asked["B1"]["condition"] == "selected(${WHO}, 'y')"


def test_a_list_is_edited_once_and_codes_are_made_of_words() -> None:
    options: list[OptionDraft] = [
        *BOTH["lists"]["yesno"],
        {"code": "", "label": {"en": "Don’t know"}},
        {"code": "", "label": {"en": "Don't know!"}},
    ]
    changed = draft_lists.set_list(BOTH, "yesno", options)
    assert [each["code"] for each in changed["lists"]["yesno"]] == ["y", "n", "dont_know", "don_t_know"]
    renamed = draft_lists.rename_option(BOTH, "yesno", "y", "yes")
    assert [each.get("condition") for each in draft_editing.questions(renamed)] == [
        None,
        "${A1} = 'yes'",
        "selected(${A1}, 'yes')",
        None,
    ]
    with pytest.raises(RuleBroken, match=r"^This list is used by A1\.$"):
        draft_lists.remove_list(BOTH, "yesno")
    assert "rows" not in draft_lists.remove_list(BOTH, "rows")["lists"]


def test_taking_over_brings_the_list_along_and_leaves_conditions_behind() -> None:
    other = document(asks("X1", "many", options="fields", condition="${X0} = 'a'", hint={"en": "H"}))
    other["lists"]["fields"][0]["label"]["en"] = "Schooling"
    changed, code = draft_editing.take_over(BOTH, "A", other, "X1")
    assert code == "A3"
    assert draft_editing.question(changed, "A3") == {
        "code": "A3",
        "type": "many",
        "text": {"en": "Question X1"},
        "hint": {"en": "H"},
        "options": "fields_2",
    }
    assert changed["lists"]["fields_2"] == other["lists"]["fields"]
    again, _code = draft_editing.take_over(BOTH, "A", BOTH, "B1")
    assert there(draft_editing.question(again, "A3"))["options"] == "fields", "the same list, word for word, is shared"


def test_another_type_keeps_what_fits() -> None:
    given = draft_editing.edit_question(BOTH, "B1", max_choices=2, hint={"en": "H"})
    changed = draft_editing.question(
        draft_editing.change_type(given, "B1", Kind.ONE, {"code", "type", "text", "hint", "options"}), "B1"
    )
    assert changed == {
        "code": "B1",
        "type": "one",
        "text": {"en": "Question B1"},
        "hint": {"en": "H"},
        "options": "fields",
    }


@pytest.mark.parametrize("kind", list(Kind))
def test_what_a_form_shows_it_also_makes(app: Flask, kind: Kind) -> None:
    """Opening a question and saving it untouched changes nothing, whatever its type."""
    from werkzeug.datastructures import MultiDict

    from tests.consultation.questions.test_question_types import EVERY
    from workshop.consultation.designing.forms import QuestionForm

    draft: Document = {**EVERY}
    given = next(each for each in draft_editing.questions(draft) if each["type"] == kind)
    with app.test_request_context():
        shown = QuestionForm(None, kind=kind, lists=list(draft["lists"]), data=form_document.as_form_data(given))
        sent: MultiDict[str, str] = MultiDict()
        for field in shown:
            if isinstance(field.data, Words):
                sent.update({f"{field.name}-{code}": text for code, text in field.data.items()})
            elif isinstance(field.data, list):
                for each in field.data:
                    sent.add(field.name, each)
            elif field.data is True:
                sent[field.name] = "y"
            elif field.data is not None and field.data is not False:
                sent[field.name] = str(field._value()) if hasattr(field, "_value") else str(field.data)
        form = QuestionForm(sent, kind=kind, lists=list(draft["lists"]), data=form_document.as_form_data(given))
        assert form.validate(), form.errors
        assert (
            draft_editing.question(
                draft_editing.edit_question(draft, given["code"], **form_document.keys_of_form(form)), given["code"]
            )
            == given
        )
