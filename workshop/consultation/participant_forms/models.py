"""Which questionnaire is asked of whom in the course of a registration, and by which link each participant answers it."""

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.consultation.questionnaires.models import Questionnaire, Recipient
from workshop.participation.delegations.models import Participant
from workshop.platform.db import Model
from workshop.platform.labels import Labelled
from workshop.platform.recording import Recorded
from workshop.secretariat.series.models import WorkshopRow


class Moment(Labelled):
    """When a form is offered."""

    REGISTRATION = "registration", _l("with the registration")
    APPROVED = "approved", _l("once approved")


class Audience(Labelled):
    """Of whom it is asked."""

    EVERYONE = "everyone", _l("everyone")
    SPONSORED = "sponsored", _l("people whose travel is paid")
    VISA = "visa", _l("people who need a visa letter")
    PROGRAMME = "programme", _l("people on the programme")


class ParticipantForm(WorkshopRow):
    """A questionnaire of the workshop as a form of its registration. One that is required completes the registration of
    whoever registers in person: until then it is a draft.
    """

    __tablename__ = "participant_form"
    __table_args__ = (UniqueConstraint("questionnaire_id"),)
    RECORDED: ClassVar = Recorded(
        _l("Form for participants"), lambda row: row.questionnaire.title, "moment audience required"
    )

    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id", ondelete="CASCADE"), init=False)
    questionnaire: Mapped[Questionnaire] = relationship()
    moment: Mapped[Moment]
    audience: Mapped[Audience] = mapped_column(default=Audience.EVERYONE)
    required: Mapped[bool] = mapped_column(default=False, server_default=false())


class ParticipantRecipient(Model):
    """By which personal link a participant answers a form. `turn` counts the holders of the seat: what one of them
    answered is never shown to the next.
    """

    __tablename__ = "participant_recipient"
    __table_args__ = (UniqueConstraint("form_id", "participant_id", "turn"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    form_id: Mapped[int] = mapped_column(ForeignKey("participant_form.id", ondelete="CASCADE"), init=False)
    form: Mapped[ParticipantForm] = relationship()
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), init=False, index=True
    )
    participant: Mapped[Participant] = relationship()
    recipient_id: Mapped[int] = mapped_column(ForeignKey("recipient.id", ondelete="CASCADE"), init=False, index=True)
    recipient: Mapped[Recipient] = relationship()
    turn: Mapped[int]
