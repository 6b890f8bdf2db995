"""What to read. Statements only: the caller runs them."""

from typing import Protocol

from sqlalchemy import Date, Select, bindparam, false, not_, select

from workshop.deliberation.editions.queries import has_report
from workshop.follow_up.contacts.models import ContactCard
from workshop.follow_up.practices.models import Gap, SharedPractice
from workshop.follow_up.practices.queries import public_gaps, public_practices
from workshop.follow_up.publications.models import Publication
from workshop.follow_up.publications.queries import has_publications, is_out
from workshop.participation.delegations.models import ParticipationPlan
from workshop.participation.delegations.statuses import RegistrationMode
from workshop.participation.registration.models import ListEdition
from workshop.platform.db import UTCDateTime
from workshop.programme.agenda.models import Session
from workshop.programme.agenda_out.writers.json_ld import WorkshopEvent
from workshop.programme.papers.models import Document, DocumentFile, Embargo, State
from workshop.programme.releases.models import Release
from workshop.programme.speakers.models import Invitation, Profile
from workshop.secretariat.series.models import MeetingMode, Series, Workshop
from workshop.secretariat.series.queries import announced_workshops


class VersionRow(Protocol):
    """What the pages of a workshop depend on."""

    @property
    def version(self) -> int: ...
    @property
    def has_embargo(self) -> bool: ...


class ShownWorkshop(VersionRow, WorkshopEvent, Protocol):
    """A workshop as plain columns, as far as views look into it; its pages show all of them."""

    @property
    def id(self) -> int: ...


class ReleaseRow(Protocol):
    """A release without its agenda."""

    @property
    def number(self) -> int: ...


# The pages everybody reads: statements built once, plain columns instead of whole objects.

ANNOUNCED = (
    *("slug", "title", "short_title", "starts_on", "ends_on", "opens_at", "closes_at", "place", "venue", "zone"),
    *("languages", "contact_name", "contact_email", "contact_phone", "notice", "visibility"),
)
_RELEASE = select(Release.id).where(Release.workshop_id == Workshop.id)
_PAPER = select(Document.id).where(Document.workshop_id == Workshop.id, Document.state == State.PUBLISHED)
_LIST = select(ListEdition.id).where(
    ListEdition.workshop_id == Workshop.id,
    ListEdition.withdrawn_at.is_(None),
    Workshop.mode != MeetingMode.CHATHAM_HOUSE,
)
_OPEN = select(ParticipationPlan.id).where(
    ParticipationPlan.workshop_id == Workshop.id, ParticipationPlan.mode == RegistrationMode.OPEN
)
_EMBARGOED = _PAPER.where(Document.embargo != Embargo.NONE)
# A workshop (:slug), its series, and which parts of it have something to show: as it will look, and if it is published.
PREVIEWED_WORKSHOP = (
    select(
        *Workshop.__table__.c,
        Series.slug.label("series_slug"),
        Series.title.label("series_title"),
        _RELEASE.exists().label("has_agenda"),
        _PAPER.exists().label("has_papers"),
        _LIST.exists().label("has_participants"),
        _OPEN.exists().label("takes_registrations"),
        has_report().label("has_reports"),
        _EMBARGOED.exists().label("has_embargo"),
    )
    .join(Series, Series.id == Workshop.series_id)
    .where(Workshop.slug == bindparam("slug"))
)
SHOWN_WORKSHOP = PREVIEWED_WORKSHOP.where(Workshop.published)
# A workshop (:slug) of which no more than title, dates, place and contact may be known, with its series.
ANNOUNCED_WORKSHOP = (
    select(
        *(Workshop.__table__.c[name] for name in ANNOUNCED),
        Series.slug.label("series_slug"),
        Series.title.label("series_title"),
        *(false().label(name) for name in ("has_agenda", "has_papers", "has_reports", "has_participants")),
        _OPEN.exists().label("takes_registrations"),
    )
    .join(Series, Series.id == Workshop.series_id)
    .where(Workshop.slug == bindparam("slug"), Workshop.announced, not_(Workshop.published))
)
# The version counter (:slug) and whether there are embargoes: all that a reader's unchanged copy needs.
VERSION = select(Workshop.id, Workshop.version, _EMBARGOED.exists().label("has_embargo")).where(
    Workshop.slug == bindparam("slug"), Workshop.published
)
# When the embargoes of a workshop (:slug) end: one passes without anybody changing anything.
EMBARGOES = (
    select(Document.embargo, Document.embargo_until, Session.ends_at)
    .join(Workshop, Workshop.id == Document.workshop_id)
    .join(Session, Session.id == Document.session_id)
    .where(Workshop.slug == bindparam("slug"), Document.state == State.PUBLISHED, Document.embargo != Embargo.NONE)
    .order_by(Document.id)
)
# What the newest release of a workshop says (:workshop).
NEWEST_RELEASE = (
    select(Release).where(Release.workshop_id == bindparam("workshop")).order_by(Release.number.desc()).limit(1)
)
# Every release of a workshop (:workshop) without its agenda, the newest first.
SHOWN_RELEASES = (
    select(Release.number, Release.published_at, Release.name, Release.note)
    .where(Release.workshop_id == bindparam("workshop"))
    .order_by(Release.number.desc())
)
# What one of them (:number) said.
SHOWN_AGENDA = select(Release.agenda).where(
    Release.workshop_id == bindparam("workshop"), Release.number == bindparam("number")
)
# The documents the public hears of (:workshop), one row per language held, in the order of the programme.
SHOWN_PAPERS = (
    select(
        Document.id,
        Document.session_id,
        Document.item_id,
        Document.key,
        Document.kind,
        Document.state,
        Document.title,
        Document.author,
        Document.symbol,
        Document.symbol_kind,
        Document.symbol_number,
        Document.embargo,
        Document.embargo_until,
        Session.ends_at,
        DocumentFile.language,
    )
    .join(Session, Session.id == Document.session_id)
    .outerjoin(DocumentFile, (DocumentFile.document_id == Document.id) & ~DocumentFile.held)
    .where(Document.workshop_id == bindparam("workshop"), Document.state.in_((State.PUBLISHED, State.NOT_PROVIDED)))
    .order_by(Document.session_id, Document.id, DocumentFile.id)
)
# What speakers gave of themselves, with the standing of their invitation (:workshop).
SHOWN_PROFILES = (
    select(
        Profile.person_id,
        Profile.biography,
        Profile.photo_key,
        Profile.granted,
        Profile.held_back,
        Profile.place,
        Invitation.standing,
    )
    .outerjoin(
        Invitation, (Invitation.workshop_id == Profile.workshop_id) & (Invitation.person_id == Profile.person_id)
    )
    .where(Profile.workshop_id == bindparam("workshop"))
)

# Whether the library has anything public (:at), and of the series of one workshop (:workshop).
LIBRARY = select(
    select(Publication.id)
    .join(Publication.series)
    .where(is_out(bindparam("at", type_=UTCDateTime)))
    .exists()
    .label("publications"),
    public_practices().with_only_columns(SharedPractice.id).order_by(None).exists().label("practices"),
    public_gaps().with_only_columns(Gap.id).order_by(None).exists().label("gaps"),
    select(ContactCard.id)
    .join(ContactCard.series)
    .where(ContactCard.listed_on(bindparam("today", type_=Date)), Series.removed_at.is_(None))
    .exists()
    .label("contacts"),
)
LIBRARY_OF_SERIES = select(
    has_publications(bindparam("at", type_=UTCDateTime)).label("publications"),
    public_practices()
    .with_only_columns(SharedPractice.id)
    .order_by(None)
    .where(SharedPractice.series_id == Workshop.series_id)
    .exists()
    .label("practices"),
).where(Workshop.id == bindparam("workshop"))


def announced_in(series: Series) -> Select[Workshop]:
    return announced_workshops().where(Workshop.series_id == series.id)
