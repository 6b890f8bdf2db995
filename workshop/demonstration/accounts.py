"""One person per role, all of them invented, with a password that everybody knows."""

from datetime import datetime

from workshop.accounts import passwords
from workshop.accounts.models import User

PASSWORD = "intersession"  # noqa: S105  # published on purpose: a production start with these accounts is refused
NAMES = {
    "organiser": "Olga Organiser",
    "participant": "Paulo Participant",
    "rapporteur": "Rosa Rapporteur",
    "chair": "Chandra Chair",
    "focal-point": "Felix Focal-Point",
}


def load(*, at: datetime) -> dict[str, User]:
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
