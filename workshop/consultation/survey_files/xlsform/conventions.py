"""What both sides of XLSForm agree on: our own columns, names and marks. Other tools leave these columns alone."""

from workshop.consultation.questions.question import Kind

OWN = "intersession_"
# Facts of a question that XLSForm has no column for; yes or a value.
MARKS = ("personal", "sensitive")
VALUES = ("unit", "currency", "on_no", "reveals", "rows")
FIGURES = ("top", "decimals", "max_size")
TRANSLATED = ("unit_label", "low", "high")
EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s]+"
THIS_YEAR = "int(format-date(today(), '%Y'))"
YES, NO, OTHER = "yes", "no", "other"
# The type that each kind of question has in XLSForm; where several kinds share one, `intersession_type` tells.
TYPES = {
    Kind.ONE: "select_one",
    Kind.MANY: "select_multiple",
    Kind.RANK: "rank",
    Kind.SCALE: "range",
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "decimal",
    Kind.MONEY: "decimal",
    Kind.DATE: "date",
    Kind.YEAR: "integer",
    Kind.COUNTRY: "select_one",
    Kind.COUNTRIES: "select_multiple",
    Kind.TEXT: "text",
    Kind.LONGTEXT: "text",
    Kind.FILE: "file",
    Kind.EMAIL: "text",
    Kind.CONSENT: "select_one",
    Kind.CONSENTS: "select_multiple",
    Kind.NOTE: "note",
}
