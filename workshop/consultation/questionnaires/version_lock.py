"""A published version never changes: refused by the program, and by a trigger in the database."""

from sqlalchemy import DDL, event, inspect


class VersionIsPublished(RuntimeError):
    """Somebody tried to change what is published."""


SQLITE = """
CREATE TRIGGER questionnaire_version_never_changes BEFORE UPDATE ON questionnaire_version
BEGIN
    SELECT RAISE(ABORT, 'a published version never changes');
END
"""
POSTGRESQL = (
    """
    CREATE OR REPLACE FUNCTION refuse_change_of_version() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'a published version never changes'; END $$
    """,
    """
    CREATE TRIGGER questionnaire_version_never_changes BEFORE UPDATE ON questionnaire_version
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version()
    """,
)


def never_changes(version: type) -> None:
    """Put both locks on the class of versions and its table."""
    event.listen(version, "before_update", refuse_change)
    for dialect, statements in {"sqlite": (SQLITE,), "postgresql": POSTGRESQL}.items():
        for statement in statements:
            frozen = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
            event.listen(version.__table__, "after_create", frozen)  # type: ignore[attr-defined]


def refuse_change(_mapper: object, _connection: object, version: object) -> None:
    """The first of the two locks; the other is the trigger."""
    if any(attribute.history.has_changes() for attribute in inspect(version).attrs):
        raise VersionIsPublished("a published version never changes")
