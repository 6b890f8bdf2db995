"""What a questionnaire asks: one typed model for the screen, validation, results, paper and XLSForm.

A version keeps it as a JSON document; `Definition.read` checks and types it. Every text is an object, language to words.

    {"languages": ["en", "fr"],                                   the first is the one it is written in
     "title": {…}, "introduction": {…},                           optional; else the questionnaire's own
     "lists": {"yesno": [{"code": "y", "label": {…}, "exclusive": false}]},
     "sections": [{"code": "A", "title": {…}, "note": {…}, "condition": "…", "questions": [
        {"code": "A1", "type": "one", "text": {…}, "options": "yesno", …}]}]}

Keys that any question may have: `hint`, `why` ("why we ask"), `required`, `personal`, `sensitive`, `condition` (when it
is asked: looks at earlier questions; that of a section at earlier sections), `limit` (what the answer, written as `.`,
must fulfil; may look at earlier questions) and `limit_message` (what is said when it does not). By type:

    one                 options (the name of a list), other (true: own words may be written)
    many                options, other, min_choices, max_choices
    rank                options, top (how many places)
    matrix              rows, columns (names of lists)
    scale               min, max (whole, 2 to 11 points), ends: {"low": {…}, "high": {…}}
    integer, decimal    min, max (or "current_year"), unit (a key of wording.UNITS) or unit_label: {…}; decimals
    money               min, max, decimals, currency (ISO 4217; left out, the respondent chooses)
    date                earliest, latest ("2005-02-28" or "today")
    year                min, max (or "current_year")
    country             nothing
    countries           min_choices, max_choices
    text, longtext      max_length
    file                kinds (of media.EXTENSIONS: ["pdf", "docx"]; left out, all of them), max_size (MB)
    time, moment        nothing: a time of day, and a date with one
    email, note         nothing; a note asks nothing, so it can be neither required nor limited
    calculation         calculation: "${men} + ${women}"; it is worked out, shown only where a text repeats it, and kept
                        with the answers when they are sent
    repeat              questions (each as here, but no files, consents or repeats), least, most or times ("${C2}": as
                        many as that says), item: {…} (what one entry is called)
    consent             on_no: "end"
    consents            options, max_choices, reveals: "email"

Beside them: `guidance` (for whoever asks or types in), `required_if` (a condition), `default` (what the form holds at
first), `filter` of one, many and rank (which options are offered: "region = ${A2}", where region is one of the `columns`
of an option), `shuffle`, `look`. A text repeats an earlier answer as "${A1}".

Shapes of the answers, by type of question:

    one                 "npo"; or "other", with the person's own words (if any) under "B5_other"
    many                ["home", "other"], in the order of the options; own words under "B6_other"
    rank                ["ski", "rem"], the most important first
    matrix              {"com": "mon", "loc": "yr"}, row to column; rows left open are left out
    scale, integer      4
    decimal             "2.5", digits and a point
    money               {"amount": "1200.50", "currency": "EUR"}
    date                "2005-02-28"
    year                1998
    country             "TUN" (ISO 3166-1 alpha-3)
    countries           ["MAR", "TUN"], in the order given
    text, longtext      "Casa Abierta (synthetic)"
    email               "desk@example.org"
    file                {"name": "survey.pdf", "stored_as": where it lies, "media_type": "application/pdf", "size": 48211}
    consent             true or false
    consents            ["cont", "res"]; the address given for them under "F4_email"

    time, moment        "14:30" and "2005-02-28T14:30"
    calculation         "12", a text as `evaluation.value_of` gives it
    repeat              [{"D1a": "Clinic", "D1b": 2003}, {…}]: the answers of each entry, by the same rules

    note                never answered: it only tells something

A question without an answer has no key. "other" is never the code of an ordinary option.
Of a submitted response, a question that has no key was either not asked (`asked` says so) or left without an answer.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypedDict

from workshop.platform.db import Words

from .document_reader import Entry, read_lists, read_section
from .logic.counted_answers import settle
from .question import Option, Question, Section
from .questionnaire_document import Document


class FileAnswer(TypedDict):
    """A file as an answer: how it is called, and under which name it is stored."""

    name: str
    stored_as: str
    media_type: str
    size: int


@dataclass(frozen=True)
class Definition:
    languages: tuple[str, ...]
    lists: Mapping[str, tuple[Option, ...]]
    sections: tuple[Section, ...]
    title: Words = field(default_factory=Words)
    introduction: Words = field(default_factory=Words)

    @cached_property
    def drawings(self) -> dict[tuple[object, ...], object]:
        """Whatever pages have drawn of it before and keep, as long as itself; by code, language and manner."""
        return {}

    @classmethod
    def read(cls, document: Mapping[str, object]) -> "Definition":
        """The model of a document. Raises DefinitionError, which names the place of the first fault."""
        entry = Entry(document, "questionnaire")
        languages = tuple(entry.take("languages", list))
        lists = read_lists(entry.take("lists", dict))
        earlier: dict[str, Question] = {}
        sections = tuple(
            read_section(Entry(data, f"section {number}"), lists, earlier)
            for number, data in enumerate(entry.take("sections", list), 1)
        )
        title, introduction = entry.words("title"), entry.words("introduction")
        entry.nothing_else()
        if not languages or not sections:
            entry.fail("at least one language and one section are needed.")
        if len({section.code for section in sections}) < len(sections):
            entry.fail("two sections have the same code.")
        return cls(languages, lists, sections, title, introduction)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in order, and the notes between them."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def answerable(self) -> tuple[Question, ...]:
        """All that asks a person for something: no notes, no calculations."""
        return tuple(question for question in self.questions if question.asks)

    @cached_property
    def everything(self) -> Mapping[str, Question]:
        """Every question by its code, those within repeats too."""
        return {each.code: each for question in self.questions for each in (question, *question.questions)}

    def section(self, code: str) -> Section | None:
        return next((section for section in self.sections if section.code == code), None)

    def question(self, code: str) -> Question | None:
        """A question by its code, within a repeat too."""
        return self.everything.get(code)

    def asked(self, answers: Mapping[str, object]) -> frozenset[str]:
        """The codes of the questions these answers lead to. An answer to a question that is not asked counts as none."""
        return self.settled(answers)[0]

    def settled(self, answers: Mapping[str, object]) -> tuple[frozenset[str], dict[str, object]]:
        """The codes of the questions asked, and the answers that count, with what is worked out from them."""
        return settle(self.questions, answers)


MOST = 64
_read: dict[int, tuple[Document, Document, Definition]] = {}


def read_published(version_id: int, document: Document) -> Definition:
    """The model of a published version, read once by each process, since a version never changes.

    The document is compared all the same, unless it is the very object: a number that a deleted version left free may come
    again.
    """
    kept = _read.get(version_id)
    if kept is None or (kept[0] is not document and kept[1] != document):
        if len(_read) >= MOST:
            _read.clear()
        kept = _read[version_id] = (document, copy.deepcopy(document), Definition.read(document))
    return kept[2]
