"""LimeSurvey files for tests, written short, in the form of version 5 and later."""

from typing import Any
from xml.sax.saxutils import escape

Row = dict[str, Any]


def lss(
    questions: list[Row],
    *,
    groups: list[Row] | None = None,
    languages: tuple[str, ...] = ("en", "fr"),
    **more: list[Row],
) -> bytes:
    """A survey. A question has type, title, text (by language) and what else it needs: parts, answers, attributes."""
    tables: dict[str, list[Row]] = {
        name: []
        for name in (
            "groups",
            "group_l10ns",
            "questions",
            "question_l10ns",
            "subquestions",
            "answers",
            "answer_l10ns",
            "question_attributes",
        )
    }
    for number, group in enumerate(groups or [{"name": {"en": "First part", "fr": "Première partie"}}], 1):
        tables["groups"].append(
            {"gid": number, "sid": 7, "group_order": number, "grelevance": group.get("relevance", "")}
        )
        tables["group_l10ns"] += [
            {"gid": number, "language": code, "group_name": text, "description": group.get("note", "")}
            for code, text in group["name"].items()
        ]
    for number, question in enumerate(questions, 100):
        _question(tables, number, dict(question))
    tables["surveys"] = [{"sid": 7, "language": languages[0], "additional_languages": " ".join(languages[1:])}]
    tables["surveys_languagesettings"] = [
        {
            "surveyls_survey_id": 7,
            "surveyls_language": code,
            "surveyls_title": f"Survey {code}",
            "surveyls_welcometext": "<p>Welcome</p>",
        }
        for code in languages
    ]
    return written(tables | more, languages)


def _question(tables: dict[str, list[Row]], number: int, question: Row) -> None:
    text, parts, answers = question.pop("text"), question.pop("parts", {}), question.pop("answers", {})
    attributes, help = question.pop("attributes", {}), question.pop("help", "")
    base = {
        "qid": number,
        "parent_qid": 0,
        "sid": 7,
        "gid": 1,
        "question_order": number,
        "other": "N",
        "mandatory": "N",
        "relevance": "1",
    }
    tables["questions"].append(base | question)
    tables["question_l10ns"] += [
        {"qid": number, "language": code, "question": said, "help": help} for code, said in text.items()
    ]
    for order, (code, said) in enumerate(parts.items(), 1):
        own = number * 100 + order
        tables["subquestions"].append(
            {"qid": own, "parent_qid": number, "title": code, "question_order": order, "scale_id": 0}
        )
        tables["question_l10ns"].append({"qid": own, "language": "en", "question": said})
    for order, (code, said) in enumerate(answers.items(), 1):
        tables["answers"].append(
            {"aid": number * 100 + order, "qid": number, "code": code, "sortorder": order, "scale_id": 0}
        )
        tables["answer_l10ns"].append({"aid": number * 100 + order, "language": "en", "answer": said})
    tables["question_attributes"] += [
        {"qid": number, "attribute": key, "value": value} for key, value in attributes.items()
    ]


def written(tables: dict[str, list[Row]], languages: tuple[str, ...]) -> bytes:
    """The tables as LimeSurvey writes them."""
    spoken = "".join(f"<language>{code}</language>" for code in languages)
    body = "".join(
        f"<{name}><rows>{''.join('<row>' + ''.join(_cell(k, v) for k, v in row.items()) + '</row>' for row in rows)}</rows></{name}>"
        for name, rows in tables.items()
    )
    return f"<?xml version='1.0' encoding='UTF-8'?><document><LimeSurveyDocType>Survey</LimeSurveyDocType><languages>{spoken}</languages>{body}</document>".encode()


def _cell(key: str, value: Any) -> str:
    return f"<{key}>{escape(str(value))}</{key}>" if value != "" else f"<{key}/>"
