"""What happens when, with whom and with which documents; and the agenda in and out of files."""

PACKAGES: tuple[str, ...] = (
    "agenda",
    "groups",
    "session_roles",
    "releases",
    "speakers",
    "papers",
    "runsheet",
    "agenda_in",
    "agenda_out",
)
