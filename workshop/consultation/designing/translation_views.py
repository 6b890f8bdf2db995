"""Languages side by side, for organisers; and for a translator, who comes with a link, one language and nothing else."""

import hashlib
from collections.abc import Sequence
from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse
from wtforms import TextAreaField
from wtforms.validators import Length

from workshop.consultation.questionnaires import draft_statements
from workshop.consultation.questionnaires import queries as questionnaires_queries
from workshop.consultation.questionnaires.models import TranslatorLink
from workshop.consultation.questions import draft_editing, language_names, question_texts
from workshop.consultation.questions.drafts.translation_memory import TranslationMemory, as_tmx
from workshop.consultation.questions.question_texts import QuestionnaireText, TextPart
from workshop.consultation.questions.questionnaire_document import Document
from workshop.platform import audit
from workshop.platform.access import by_link, limited
from workshop.platform.conflicts import Clash, SharedForm, open_form
from workshop.platform.db import db, now
from workshop.platform.forms import posted_form
from workshop.secretariat.series.membership import holding, organiser
from workshop.secretariat.series.models import Role, Workshop

from . import bp, rules, versions
from .editor_views import EditorState, Page, editor_state
from .forms import LanguagesForm, LinkForm
from .instruments import instrument_library


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/languages", methods=["GET", "POST"])
@organiser
def languages_of(workshop: Workshop, questionnaire: str) -> Page:
    """Which languages there are, what each lacks, and who may translate."""
    at = editor_state(workshop, questionnaire)
    form, theirs = open_form(LanguagesForm, {"languages": ", ".join(at.document["languages"])}, posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            wanted = rules.codes_of(form.languages.data or "")
            at.keep(draft_editing.set_languages(at.document, wanted), "languages")
            return redirect(url_for(".languages_of", slug=workshop.slug, questionnaire=questionnaire))
    return languages_page(workshop, at, form, LinkForm(formdata=None, languages=at.document["languages"]), theirs)


def languages_page(
    workshop: Workshop, at: EditorState, form: LanguagesForm, link_form: LinkForm, theirs: object = None, new: str = ""
) -> Page:
    page = render_template(
        "consultation/designing/languages_of.html",
        workshop=workshop,
        bench=at,
        form=form,
        link_form=link_form,
        theirs=theirs,
        new=new,
        missing=question_texts.missing(at.document),
        total=len(question_texts.all_texts(at.document)),
        at=now(),
        links=db.session.scalars(questionnaires_queries.links(at.questionnaire)).all(),
        name_of=language_names.name_of,
    )
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/links")
@organiser
def make_link(workshop: Workshop, questionnaire: str) -> Page:
    """A new secret link, shown once."""
    at = editor_state(workshop, questionnaire)
    form = LinkForm(languages=at.document["languages"])
    new = ""
    if form.validate_on_submit():
        link, token = rules.make(
            at.questionnaire,
            language=form.language.data,
            name=form.name.data or "",
            days=form.days.data or 30,
            at=now(),
        )
        db.session.add_all([link, audit_entry("make translator link", at, link.language)])
        db.session.commit()
        new, form = (
            url_for(".translator", token=token, _external=True),
            LinkForm(formdata=None, languages=at.document["languages"]),
        )
    kept, _theirs = open_form(LanguagesForm, {"languages": ", ".join(at.document["languages"])}, None)
    return languages_page(workshop, at, kept, form, new=new)


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/links/<int:number>/revoke")
@organiser
def revoke_link(workshop: Workshop, questionnaire: str, number: int) -> HttpResponse:
    at = editor_state(workshop, questionnaire)
    link = db.one_or_404(questionnaires_queries.links(at.questionnaire).where(TranslatorLink.id == number))
    if link.ended_at is None:
        link.end_link(now())
        db.session.add(audit_entry("revoke translator link", at, link.language))
        db.session.commit()
    flash(_("The link no longer works."))
    return redirect(url_for(".languages_of", slug=workshop.slug, questionnaire=questionnaire))


def audit_entry(verb: str, at: EditorState, language: str) -> audit.AuditEntry:
    return audit.record(verb, f"{at.questionnaire.slug} {language}", who=current_user.id, at=now())


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/languages/<language>", methods=["GET", "POST"])
@holding(Role.ORGANISER, Role.TRANSLATOR)
def translate(workshop: Workshop, questionnaire: str, language: str) -> Page:
    at = editor_state(workshop, questionnaire)
    if language not in at.document["languages"]:
        abort(404)
    source = request.args.get("source", "")
    source = source if source in at.document["languages"] else question_texts.source_of(at.document, language)
    parts = question_texts.parts_of(at.document, language)
    part = part_asked(parts)
    shown = texts_shown(at, parts, part)
    form, theirs = translation_form(shown, language)
    address = partial(
        url_for, ".translate", slug=workshop.slug, questionnaire=questionnaire, language=language, source=source
    )
    memory = TranslationMemory([at.document, *own_documents()], source, language)
    if request.form.get("then") == "fill":
        fill_missing(form, shown, source, memory)
    elif theirs is None and form.validate_on_submit():
        at.keep(question_texts.having(at.document, language, typed_texts(form, shown)), "translate", language)
        flash(_("Saved."))
        return redirect(address(part=part_after(parts, part)))
    page = render_template(
        "consultation/designing/translate.html",
        workshop=workshop,
        bench=at,
        form=form,
        theirs=theirs,
        language_here=language,
        source=source,
        rows=rows(shown, form, source, memory),
        parts=parts,
        part=part,
        address=address,
        name_of=language_names.name_of,
    )
    return page, 409 if theirs else 200


@bp.route("/translate/<token>", methods=["GET", "POST"])
@by_link(questionnaires_queries.translator_link)
@limited("120 per minute")
def translator(token: str, link: TranslatorLink) -> Page:
    """The texts of one language beside their source; the link knows the questionnaire and the language."""
    questionnaire = link.questionnaire
    if request.method == "POST":
        questionnaire = db.session.scalars(questionnaires_queries.lock_by_link(link)).one()
    newest = db.session.scalars(questionnaires_queries.newest_of(questionnaire)).one_or_none()
    at = EditorState(questionnaire, newest, rules.working(questionnaire, newest))
    if link.language not in at.document["languages"]:
        abort(404)
    parts = question_texts.parts_of(at.document, link.language)
    part = part_asked(parts)
    shown = texts_shown(at, parts, part)
    form, theirs = translation_form(shown, link.language)
    source = question_texts.source_of(at.document, link.language)
    memory = TranslationMemory([at.document, *ready_made()], source, link.language)
    if request.form.get("then") == "fill":
        fill_missing(form, shown, source, memory)
    elif theirs is None and form.validate_on_submit():
        link.used_at = now()
        at.keep(
            question_texts.having(at.document, link.language, typed_texts(form, shown)),
            "translate",
            link.language,
            by_link=True,
        )
        flash(_("Saved. The organisers see it at once; the public when they publish it."))
        return redirect(url_for(".translator", token=token, part=part_after(parts, part)))
    page = render_template(
        "consultation/designing/translator.html",
        link=link,
        questionnaire=questionnaire,
        form=form,
        theirs=theirs,
        token=token,
        language_here=link.language,
        source=source,
        rows=rows(shown, form, source, memory),
        parts=parts,
        part=part,
        address=partial(url_for, ".translator", token=token),
        name_of=language_names.name_of,
    )
    return page, 409 if theirs else 200


def part_asked(parts: Sequence[TextPart]) -> str | None:
    """The part that the address names, else the first that lacks something; None where all fit one page."""
    codes = [each.code for each in parts]
    if request.args.get("part") in codes:
        return request.args["part"]
    return next((each.code for each in parts if each.missing), codes[0] if codes else None)


def part_after(parts: Sequence[TextPart], part: str | None) -> str | None:
    """Where to go on: the next part where that was asked for, else the same."""
    codes = [each.code for each in parts]
    if part is None or request.form.get("then") != "next":
        return part
    return codes[min(codes.index(part) + 1, len(codes) - 1)]


def texts_shown(at: EditorState, parts: Sequence[TextPart], part: str | None) -> list[QuestionnaireText]:
    return [each for each in question_texts.all_texts(at.document) if not parts or each.part == part]


def translation_form(everything: Sequence[QuestionnaireText], language: str) -> tuple[SharedForm, Clash | None]:
    """A form with one field for each text, as it stands or as sent; and a clash, where the same text was changed twice."""
    names = versions.names_of_texts()
    fields = {
        field_name(each): TextAreaField(question_texts.place_of(each, names), [Length(max=8000)], default="")
        for each in everything
    }
    now_said = {field_name(each): each.words.get(language, "") for each in everything}
    return open_form(type("TextsForm", (SharedForm,), fields), now_said, posted_form())


def one_line_end(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def field_name(each: QuestionnaireText) -> str:
    return "t" + hashlib.sha256(each.address.encode()).hexdigest()[:10]


def typed_texts(form: SharedForm, shown: Sequence[QuestionnaireText]) -> dict[str, str]:
    return {each.address: one_line_end(form[field_name(each)].data or "") for each in shown}


def own_documents() -> list[Document]:
    """What this person's questionnaires say, and those that come with the program: what a memory is made of."""
    own = db.session.execute(draft_statements.library(current_user)).all()
    return [rules.working(each, version) for each, version in own] + ready_made()


def ready_made() -> list[Document]:
    return [each.document for each in instrument_library.INSTRUMENTS]


def fill_missing(form: SharedForm, shown: Sequence[QuestionnaireText], source: str, memory: TranslationMemory) -> None:
    """Put what was translated before into the fields that are blank; nothing is saved."""
    filled = 0
    for each in shown:
        field = form[field_name(each)]
        if not (field.data or "").strip() and (known := memory.translation(each.words.get(source, ""))):
            field.data, filled = known, filled + 1
    flash(
        ngettext(
            "One text is filled in from earlier questionnaires. Check it, then save.",
            "%(num)s texts are filled in from earlier questionnaires. Check them, then save.",
            filled,
        )
        if filled
        else _("Nothing that is missing here was translated before.")
    )


@bp.get("/workshops/<slug>/desk/questionnaires/memory.tmx")
@organiser
def translations_file(workshop: Workshop) -> HttpResponse:
    """Everything translated in this person's questionnaires, for translators' programs."""
    response = HttpResponse(as_tmx(own_documents()), mimetype="application/xml")
    response.headers.set("Content-Disposition", "attachment", filename=f"{workshop.slug}-translations.tmx")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def rows(
    shown: Sequence[QuestionnaireText], form: SharedForm, source: str, memory: TranslationMemory
) -> list[dict[str, object]]:
    """Each text with its source, its field, what it became before, and terms in it."""
    names = versions.names_of_texts()
    listed = []
    for each in shown:
        name = field_name(each)
        kept = form[name].object_data or ""
        listed.append(
            {
                "place": question_texts.place_of(each, names),
                "source": each.words.get(source, ""),
                "field": form[name],
                "missing": not kept,
                "before": "" if kept else memory.translation(each.words.get(source, "")),
                "terms": memory.terms_in(each.words.get(source, "")),
            }
        )
    return listed
