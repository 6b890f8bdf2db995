import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest

from tests.consultation.survey_files.limesurvey.surveys import lss, written
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.logic.expressions import to_text
from workshop.consultation.survey_files.importing import read_file
from workshop.consultation.survey_files.xlsform.form_reader import Read
from workshop.platform.errors import RuleBroken

pytestmark = [
    pytest.mark.usefixtures("app"),
    pytest.mark.on_one_database("the application is there for its words, nothing is stored"),
]


def survey(*questions: dict[str, Any], **more: Any) -> Read:
    return read_file(lss(list(questions), **more), plain_language="en")


def asks(title: str, type: str, **but: Any) -> dict[str, Any]:
    return {"title": title, "type": type, "text": {"en": f"Question {title}", "fr": f"La question {title}"}} | but


def conditions(read: Read) -> dict[str, str]:
    return {q.code: to_text(q.own_condition) for q in Definition.read(read.document).questions if q.own_condition}


def test_every_type_becomes_what_it_asks() -> None:
    ab = {"A1": "Apple", "A2": "Bread"}
    read = survey(
        asks("one", "L", answers=ab, other="Y", mandatory="Y"),
        asks("drop", "!", answers=ab),
        asks("yn", "Y"),
        asks("sex", "G"),
        asks(
            "many",
            "M",
            parts={"SQ1": "Red", "none": "None"},
            attributes={"exclude_all_others": "none", "max_answers": "2"},
        ),
        asks("rank", "R", answers=ab, attributes={"max_answers": "1"}),
        asks("grid", "F", parts={"r1": "Row"}, answers=ab),
        asks("five", "5"),
        asks("arr", "A", parts={"r1": "Row"}),
        asks("int", "N", attributes={"num_value_int_only": "1", "min_num_value_n": "1", "max_num_value_n": "9"}),
        asks("dec", "N"),
        asks("short", "S", attributes={"maximum_chars": "40"}),
        asks("long", "T"),
        asks("day", "D"),
        asks("said", "X"),
        asks("paper", "|", attributes={"allowed_filetypes": "pdf, docx, exe", "max_filesize": "2048"}),
        asks("names", "Q", parts={"f": "First", "l": "Last"}),
    )
    found = {q.code: q for q in Definition.read(read.document).questions}
    assert {code: q.type.value for code, q in found.items()} == {
        "one": "one",
        "drop": "one",
        "yn": "one",
        "sex": "one",
        "many": "many",
        "rank": "rank",
        "grid": "matrix",
        "five": "scale",
        "arr": "matrix",
        "int": "integer",
        "dec": "decimal",
        "short": "text",
        "long": "longtext",
        "day": "date",
        "said": "note",
        "paper": "file",
        "names_f": "text",
        "names_l": "text",
    }
    assert (found["one"].other, found["one"].required, found["one"].text) == (
        True,
        True,
        {"en": "Question one", "fr": "La question one"},
    )
    assert [(o.code, o.exclusive) for o in found["many"].options] == [("SQ1", False), ("none", True)]
    assert (found["many"].max_choices, found["rank"].top, found["int"].minimum, found["int"].maximum) == (
        2,
        1,
        Decimal(1),
        Decimal(9),
    )
    assert ([o.code for o in found["yn"].options], found["yn"].options[0].label["fr"]) == (["Y", "N"], "Oui")
    assert ([o.code for o in found["arr"].columns], list(found["five"].steps)) == (list("12345"), [1, 2, 3, 4, 5])
    assert (found["short"].max_length, found["paper"].kinds, found["paper"].max_size) == (40, ("pdf", "docx"), 2)
    assert found["names_l"].text["en"] == "Question names – Last"
    assert (read.report.rows, read.report.structural, len(read.report.taken)) == (18, 1, 17)
    assert (read.slug, read.title, read.introduction["fr"]) == (
        "survey-en",
        {"en": "Survey en", "fr": "Survey fr"},
        "Welcome",
    )


def test_what_nobody_would_see_is_told_too() -> None:
    read = survey(
        asks(
            "choice", "L", answers={"A 1": "Apple"}, attributes={"other_replace_text": "Something else", "prefix": "€"}
        ),
        asks("never", "S", relevance="0"),
        asks("lost", "S", gid=9),
        surveys_languagesettings=[
            {"surveyls_survey_id": 7, "surveyls_language": "de", "surveyls_title": "Umfrage"},
            {"surveyls_survey_id": 7, "surveyls_language": "en", "surveyls_endtext": "Bye"},
        ],
    )
    report = read.report
    assert [(remark.text, remark.reason) for remark in report.unsupported] == [
        ("never", "Its condition is never met."),
        ("lost", "Its group is not in the file."),
    ]
    assert sum(report.done().counts.values()) == report.rows == 4
    assert {(remark.row, remark.column or remark.text or remark.reason) for remark in report.warnings} == {
        (2, "A 1 → A_1"),
        (2, "other_replace_text"),
        (2, "prefix"),
        (None, "surveyls_endtext"),
        (None, "Its texts in “de” are not imported: that is none of its languages."),
    }


def test_what_has_no_counterpart_is_listed_with_its_place() -> None:
    read = survey(
        asks("ok", "T"),
        asks("dual", "1"),
        asks("cells", ":"),
        asks("sum", "*"),
        asks("lang", "I"),
        asks("unseen", "S", attributes={"hidden": "1"}),
        asks("empty", "L"),
    )
    assert [(remark.row, remark.text, remark.reason) for remark in read.report.unsupported] == [
        (3, "dual (1)", "Tables with two scales have no counterpart here."),
        (4, "cells (:)", "Tables of figures or texts have no counterpart here."),
        (5, "sum", "It is not calculated here: “sum” is not expected there."),
        (6, "lang (I)", "The reader chooses the language on every page here."),
        (7, "unseen", "It is hidden from respondents."),
        (8, "empty", "It has no choices."),
    ]
    assert sum(read.report.done().counts.values()) == read.report.rows == 8


@pytest.mark.parametrize(
    ("relevance", "ours"),
    [
        ('((one.NAOK == "A1"))', "${one} = 'A1'"),
        ('one.NAOK != "A1" and int.NAOK > 3', "${one} != 'A1' and ${int} > 3"),
        ('(one == "A1" || int >= 2) && !is_empty(int)', "(${one} = 'A1' or ${int} >= 2) and ${int} != ''"),
        ('!(many_SQ1.NAOK == "Y")', "not(selected(${many}, 'SQ1'))"),
        ('many_SQ1 == ""', "not(selected(${many}, 'SQ1'))"),
        ('Q100.NAOK == "A2"', "${one} = 'A2'"),
        ('7X1X102SQ1.NAOK == "Y"', "selected(${many}, 'SQ1')"),
        ('7X1X100.NAOK == "A1"', "${one} = 'A1'"),
        ("int.NAOK + 1 > 3", "coalesce(${int}, 0) + 1 > 3"),
        ("one.NAOK + 1 > 3", None),  # a sum of words is none here
        ('one.NAOK == "-oth-"', "${one} = 'other'"),
    ],
)
def test_relevance_equations(relevance: str, ours: str | None) -> None:
    read = survey(
        asks("one", "L", answers={"A1": "a", "A2": "b"}, other="Y"),
        asks("int", "N"),
        asks("many", "M", parts={"SQ1": "Red"}),
        asks("last", "T", relevance=relevance),
    )
    assert conditions(read) == ({"last": ours} if ours else {})
    assert len(read.report.warnings) == (0 if ours else 1)


@pytest.mark.parametrize("relevance", ["count(a, b) > 2", "last == 1", "grid_r1 == 'A1'", "rand(1, 2) == 1", "((("])
def test_a_condition_without_counterpart_is_told_with_its_text(relevance: str) -> None:
    read = survey(
        asks("int", "N"),
        asks("grid", "F", parts={"r1": "r"}, answers={"A1": "a"}),
        asks("last", "T", relevance=relevance),
    )
    [warning] = read.report.warnings
    assert (warning.row, warning.column, warning.text) == (4, "last", relevance)
    assert warning.reason.startswith("This condition is not imported, so the question is always asked: ")


def test_the_older_table_of_conditions() -> None:
    rows = [
        {"qid": 102, "cqid": 100, "cfieldname": "7X1X100", "method": "==", "value": "A1", "scenario": "1"},
        {"qid": 102, "cqid": 100, "cfieldname": "7X1X100", "method": "==", "value": "A2", "scenario": "1"},
        {"qid": 102, "cqid": 101, "cfieldname": "7X1X101SQ1", "method": "==", "value": "Y", "scenario": "1"},
    ]
    read = survey(
        asks("one", "L", answers={"A1": "a", "A2": "b"}),
        asks("many", "M", parts={"SQ1": "Red"}),
        asks("last", "T"),
        conditions=rows,
    )
    assert conditions(read) == {"last": "(${one} = 'A1' or ${one} = 'A2') and selected(${many}, 'SQ1')"}


def test_files_of_older_versions_have_a_row_for_each_language() -> None:
    question = {
        "qid": 1,
        "parent_qid": 0,
        "sid": 7,
        "gid": 1,
        "type": "L",
        "title": "q1",
        "question_order": 1,
        "other": "N",
        "relevance": "1",
    }
    answer = {"qid": 1, "code": "A1", "sortorder": 1, "scale_id": 0}
    tables = {
        "groups": [
            {"gid": 1, "sid": 7, "group_name": name, "group_order": 0, "language": code}
            for code, name in (("en", "Part"), ("ar", "جزء"))
        ],
        "questions": [
            question | {"language": code, "question": said} for code, said in (("en", "Which?"), ("ar", "أي؟"))
        ],
        "answers": [answer | {"language": code, "answer": said} for code, said in (("en", "This"), ("ar", "هذا"))],
    }
    read = read_file(written(tables, ("en", "ar")), plain_language="en")
    [found] = Definition.read(read.document).questions
    assert (found.text, found.options[0].label) == ({"en": "Which?", "ar": "أي؟"}, {"en": "This", "ar": "هذا"})
    assert (read.report.rows, read.report.languages) == (2, ["en", "ar"])


HOSTILE = {
    "<p>Fine <b>words</b>&nbsp;here<br />next</p>": "Fine words\N{NO-BREAK SPACE}here\nnext",
    "<script>alert(1)</script>Hello<img src=x onerror=alert(1)>": "Hello",
    "&lt;script&gt;alert(1)&lt;/script&gt;Hello": "alert(1)Hello",
    "a < b and c > d": "a < b and c > d",
    "<svg><script>x</script></svg>Yes<iframe src='//evil'>": "Yes",
    "<style>p{}": "",
}


@pytest.mark.parametrize(("written", "shown"), HOSTILE.items())
def test_html_is_taken_out_of_texts(written: str, shown: str) -> None:
    read = survey(asks("q", "T", text={"en": written}))
    assert read.document["sections"][0]["questions"][0]["text"]["en"] == (shown or "q")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"<document><LimeSurveyDocType>Question</LimeSurveyDocType></document>",
            "This LimeSurvey file does not contain a whole survey",
        ),
        (b"\n<html><body/></html>", "This is a web page, not a form."),
        (b"<!DOCTYPE html><p>Sign in", "This is a web page, not a form."),
        (b"<Workbook/>", "This is not a file we can read."),
        (b"<document><rows>", "“the file” is damaged or incomplete."),
        (
            b"<!DOCTYPE d [<!ENTITY a 'b'>]><document>&a;</document>",
            "the file declares a document type or entities in line 1",
        ),
        (
            b"<!DOCTYPE d SYSTEM 'file:///etc/passwd'><document/>",
            "the file declares a document type or entities in line 1",
        ),
    ],
)
def test_other_files_are_refused_in_one_sentence(content: bytes, message: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        read_file(content, plain_language="en")
    assert str(refusal.value.message).startswith(message)


def test_equations_repeated_answers_patterns_and_defaults() -> None:
    read = survey(
        asks("men", "N", attributes={"num_value_int_only": "1"}),
        asks("women", "N", attributes={"num_value_int_only": "1"}),
        asks("total", "*", text={"en": "{men.NAOK + women.NAOK}"}),
        asks("share", "*", text={"en": "-"}, attributes={"equation": "{if(total > 0, round(women / total * 100), 0)}"}),
        asks("said", "X", text={"en": "You have {total} members, {women.shown} women {TOKEN:NAME}"}),
        asks("code", "S", preg="/^[A-Z]{2}$/"),
        asks("odd", "*", text={"en": "{sin(men)}"}),
        defaultvalues=[{"dvid": 1, "qid": 105, "defaultvalue": "CH"}],
    )
    found = {q["code"]: q for section in read.document["sections"] for q in section["questions"]}
    assert found["total"]["calculation"] == "coalesce(${men}, 0) + coalesce(${women}, 0)"
    assert "if(${total} > 0, round(" in found["share"]["calculation"]
    assert found["said"]["text"]["en"] == "You have ${total} members, ${women} women {TOKEN:NAME}"
    assert (found["code"]["limit"], found["code"]["default"]) == ("regex(., '^[A-Z]{2}$')", "CH")
    assert [refused.text for refused in read.report.unsupported] == ["odd"]
    settled = Definition.read(read.document).settled({"women": 3})[1]
    assert settled["total"] == "3"


def test_an_archive_holds_the_survey_and_its_answers_stay_out() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("survey_7_responses.lsr", "<document/>")
        archive.writestr("survey_7.lss", lss([asks("q", "T")]))
    read = read_file(packed.getvalue(), plain_language="en", filename="survey_7.lsa")
    assert [q.code for q in Definition.read(read.document).questions] == ["q"]
    assert [w.sheet for w in read.report.warnings] == ["survey_7_responses.lsr"]


STRUCTURE = """class\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\tvalidation\tmandatory\tother\tdefault\thidden\tmax_answers
S\t\tsid\t\t7
S\t\tlanguage\t\ten
S\t\tadditional_languages\t\tfr
SL\t\tsurveyls_title\t\tA survey\t\ten
SL\t\tsurveyls_title\t\tUne enquête\t\tfr
G\tG0\tFirst part\t1\t\t\ten
Q\tL\tone\t1\tWhich?\tOne only\ten\t\tY\tN
A\t0\tA1\t\tApple\t\ten
A\t0\tA2\t\tBread\t\ten
Q\tM\tmany\tone.NAOK == "A1"\tColours?\t\ten\t\tN\tN\t\t\t2
SQ\t0\tSQ1\t1\tRed\t\ten
SQ\t0\tSQ2\t1\tBlue\t\ten
Q\tT\tlast\tmany_SQ1 == "Y"\tWhy “red”?\t\ten\t\tN\tN
G\tG0\tPremière partie\t1\t\t\tfr
Q\tL\tone\t1\tLequel ?\t\tfr\t\tY\tN
A\t0\tA1\t\tPomme\t\tfr
A\t0\tA2\t\tPain\t\tfr
Q\tM\tmany\tone.NAOK == "A1"\tCouleurs ?\t\tfr\t\tN\tN
SQ\t0\tSQ1\t1\tRouge\t\tfr
SQ\t0\tSQ2\t1\tBleu\t\tfr
Q\tT\tlast\tmany_SQ1 == "Y"\tPourquoi ?\t\tfr\t\tN\tN
"""


def test_a_structure_in_tabs_says_the_same_in_each_language() -> None:
    read = read_file(STRUCTURE.encode("utf-8-sig"), plain_language="en", filename="survey.txt")
    one, many, _last = Definition.read(read.document).questions
    assert (one.text, one.required) == ({"en": "Which?", "fr": "Lequel ?"}, True)
    assert [o.label for o in one.options] == [{"en": "Apple", "fr": "Pomme"}, {"en": "Bread", "fr": "Pain"}]
    assert (many.max_choices, [o.code for o in many.options]) == (2, ["SQ1", "SQ2"])
    assert conditions(read) == {"many": "${one} = 'A1'", "last": "selected(${many}, 'SQ1')"}
    assert (read.title, read.report.languages) == ({"en": "A survey", "fr": "Une enquête"}, ["en", "fr"])
    assert read.document["sections"][0]["title"] == {"en": "First part", "fr": "Première partie"}
    assert read.report.rows == 4


def test_a_structure_without_questions_is_refused() -> None:
    with pytest.raises(RuleBroken, match="names no question"):
        read_file(b"class\ttype/scale\tname\ttext\nS\t\tsid\t7\n", plain_language="en")
