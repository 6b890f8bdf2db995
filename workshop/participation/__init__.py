"""Who is invited, nominated, registered and there."""

PACKAGES: tuple[str, ...] = ("delegations", "registration", "attendance")
