"""What an organiser types about an item with its speaker and document, about a document, and with a file."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Email, Length, NumberRange, Optional, Regexp

from workshop.platform.conflicts import SharedForm
from workshop.platform.forms import LINE, BaseForm, CheckboxesField, ClockField, WordsField, labelled
from workshop.platform.i18n import LANGUAGES, language
from workshop.programme.agenda.formats import Part, Perspective
from workshop.secretariat.register.countries import in_order
from workshop.secretariat.register.models import Person

from .models import Embargo, Kind, SymbolKind


def in_these(languages: list[str]) -> list[SelectChoice]:
    return [SelectChoice(code, LANGUAGES.get(code, code)) for code in languages]


def all_countries() -> list[SelectChoice]:
    none = SelectChoice("", _l("None, or an international body"))
    return [none, *(SelectChoice(code, name) for code, name in in_order(language()))]


class DocumentForm(SharedForm):
    kind = SelectField(_l("Kind"), [DataRequired()], choices=labelled(Kind), coerce=Kind)
    title = WordsField(_l("Title"), lines=2, description=_l("May stay empty if the title of the item is enough."))
    author = StringField(
        _l("Author"), [LINE], default="", description=_l("Only if it is someone other than the speaker.")
    )
    languages = CheckboxesField(_l("Requested in"), description=_l("Leave all unticked if any language will do."))
    due_on = DateField(_l("Due on"), [Optional()])
    person_id = SelectField(_l("Requested from"), coerce=lambda value: int(value) if value else None)
    email = StringField(
        _l("Email address"),
        [Optional(), Email(), LINE],
        default="",
        description=_l("Where reminders and the link go, if it is not the address of the invitation."),
    )
    symbol = StringField(
        _l("Symbol"),
        [
            Optional(),
            Length(max=60),
            Regexp(r"^[^\s/](.*[^\s/])?$", message=_l("Begin and end it with a letter or a digit.")),
        ],
        default="",
        description=_l("As it is printed, such as IDM/2005/3."),
    )
    symbol_kind = SelectField(
        _l("Belongs to that symbol as"),
        choices=[SelectChoice("", _l("The document itself")), *labelled(SymbolKind)],
        coerce=lambda value: SymbolKind(value) if value else None,
    )
    symbol_number = IntegerField(_l("Number"), [Optional(), NumberRange(1, 99)])
    embargo = SelectField(
        _l("Embargo"),
        choices=labelled(Embargo),
        coerce=Embargo,
        default=Embargo.NONE,
        description=_l("Until the embargo ends, the document is listed, but only organisers can open its file."),
    )
    embargo_day = DateField(_l("Embargo until the day"), [Optional()])
    embargo_time = ClockField(_l("Embargo until the time"), [Optional()])

    def __init__(self, formdata: object, *, languages: list[str], people: Sequence[Person], **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        self.languages.choices = in_these(languages)
        nobody = SelectChoice("", _l("The person who speaks on the item"))
        self.person_id.choices = [nobody, *(SelectChoice(each.id, each.display_name) for each in people)]


class AddItemForm(BaseForm):
    """An item, its speaker and the document expected for it, on one page."""

    title = WordsField(_l("Title"), lines=2, description=_l("May stay empty if the speaker gave no title."))
    minutes = IntegerField(_l("Minutes"), [Optional(), NumberRange(1, 600)])
    perspective = SelectField(
        _l("Perspective"),
        choices=[SelectChoice("", _l("None")), *labelled(Perspective)],
        coerce=lambda value: Perspective(value) if value else None,
    )
    role_label = WordsField(
        _l("Role of the speaker"), lines=2, description=_l("Printed as it is: Speaker from country of origin.")
    )
    honorific = StringField(_l("Form of address"), [LINE], default="", description=_l("As supplied: H.E., S.E., Dr."))
    given_name = StringField(_l("Given name"), [LINE], default="")
    family_name = StringField(_l("Family name"), [LINE], default="")
    function = WordsField(_l("Function"))
    organisation = StringField(
        _l("Organisation"),
        [LINE],
        default="",
        description=_l("An organisation known by this name or acronym is found."),
    )
    country = SelectField(_l("Country"), choices=all_countries, default="")
    part = SelectField(_l("Appears as"), choices=labelled(Part), coerce=Part, default=Part.SPEAKER)
    document = SelectField(
        _l("Document"),
        choices=[SelectChoice("", _l("None requested")), *labelled(Kind)],
        coerce=lambda value: Kind(value) if value else None,
    )
    languages = CheckboxesField(_l("Requested in"), description=_l("Leave all unticked if any language will do."))
    due_on = DateField(_l("Due on"), [Optional()])

    def __init__(self, *, languages: list[str], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.languages.choices = in_these(languages)


class UploadForm(BaseForm):
    language = SelectField(_l("Language of the file"), [DataRequired()])
    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file first."))],
        description=_l("PDF, DOCX, PPTX, ODT, ODP, PNG, JPEG or WebP, at most 40 MB, without macros or password."),
    )

    def __init__(self, *, languages: list[str], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.language.choices = in_these(languages)


class StepsForm(SharedForm):
    """When authors are reminded."""

    days = StringField(
        _l("Days after the due date"),
        [Optional(), LINE],
        default="",
        description=_l("Separated by commas, before the due date with a minus: -14, -3, 1, 7. Empty: no reminders."),
    )


class LinkForm(BaseForm):
    """To whom the link of one document goes."""

    email = StringField(_l("Email address"), [DataRequired(), Email(), LINE])
