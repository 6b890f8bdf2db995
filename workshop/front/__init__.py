"""Every role's first page, and what strangers read."""

PACKAGES: tuple[str, ...] = ("overview", "search", "public")
