"""From what was typed to a figure: within its limits, and never guessed where it can be read in two ways.

Such a figure is asked back: the entry then has the part "as", the reading that the person chose, as digits and a point.
"""

import re
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import reading

from .. import answer_wording
from ..entries import Entry
from ..question import Question
from . import typed_figures

PERCENT = re.compile(r"\s*[%٪]\s*$")


def integer(question: Question, entry: Entry, at: datetime) -> dict[str, object]:
    typed = entry[""][0]
    found = typed_figures.readings(_bare(question, typed))  # nobody groups the digits of a fraction: the first is meant
    if not found or found[0] != int(found[0]):
        raise RuleBroken(_("Write a whole number, in digits only. You wrote “%(typed)s”.", typed=typed))
    _within(question, found[0], typed, at)
    return {question.code: int(found[0])}


def decimal(question: Question, entry: Entry, at: datetime) -> dict[str, object]:
    return {question.code: _figure(question, entry[""][0], entry, at)}


def money(question: Question, entry: Entry, at: datetime) -> dict[str, object]:
    amount, currency = entry.get("amount", [""])[0], question.currency or entry.get("currency", [""])[0]
    if not amount:
        raise RuleBroken(_("Write the amount as well, or choose no currency. You chose %(typed)s.", typed=currency))
    if not currency:
        raise RuleBroken(_("Choose the currency of the amount. You wrote “%(typed)s”.", typed=amount))
    if currency not in typed_figures.codes() and currency != question.currency:
        raise answer_wording.not_a_choice(currency)
    return {question.code: {"amount": _figure(question, amount, entry, at), "currency": currency}}


def year(question: Question, entry: Entry, at: datetime) -> dict[str, object]:
    typed = entry[""][0]
    found = typed_figures.western(typed)
    if not re.fullmatch(r"[1-9][0-9]{3}", found):
        raise RuleBroken(_("Write the year in four digits, such as 1998. You wrote “%(typed)s”.", typed=typed))
    _within(question, Decimal(found), typed, at)
    return {question.code: int(found)}


def readings_to_choose(question: Question, typed: str, *, at: datetime) -> tuple[Decimal, ...]:
    """The two figures that were possibly meant, where neither the limits nor the language tell which one was."""
    found = typed_figures.readings(_bare(question, typed))
    if len(found) < 2:
        return ()
    possible = [figure for figure in found if _is_within(question, figure, at)]
    if len(possible) < 2:
        return ()
    needs = typed_figures.digits_after_mark(found[1])
    return () if needs > question.decimals and typed_figures.as_written(typed, reading()) == found[0] else found


def _figure(question: Question, typed: str, entry: Entry, at: datetime) -> str:
    figure = _meant(question, typed, entry, at)
    if typed_figures.digits_after_mark(figure) > question.decimals:
        raise RuleBroken(
            _(
                "Write at most %(max)s digits after the decimal mark. You wrote “%(typed)s”.",
                max=question.decimals,
                typed=typed,
            )
        )
    _within(question, figure, typed, at)
    return format(figure, "f")


def _meant(question: Question, typed: str, entry: Entry, at: datetime) -> Decimal:
    found = typed_figures.readings(_bare(question, typed))
    if not found:
        raise RuleBroken(_("Write a number, such as 2.5, in digits only. You wrote “%(typed)s”.", typed=typed))
    if asked := readings_to_choose(question, typed, at=at):
        chosen = entry.get("as", [""])[0]
        for figure in asked:
            if format(figure, "f") == chosen:
                return figure
        raise RuleBroken(
            _(
                "“%(typed)s” can be read as %(whole)s or as %(part)s. Please choose which one you mean.",
                typed=typed,
                whole=answer_wording.figure(question, asked[0]),
                part=answer_wording.figure(question, asked[1]),
            )
        )
    return next((figure for figure in found if _is_within(question, figure, at)), found[0])


def _bare(question: Question, typed: str) -> str:
    """Without the sign that the unit says already."""
    counts_percent = question.unit.startswith("percent") or "%" in answer_wording.plain(question.unit_label)
    return PERCENT.sub("", typed) if counts_percent else typed


def _is_within(question: Question, figure: Decimal, at: datetime) -> bool:
    lowest, highest = question.minimum, question.highest(at)
    return (lowest is None or figure >= lowest) and (highest is None or figure <= highest)


def _within(question: Question, figure: Decimal, typed: str, at: datetime) -> None:
    if not _is_within(question, figure, at):
        raise RuleBroken(answer_wording.out_of_limits(question, typed, at))
