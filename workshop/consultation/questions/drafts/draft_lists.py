"""Changing the lists of a draft: a document in, a changed copy out. Codes stand for what was answered: none comes twice."""

import re
from collections.abc import Collection, Mapping
from copy import deepcopy
from typing import cast

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken

from .. import draft_editing
from ..document_reader import OPTION_CODE
from ..questionnaire_document import Document, OptionDraft


def set_list(document: Document, name: str, options: list[OptionDraft]) -> Document:
    """A list with these options; those without a code are given one. Codes stand for what was answered: none twice."""
    changed = deepcopy(document)
    taken = {option["code"] for option in options if option["code"]}
    if len([option for option in options if option["code"]]) > len(taken):
        raise RuleBroken(_("Two of these answers have the same code."))
    for option in options:
        if not option["code"]:
            option["code"] = _option_code(option["label"], taken)
            taken.add(option["code"])
        if not OPTION_CODE.fullmatch(option["code"]):
            raise RuleBroken(_("The code “%(code)s” may contain letters, figures, - and _ only.", code=option["code"]))
    changed["lists"][name] = [_told(option) for option in options]
    return changed


def rename_option(document: Document, name: str, old: str, new: str) -> Document:
    """Another code in the conditions that look at questions with this list."""
    changed = deepcopy(document)
    for code in draft_editing.using(changed, name):
        looks = re.compile(rf"(\$\{{{re.escape(code)}\}}\s*(?:,|!?=)\s*)(['\"]){re.escape(old)}\2")
        for holder in draft_editing.with_expressions(changed):
            for key in draft_editing.EXPRESSIONS:
                if key in holder:
                    holder[key] = looks.sub(lambda found: f"{found[1]}{found[2]}{new}{found[2]}", holder[key])
    return changed


def remove_list(document: Document, name: str) -> Document:
    if used := draft_editing.using(document, name):
        raise RuleBroken(_("This list is used by %(questions)s.", questions=", ".join(used)))
    changed = deepcopy(document)
    if changed["lists"].pop(name, None) is None:
        raise draft_editing.gone()
    return changed


def _option_code(label: Mapping[str, str], taken: Collection[str]) -> str:
    """A short code out of the words of an answer."""
    words = next((text for text in label.values() if text), "").lower().encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "_", words).strip("_")[:24].strip("_") or "o"
    stem = "x" + stem if stem in {"was", "other"} else stem
    return next(code for code in (stem, *(f"{stem}{n}" for n in range(2, 10_000))) if code not in taken)


def _told(option: OptionDraft) -> OptionDraft:
    """The option without its blank keys."""
    return cast("OptionDraft", {key: value for key, value in option.items() if not draft_editing.is_blank(value)})
