"""The texts of a LimeSurvey file by language, without their HTML."""

import html
import re
from collections.abc import Container, Iterable, Mapping

from workshop.platform.db import Words

from ..survey_codes import code_of

Table = Iterable[Mapping[str, str]]
UNSEEN = re.compile(r"<(script|style|template|iframe|object|svg|math)\b.*?(</\1\s*>|$)|<!--.*?(-->|$)", re.I | re.S)
BREAKS = re.compile(r"<\s*(br|/p|/div|/li|/h[1-6]|/tr)\b[^<>]*>", re.I)
TAG = re.compile(r"<(?=[a-zA-Z/!?])[^<>]*>?")


def plain(text: str) -> str:
    """The words that a reader would see: nothing of it can ever be markup again, because we escape what we show."""
    seen = TAG.sub("", BREAKS.sub("\n", UNSEEN.sub("", text)))
    seen = TAG.sub("", html.unescape(seen)) if "&lt;" in seen else html.unescape(seen)
    lines = (re.sub(r"[ \t\r\f\v]+", " ", line).strip() for line in seen.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n ")


class Texts:
    """Looks texts up in the table that holds them: of its own in newer files, the rows themselves in older ones."""

    def __init__(self, tables: Mapping[str, Table], languages: Container[str]) -> None:
        self.foreign: set[str] = set()  # as the file names them
        self.found: dict[tuple[str, str, str], Words] = {}
        for name, key, columns in SOURCES:
            for row in tables.get(name, ()):
                named = row.get("language") or row.get("surveyls_language", "")
                language = code_of(named)
                for column in columns:
                    if row.get(column) and language not in languages:
                        self.foreign.add(named)
                    elif row.get(column):
                        self._add(KINDS[name], row.get(key, ""), column, language, row[column])

    def _add(self, kind: str, number: str, column: str, language: str, text: str) -> None:
        at = (kind, number, column)
        self.found[at] = self.found.get(at, Words()).having(language, plain(text))

    def of(self, kind: str, number: str, column: str) -> Words:
        return self.found.get((kind, number, column), Words())


SOURCES = (
    ("groups", "gid", ("group_name", "description")),
    ("group_l10ns", "gid", ("group_name", "description")),
    ("questions", "qid", ("question", "help")),
    ("subquestions", "qid", ("question", "help")),
    ("question_l10ns", "qid", ("question", "help")),
    ("answers", "answer_key", ("answer",)),
    ("answer_l10ns", "aid", ("answer",)),
    ("surveys_languagesettings", "surveyls_survey_id", ("surveyls_title", "surveyls_welcometext")),
)
KINDS = {
    "groups": "group",
    "group_l10ns": "group",
    "questions": "question",
    "subquestions": "question",
    "question_l10ns": "question",
    "answers": "answer",
    "answer_l10ns": "answer",
    "surveys_languagesettings": "survey",
}
