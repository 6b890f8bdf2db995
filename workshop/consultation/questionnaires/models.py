"""A questionnaire, its immutable versions, and the responses: one row each, answers as JSON."""

from datetime import date, datetime
from typing import ClassVar, TypedDict

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.consultation.questions.questionnaire_document import Document, nothing
from workshop.platform.db import FinishedDocument, Model, Words, public_key
from workshop.platform.links import Endable, Linked, Remade
from workshop.platform.recording import Recorded
from workshop.secretariat.register.models import Category, Organisation
from workshop.secretariat.series.models import Workshop, WorkshopRow

from .states import Anonymity, Channel, Publication, Respondents, ResponseState
from .version_lock import never_changes


class Quota(TypedDict):
    """Of how many respondents one answer is enough."""

    question: str
    option: str
    most: int


class Questionnaire(WorkshopRow):
    """A form sent out before a workshop. `open_to_all` gives it an open address beside personal links.

    `draft` is the document being worked on, which `definition.py` may still refuse; empty when nothing is new. `revision`
    guards it against two editors. Answers sent until `interim_at` count for the interim results; with `accepts_late`, some
    are taken after `closes_at` too, and marked. `asked_by`, `purpose` and `readers` are told before the first question; after
    `kept_until` the answers are erased. `asks_publication`: every respondent chooses how the answers may be published, where
    no question asks that; where one does, `publication_by` names it and the answers that mean so ({"question": "A2",
    "named": "name", "anonymous": "words"}). Results speak of `respondents`; `individuals_by` names the answer of people who answer for
    themselves ({"question": "A3", "option": "ind"}); `states_beside`: States are counted beside the others. `tally` names
    the sheet of used invitations where answers are anonymous (see tally.py). With `allows_changes` respondents may change
    what they sent. `quotas` say of how many one answer is enough: [{"question": "A3", "option": "ind", "most": 50}].
    A `trial_of` another is for trying that one out: nobody lists it, and nothing in it counts.
    """

    __tablename__ = "questionnaire"
    __table_args__ = (UniqueConstraint("workshop_id", "slug"),)
    RECORDED: ClassVar = Recorded(
        _l("Questionnaire"),
        lambda row: row.title,
        "slug title introduction open_to_all opens_at closes_at anonymity interim_at accepts_late asked_by purpose readers"
        " kept_until asks_publication needs_all_texts respondents individuals_by publication_by states_beside allows_changes quotas",
    )

    workshop: Mapped[Workshop] = relationship(default=None)
    slug: Mapped[str]
    title: Mapped[Words]
    introduction: Mapped[Words] = mapped_column(default_factory=Words)
    open_to_all: Mapped[bool] = mapped_column(default=True)
    opens_at: Mapped[datetime | None] = mapped_column(default=None)
    closes_at: Mapped[datetime | None] = mapped_column(default=None)
    draft: Mapped[Document] = mapped_column(JSON, default_factory=nothing, server_default="{}")
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    anonymity: Mapped[Anonymity] = mapped_column(default=Anonymity.CONFIDENTIAL, server_default="confidential")
    interim_at: Mapped[datetime | None] = mapped_column(default=None)
    accepts_late: Mapped[bool] = mapped_column(default=False, server_default=false())
    asked_by: Mapped[Words] = mapped_column(default_factory=Words, server_default="{}")
    purpose: Mapped[Words] = mapped_column(default_factory=Words, server_default="{}")
    readers: Mapped[Words] = mapped_column(default_factory=Words, server_default="{}")
    kept_until: Mapped[date | None] = mapped_column(default=None)
    asks_publication: Mapped[bool] = mapped_column(default=True, server_default=true())
    needs_all_texts: Mapped[bool] = mapped_column(default=False, server_default=false())
    tally: Mapped[str] = mapped_column(default="", server_default="")
    respondents: Mapped[Respondents] = mapped_column(default=Respondents.ORGANISATIONS, server_default="organisations")
    individuals_by: Mapped[dict[str, str]] = mapped_column(default_factory=dict, server_default="{}")
    publication_by: Mapped[dict[str, str]] = mapped_column(default_factory=dict, server_default="{}")
    states_beside: Mapped[bool] = mapped_column(default=False, server_default=false())
    allows_changes: Mapped[bool] = mapped_column(default=False, server_default=false())
    quotas: Mapped[list[Quota]] = mapped_column(JSON, default_factory=list, server_default="[]")
    trial_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("questionnaire.id", ondelete="CASCADE"), default=None, index=True
    )


class DraftChange(Model):
    """What a draft said before somebody changed it, so that the change can be undone. The newest fifty are kept."""

    __tablename__ = "questionnaire_draft_change"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire.id", ondelete="CASCADE"), init=False, index=True
    )
    questionnaire: Mapped[Questionnaire] = relationship(default=None)
    before: Mapped[Document] = mapped_column(JSON)
    verb: Mapped[str]
    subject: Mapped[str]
    at: Mapped[datetime]
    who: Mapped[int | None]  # a plain number: the entry outlives the account


class TranslatorLink(Endable):
    """A link to the texts of one language."""

    __tablename__ = "questionnaire_translator_link"
    LEADS_BY = "questionnaire.workshop"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire.id", ondelete="CASCADE"), init=False, index=True
    )
    questionnaire: Mapped[Questionnaire] = relationship(default=None)
    language: Mapped[str]
    name: Mapped[str]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column("revoked_at", default=None)
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class QuestionnaireVersion(Model):
    """A published `definition`. `note` tells what differs from the one before, `comparable` whether they count together."""

    __tablename__ = "questionnaire_version"
    __table_args__ = (UniqueConstraint("questionnaire_id", "number"),)
    RECORDED: ClassVar = Recorded(
        _l("Published version"), lambda row: str(row.number), "number note comparable", part_of="questionnaire"
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire.id", ondelete="CASCADE"), init=False, index=True
    )
    questionnaire: Mapped[Questionnaire] = relationship(default=None)
    number: Mapped[int]
    definition: Mapped[Document] = mapped_column(FinishedDocument)
    published_at: Mapped[datetime]
    note: Mapped[Words] = mapped_column(default_factory=Words, server_default="{}")
    comparable: Mapped[bool] = mapped_column(default=True, server_default=true())


never_changes(QuestionnaireVersion)


class Response(Linked):
    """One set of answers, reached by its own link. `key` is its name on the list of what was erased.

    `answers` maps question code to value, in the shapes of `definition.py`. `drafts` keeps what was typed but cannot be
    taken as it stands, as an entry of `entries.py`: it must be mended before submitting. `done` lists the sections left
    with "Save and continue". `consent` is empty until given: {"version": number, "language": …, "at": …}. `notice` says
    which wording of who asks, why and for how long was shown: {"text": fingerprint, "language": …, "at": …}. Of an
    anonymous response all times are those at which a period began, the language is the first, and the id is drawn by lot:
    none tells in which order answers came. `signed` says who sent it for the organisation, and the SHA-256 of the answers
    as sent. `is_shared` says that colleagues were named; `at_section` and `seen_at` are kept only where several write.
    Where `channel` is not online, staff typed it, and `transcription` says from what and who. No address, device or name of
    whoever answers is ever stored. `earlier` lists what was sent before it was opened again, oldest first, each as a
    SentEarlier of `colleagues.py`.
    """

    __tablename__ = "response"
    __table_args__ = (  # in these orders lists of a hundred thousand are read and counted
        Index("ix_response_of_version", "version_id", "state", "id"),
        Index("ix_response_of_version_by_day", "version_id", "state", "submitted_at", "id"),
        Index("ix_response_of_version_by_channel", "version_id", "channel", "state"),
    )
    LEADS_BY = "version.questionnaire.workshop"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id", ondelete="CASCADE"), init=False)
    version: Mapped[QuestionnaireVersion] = relationship(default=None)
    key: Mapped[str] = mapped_column(default_factory=public_key)
    token_hash: Mapped[str] = mapped_column(default=None, unique=True)
    language: Mapped[str]
    begun_at: Mapped[datetime]
    state: Mapped[ResponseState] = mapped_column(default=ResponseState.BEGUN)
    answers: Mapped[dict[str, object]] = mapped_column(default_factory=dict)
    drafts: Mapped[dict[str, dict[str, list[str]]]] = mapped_column(default_factory=dict)
    done: Mapped[list[str]] = mapped_column(default_factory=list)
    consent: Mapped[dict[str, int | str]] = mapped_column(default_factory=dict)
    saved_at: Mapped[datetime | None] = mapped_column(default=None)
    submitted_at: Mapped[datetime | None] = mapped_column(default=None)
    is_synthetic: Mapped[bool] = mapped_column(default=False)
    is_late: Mapped[bool] = mapped_column(default=False, server_default=false())
    publication: Mapped[Publication] = mapped_column(default=Publication.TOTALS, server_default="totals")
    notice: Mapped[dict[str, str]] = mapped_column(default_factory=dict, server_default="{}")
    signed: Mapped[dict[str, str]] = mapped_column(default_factory=dict, server_default="{}")
    is_shared: Mapped[bool] = mapped_column(default=False, server_default=false())
    at_section: Mapped[str] = mapped_column(default="", server_default="")
    seen_at: Mapped[datetime | None] = mapped_column(default=None)
    earlier: Mapped[list[dict[str, object]]] = mapped_column(JSON, default_factory=list, server_default="[]")
    colleagues: Mapped[list["Colleague"]] = relationship(
        default_factory=list,
        back_populates="response",
        order_by="Colleague.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    channel: Mapped[Channel] = mapped_column(default=Channel.ONLINE, server_default="online")
    transcription: Mapped["Transcription | None"] = relationship(
        default=None, back_populates="response", cascade="all, delete-orphan", passive_deletes=True
    )
    revision: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": revision}

    @property
    def team(self) -> "list[Colleague]":
        """The colleagues; nothing is read for the many who have none."""
        return self.colleagues if self.is_shared else []


class Colleague(Remade):
    """Somebody who fills in parts of one organisation's answers by a link of their own, and cannot send them. No `sections`
    means all; with `reads_only` none may be written. `at_section` and `seen_at` tell the others who is writing where."""

    __tablename__ = "colleague"
    LEADS_BY = "response.version.questionnaire.workshop"
    __table_args__ = (UniqueConstraint("response_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), init=False)
    response: Mapped[Response] = relationship(back_populates="colleagues", default=None)
    name: Mapped[str]
    email: Mapped[str]
    language: Mapped[str]
    sections: Mapped[list[str]]
    reads_only: Mapped[bool] = mapped_column(default=False, server_default=false())
    key: Mapped[str] = mapped_column(default_factory=public_key, unique=True)
    at_section: Mapped[str] = mapped_column(default="")
    seen_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def link_source(self) -> str:
        return f"colleague:{self.key}"


class Transcription(Model):
    """What staff typed answers in from, and who did what. `typed_by` lists the accounts (plain numbers: they outlive the
    account); none may check. `received_on`: the day the answers came, when they count as sent. `scan` is a file as an
    answer is, empty where there is none. `note` is for whoever checks, `returned` what the check found."""

    __tablename__ = "transcription"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), init=False, unique=True)
    response: Mapped[Response] = relationship(back_populates="transcription", default=None)
    received_on: Mapped[date]
    key: Mapped[str] = mapped_column(default_factory=public_key, unique=True)
    scan: Mapped[dict[str, object]] = mapped_column(default_factory=dict)
    typed_by: Mapped[list[int]] = mapped_column(default_factory=list)
    note: Mapped[str] = mapped_column(default="")
    returned: Mapped[str] = mapped_column(default="")
    checked_by: Mapped[int | None] = mapped_column(default=None)
    checked_at: Mapped[datetime | None] = mapped_column(default=None)


class Recipient(Remade):
    """Whoever is asked by mail to answer. `name` is the institution or person addressed.

    A new `issue` of the personal link makes the earlier one worthless. In an anonymous questionnaire `response` and
    `opened` stay empty for ever, and `answered` is carried over from the tally sheet; otherwise the response tells.
    """

    __tablename__ = "recipient"
    LEADS_BY = "questionnaire.workshop"
    __table_args__ = (UniqueConstraint("questionnaire_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id", ondelete="CASCADE"), init=False)
    questionnaire: Mapped[Questionnaire] = relationship()
    name: Mapped[str]
    email: Mapped[str]
    language: Mapped[str]
    key: Mapped[str] = mapped_column(default_factory=public_key, unique=True)
    category: Mapped[Category | None] = mapped_column(default=None)
    country: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="SET NULL"), init=False, index=True
    )
    organisation: Mapped[Organisation | None] = relationship(default=None)
    issue: Mapped[int] = mapped_column(default=0)
    invited: Mapped[bool] = mapped_column(default=False)
    opened: Mapped[bool] = mapped_column(default=False)
    answered: Mapped[bool] = mapped_column(default=False)
    declined: Mapped[bool] = mapped_column(default=False)
    response_id: Mapped[int | None] = mapped_column(
        ForeignKey("response.id", ondelete="SET NULL"), init=False, index=True
    )
    response: Mapped[Response | None] = relationship(default=None)

    @property
    def link_source(self) -> str:
        return f"recipient:{self.key}:{self.issue}"

    def change_link_source(self) -> None:
        self.issue += 1

    def issue_link(self, token: str = "") -> str:
        """Answers already begun move to the new link."""
        token = super().issue_link(token)
        if self.response and self.response.channel is Channel.ONLINE:
            self.response.issue_link(token)
        return token
