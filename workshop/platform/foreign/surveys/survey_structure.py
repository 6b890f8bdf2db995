"""The structure of a LimeSurvey survey as tab-separated text (.tsv), put into the tables that its XML files have."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..refusals import N_, Refusal
from ..tables import Measure

Row = dict[str, str]
NO_QUESTIONS = N_("This LimeSurvey structure names no question. Export it as “Survey structure (*.tsv)” again.")
# Columns with a meaning of their own; every other one is an attribute of the question.
OWN = {
    "", "id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language", "validation",
    "mandatory", "encrypted", "other", "default", "same_default", "same_script",
}  # fmt: skip


def is_structure(content: bytes) -> bool:
    """Whether the first line names the columns of such a file."""
    first = content[:4000].split(b"\n", 1)[0].lower()
    return b"\t" in first and b"class" in first and b"type/scale" in first


def read_structure(text: str, measure: Measure) -> dict[str, object]:
    """{"tables": {name: [row, …]}, "languages": [code, …]}, as of an .lss file. Raises Refusal."""
    structure = _Structure()
    for row in _rows(text, measure):
        structure.take(row)
    if not structure.tables.get("questions"):
        raise Refusal(NO_QUESTIONS)
    return {"tables": structure.tables, "languages": structure.languages}


def _rows(text: str, measure: Measure) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text), delimiter="\t")
    header = [cell.strip().lower() for cell in next(reader, [])]
    for cells in reader:
        row = {column: measure.add(cell.strip()) for column, cell in zip(header, cells, strict=False) if cell.strip()}
        if row.get("class"):
            yield row


@dataclass
class _Structure:
    """What stands once in each language is one thing: a group by its number, a question, a part or an answer by its code."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    known: dict[tuple[str, ...], str] = field(default_factory=dict)
    group: str = ""
    question: str = ""
    groups_in: dict[str, int] = field(default_factory=dict)

    def take(self, row: Row) -> None:
        match row["class"].upper():
            case "S":
                self._setting(row)
            case "SL":
                self._text_of_survey(row)
            case "G":
                self._group(row)
            case "Q":
                self._question(row)
            case "SQ":
                self._part(row)
            case "A":
                self._answer(row)
            case "QTA" | "QTAM" | "QTALS":
                self._add("quota", {"name": row.get("name", "")})

    def _add(self, table: str, row: Row) -> None:
        self.tables.setdefault(table, []).append({key: value for key, value in row.items() if value})

    def _number(self, *what: str) -> tuple[str, bool]:
        """The number of a thing, and whether it is met for the first time."""
        is_new = what not in self.known
        return self.known.setdefault(what, str(len(self.known) + 1)), is_new

    def _language(self, row: Row) -> str:
        language = row.get("language") or (self.languages[0] if self.languages else "en")
        if language not in self.languages:
            self.languages.append(language)
        return language

    def _setting(self, row: Row) -> None:
        if row.get("name") in {"language", "additional_languages"}:
            self.languages += [code for code in row.get("text", "").split() if code not in self.languages]
        self.tables.setdefault("surveys", [{}])[0][row.get("name", "")] = row.get("text", "")

    def _text_of_survey(self, row: Row) -> None:
        language, sid = self._language(row), self.tables.get("surveys", [{}])[0].get("sid", "")
        listed = self.tables.setdefault("surveys_languagesettings", [])
        own = next((each for each in listed if each["surveyls_language"] == language), None)
        if own is None:
            own = {"surveyls_survey_id": sid, "surveyls_language": language}
            listed.append(own)
        own[row.get("name", "")] = row.get("text", "")

    def _group(self, row: Row) -> None:
        language = self._language(row)
        self.groups_in[language] = self.groups_in.get(language, 0) + 1
        place = str(self.groups_in[language])
        self.group, is_new = self._number("group", row.get("type/scale") or place)
        if is_new:
            told = {"gid": self.group, "group_order": place, "grelevance": row.get("relevance", "")}
            self._add("groups", told)
        texts = {"group_name": row.get("name", ""), "description": row.get("text", "")}
        self._add("group_l10ns", {"gid": self.group, "language": language, **texts})

    def _question(self, row: Row) -> None:
        self.question, is_new = self._number("question", row.get("name", ""))
        if is_new:
            told = {
                "qid": self.question,
                "parent_qid": "0",
                "sid": self.tables.get("surveys", [{}])[0].get("sid", ""),
                "gid": self.group,
                "question_order": self.question,
                "type": row.get("type/scale", ""),
                "title": row.get("name", ""),
                "preg": row.get("validation", ""),
                "relevance": row.get("relevance", "1"),
                "mandatory": row.get("mandatory", "N"),
                "other": row.get("other", "N"),
            }
            self._add("questions", told)
            for key in row.keys() - OWN:
                self._add("question_attributes", {"qid": self.question, "attribute": key, "value": row[key]})
            if row.get("default"):
                self._add("defaultvalues", {"qid": self.question, "defaultvalue": row["default"]})
        self._texts(self.question, row)

    def _texts(self, qid: str, row: Row) -> None:
        texts = {"question": row.get("text", ""), "help": row.get("help", "")}
        self._add("question_l10ns", {"qid": qid, "language": self._language(row), **texts})

    def _part(self, row: Row) -> None:
        scale, code = row.get("type/scale", "0"), row.get("name", "")
        number, is_new = self._number("part", self.question, scale, code)
        if is_new:
            told = {"qid": number, "parent_qid": self.question, "title": code, "question_order": number}
            self._add("subquestions", {**told, "scale_id": scale, "relevance": row.get("relevance", "")})
        self._texts(number, row)

    def _answer(self, row: Row) -> None:
        scale, code = row.get("type/scale", "0"), row.get("name", "")
        number, is_new = self._number("answer", self.question, scale, code)
        if is_new:
            told = {"aid": number, "qid": self.question, "code": code, "sortorder": number, "scale_id": scale}
            self._add("answers", told)
        self._add("answer_l10ns", {"aid": number, "language": self._language(row), "answer": row.get("text", "")})
