"""Every role's first page, and what strangers read."""

PACKAGES: tuple[str, ...] = ("overview", "briefing", "translating", "search", "public")
