"""What happens by itself: a removed workshop is erased once nobody can bring it back any more."""

from workshop.platform import audit, erasure, files, tasks
from workshop.platform.db import db, now
from workshop.secretariat.series.models import Workshop

from . import removal

KIND = "workshop"


@erasure.erases(KIND)
def erase_again(keys: set[str]) -> None:
    """Workshops that were erased after the backup which is being restored was made."""
    for workshop in db.session.scalars(removal.by_key(keys)).all():
        for name in erase(workshop):
            files.remove(name)


@tasks.every_day("settings.erase_removed")
def erase_removed() -> None:
    for workshop in db.session.scalars(removal.to_erase(now())).all():
        slug = workshop.slug
        erasure.note(KIND, [workshop.key])
        stored = erase(workshop)
        db.session.add(audit.record("erase workshop", slug, who=None, at=now()))
        db.session.commit()
        for name in stored:
            files.remove(name)


def erase(workshop: Workshop) -> set[str]:
    """In the transaction of the caller; the stored files that no row names any more, which go after its commit: papers for
    travel, replies, badges, lists that were sent.
    """
    before = stored_files()
    for statement in removal.erasing(workshop):
        db.session.execute(statement)
    return before - stored_files()


def stored_files() -> set[str]:
    return {name for statement in removal.names_of_files() for name in db.session.scalars(statement)}
