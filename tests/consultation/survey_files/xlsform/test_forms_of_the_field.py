"""Small forms with what forms of the field use: each becomes what it means, can be published, and comes back unchanged."""

import pytest

from tests.consultation.survey_files.xlsform.forms_of_others import as_markdown
from workshop.consultation.questions import draft_checks
from workshop.consultation.questions.answer_checks import fault
from workshop.consultation.questions.answers import accept
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.logic.expressions import to_text
from workshop.consultation.survey_files.checking.mending import mend
from workshop.consultation.survey_files.importing import read_file
from workshop.consultation.survey_files.xlsform import form_reader
from workshop.consultation.survey_files.xlsform.form_reader import Read
from workshop.consultation.survey_files.xlsform.form_writer import form_of, workbook
from workshop.platform.db import Words, now
from workshop.platform.opened_files import FilledCells, XlsForm

pytestmark = [
    pytest.mark.usefixtures("app"),
    pytest.mark.on_one_database("the application is there for its words, nothing is stored"),
]


def table(*rows: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in rows]


ORGANISATIONS = (
    table(
        "type|name|label|relevant|required|calculation|choice_filter",
        "text|org|Name of your organisation||yes||",
        "integer|men|Men among members||||",
        "integer|women|Women among members||||",
        "calculate|total||||${men} + ${women}|",
        "note|n|${org} has ${total} members.|${total} > 0|||",
        "text|why|Why so few women?|${total} > 0 and ${women} div ${total} < 0.3|${total} > 100||",
        "select_one region|region|Region||yes||",
        "select_one country|country|Country||yes||region = ${region}",
        "begin_repeat|project|Projects||||",
        "text|title|Title of the project||yes||",
        "integer|year|Year||||",
        "end_repeat||||||",
    ),
    table(
        "list_name|name|label|region",
        "region|af|Africa|",
        "region|am|Americas|",
        "country|sen|Senegal|af",
        "country|mli|Mali|af",
        "country|slv|El Salvador|am",
    ),
)


def read(survey: list[list[str]], choices: list[list[str]] | None = None) -> Read:
    """As when a file is read, without opening one, which takes a process of its own."""
    sheets = {"survey": survey} | ({"choices": choices} if choices else {})
    found: XlsForm = {"kind": "xlsform", "sheets": {name: cells(rows) for name, rows in sheets.items()}, "others": []}
    made = form_reader.read(found, plain_language="en")
    mend(made.document, made.report)
    return made


def cells(rows: list[list[str]]) -> FilledCells:
    head, *rest = rows
    filled = [(n, {key: cell for key, cell in zip(head, row, strict=False) if cell}) for n, row in enumerate(rest, 2)]
    return {"columns": head, "rows": filled, "headless": []}


def faults(found: Read) -> list[str]:
    return [
        fault.message for fault in draft_checks.errors(draft_checks.check({**found.document, "title": {"en": "T"}}))
    ]


def reasons(found: Read) -> list[str]:
    return [remark.reason for remark in (*found.report.unsupported, *found.report.warnings)]


def test_a_form_of_the_field_is_taken_whole() -> None:
    found = read_file(as_markdown({"survey": ORGANISATIONS[0], "choices": ORGANISATIONS[1]}), plain_language="en")
    assert (found.report.unsupported, faults(found)) == ([], [])
    definition = Definition.read(found.document)
    asked = definition.everything
    assert {code: asked[code].type.value for code in ("total", "n", "project", "title")} == {
        "total": "calculation",
        "n": "note",
        "project": "repeat",
        "title": "text",
    }
    why, country = asked["why"], asked["country"]
    assert why.required_if
    assert country.filter
    assert to_text(why.required_if) == "${total} > 100"
    assert to_text(country.filter) == "region = ${region}"
    assert [option.columns for option in country.options] == [{"region": "af"}, {"region": "af"}, {"region": "am"}]
    assert [inner.required for inner in asked["project"].questions] == [True, False]


def test_it_goes_out_and_comes_back_unchanged() -> None:
    found = read(*ORGANISATIONS)
    definition = Definition.read(found.document)
    made = workbook(form_of(definition, slug="field", title=Words(en="T"), introduction=Words(), version="1"))
    again = read_file(made, plain_language="en")
    assert Definition.read(again.document).sections == definition.sections
    assert again.report.unsupported == []


def test_what_the_answers_come_to() -> None:
    definition = Definition.read(read(*ORGANISATIONS).document)
    asked, counted = definition.settled({"men": 90, "women": 20})
    assert (counted["total"], "why" in asked, "n" in asked) == ("110", True, True)
    asked, counted = definition.settled({"men": 90})
    assert ("total" in counted, "why" in asked) == (False, False)


def test_a_pattern_is_a_pattern_and_no_email_question() -> None:
    found = read(
        table(
            "type|name|label|constraint",
            "text|street|Street|regex(., '^[^@]+$')",
            "text|handle|Your handle|regex(., '^@[A-Za-z0-9_]+$')",
            r"text|mail|Your email|regex(., '^[A-Za-z0-9._-]+@[A-Za-z0-9.-]+\.[A-Za-z]+$')",
        )
    )
    definition = Definition.read(found.document)
    assert [question.type.value for question in definition.questions] == ["text", "text", "email"]
    street, handle, _mail = definition.questions
    for question, good, bad in ((street, "High Street 1", "a@b"), (handle, "@ama", "ama")):
        assert accept(question, {"": [good]}, at=now())
        assert {good: "", bad: "refused"} == {
            typed: "refused" if problem(definition, question.code, typed) else "" for typed in (good, bad)
        }


def problem(definition: Definition, code: str, typed: str) -> str:
    question = definition.everything[code]
    return fault(question, accept(question, {"": [typed]}, at=now()), {}, at=now(), on_paper=False)


def test_guidance_is_for_whoever_asks() -> None:
    found = read(
        table("type|name|label|guidance_hint", "select_one yn|q|Do you agree?|Do not read out the options"),
        table("list_name|name|label", "yn|y|Yes", "yn|n|No"),
    )
    question = Definition.read(found.document).questions[0]
    assert (question.guidance, question.why, question.hint) == ({"en": "Do not read out the options"}, {}, {})


def test_of_two_labels_in_one_language_the_named_one_counts() -> None:
    found = read(table("type|name|label|label::English (en)|label::French (fr)", "text|a|Plain words|Named words|Mots"))
    assert Definition.read(found.document).questions[0].text == {"en": "Named words", "fr": "Mots"}
    assert "Another column has this text in the same language; this one is not used." in reasons(found)


def test_what_is_read_can_be_published() -> None:
    named = read(table("type|name|label", "begin_group|g|My group", "text|A|First", "text|B|Second", "end_group||"))
    figures = read(
        table(
            "type|name|label|relevant",
            "select_one s|q|How many?|",
            "text|t|Why more than one?|${q} > 1",
            "text|u|Why one?|${q} = 1",
            "text|v|In words|",
            "text|w|Many?|${v} > 3",
        ),
        table("list_name|name|label", "s|1|One", "s|2|Two", "s|3|Three"),
    )
    assert (faults(named), faults(figures)) == ([], [])
    definition = Definition.read(figures.document)
    assert [{"t", "u"} & definition.asked({"q": code}) for code in ("1", "2", "3")] == [{"u"}, {"t"}, {"t"}]


def test_a_ranking_with_other_loses_only_other() -> None:
    found = read(
        table("type|name|label", "rank l or_other|r|Put in order", "text|t|Anything else?"),
        table("list_name|name|label", "l|a|A", "l|b|B"),
    )
    assert [q.code for q in Definition.read(found.document).questions] == ["r", "t"]
    assert "“Other” cannot be ranked here; the choices of the list can." in reasons(found)


def test_one_bad_row_never_refuses_the_form() -> None:
    found = read(
        table(
            "type|name|label|constraint|relevant",
            "select_multiple l|m|Which?|count-selected(.) >= 1 and count-selected(.) <= 0|",
            "text|t|Why?||selected(${m}, 'a') and pulldata('f', 'x', 'y', ${m}) = 'z'",
        ),
        table("list_name|name|label", "l|a|A", "l|b|B"),
    )
    definition = Definition.read(found.document)
    assert [q.code for q in definition.questions] == ["m", "t"]
    assert to_text(definition.questions[1].condition) == "selected(${m}, 'a')"  # type: ignore[arg-type]
    assert any("so the question is asked more often" in reason for reason in reasons(found))


def test_the_day_of_answering_own_names_defaults_steps_and_links() -> None:
    found = read(
        table(
            "type|name|label|constraint|constraint_message|default|parameters|appearance",
            "date|d|Since when?|${d} < today()|Not in the future||",
            "select_one l|s|Which?|||b||minimal",
            "range|r|How far?||||start=0 end=100 step=25|",
            "decimal|x|Share, see [the guide](https://example.org/guide)|. <= 1|At most one||",
        ),
        table("list_name|name|label", "l|a|A", "l|b|B"),
    )
    d, s, r, x = Definition.read(found.document).questions
    assert (to_text(d.limit), d.limit_message) == (". < today()", {"en": "Not in the future"})  # type: ignore[arg-type]
    assert (s.default, s.look) == ("b", "minimal")
    assert to_text(r.limit) == "(. - 0) mod 25 = 0"  # type: ignore[arg-type]
    assert (x.limit_message, x.decimals) == ({"en": "At most one"}, 6)
    assert x.text["en"] == "Share, see the guide (https://example.org/guide)"
    assert faults(found) == []


def test_texts_without_a_language_are_taken_for_the_one_they_are_written_in() -> None:
    found = read(
        table(
            "type|name|label",
            "text|a|¿Cuál es el nombre de la organización que usted representa?",
            "text|b|¿En qué país tiene su sede y por qué?",
        )
    )
    assert found.document["languages"] == ["es"]
    assert "No language is named in this file; the texts are taken for “es”." in reasons(found)
