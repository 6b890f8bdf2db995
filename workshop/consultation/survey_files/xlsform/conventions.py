"""What both sides of XLSForm agree on: our own columns, names and marks. Other tools leave these columns alone."""

from workshop.consultation.questions.question import Kind

OWN = "intersession_"
# Facts of a question that XLSForm has no column for; yes or a value.
MARKS = ("personal", "sensitive")
VALUES = ("unit", "currency", "on_no", "reveals", "rows")
FIGURES = ("top", "decimals", "max_size", "least", "most")
TRANSLATED = ("unit_label", "low", "high", "why", "item")
EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s]+"
THIS_YEAR = "int(format-date(today(), '%Y'))"
YES, NO, OTHER = "yes", "no", "other"
FORMAT = "2"  # since then "guidance_hint" is for whoever asks; before, it held why we ask
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
    Kind.TIME: "time",
    Kind.MOMENT: "dateTime",
    Kind.CALCULATION: "calculate",
    Kind.REPEAT: "begin_repeat",
}
