"""The default letters where a date or a contact is missing: a whole sentence still, and the organisers are told."""

from datetime import date

from flask import Flask

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from workshop.consultation.sending import letters
from workshop.consultation.sending.models import Kind

UNTIL = {
    "en": "by the beginning of the workshop on 1 March 2031.",
    "fr": "d’ici au début de l’atelier, le 1er mars 2031.",
    "es": "hasta el comienzo del taller, el 1 de marzo de 2031.",
    "ar": "بدء حلقة العمل في 1 مارس 2031.",
}


def test_where_no_day_is_set_the_first_day_of_the_workshop_is_named(built_app: Flask) -> None:
    workshop = make.workshop(starts_on=date(2031, 3, 1), ends_on=date(2031, 3, 2))
    questionnaire = make.questionnaire(workshop=workshop, closes_at=None)
    with built_app.test_request_context("/"):
        for language, said in UNTIL.items():
            _subject, text = letters.preview(questionnaire, None, Kind.INVITATION, language)
            assert said in text, language


def test_organisers_are_told_that_letters_name_no_contact(as_: SignedIn, company: Company) -> None:
    ana, said = as_("ana"), "letters leave without an address for questions"
    assert said in ana.get("/workshops/w/desk/speakers").text
    company.workshop.contact_email = "office@example.org"
    assert said not in ana.get("/workshops/w/desk/speakers").text
