"""What happens by itself: a removed workshop is erased once nobody can bring it back any more."""

from workshop.platform import audit, erasure, tasks
from workshop.platform.db import db, now

from . import removal

KIND = "workshop"


@erasure.erases(KIND)
def erase_again(keys: set[str]) -> None:
    """Workshops that were erased after the backup which is being restored was made."""
    for workshop in db.session.scalars(removal.by_key(keys)).all():
        for statement in removal.erasing(workshop):
            db.session.execute(statement)


@tasks.every_day("settings.erase_removed")
def erase_removed() -> None:
    for workshop in db.session.scalars(removal.to_erase(now())).all():
        slug = workshop.slug
        erasure.note(KIND, [workshop.key])
        for statement in removal.erasing(workshop):
            db.session.execute(statement)
        db.session.add(audit.record("erase workshop", slug, who=None, at=now()))
        db.session.commit()
