"""From what was typed to an answer: each type of question with its limits. Refusals repeat what was typed."""

from collections.abc import Callable
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _

from workshop.platform.errors import RuleBroken
from workshop.secretariat.register import countries

from . import answer_wording
from .choices import long_lists
from .entries import Entry, entries_within
from .figures import figure_answers, typed_figures
from .question import Kind, Option, Question

Answers = dict[str, object]


def accept(question: Question, entry: Entry, *, at: datetime) -> Answers:
    """The answers an entry stands for, by key: {} for a blank one, two keys where something is written beside.

    Raises RuleBroken, naming the question's code and repeating what was typed, when it cannot be taken as it stands.
    """
    try:
        return READERS[question.type](question, entry, at) if entry else {}
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, field=question.code) from refusal


def _one(question: Question, entry: Entry, _at: datetime) -> Answers:
    if wanted := entry.get(long_lists.FIND, [""])[0]:
        return {question.code: long_lists.found_by(question, wanted)}
    chosen, own_words = entry.get("", [""])[0], entry.get("other", [""])[0]
    if own_words and question.other:
        if chosen not in {"", "other"}:
            label = answer_wording.plain(_known(question, chosen))
            raise RuleBroken(
                _(
                    "Choose one answer only. You chose “%(choice)s” and also wrote “%(typed)s”.",
                    choice=label,
                    typed=own_words,
                )
            )
        _fits(own_words, answer_wording.OWN_WORDS)
        return {question.code: "other", question.beside: own_words}
    if not (question.other and chosen == "other"):
        _known(question, chosen)
    return {question.code: chosen}


def _many(question: Question, entry: Entry, _at: datetime) -> Answers:
    own_words = entry.get("other", [""])[0] if question.other else ""
    chosen = set(entry.get("", [])) | ({"other"} if own_words else set())
    if wanted := entry.get(long_lists.FIND, [""])[0]:
        chosen.add(long_lists.found_by(question, wanted))
    for code in sorted(chosen - ({"other"} if question.other else set())):
        _known(question, code)
    codes = [option.code for option in question.options if option.code in chosen]
    codes += ["other"] if "other" in chosen and question.other else []
    _alone(question, codes)
    if question.max_choices and len(codes) > question.max_choices:
        labels = answer_wording.choices_in_words(question, codes)
        raise RuleBroken(
            _(
                "Choose at most %(max)s. You chose %(count)s: %(choices)s.",
                max=question.max_choices,
                count=len(codes),
                choices=labels,
            )
        )
    _enough(question, codes)
    _fits(own_words, answer_wording.OWN_WORDS)
    return {question.code: codes} | ({question.beside: own_words} if own_words else {})


def _consents(question: Question, entry: Entry, at: datetime) -> Answers:
    address = entry.get("email", [""])[0]
    answers = _many(question, {part: texts for part, texts in entry.items() if part == ""}, at)
    given = [code for code in entry.get("", []) if not _known(question, code).exclusive]
    if not question.reveals:
        return answers
    if given and not address:
        raise RuleBroken(_("Write the email address we may use for this, or undo the choice."))
    if address and not given:
        raise RuleBroken(
            _("Choose what we may use the address for, or delete it. You wrote “%(typed)s”.", typed=address)
        )
    if not address:
        return answers
    return answers | {question.beside: _address(address)}


def _address(typed: str) -> str:
    try:
        return str(validate_email(typed, check_deliverability=False).normalized)
    except EmailNotValidError as error:
        raise RuleBroken(
            _("Write an email address such as name@example.org. You wrote “%(typed)s”.", typed=typed)
        ) from error


def _rank(question: Question, entry: Entry, _at: datetime) -> Answers:
    codes = _without_gaps(question, entry)
    labels = [answer_wording.plain(_known(question, code)) for code in codes]
    for label in labels:
        if labels.count(label) > 1:
            raise RuleBroken(
                _("Give each place to something else. You chose “%(choice)s” more than once.", choice=label)
            )
    return {question.code: codes}


def _countries(question: Question, entry: Entry, _at: datetime) -> Answers:
    codes = [entry[part][0] for part in sorted(entry, key=int)]
    for code in codes:
        _country_known(code)
    codes = list(dict.fromkeys(codes))  # the same country twice is meant once
    _enough(question, codes)
    return {question.code: codes}


def _country(question: Question, entry: Entry, _at: datetime) -> Answers:
    _country_known(entry[""][0])
    return {question.code: entry[""][0]}


def _matrix(question: Question, entry: Entry, _at: datetime) -> Answers:
    columns = {column.code for column in question.columns}
    for texts in entry.values():
        if texts[0] not in columns:
            raise answer_wording.not_a_choice(texts[0])
    return {question.code: {row.code: entry[row.code][0] for row in question.rows if row.code in entry}}


def _scale(question: Question, entry: Entry, _at: datetime) -> Answers:
    typed = entry[""][0]
    if typed not in {str(step) for step in question.steps}:
        raise answer_wording.not_a_choice(typed)
    return {question.code: int(typed)}


def _date(question: Question, entry: Entry, at: datetime) -> Answers:
    typed = entry[""][0]
    if (day := typed_figures.day(typed)) is None:
        raise RuleBroken(_("Write a date such as 28.02.2005: day, month, year. You wrote “%(typed)s”.", typed=typed))
    earliest, latest = question.days(at)
    if (earliest and day < earliest) or (latest and day > latest):
        raise RuleBroken(answer_wording.out_of_days(question, day, at))
    return {question.code: day.isoformat()}


def _time(question: Question, entry: Entry, _at: datetime) -> Answers:
    typed = entry[""][0]
    if (time := typed_figures.time_of_day(typed)) is None:
        raise RuleBroken(_("Write a time such as 14:30. You wrote “%(typed)s”.", typed=typed))
    return {question.code: time}


def _moment(question: Question, entry: Entry, _at: datetime) -> Answers:
    typed = entry[""][0]
    day, _space, time = typed.replace("T", " ").rpartition(" ")
    found, clock = typed_figures.day(day.strip()), typed_figures.time_of_day(time)
    if found is None or clock is None:
        raise RuleBroken(_("Write a date and a time such as 28.02.2005 14:30. You wrote “%(typed)s”.", typed=typed))
    return {question.code: f"{found.isoformat()}T{clock}"}


def _repeat(question: Question, entry: Entry, at: datetime) -> Answers:
    """The answers of each entry; what cannot be taken in one of them leaves all as typed. Empty entries go."""
    found = []
    for number, typed in entries_within(question, entry).items():
        answers: Answers = {}
        for inner in question.questions:
            if inner.code not in typed:
                continue
            try:
                answers |= accept(inner, typed[inner.code], at=at)
            except RuleBroken as refusal:
                raise RuleBroken(answer_wording.in_entry(question, number, inner, str(refusal.message))) from refusal
        if answers:
            found.append(answers)
    return {question.code: found} if found else {}


def _email(question: Question, entry: Entry, _at: datetime) -> Answers:
    return {question.code: _address(entry[""][0])}


def _beside_the_form(_question: Question, _entry: Entry, _at: datetime) -> Answers:
    return {}  # a file does not come as an entry (see answer_files.py), and a note asks nothing


def _text(question: Question, entry: Entry, _at: datetime) -> Answers:
    _fits(entry[""][0], question.max_length)
    return {question.code: entry[""][0]}


def _consent(question: Question, entry: Entry, _at: datetime) -> Answers:
    if entry[""][0] not in {"yes", "no"}:
        raise answer_wording.not_a_choice(entry[""][0])
    return {question.code: entry[""][0] == "yes"}


READERS: dict[Kind, Callable[[Question, Entry, datetime], Answers]] = {
    Kind.ONE: _one,
    Kind.MANY: _many,
    Kind.RANK: _rank,
    Kind.MATRIX: _matrix,
    Kind.SCALE: _scale,
    Kind.INTEGER: figure_answers.integer,
    Kind.DECIMAL: figure_answers.decimal,
    Kind.MONEY: figure_answers.money,
    Kind.COUNTRY: _country,
    Kind.COUNTRIES: _countries,
    Kind.TEXT: _text,
    Kind.LONGTEXT: _text,
    Kind.CONSENT: _consent,
    Kind.CONSENTS: _consents,
    Kind.DATE: _date,
    Kind.YEAR: figure_answers.year,
    Kind.EMAIL: _email,
    Kind.FILE: _beside_the_form,
    Kind.NOTE: _beside_the_form,
    Kind.CALCULATION: _beside_the_form,
    Kind.TIME: _time,
    Kind.MOMENT: _moment,
    Kind.REPEAT: _repeat,
}


def _fits(text: str, longest: int | None) -> None:
    if longest and len(text) > longest:
        raise RuleBroken(
            _(
                "Shorten this to %(max)s characters. You wrote %(count)s; all your text is kept here.",
                max=longest,
                count=len(text),
            )
        )


def _alone(question: Question, codes: list[str]) -> None:
    """An exclusive choice stands alone."""
    for option in question.options:
        if option.exclusive and option.code in codes and len(codes) > 1:
            others = answer_wording.choices_in_words(question, [code for code in codes if code != option.code])
            said = {"choice": answer_wording.plain(option), "others": others}
            raise RuleBroken(
                _("“%(choice)s” cannot go together with anything else. You also chose: %(others)s.", **said)
            )


def _enough(question: Question, codes: list[str]) -> None:
    """As many choices as are wanted, unless the one made stands alone."""
    alone = len(codes) == 1 and (option := question.option(codes[0])) is not None and option.exclusive
    if question.min_choices and codes and len(codes) < question.min_choices and not alone:
        raise RuleBroken(_("Choose at least %(min)s. You chose %(count)s.", min=question.min_choices, count=len(codes)))


def _without_gaps(question: Question, entry: Entry) -> list[str]:
    codes = [entry.get(str(place), [""])[0] for place in range(1, question.places + 1)]
    while codes and not codes[-1]:
        codes.pop()
    if "" in codes:
        place = answer_wording.place(codes.index("") + 1)
        raise RuleBroken(_("Fill the places from the top. You left this one blank: %(place)s.", place=place))
    return codes


def _known(question: Question, code: str) -> Option:
    option = question.option(code)
    if option is None:
        raise answer_wording.not_a_choice(code)
    return option


def _country_known(code: str) -> None:
    if code not in countries.countries():
        raise answer_wording.not_a_choice(code)
