"""One person per role, all of them invented, with a password that everybody knows."""

from collections.abc import Iterable
from datetime import UTC, datetime

from workshop.programme.agenda.models import Session
from workshop.programme.speakers.models import Invitation, InvitationStatus
from workshop.secretariat.accounts import passwords
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Workshop

PASSWORD = "intersession"  # noqa: S105  # published on purpose: a production start with these accounts is refused
NAMES = {
    "organiser": "Olga Organiser",
    "participant": "Paulo Participant",
    "rapporteur": "Rosa Rapporteur",
    "chair": "Chandra Chair",
    "analyst": "Anna Analyst",
    "focal-point": "Felix Focal-Point",
    "speaker": "Sara Speaker",
    "translator": "Tariq Translator",
}


def demo_accounts(*, at: datetime) -> dict[str, User]:
    """The people of the demonstration by role, not yet saved."""
    password_hash = passwords.hash(PASSWORD)
    return {
        role: User(
            email=f"{role}@example.org",
            name=f"{name} (demonstration)",
            password_hash=password_hash,
            created_at=at,
            is_demo=True,
        )
        for role, name in NAMES.items()
    }


def second_organiser(*, at: datetime) -> User:
    """Typed in what came on paper, so that the first can check it. Nobody signs in as her: she has no password."""
    return User(email="colleague@example.org", name="Oona Organiser (demonstration)", password_hash="", created_at=at)


ANSWERED = datetime(2005, 1, 14, 12, tzinfo=UTC)


def accepted_invitations(workshop: Workshop, sessions: Iterable[Session]) -> list[Invitation]:
    people = dict.fromkeys(who.person for session in sessions for who in session.appearances)
    return [
        Invitation(
            workshop=workshop,
            person=who,
            email="",
            language="en",
            standing=InvitationStatus.ACCEPTED,
            answered_at=ANSWERED,
        )
        for who in people
    ]
