"""The list of what is to translate, and one part of it in one language beside its source."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import TextAreaField
from wtforms.validators import Length

from workshop.consultation.questionnaires.models import Questionnaire
from workshop.consultation.questions import question_texts
from workshop.platform.access import Page
from workshop.platform.conflicts import Clash, SharedForm, open_form
from workshop.platform.db import db
from workshop.platform.forms import posted_form
from workshop.secretariat.series.membership import holding
from workshop.secretariat.series.models import Role, Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries
from .translator_lines import parts_read
from .workshop_texts import Text, TextPart


@bp.get("/workshops/<slug>/desk/translations")
@holding(Role.ORGANISER, Role.TRANSLATOR)
def translations(workshop: Workshop) -> str:
    """Each part and each questionnaire, and what it lacks in which language."""
    return render_template(
        "front/translating/translations.html",
        workshop=workshop,
        parts=parts_read(db.session, workshop),
        questionnaires=[
            (each, {code: len(texts) for code, texts in question_texts.missing(each.draft).items()})
            for each in drafts_of(workshop)
        ],
    )


def drafts_of(workshop: Workshop) -> list[Questionnaire]:
    """Those that have a draft; what is published can be translated once it is edited again."""
    return [each for each in db.session.scalars(queries.drafts(workshop)) if each.draft]


@bp.route("/workshops/<slug>/desk/translations/<language>/<part>", methods=["GET", "POST"])
@holding(Role.ORGANISER, Role.TRANSLATOR)
def translate(workshop: Workshop, language: str, part: str) -> Page:
    """The working language is the source: it is written where the thing itself is edited."""
    if language not in workshop.languages[1:]:
        abort(404)
    if request.method == "POST":
        db.session.scalars(lock_workshop(workshop)).one()
    parts = parts_read(db.session, workshop)
    here = next((each for each in parts if each.code == part), None) or abort(404)
    form, theirs = texts_form(here.texts, language)
    if theirs is None and form.validate_on_submit():
        for text in here.texts:
            text.say(language, one_line_end(form[text.key].data or ""))
        db.session.commit()
        flash(_("Saved."))
        return redirect(url_for(".translate", slug=workshop.slug, language=language, part=part_after(parts, here)))
    page = render_template(
        "front/translating/translate.html",
        workshop=workshop,
        form=form,
        theirs=theirs,
        parts=parts,
        chosen=here,
        language_here=language,
        source=workshop.languages[0],
        rows=[row_of(text, form, language, workshop.languages[0]) for text in here.texts],
    )
    return page, 409 if theirs else 200


def texts_form(texts: Sequence[Text], language: str) -> tuple[SharedForm, Clash | None]:
    """A form with one field for each text, as it stands or as sent; and a clash, where the same text was changed twice."""
    fields = {text.key: TextAreaField(text.what, [Length(max=text.longest)], default="") for text in texts}
    now_said = {text.key: text.words.get(language, "") for text in texts}
    return open_form(type("TextsForm", (SharedForm,), fields), now_said, posted_form())


def one_line_end(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def row_of(text: Text, form: SharedForm, language: str, source: str) -> dict[str, object]:
    """A text beside its field; where the source says nothing, in the language in which it was written."""
    words, code = text.words.in_(source)
    row = {"place": text.what, "source": words, "code": code, "field": form[text.key], "missing": text.lacks(language)}
    return {**row, "terms": (), "before": ""}


def part_after(parts: Sequence[TextPart], here: TextPart) -> str:
    """Where to go on: the next part where that was asked for, else the same."""
    codes = [each.code for each in parts]
    step = 1 if request.form.get("then") == "next" else 0
    return codes[min(codes.index(here.code) + step, len(codes) - 1)]
