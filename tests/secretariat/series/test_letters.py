"""Letters of a workshop as a ministry would accept them: addressed, signed, with a contact, in each language."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask_babel import force_locale

from tests import cast
from tests import factories as make
from workshop.consultation.questionnaires.models import Recipient
from workshop.consultation.sending import letters as asking
from workshop.consultation.sending.models import Kind
from workshop.platform.db import Words, db
from workshop.platform.i18n import LOCALES
from workshop.platform.mail import Message
from workshop.programme.agenda_out import letters as calendars
from workshop.programme.papers import letters as papers
from workshop.programme.releases.models import Release
from workshop.programme.speakers import letters as inviting
from workshop.programme.speakers import notifications
from workshop.programme.speakers.models import Invitation, Letter
from workshop.secretariat.series.letters import signature

GREETINGS = {
    "en": ("Dear Sir or Madam,", "Dear "),
    "fr": ("Madame, Monsieur", "Madame, Monsieur"),
    "es": ("De nuestra consideración:",),
    "ar": ("تحية طيبة وبعد", "السيدات والسادة"),
}
Written = Callable[[str], list[Message]]


@pytest.fixture
def from_us(app: Flask) -> Iterator[None]:
    before, app.config["MAIL_FROM"] = app.config["MAIL_FROM"], "Sample Meetings <meetings@example.org>"
    yield
    app.config["MAIL_FROM"] = before


@pytest.fixture
def written(company: cast.Company) -> Written:
    """Every letter that a workshop writes by itself, in a language."""

    def write(language: str) -> list[Message]:
        workshop, at = company.workshop, make.NOON
        asked = make.questionnaire(workshop=workshop, slug="ask")
        recipient = Recipient(questionnaire=asked, name="Ministry", email="m@example.org", language=language)
        found = [asking.write(recipient, None, kind, link="https://x.example/q", at=at) for kind in Kind]
        if language == "ar":  # respondents alone are written to in Arabic
            return found
        person = make.person(given_name="Ada", family_name="Sample", name_as_published="Ada Sample")
        invited = Invitation(workshop=workshop, person=person, email="a@example.org", language=language)
        mails = [inviting.write(kind, invited, None, (), key="key", at=at) for kind in Letter]
        found += [mail.message for mail in mails if mail.message]
        found.append(papers.reminder(workshop, (), to="a@example.org", language=language, at=at))
        found.append(papers.own_link(workshop, (), to="a@example.org", language=language, at=at))
        with force_locale(LOCALES[language]):
            release = Release(workshop=workshop, number=2, published_at=at, agenda=[])
            found.append(notifications.letter(workshop, release, invited, ["It moved."], at=at))
            found.append(calendars.personal_calendar(invited, link="https://x.example/c", at=at))
        return found

    return write


@pytest.mark.usefixtures("from_us")
@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_every_letter_is_addressed_and_signed_with_a_contact(
    company: cast.Company, written: Written, language: str
) -> None:
    with force_locale(LOCALES[language]), db.session.no_autoflush:
        signed = signature(company.workshop, language)
        letters = written(language)
    assert len(letters) == (2 if language == "ar" else 9)
    for letter in letters:
        said = letter.text.split("\n\n-- \n")[0].rstrip()
        assert any(greeting in said[:200] for greeting in GREETINGS[language]), said
        assert said.endswith(signed), said
        assert "{" not in said, said


def test_a_signature_says_who_writes_and_where_to_ask(app: Flask, company: cast.Company, from_us: None) -> None:
    company.workshop.title = Words(en="Sample  workshop")
    lines = signature(company.workshop, "en").splitlines()
    assert lines[-3:] == ["The secretariat of the workshop", "Sample workshop", "Contact: meetings@example.org"]
    company.workshop.contact_name, company.workshop.contact_email = "Ana Sample", "ana@example.org"
    assert signature(company.workshop, "en").splitlines()[-1] == "Contact: Ana Sample, ana@example.org"
    company.workshop.contact_name = company.workshop.contact_email = ""
    app.config["MAIL_FROM"] = "intersession@localhost"
    assert signature(company.workshop, "en").splitlines()[-1] == "Sample workshop", (
        "an address that leads nowhere is none"
    )
