"""Questionnaires ready to use: what each is for, and its document in the languages wanted."""

import json
from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import cast

from flask_babel import lazy_gettext as _l

from workshop.consultation.questionnaires.states import Respondents
from workshop.consultation.questions import draft_editing
from workshop.consultation.questions.questionnaire_document import Document
from workshop.platform.db import Words


@dataclass(frozen=True)
class Instrument:
    """`key` is the name of its file. Both ask themselves how the answers may be published."""

    key: str
    purpose: str
    respondents: Respondents
    individuals_by: Mapping[str, str] = field(default_factory=dict)
    publication_by: Mapping[str, str] = field(default_factory=dict)

    @property
    def document(self) -> Document:
        return deepcopy(_read(self.key))

    @property
    def title(self) -> Words:
        return Words(_read(self.key)["title"])

    @property
    def languages(self) -> list[str]:
        return _read(self.key)["languages"]

    @property
    def questions(self) -> int:
        return len(draft_editing.codes(_read(self.key)))


GOVERNMENT = Instrument(
    "government",
    _l(
        "One consolidated reply from each State. The focal point shares the parts among ministries and submits the "
        "whole: institutions, data, policies and measures, cooperation, needs."
    ),
    Respondents.STATES,
    publication_by={"question": "A4", "named": "named"},  # words that a State wants to clear first are not quoted
)
DIASPORA = Instrument(
    "diaspora",
    _l(
        "For associations, networks and people living abroad: who they are, their links, what they contribute, which "
        "policies help or hinder them, what support they need."
    ),
    Respondents.ORGANISATIONS,
    {"question": "A3", "option": "ind"},
    {"question": "A2", "named": "named", "anonymous": "anon"},
)
INSTRUMENTS = (GOVERNMENT, DIASPORA)


@cache
def _read(key: str) -> Document:
    return cast("Document", json.loads(Path(__file__).with_name(f"{key}.json").read_text(encoding="utf-8")))


def instrument(key: str) -> Instrument | None:
    return next((each for each in INSTRUMENTS if each.key == key), None)


def document_in(wanted: Instrument, languages: Collection[str]) -> Document:
    """Its document in these languages, or in all of its own where it has none of them. The other texts stay in it."""
    chosen = [code for code in languages if code in wanted.languages] or wanted.languages
    return draft_editing.set_languages(wanted.document, chosen)
