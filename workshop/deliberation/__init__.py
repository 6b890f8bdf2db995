"""What is said in the break-out groups, and what is reported to the plenary."""

PACKAGES: tuple[str, ...] = ("capture", "group_reports", "plenary")
