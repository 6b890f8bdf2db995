"""Results as files for other programs: spreadsheets, statistics, slides."""
