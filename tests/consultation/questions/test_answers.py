"""What is accepted of what was typed, type by type."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from tests.consultation.questions.documents import diaspora, question
from workshop.consultation.questions import answer_wording, entries
from workshop.consultation.questions.answers import accept
from workshop.consultation.questions.figures import typed_figures
from workshop.consultation.questions.question import Question
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import offer

AT = datetime(2026, 3, 1, tzinfo=UTC)


def taken(asked: Question, **typed: Any) -> dict[str, Any]:
    """The answers to an entry; `it` is the question's own part, `p1` the first place."""
    return accept(
        asked,
        {
            {"it": ""}.get(k, k.removeprefix("p") if k[1:].isdigit() else k): v if isinstance(v, list) else [v]
            for k, v in typed.items()
        },
        at=AT,
    )


def refused(asked: Question, **typed: Any) -> str:
    with pytest.raises(RuleBroken) as refusal:
        taken(asked, **typed)
    assert refusal.value.field == asked.code
    return str(refusal.value.message)


def test_nothing_typed_is_no_answer() -> None:
    assert all(accept(q, {}, at=AT) == {} for q in diaspora().questions)


def test_one() -> None:
    asked = question("one", options="yesno", other=True)
    assert taken(asked, it="y") == {"Q1": "y"}
    assert taken(asked, it="other", other="Perhaps") == {"Q1": "other", "Q1_other": "Perhaps"}
    assert taken(asked, other="Perhaps") == {"Q1": "other", "Q1_other": "Perhaps"}
    assert taken(asked, it="other") == {"Q1": "other"}
    assert refused(asked, it="y", other="Perhaps") == "Choose one answer only. You chose “Y” and also wrote “Perhaps”."
    assert refused(asked, it="z") == "“z” is not one of the choices. Please choose again."
    assert (
        refused(asked, other="x" * 201) == "Shorten this to 200 characters. You wrote 201; all your text is kept here."
    )
    assert (
        refused(question("one", options="yesno"), it="other")
        == "“other” is not one of the choices. Please choose again."
    )


def test_many() -> None:
    asked = question("many", options="fields", other=True, max_choices=2)
    assert taken(asked, it=["wat", "edu"]) == {"Q1": ["edu", "wat"]}
    assert taken(asked, it=["edu"], other="Law") == {"Q1": ["edu", "other"], "Q1_other": "Law"}
    assert taken(asked, it=["no"]) == {"Q1": ["no"]}
    assert refused(asked, it=["edu", "hea", "wat"]) == "Choose at most 2. You chose 3: Edu, Hea, Wat."
    assert refused(asked, it=["edu", "no"]) == "“No” cannot go together with anything else. You also chose: Edu."
    assert (
        refused(asked, it=["no"], other="Law") == "“No” cannot go together with anything else. You also chose: Other."
    )
    assert refused(asked, it=["edu", "zzz"]) == "“zzz” is not one of the choices. Please choose again."


def test_rank() -> None:
    asked = question("rank", options="fields", top=3)
    assert taken(asked, p1="wat", p2="edu") == {"Q1": ["wat", "edu"]}
    assert (
        refused(asked, p1="wat", p2="edu", p3="wat")
        == "Give each place to something else. You chose “Wat” more than once."
    )
    assert refused(asked, p1="wat", p3="edu") == "Fill the places from the top. You left this one blank: Second."
    assert refused(asked, p1="zzz") == "“zzz” is not one of the choices. Please choose again."
    assert entries.parts(asked) == ("1", "2", "3")  # a fourth place is not read at all


def test_matrix() -> None:
    asked = question("matrix", rows="rows", columns="columns")
    assert taken(asked, gov="high", com="low") == {"Q1": {"com": "low", "gov": "high"}}
    assert taken(asked, gov="high") == {"Q1": {"gov": "high"}}
    assert refused(asked, gov="middling") == "“middling” is not one of the choices. Please choose again."


def test_scale() -> None:
    asked = question("scale", min=1, max=5)
    assert taken(asked, it="4") == {"Q1": 4}
    assert refused(asked, it="6") == "“6” is not one of the choices. Please choose again."


@pytest.mark.parametrize("typed", ["1200", "1 200", "1\u202f200", "1,200", "1.200", "1'200", " 1200 "])
def test_a_whole_number_as_people_write_it(typed: str) -> None:
    assert taken(question("integer"), it=typed) == {"Q1": 1200}


@pytest.mark.parametrize("typed", ["many", "12.5", "1e3", "0x10", "१२", "١٢٬٣", "1,2,3", "--1", "9" * 31])
def test_what_is_not_a_whole_number(typed: str) -> None:
    assert refused(question("integer"), it=typed) == f"Write a whole number, in digits only. You wrote “{typed}”."


def test_year() -> None:
    asked = question("integer", unit="year", min=1850, max="current_year")
    assert taken(asked, it="1850") == {"Q1": 1850}
    assert taken(asked, it="2026") == {"Q1": 2026}
    assert refused(asked, it="2027") == "The year must be between 1850 and 2026. You wrote 2027."
    assert refused(asked, it="20005") == "The year must be between 1850 and 2026. You wrote 20005."


def test_limits() -> None:
    assert refused(question("integer", min=0, max=5_000_000), it="5 000 001") == (
        "The figure must be between 0 and 5,000,000. You wrote 5 000 001."
    )
    assert refused(question("integer", min=0), it="-1") == "The figure must not be below 0. You wrote -1."
    assert refused(question("integer", max=9), it="10") == "The figure must not be above 9. You wrote 10."


def test_decimal() -> None:
    asked = question("decimal", min=0, max=50, decimals=2)
    assert taken(asked, it="7,5") == {"Q1": "7.5"}
    assert taken(asked, it="7.50") == {"Q1": "7.50"}
    assert refused(asked, it="50.01") == "The figure must be between 0 and 50. You wrote 50.01."
    assert refused(asked, it="0,125") == "Write at most 2 digits after the decimal mark. You wrote “0,125”."
    assert refused(asked, it="a lot") == "Write a number, such as 2.5, in digits only. You wrote “a lot”."


def test_money() -> None:
    asked = question("money", min=0)
    assert taken(asked, amount="1.200,50", currency="EUR") == {"Q1": {"amount": "1200.50", "currency": "EUR"}}
    assert taken(question("money", currency="CHF"), amount="5") == {"Q1": {"amount": "5", "currency": "CHF"}}
    assert refused(asked, amount="1200") == "Choose the currency of the amount. You wrote “1200”."
    assert refused(asked, currency="EUR") == "Write the amount as well, or choose no currency. You chose EUR."
    assert refused(asked, amount="5", currency="DEM") == "“DEM” is not one of the choices. Please choose again."
    assert refused(asked, amount="-5", currency="EUR") == "The figure must not be below 0. You wrote -5."


def test_countries() -> None:
    asked = question("countries", max_choices=3)
    assert taken(asked, p1="TUN", p3="MAR") == {"Q1": ["TUN", "MAR"]}
    assert taken(asked, p1="TUN", p2="TUN") == {"Q1": ["TUN"]}
    assert refused(asked, p1="ZZZ") == "“ZZZ” is not one of the choices. Please choose again."
    assert taken(question("country"), it="CIV") == {"Q1": "CIV"}
    assert refused(question("country"), it="Tunis") == "“Tunis” is not one of the choices. Please choose again."


def test_text() -> None:
    asked = question("text", max_length=10)
    assert taken(asked, it="été") == {"Q1": "été"}
    assert refused(asked, it="x" * 11) == "Shorten this to 10 characters. You wrote 11; all your text is kept here."


def test_consent() -> None:
    assert taken(question("consent"), it="yes") == {"Q1": True}
    assert taken(question("consent"), it="no") == {"Q1": False}
    assert refused(question("consent"), it="maybe") == "“maybe” is not one of the choices. Please choose again."


def test_consents() -> None:
    asked = question("consents", options="fields", reveals="email")
    assert taken(asked, it=["edu"], email="ana@example.org") == {"Q1": ["edu"], "Q1_email": "ana@example.org"}
    assert taken(asked, it=["no"]) == {"Q1": ["no"]}
    assert refused(asked, it=["edu"]) == "Write the email address we may use for this, or undo the choice."
    assert (
        refused(asked, it=["no"], email="a@b.org")
        == "Choose what we may use the address for, or delete it. You wrote “a@b.org”."
    )
    assert refused(asked, it=["edu"], email="ana at home") == (
        "Write an email address such as name@example.org. You wrote “ana at home”."
    )
    assert (
        refused(asked, it=["edu", "no"], email="a@b.org")
        == "“No” cannot go together with anything else. You also chose: Edu."
    )


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("1.200.000", 1_200_000),
        ("1,200,000.5", Decimal("1200000.5")),
        ("0,5", Decimal("0.5")),
        ("007", 7),
        ("-2,5", Decimal("-2.5")),
        ("١٢", 12),
        ("۱۲", 12),
        ("١٬٢٠٠٫٥", Decimal("1200.5")),
        ("١٢٠٠", 1200),
        ("٢٫٥٠٠", Decimal("2.5")),
        ("١،٢٠٠", 1200),
        ("\u200f٢٠٠\u200f", 200),
    ],
)
def test_figures(typed: str, figure: Decimal | int) -> None:
    assert typed_figures.readings(typed)[0] == figure


def read_in(language: str, asked: Question, app: Flask, **typed: Any) -> dict[str, Any]:
    with app.test_request_context(f"/?lang={language}"):
        offer({"en": "English", "fr": "Français", "es": "Español"})
        return taken(asked, **typed)


@pytest.mark.parametrize("typed", ["1.125", "12,345", "6.125", "-1,255"])
def test_a_figure_that_can_be_read_in_two_ways_is_asked_back(typed: str) -> None:
    whole, part = typed_figures.readings(typed)
    said = refused(question("decimal"), it=typed)
    assert said.startswith(f"“{typed}” can be read as {whole:,} or as {part:,}.")
    assert taken(question("decimal"), it=[typed], **{"as": [str(part)]}) == {"Q1": str(part)}
    assert taken(question("decimal"), it=[typed], **{"as": [str(whole)]}) == {"Q1": str(whole)}
    assert "can be read as" in refused(question("decimal"), it=typed, **{"as": ["7"]})


def test_limits_and_language_settle_how_a_figure_is_read(app: Flask) -> None:
    assert taken(question("decimal", max=100), it="1,125") == {"Q1": "1.125"}
    assert taken(question("decimal", min=500), it="1.125") == {"Q1": "1125"}
    money = question("money", currency="EUR")
    assert read_in("en", money, app, amount="1,234") == {"Q1": {"amount": "1234", "currency": "EUR"}}
    for language in ("fr", "es"):  # there a comma stands before decimals, or may
        with pytest.raises(RuleBroken):
            read_in(language, money, app, amount="1,234")
    assert taken(question("decimal"), it="0.655") == {"Q1": "0.655"}
    assert taken(question("integer"), it="12,345") == {"Q1": 12345}
    assert taken(question("decimal", unit="percent"), it="6,5 %") == {"Q1": "6.5"}


def test_a_figure_is_shown_back_with_every_digit_and_stays_as_it_was_meant() -> None:
    asked = question("decimal")
    assert [line.text for line in answer_wording.lines(asked, {"Q1": "0.655421"})] == ["0.655421"]
    shown = entries.entry_to_show(asked, {"Q1": "1.125"}, {})
    assert accept(asked, shown, at=AT) == {"Q1": "1.125"}
    assert entries.entry_of_form(asked, MultiDict({"Q1": "2.5", "Q1.as": "1.125"})) == {"": ["2.5"]}


def test_days_and_years_in_arabic_digits() -> None:
    assert typed_figures.day("٢٨/٢/٢٠٠٥") == date(2005, 2, 28)
    assert taken(question("year"), it="١٩٩٨") == {"Q1": 1998}
    assert taken(question("decimal"), it="٢٫٥") == {"Q1": "2.5"}
