"""What is typed about a publication, part by part, and with a file, an edition, a mention."""

from collections.abc import Iterable, Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import LINE, BaseForm, CheckboxesField, MomentField, WordsField, labelled, unix_lines
from workshop.platform.i18n import LANGUAGES, language_name, zones

from .models import FilePurpose, PublicationKind

LONG = Length(max=5000)
ADDRESS = Length(max=500)


def language_choices(more: Iterable[str]) -> list[SelectChoice]:
    return [SelectChoice(code, language_name(code)) for code in dict.fromkeys([*LANGUAGES, *more])]


class AboutForm(SharedForm):
    kind = SelectField(_l("Kind"), choices=labelled(PublicationKind))
    title = WordsField(_l("Title"), [DataRequired(_l("Give the title in at least one language."))], at_most=300)
    subtitle = WordsField(_l("Subtitle"), at_most=300)
    authors = TextAreaField(
        _l("Authors"),
        [LONG],
        filters=(unix_lines,),
        description=_l("One a line: family name, comma, given name. An organisation has no comma."),
        render_kw={"rows": 3},
        default="",
    )
    issued_on = DateField(_l("Date of publication"), [InputRequired()])
    summary = WordsField(_l("Summary"), lines=6, at_most=4000)
    themes = StringField(_l("Themes"), [Length(max=500)], description=_l("Separated by commas."), default="")
    languages = CheckboxesField(_l("Languages it is published in"))
    pages = IntegerField(_l("Number of pages"), [Optional(), NumberRange(1, 9999)])
    chapters = TextAreaField(
        _l("Chapters"),
        [LONG],
        filters=(unix_lines,),
        description=_l("One a line: title | authors | pages."),
        render_kw={"rows": 4},
        default="",
    )

    def __init__(self, formdata: object = None, *, offered: Sequence[str], **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        self.languages.choices = language_choices(offered)


class ImprintForm(SharedForm):
    publisher = StringField(_l("Publisher"), [LINE], default="")
    publisher_place = StringField(_l("Place of publication"), [LINE], default="")
    collection = StringField(
        _l("Collection"), [LINE], description=_l("Such as: Migration Research Series."), default=""
    )
    number = StringField(_l("Number in the collection"), [Length(max=30)], default="")
    isbn = StringField("ISBN", [Length(max=30)], default="")
    issn = StringField("ISSN", [Length(max=30)], default="")
    symbol = StringField(_l("Document symbol"), [Length(max=60)], default="")
    link = StringField(
        _l("Where it was published"),
        [ADDRESS],
        description=_l("The address outside. If it stops working, readers are offered the copy stored here."),
        render_kw={"inputmode": "url", "dir": "ltr"},
        default="",
    )
    embargo_until = MomentField(
        _l("Embargo until"), [Optional()], description=_l("Before this moment nothing about it is public.")
    )
    zone = SelectField(_l("Time zone of the embargo"))

    def __init__(self, formdata: object = None, **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        self.zone.choices = [SelectChoice(zone, zone.replace("_", " ")) for zone in zones()]


class LaunchForm(SharedForm):
    launch_event = WordsField(_l("Event"), at_most=300, description=_l("Such as the meeting of another forum."))
    launch_place = WordsField(_l("Place"), at_most=200)
    launch_theme = WordsField(_l("Theme of the event"), at_most=300)
    launch_on = DateField(_l("Date"), [Optional()])
    launch_link = StringField(
        _l("Page of the event"), [ADDRESS], render_kw={"inputmode": "url", "dir": "ltr"}, default=""
    )
    press_text = WordsField(
        _l("Press text"),
        lines=8,
        at_most=6000,
        description=_l("In your own words. Shown with the files of the press kit."),
    )


class FileForm(BaseForm):
    purpose = SelectField(_l("What it is"), choices=labelled(FilePurpose), coerce=FilePurpose)
    language = SelectField(_l("Language of the file"), [DataRequired()])
    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file first."))],
        description=_l("PDF, DOCX, PPTX, ODT, ODP, PNG, JPEG or WebP, at most 40 MB, without macros or password."),
    )

    def __init__(self, *, offered: Sequence[str], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.language.choices = language_choices(offered)


class EditionForm(SharedForm):
    number = IntegerField(_l("Edition"), [InputRequired(), NumberRange(1, 999)])
    issued_on = DateField(_l("Date of publication"), [InputRequired()])
    endorsers = TextAreaField(
        _l("Endorsed by"),
        [LONG],
        filters=(unix_lines,),
        description=_l("One a line."),
        render_kw={"rows": 3},
        default="",
    )
    changes = WordsField(_l("What changed"), lines=4, at_most=4000)
    errata = WordsField(_l("Errata"), lines=4, at_most=4000)


class MentionForm(SharedForm):
    outlet = StringField(_l("Newspaper, broadcaster or site"), [DataRequired(), LINE], default="")
    title = StringField(_l("Title"), [DataRequired(), Length(max=300)], default="")
    seen_on = DateField(_l("Date"), [InputRequired()])
    language = SelectField(_l("Language"))
    link = StringField(_l("Address"), [ADDRESS], render_kw={"inputmode": "url", "dir": "ltr"}, default="")

    def __init__(self, formdata: object = None, *, offered: Sequence[str], **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        self.language.choices = [SelectChoice("", _l("Not stated")), *language_choices(offered)]
