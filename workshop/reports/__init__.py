"""Group reports, the report to the plenary, and where each paragraph comes from."""
