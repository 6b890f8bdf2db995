"""The types of LimeSurvey: what each becomes here, or why it does not."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from workshop.consultation.questions.question import Kind

DUAL = _l("Tables with two scales have no counterpart here.")
CELLS = _l("Tables of figures or texts have no counterpart here.")
SWITCH = _l("The reader chooses the language on every page here.")
UNKNOWN = _l("This type of question has no counterpart here.")


@dataclass(frozen=True)
class QuestionType:
    """What a type becomes; `fixed` are the answers of a table whose answers LimeSurvey words itself."""

    kind: Kind | None = None
    reason: object = ""
    fixed: tuple[str, ...] = ()
    each: bool = False  # every subquestion becomes a question of its own
    comment: bool = False  # there is a comment beside the answer, which is not taken


FIVE = ("1", "2", "3", "4", "5")
TYPES = {
    "L": QuestionType(Kind.ONE),
    "!": QuestionType(Kind.ONE),
    "O": QuestionType(Kind.ONE, comment=True),
    "M": QuestionType(Kind.MANY),
    "P": QuestionType(Kind.MANY, comment=True),
    "R": QuestionType(Kind.RANK),
    "F": QuestionType(Kind.MATRIX),
    "H": QuestionType(Kind.MATRIX),
    "A": QuestionType(Kind.MATRIX, fixed=FIVE),
    "B": QuestionType(Kind.MATRIX, fixed=tuple(str(n) for n in range(1, 11))),
    "C": QuestionType(Kind.MATRIX, fixed=("Y", "U", "N")),
    "E": QuestionType(Kind.MATRIX, fixed=("I", "S", "D")),
    "Y": QuestionType(Kind.ONE, fixed=("Y", "N")),
    "G": QuestionType(Kind.ONE, fixed=("F", "M")),
    "5": QuestionType(Kind.SCALE),
    "N": QuestionType(Kind.DECIMAL),
    "K": QuestionType(Kind.DECIMAL, each=True),
    "S": QuestionType(Kind.TEXT),
    "T": QuestionType(Kind.LONGTEXT),
    "U": QuestionType(Kind.LONGTEXT),
    "Q": QuestionType(Kind.TEXT, each=True),
    "D": QuestionType(Kind.DATE),
    "X": QuestionType(Kind.NOTE),
    "|": QuestionType(Kind.FILE),
    "1": QuestionType(reason=DUAL),
    ":": QuestionType(reason=CELLS),
    ";": QuestionType(reason=CELLS),
    "*": QuestionType(Kind.CALCULATION),
    "I": QuestionType(reason=SWITCH),
}
# The words of the answers that LimeSurvey does not write into its files.
FIXED = {
    "Y": _l("Yes"),
    "N": _l("No"),
    "U": _l("Uncertain"),
    "I": _l("Increase"),
    "S": _l("Same"),
    "D": _l("Decrease"),
    "F": _l("Female"),
    "M": _l("Male"),
}
# Attributes that say how something looks or what another tool does with it. All others are told when they are set.
LOOKS = {
    "cssclass",
    "display_columns",
    "display_rows",
    "display_type",
    "hide_tip",
    "input_size",
    "label_input_columns",
    "page_break",
    "printable_help",
    "public_statistics",
    "random_group",
    "save_as_default",
    "scale_export",
    "statistics_graphtype",
    "statistics_showgraph",
    "statistics_showmap",
    "text_input_width",
    "text_input_columns",
    "time_limit_action",
    "answer_width",
    "repeat_headings",
    "category_separator",
    "alphasort",
    "dropdown_size",
    "clear_default",
    "array_filter_style",
    "use_dropdown",
    "show_grand_total",
    "show_totals",
    "showpopups",
    "samechoiceheight",
    "samelistheight",
    "choice_title",
    "rank_title",
    "slider_layout",
    "location_city",
    "answer_width_bycolumn",
    "date_format",
    "reverse",
    "time_limit_disable_next",
    "time_limit_disable_prev",
    "show_title",
    "show_comment",
    "value_range_allows_missing",
    "placeholder",
    "num_value_int_only",
    "min_num_value_n",
    "max_num_value_n",
    "maximum_chars",
    "min_answers",
    "max_answers",
    "exclude_all_others",
    "hidden",
    "location_mapservice",
    "location_nodefaultfromip",
    "location_defaultcoordinates",
    "location_mapheight",
    "location_mapwidth",
    "location_mapzoom",
    "date_min",
    "date_max",
    "allowed_filetypes",
    "max_filesize",
    "max_num_of_files",
    "min_num_of_files",
    "other_position",
    "answer_order",
    "button_size",
    "keep_aspect",
    "horizontal_scroll",
    "crop_or_resize",
    "display_label",
    "dropdown_dates",
    "dropdown_dates_minute_step",
    "dropdown_dates_month_style",
    "dropdown_separators",
    "dropdown_prefix",
    "subquestion_order",
    "keepaspect",
}
