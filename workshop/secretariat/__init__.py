"""Who signs in, which organisations and people there are, and the workshops of a series."""

PACKAGES: tuple[str, ...] = (
    "accounts",
    "series",
    "activity",
    "settings",
    "members",
    "register",
    "rosters",
    "correspondence",
)
