"""A workshop in preparation: seven weeks ahead of the day it is loaded, with something waiting on every screen.

It is made by the same verbs as that of an organiser who begins with an outline. Everything in it is sample data.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Recipient
from workshop.consultation.questions.definition import Definition
from workshop.platform.db import Model, Words
from workshop.programme.agenda.formats import Format, Part
from workshop.programme.agenda.models import Appearance, Item, Room, Session
from workshop.programme.groups.models import Group, GroupQuestion, GroupRole
from workshop.programme.papers.models import Document, Kind, State
from workshop.programme.session_roles.models import SessionRole
from workshop.programme.speakers.models import Invitation, InvitationStatus, Profile
from workshop.secretariat.accounts.models import User
from workshop.secretariat.register.models import Category, Organisation, Person
from workshop.secretariat.series.copying import lay_out
from workshop.secretariat.series.models import Series, Stage, Visibility, Workshop
from workshop.secretariat.series.outlines import outlines
from workshop.secretariat.series.rules import WorkshopText, new_workshop

from . import questionnaires_2005, respondents

FILE = Path(__file__).with_name("workshop-in-preparation.yaml")
SLUG = "diasporas-and-data"
LANGUAGES = ("en", "fr", "es")
AHEAD = timedelta(weeks=7)
ANSWERS, STILL_OPEN = 14, 6


def _words(texts: list[str]) -> Words:
    return Words(zip(LANGUAGES, texts, strict=True))


def first_day(today: date) -> date:
    """The Tuesday of the week seven weeks ahead."""
    monday = today + AHEAD - timedelta(days=(today + AHEAD).weekday())
    return monday + timedelta(days=1)


class Preparation:
    """The workshop with all its rows, not yet saved."""

    def __init__(self, series: Series, people: Mapping[str, User], *, at: datetime) -> None:
        self.data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
        self.people, self.at = people, at
        self.workshop = self._workshop(series)
        self.rows: list[Model] = [self.workshop, *lay_out(self.workshop, outlines()["two-days"])]
        self.sessions = {row.number: row for row in self.rows if isinstance(row, Session)}
        self._rooms()
        self._stages()
        self._speakers()
        self._groups()
        self._texts_to_translate()
        self._questionnaire()

    def _workshop(self, series: Series) -> Workshop:
        day = first_day(self.at.date())
        text = WorkshopText("-", day, day + timedelta(days=1), slug=SLUG, languages=list(LANGUAGES))
        workshop = new_workshop(series, text, taken=())
        for name in ("title", "short_title", "introduction", "venue", "session_before", "session_after"):
            setattr(workshop, name, _words(self.data[name]))
        workshop.place = Words(en="Geneva", fr="Genève", es="Ginebra")
        workshop.objectives = [_words(each) for each in self.data["objectives"]]
        workshop.outcomes = [_words(each) for each in self.data["outcomes"]]
        workshop.notice = Words(en="Sample data", fr="Données fictives", es="Datos ficticios")
        workshop.themes, workshop.goals = ["data", "diasporas"], ["gcm-1", "gcm-19", "sdg-17"]
        workshop.opens_at, workshop.closes_at = "09:00", "18:30"
        workshop.contact_name, workshop.contact_email = "Sample Secretariat", "secretariat@example.org"
        workshop.retention_months = 24
        workshop.visibility = Visibility.PUBLIC
        return workshop

    def _rooms(self) -> None:
        rooms = [
            Room(workshop=self.workshop, name=name, names=Words(fr=french, es=spanish), seats=seats, position=place)
            for place, (name, french, spanish, seats) in enumerate(self.data["rooms"], 1)
        ]
        self.rows.extend(rooms)
        for session in self.sessions.values():
            if session.format not in (Format.BREAKOUT, Format.COFFEE):
                session.room, session.interpreted = rooms[0], True

    def _texts_to_translate(self) -> None:
        """A sentence that was added yesterday, for whoever translates."""
        for session in self.sessions.values():
            if session.format is Format.BREAKOUT:
                session.note = Words(en="Each group names one recommendation and who could carry it out.")

    def _stages(self) -> None:
        """The concept is behind them, and the invitations are out."""
        for row in self.rows:
            if getattr(row, "stage", None) in (Stage.CONCEPT, Stage.INVITATIONS):
                row.done_at = self.at  # type: ignore[attr-defined]  # a milestone of the outline

    def _speakers(self) -> None:
        offices = {
            key: Organisation(name=_words(each["name"]), category=Category(each["category"]))
            for key, each in self.data["organisations"].items()
        }
        self.rows.extend(offices.values())
        for number, *said, standing in self.data["speakers"]:
            self._speaker(self.sessions[number], said, offices, standing)

    def _speaker(self, session: Session, said: list[Any], offices: dict[str, Organisation], standing: str) -> None:
        given, family, function, office, title = said
        place = len(session.items) + 1
        person = Person(given_name=given, family_name=family)
        item = Item(position=place, title=_words(title), minutes=20)
        session.items.append(item)
        who = Appearance(
            part=Part.SPEAKER, person=person, organisation=offices[office], function=_words(function), position=place
        )
        who.item = item
        session.appearances.append(who)
        email = f"{given}.{family}@example.org".lower()
        if family == self.data["account_of_speaker"]:
            email = self.people["speaker"].email
        self.rows.append(Profile(workshop=self.workshop, person=person, email=email, language="en"))
        if standing != "nothing":
            self._invitation(person, email, InvitationStatus(standing))
        self._paper(session, item, person, place)

    def _invitation(self, person: Person, email: str, standing: InvitationStatus) -> None:
        sent = self.at - timedelta(days=12)
        answered = None if standing is InvitationStatus.INVITED else sent + timedelta(days=3)
        invitation = Invitation(workshop=self.workshop, person=person, email=email, language="en", standing=standing)
        invitation.sent_at, invitation.answered_at = sent, answered
        self.rows.append(invitation)

    def _paper(self, session: Session, item: Item, person: Person, place: int) -> None:
        """Half of the papers are late, the others are due in two weeks."""
        late = place % 2 == 1
        due_on = self.at.date() + timedelta(days=-5 if late else 14)
        paper = Document(
            workshop=self.workshop, session=session, item=item, kind=Kind.DISCUSSION_PAPER, state=State.EXPECTED
        )
        paper.person, paper.due_on, paper.languages = person, due_on, ["en"]
        self.rows.append(paper)

    def _groups(self) -> None:
        """Topics and questions are there; two groups still wait for somebody to report."""
        groups = [row for row in self.rows if isinstance(row, Group)]
        for group, (topic, question) in zip(groups, self.data["topics"], strict=True):
            group.topic = _words(topic)
            group.room = self.data["rooms"][group.number][0]
            group.questions.append(GroupQuestion(position=1, text=_words(question)))
        self.rows.append(GroupRole(group=groups[0], user=self.people["rapporteur"], role=Part.RAPPORTEUR))
        for number in self.data["chaired"]:
            self.rows.append(SessionRole(session=self.sessions[number], user=self.people["chair"], role=Part.CHAIR))

    def _questionnaire(self) -> None:
        """Open, and half answered: some have sent their answers, some have begun, some have not opened the letter."""
        document = questionnaires_2005.read_document()
        form = Questionnaire(
            workshop=self.workshop,
            slug="diasporas",
            title=questionnaires_2005.TITLE,
            introduction=questionnaires_2005.INTRODUCTION,
            opens_at=self.at - timedelta(days=10),
            closes_at=self.at + timedelta(days=18),
            asks_publication=False,
        )
        version = QuestionnaireVersion(questionnaire=form, number=1, definition=document, published_at=self.at)
        answers = respondents.responses(version, Definition.read(document), at=self.at)[:ANSWERS]
        self.rows.extend([form, version, *answers])
        self.rows.append(questionnaires_2005.field_form(self.workshop, at=self.at))
        self.rows.append(questionnaires_2005.government_draft(self.workshop))
        focal_point = self.people["focal-point"]
        self.rows.append(
            Recipient(
                questionnaire=form, name="Sample delegation", email=focal_point.email, language="en", invited=True
            )
        )
        for number in range(1, STILL_OPEN + 1):
            asked = Recipient(
                questionnaire=form,
                name=f"Sample association {number}",
                email=f"association-{number}@example.org",
                language=LANGUAGES[number % 3],
            )
            asked.invited, asked.opened = True, number % 2 == 0
            self.rows.append(asked)
