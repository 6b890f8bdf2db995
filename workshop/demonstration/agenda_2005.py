"""Series, workshop, agenda, expected documents and groups of 2005, from the file beside this one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from workshop.platform.db import Words
from workshop.programme.agenda.formats import Format, Part, Perspective
from workshop.programme.agenda.models import Appearance, GuidingQuestion, Item, Room, Session
from workshop.programme.groups.models import Group, GroupQuestion
from workshop.programme.papers.models import Document, Kind, State
from workshop.secretariat.register.models import Category, Organisation, OrganisationAlias, Person
from workshop.secretariat.series.models import Milestone, Series, Stage, Visibility, Workshop

FILE = Path(__file__).with_name("workshop-2005.yaml")
LANGUAGES = ("en", "fr", "es")


@dataclass
class Programme:
    """Everything read from the file, not yet saved."""

    workshop: Workshop
    organisations: dict[str, Organisation]
    aliases: list[OrganisationAlias]
    sessions: list[Session]
    documents: list[Document]
    groups: list[Group]
    rooms: list[Room]
    milestones: list[Milestone]

    def __iter__(self) -> Iterator[object]:
        yield self.workshop
        yield from self.organisations.values()
        yield from self.aliases
        yield from self.sessions
        yield from self.documents
        yield from self.groups
        yield from self.rooms
        yield from self.milestones


def read(*, at: datetime) -> Programme:
    """The programme of 2005. `at` is when its stages up to the plenary days count as done."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    workshop = _workshop(data)
    organisations = {each["name"]: _organisation(each) for each in data["organisations"]}
    aliases = [
        OrganisationAlias(organisation=organisations[each["name"]], name=alias)
        for each in data["organisations"]
        for alias in each.get("aliases", ())
    ]
    rooms = [Room(workshop=workshop, position=place, **each) for place, each in enumerate(data["rooms"], 1)]
    programme = Programme(workshop, organisations, aliases, [], [], [], rooms, _milestones(workshop, data, at))
    for number, entry in enumerate(data["sessions"]):
        _session(programme, number, entry)
    return programme


def _words(texts: list[str] | str | None, language: str = "en") -> Words:
    if isinstance(texts, str):
        return Words({language: texts})
    return Words(zip(LANGUAGES, texts or (), strict=False))


def _workshop(data: dict[str, Any]) -> Workshop:
    series, facts = data["series"], data["workshop"]
    return Workshop(
        series=Series(slug=series["slug"], title=_words(series["title"]), description=_words(series["description"])),
        slug=facts["slug"],
        starts_on=facts["dates"][0],
        ends_on=facts["dates"][1],
        zone=facts["zone"],
        languages=facts["languages"],
        funders=facts["funders"],
        objectives=[_words(each) for each in facts["objectives"]],
        outcomes=[_words(each) for each in facts["outcomes"]],
        interpreter_teams=1,
        visibility=Visibility.PUBLIC,
        title=_words(facts["title"]),
        short_title=_words(facts["short_title"]),
        place=_words(facts["place"]),
        introduction=_words(facts["introduction"]),
        disclaimer=_words(facts["disclaimer"]),
        notice=_words(facts["notice"]),
    )


def _organisation(entry: dict[str, Any]) -> Organisation:
    return Organisation(
        name=_words(entry["name"], entry.get("lang", "en")),
        category=Category(entry["category"]),
        country=entry.get("country", ""),
    )


def _milestones(workshop: Workshop, data: dict[str, Any], at: datetime) -> list[Milestone]:
    """Everything before the report is behind the visitor; the report itself is what she makes."""
    past = (Stage.CONCEPT, Stage.INVITATIONS, Stage.PAPERS_AND_ANSWERS, Stage.PLENARY_DAYS)
    return [
        Milestone(
            workshop=workshop,
            stage=stage,
            due_on=data["workshop"]["milestones"][stage.value],
            done_at=at if stage in past else None,
        )
        for stage in Stage
    ]


def _session(programme: Programme, number: int, entry: dict[str, Any]) -> None:
    day, begin, end = entry["time"]
    zone = programme.workshop.zone
    session = Session(
        workshop=programme.workshop,
        number=number,
        format=Format(entry["format"]),
        room=None if entry["format"] == Format.BREAKOUT else programme.rooms[0],
        interpreted=entry["format"] != Format.BREAKOUT,
        starts_at=_moment(day, begin, zone),
        ends_at=_moment(day, end, zone),
        title=_words(entry["title"]),
        subtitle=_words(entry.get("subtitle")),
        note=_words(entry.get("note")),
        lens=_words(entry.get("lens")),
    )
    for position, question in enumerate(entry.get("questions", ()), 1):
        session.questions.append(GuidingQuestion(position=position, text=_words(question)))
    for position, each in enumerate(entry.get("items", ()), 1):
        _item(programme, session, position, each)
    if discussant := entry.get("discussant"):
        session.appearances.append(_appearance(programme, discussant, Part.DISCUSSANT, len(session.appearances) + 1))
    for place, each in enumerate(entry.get("groups", ()), 1):
        programme.groups.append(_group(programme.workshop, session, place, each))
    programme.sessions.append(session)


def _item(programme: Programme, session: Session, position: int, entry: dict[str, Any]) -> None:
    item = Item(
        position=position,
        title=_words(entry.get("title"), entry.get("title_lang", "en")),
        perspective=Perspective(entry["perspective"]) if "perspective" in entry else None,
        role_label=_words(entry.get("role_label")),
    )
    session.items.append(item)
    if speaker := entry.get("speaker"):
        who = _appearance(programme, speaker, Part.SPEAKER, len(session.appearances) + 1)
        who.item = item
        session.appearances.append(who)
    if kind := entry.get("doc"):
        missing = kind == "not_provided"
        programme.documents.append(
            Document(
                workshop=programme.workshop,
                session=session,
                item=item,
                kind=Kind.OTHER if missing else Kind(kind),
                state=State.NOT_PROVIDED if missing else State.PUBLISHED,
            )
        )


def _appearance(programme: Programme, entry: dict[str, Any], part: Part, position: int) -> Appearance:
    return Appearance(
        part=part,
        position=position,
        person=Person(
            given_name=entry["given"],
            family_name=entry["family"],
            name_as_published=f"{entry['given']} {entry['family']}",
        ),
        organisation=programme.organisations[entry["org"]] if "org" in entry else None,
        function=_words(entry["function"], entry.get("lang", "en")),
        country=entry.get("country") or entry.get("country_inferred", ""),
        country_inferred="country_inferred" in entry,
    )


def _group(workshop: Workshop, session: Session, number: int, entry: dict[str, Any]) -> Group:
    questions = [GroupQuestion(position=p, text=_words(text)) for p, text in enumerate(entry["questions"], 1)]
    return Group(workshop=workshop, session=session, number=number, topic=_words(entry["topic"]), questions=questions)


def _moment(day: date, clock: str, zone: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(zone))
