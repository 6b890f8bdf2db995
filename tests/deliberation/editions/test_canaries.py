"""Names put into every place where somebody types or is listed: none leaves the house unseen, in any mode, in any format."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.deliberation.plenary.meeting import Met, saved
from workshop.deliberation.capture.models import PointKind
from workshop.deliberation.editions.check_views import undecided_hits
from workshop.deliberation.editions.edition_print import page_html
from workshop.deliberation.editions.models import Edition
from workshop.deliberation.editions.plain_formats import as_json, as_text
from workshop.deliberation.editions.report_docx import as_docx
from workshop.platform.db import db
from workshop.secretariat.series.models import MeetingMode

DESK = "/workshops/w/desk/reports"
NAME = "Bea Silent"  # on the programme, with nothing published
TYPED = (
    *("a key point", "a difference", "national policy", "multilateral policy", "a practice", "why it works"),
    *("a lesson", "a quotation", "something not covered", "an action", "an addressee", "a date", "a point", "a remark"),
)


def type_everywhere(met: Met, text: str) -> None:
    """The same words into each field of a group's report and into the notes of group and session; `{}` is the place."""
    report = met.reports[1]
    report.key_points[0].text = text.format("a key point")
    report.differences, report.lens_national = text.format("a difference"), text.format("national policy")
    report.lens_multilateral, report.not_covered = (
        text.format("multilateral policy"),
        text.format("something not covered"),
    )
    report.practices[0].title, report.practices[0].why = text.format("a practice"), text.format("why it works")
    report.lessons, report.quotable = [text.format("a lesson")], text.format("a quotation")
    report.quotable_consent = True
    offer = report.recommendations[0]
    offer.action, offer.addressee, offer.by_when = (
        text.format(place) for place in ("an action", "an addressee", "a date")
    )
    report.key_points[0].points[0].text = text.format("a point")
    said = make.session_point(session=met.plenary, text=text.format("a remark"), kind=PointKind.DISAGREEMENT)
    said.speaker, said.mode = "Ines Impossible", MeetingMode.ON_RECORD
    db.session.add(said)


def made(as_: SignedIn) -> Edition:
    db.session.commit()
    as_("ana").post(f"{DESK}/plenary/compile", data={"after": 0})
    as_("ana").post(f"{DESK}/plenary/editions")
    return db.session.scalars(select(Edition)).one()


def outputs(edition: Edition, app: Flask) -> dict[str, str]:
    with app.test_request_context():
        import io

        from docx import Document  # loaded where a file is looked into

        word = Document(io.BytesIO(as_docx(edition, "en")))
        cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        return {
            "paper": page_html(edition, "en"),
            "text": as_text(edition, "en"),
            "data": as_json(edition),
            "word": "\n".join([*(line.text for line in word.paragraphs), *cells]),
        }


def test_a_name_typed_anywhere_waits_for_a_decision(company: Company, as_: SignedIn) -> None:
    met = saved(company.workshop)
    type_everywhere(met, f"On {{}}: {NAME} said so.")
    edition = made(as_)
    hits = undecided_hits(met.workshop, edition.report, edition.paragraphs)
    found = " ".join(hit.before for hit in hits if hit.found == NAME)
    assert [place for place in TYPED if f"On {place}: " not in found] == []


def test_a_word_of_a_decision_waits_too(company: Company, as_: SignedIn) -> None:
    met = saved(company.workshop)
    type_everywhere(met, "On {}: adopté par consensus.")
    edition = made(as_)
    hits = undecided_hits(met.workshop, edition.report, edition.paragraphs)
    found = " ".join(hit.before for hit in hits if hit.found == "adopté")
    assert [place for place in TYPED if f"On {place}: " not in found] == []


@pytest.mark.parametrize(
    ("mode", "named"),
    [
        (MeetingMode.ON_RECORD, {NAME, "Ines Impossible", "Ada Paper"}),
        (MeetingMode.NOT_FOR_ATTRIBUTION, {"Ada Paper"}),
        (MeetingMode.CHATHAM_HOUSE, {"Ada Paper"}),  # who published a paper may be named with it
    ],
)
def test_each_mode_names_the_same_people_in_every_format(
    company: Company, as_: SignedIn, app: Flask, mode: MeetingMode, named: set[str]
) -> None:
    met = saved(company.workshop)
    type_everywhere(met, "On {}: it was said.")
    met.workshop.mode = mode
    edition = made(as_)
    for kind, said in outputs(edition, app).items():
        assert {name for name in (NAME, "Ines Impossible", "Ada Paper") if name in said} == named, kind
        assert ("Mo Moderator" in said) is (mode is not MeetingMode.CHATHAM_HOUSE), kind
