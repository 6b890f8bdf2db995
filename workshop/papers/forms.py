"""What an organiser types about an item with its speaker and document, about a document, and with a file."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from workshop.agenda.models import Part, Perspective
from workshop.conflicts import SharedForm
from workshop.forms import BaseForm, CheckboxesField, WordsField
from workshop.i18n import LANGUAGES, language
from workshop.stakeholders.countries import in_order

from .models import Kind

LINE = Length(max=200)


def labelled(kind: Any) -> list[SelectChoice]:
    return [SelectChoice(member.value, member.label) for member in kind]


def in_these(languages: list[str]) -> list[SelectChoice]:
    return [SelectChoice(code, LANGUAGES.get(code, code)) for code in languages]


def all_countries() -> list[SelectChoice]:
    none = SelectChoice("", _l("None, or an international body"))
    return [none, *(SelectChoice(code, name) for code, name in in_order(language()))]


class DocumentForm(SharedForm):
    kind = SelectField(_l("Kind"), [DataRequired()], choices=labelled(Kind), coerce=Kind)
    title = WordsField(_l("Title"), lines=2, description=_l("May stay empty where the title of the item serves."))
    author = StringField(
        _l("Author"), [LINE], default="", description=_l("Only if it is somebody else than the speaker.")
    )
    languages = CheckboxesField(_l("Expected in"), description=_l("Tick none when any language will do."))
    due_on = DateField(_l("Due on"), [Optional()])

    def __init__(self, formdata: Any, *, languages: list[str], **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.languages.choices = in_these(languages)


class AddItemForm(BaseForm):
    """An item, its speaker and the document expected for it, on one page."""

    title = WordsField(_l("Title"), lines=2, description=_l("May stay empty where the speaker gave none."))
    minutes = IntegerField(_l("Minutes"), [Optional(), NumberRange(1, 600)])
    perspective = SelectField(
        _l("Perspective"), choices=[SelectChoice("", _l("None")), *labelled(Perspective)],
        coerce=lambda value: Perspective(value) if value else None,
    )  # fmt: skip
    role_label = WordsField(
        _l("Role of the speaker"), lines=2, description=_l("Printed as it is: Speaker from country of origin.")
    )
    honorific = StringField(_l("Form of address"), [LINE], default="", description=_l("As supplied: H.E., S.E., Dr."))
    given_name = StringField(_l("Given name"), [LINE], default="")
    family_name = StringField(_l("Family name"), [LINE], default="")
    function = WordsField(_l("Function"))
    organisation = StringField(
        _l("Organisation"), [LINE], default="", description=_l("One that is known by this name or acronym is found.")
    )
    country = SelectField(_l("Country"), choices=all_countries, default="")
    part = SelectField(_l("Appears as"), choices=labelled(Part), coerce=Part, default=Part.SPEAKER)
    document = SelectField(
        _l("Document"), choices=[SelectChoice("", _l("None is expected")), *labelled(Kind)],
        coerce=lambda value: Kind(value) if value else None,
    )  # fmt: skip
    languages = CheckboxesField(_l("Expected in"), description=_l("Tick none when any language will do."))
    due_on = DateField(_l("Due on"), [Optional()])

    def __init__(self, *, languages: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.languages.choices = in_these(languages)


class UploadForm(BaseForm):
    language = SelectField(_l("Language of the file"), [DataRequired()])
    file = FileField(
        _l("File"), [FileRequired(_l("Choose a file first."))],
        description=_l("PDF, DOCX, PPTX, ODT, ODP, PNG or JPEG, at most 40 MB, without macros or password."),
    )  # fmt: skip

    def __init__(self, *, languages: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.language.choices = in_these(languages)
