"""Who sits in which group, what is said there and in plenary, and what is reported to the plenary."""

PACKAGES: tuple[str, ...] = (
    "allocation",
    "capture",
    "floor",
    "merging",
    "group_reports",
    "corrections",
    "plenary",
    "editions",
    "circulation",
)
