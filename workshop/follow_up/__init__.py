"""What becomes of each recommendation by the next session."""

PACKAGES: tuple[str, ...] = ("publications", "practices", "contacts")
