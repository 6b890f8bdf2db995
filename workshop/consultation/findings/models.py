"""A snapshot: the answers as they stood at one moment, frozen, one column of codes per question; and what was shown."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion
from workshop.consultation.questionnaires.states import Respondents
from workshop.consultation.questions.questionnaire_document import Document, nothing
from workshop.platform.db import Model, Words, public_key
from workshop.platform.labels import Labelled
from workshop.platform.recording import Recorded
from workshop.platform.tasks import Task
from workshop.programme.agenda.models import GuidingQuestion, Session

TIMES = " × "  # between the questions of a cross-table


class Precision(Labelled):
    """How closely a table is shown, so that beside others of the same questionnaire it gives nobody away."""

    EXACT = "exact", _l("exact figures")
    ROUNDED = "rounded", _l("rounded figures")
    WITHHELD = "withheld", _l("withheld")


class Audience(Labelled):
    """To whom something of a snapshot was shown."""

    STAFF = "staff", _l("chair and rapporteurs")
    EVERYONE = "everyone", _l("everyone")


class Snapshot(Model):
    """Results at a date. `responses` is n; `caveat` is printed wherever a figure of it is; `number` counts within the
    questionnaire. A worker fills the columns: until then it is not `frozen`, and `problem` says why it could not be.

    as_of        answers sent until then are in it; `taken_at` is when it was made
    versions     the numbers of the versions whose answers are in it; `definition` is what they ask together
    invited      how many were asked by email, None where nobody was
    invited_by   of those, how many of each kind, group and language: {"@category": {"ngo": 40}}
    individuals  how many of the responses come from people who answer for themselves
    beside       how many replies of States were left out, to be told beside the others
    rounded      its figures are shown rounded, so that later results can be exact
    shared       the chair and the rapporteurs may read it; `published`: everyone may
    key          by which what was counted of it is found again
    """

    __tablename__ = "snapshot"
    __table_args__ = (UniqueConstraint("questionnaire_id", "number"),)
    RECORDED: ClassVar = Recorded(
        _l("Snapshot"), lambda row: row.title, "title number shared published rounded", part_of="questionnaire"
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id", ondelete="RESTRICT"), init=False)
    questionnaire: Mapped[Questionnaire] = relationship(init=False)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaire_version.id", ondelete="RESTRICT"), init=False, index=True
    )
    version: Mapped[QuestionnaireVersion] = relationship(default=None)
    number: Mapped[int]
    taken_at: Mapped[datetime]
    responses: Mapped[int]
    caveat: Mapped[Words]
    title: Mapped[Words]
    includes_synthetic: Mapped[bool] = mapped_column(default=False)
    published: Mapped[bool] = mapped_column(default=False)
    shared: Mapped[bool] = mapped_column(default=False, server_default=false())
    rounded: Mapped[bool] = mapped_column(default=False, server_default=false())
    as_of: Mapped[datetime | None] = mapped_column(default=None)
    versions: Mapped[list[int]] = mapped_column(default_factory=list, server_default="[]")
    definition: Mapped[Document] = mapped_column(JSON, default_factory=nothing, server_default="{}")
    respondents: Mapped[Respondents] = mapped_column(default=Respondents.ORGANISATIONS, server_default="organisations")
    invited: Mapped[int | None] = mapped_column(default=None)
    invited_by: Mapped[dict[str, dict[str, int]]] = mapped_column(JSON, default_factory=dict, server_default="{}")
    individuals: Mapped[int] = mapped_column(default=0, server_default="0")
    beside: Mapped[int] = mapped_column(default=0, server_default="0")
    taken_by: Mapped[int | None] = mapped_column(default=None)  # a plain number: the snapshot outlives the account
    frozen: Mapped[bool] = mapped_column(default=True, server_default=true())
    problem: Mapped[str] = mapped_column(default="", server_default="")
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id", ondelete="SET NULL"), init=False)
    task: Mapped[Task | None] = relationship(default=None)
    key: Mapped[str] = mapped_column(default_factory=public_key, server_default="")
    columns: Mapped[list["SnapshotColumn"]] = relationship(
        default_factory=list,
        back_populates="snapshot",
        order_by="SnapshotColumn.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    disclosures: Mapped[list["Disclosure"]] = relationship(
        default_factory=list,
        back_populates="snapshot",
        order_by="Disclosure.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    rates: Mapped[list["ExchangeRate"]] = relationship(
        default_factory=list,
        back_populates="snapshot",
        order_by="ExchangeRate.currency",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    choices: Mapped[list["TableChoice"]] = relationship(
        init=False,
        viewonly=True,
        primaryjoin="foreign(TableChoice.questionnaire_id) == Snapshot.questionnaire_id",
    )

    def __post_init__(self) -> None:
        if self.version:
            self.questionnaire = self.version.questionnaire

    @property
    def until(self) -> datetime:
        """The moment whose answers these are."""
        return self.as_of or self.taken_at

    @property
    def precisions(self) -> dict[str, Precision]:
        """How each table was shown; empty where nobody was shown anything."""
        return {each.table: each.precision for each in self.disclosures}


class Disclosure(Model):
    """That a table of a snapshot was shown, how closely and to whom: the ledger that later tables are checked against.

    `table` is the code of a question, or two of a cross-tabulation, "A3 × B2". What was shown stays in the ledger, even
    when it is withdrawn: it cannot be unseen.
    """

    __tablename__ = "disclosure"
    __table_args__ = (UniqueConstraint("snapshot_id", "table"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id", ondelete="CASCADE"), init=False)
    snapshot: Mapped[Snapshot] = relationship(back_populates="disclosures", default=None)
    table: Mapped[str]
    precision: Mapped[Precision]
    audience: Mapped[Audience]
    at: Mapped[datetime]
    who: Mapped[int | None]  # a plain number: the entry outlives the account


class SnapshotColumn(Model):
    """The answers to one question, or to a part of it: `question` is "A3", a row of a matrix "C1.com", an option of
    several "D1.edu" or of a ranking "D2.rem".

    `codes` holds one byte per response, in the same order in all columns of a snapshot and in no other order of the
    world: 0 is "not asked", 1 "no answer", and from 2 an index into `options`. A question answered in figures, in
    words, or with personal data has the one option "answered".
    `numbers` holds figures in ascending order, so that no row can be read back, by currency ("" where there is
    none); for several countries, how often each was named.
    """

    __tablename__ = "snapshot_column"
    __table_args__ = (UniqueConstraint("snapshot_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id", ondelete="CASCADE"), init=False, index=True)
    snapshot: Mapped[Snapshot] = relationship(back_populates="columns", default=None)
    position: Mapped[int]
    question: Mapped[str]
    options: Mapped[list[str]]
    codes: Mapped[bytes] = mapped_column(default=b"")
    numbers: Mapped[dict[str, int | list[str]]] = mapped_column(default_factory=dict)

    @property
    def figures(self) -> dict[str, list[Decimal]]:
        """What was answered in figures, by currency."""
        return {
            currency: [Decimal(value) for value in values]
            for currency, values in self.numbers.items()
            if isinstance(values, list)
        }

    @property
    def named(self) -> dict[str, int]:
        """How often each of several countries was named."""
        return {code: number for code, number in self.numbers.items() if isinstance(number, int)}


class TableChoice(Model):
    """What a person decided about a table of results: its title, whom it is for, and whether the summary has it.

    It holds for every snapshot of the questionnaire, so that the final results read like the interim ones.
    """

    __tablename__ = "table_choice"
    __table_args__ = (UniqueConstraint("questionnaire_id", "table"),)
    RECORDED: ClassVar = Recorded(
        _l("Table of results"),
        lambda row: row.table,
        "title session guiding_question in_summary",
        part_of="questionnaire",
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id", ondelete="CASCADE"), init=False)
    questionnaire: Mapped[Questionnaire] = relationship()
    table: Mapped[str]
    title: Mapped[Words] = mapped_column(default_factory=Words)
    in_summary: Mapped[bool] = mapped_column(default=True)
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("session.id", ondelete="SET NULL"), init=False, index=True
    )
    session: Mapped[Session | None] = relationship(default=None)
    guiding_question_id: Mapped[int | None] = mapped_column(
        ForeignKey("guiding_question.id", ondelete="SET NULL"), init=False, index=True
    )
    guiding_question: Mapped[GuidingQuestion | None] = relationship(default=None)


class ExchangeRate(Model):
    """What one unit of a currency was worth in another on a day, and who says so: for reading figures, never for a sum."""

    __tablename__ = "exchange_rate"
    __table_args__ = (UniqueConstraint("snapshot_id", "currency"),)
    RECORDED: ClassVar = Recorded(
        _l("Exchange rate"), lambda row: f"{row.currency} → {row.into}", "rate on source", part_of="snapshot"
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id", ondelete="CASCADE"), init=False)
    snapshot: Mapped[Snapshot] = relationship(back_populates="rates")
    currency: Mapped[str]
    into: Mapped[str]
    rate: Mapped[str]  # as it was typed: a figure without rounding
    on: Mapped[date]
    source: Mapped[str] = mapped_column(default="")

    def convert(self, amount: Decimal) -> Decimal:
        """An amount of the currency in the other one."""
        return amount * Decimal(self.rate)
