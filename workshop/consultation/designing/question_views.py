"""The organisers' editor: one question, its type, and what is wrong with a condition while it is typed."""

from functools import partial

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questions import draft_checks, draft_editing, question_types
from workshop.consultation.questions.drafts import draft_lists
from workshop.consultation.questions.question import Kind
from workshop.consultation.questions.questionnaire_document import Document, QuestionDraft, SectionDraft
from workshop.platform.conflicts import begin_form, open_form
from workshop.platform.errors import RuleBroken
from workshop.platform.forms import posted_form
from workshop.platform.i18n import language
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, composing, form_document
from .editor_views import EditorState, Page, back, compose_condition, editor_state, expressions_in_words
from .forms import QuestionForm


@bp.route(
    "/workshops/<slug>/desk/questionnaires/<questionnaire>/sections/<code>/questions/new", methods=["GET", "POST"]
)
@organiser
def add_question(workshop: Workshop, questionnaire: str, code: str) -> Page:
    at = editor_state(workshop, questionnaire)
    section = section_or_repeat(at.document, code) or abort(404)
    kind = kind_wanted(request.args.get("type", Kind.ONE.value))
    begun = form_document.beginning(kind, draft_editing.next_question_code(at.document, code, at.fixed))
    form = begin_form(
        partial(QuestionForm, kind=kind, lists=list(at.document["lists"])),
        form_document.as_form_data(begun),
        posted_form(),
    )
    if form.validate_on_submit() and not compose_condition(at, form):
        with form.refusing():
            made = begun | form_document.keys_of_form(form)
            document = draft_editing.add_question(at.document, section["code"], made)
            at.keep(with_new_lists(document, made["code"], form), "add question", made["code"])
            return back(at, made["code"])
    return question_page(workshop, at, form, begun, section)


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/questions/<asked>", methods=["GET", "POST"])
@organiser
def edit_question(workshop: Workshop, questionnaire: str, asked: str) -> Page:
    at, code = editor_state(workshop, questionnaire), asked
    question = draft_editing.question(at.document, code) or abort(404)
    section = draft_editing.section_of(at.document, code) or abort(404)
    make = partial(QuestionForm, kind=Kind(question["type"]), lists=list(at.document["lists"]), fixed=code in at.fixed)
    form, theirs = open_form(make, form_document.as_form_data(question), posted_form())
    if theirs is None and form.validate_on_submit() and not compose_condition(at, form):
        values = form_document.keys_of_form(form)
        with form.refusing():
            document = draft_editing.edit_question(at.document, code, **values)
            code = values.get("code", code)
            at.keep(with_new_lists(document, code, form), "edit question", code)
            return back(at, code)
    return question_page(workshop, at, form, question, section, theirs)


def section_or_repeat(document: Document, code: str) -> SectionDraft | None:
    """Where a new question goes: a section, or a repeat, which is like one."""
    repeat = draft_editing.question(document, code)
    if repeat and repeat["type"] == Kind.REPEAT:
        return {"code": code, "title": repeat["text"], "questions": repeat.get("questions", [])}
    return draft_editing.section(document, code)


def kind_wanted(written: str) -> Kind:
    return Kind(written) if written in set(Kind) else abort(404)


def with_new_lists(document: Document, code: str, form: QuestionForm) -> Document:
    """The document with the lists made of the lines typed."""
    for key in (key for key in draft_editing.LISTS if key in form):
        if lines := form_document.from_lines(form[f"new_{key}"].data, document["languages"][0]):
            name = draft_editing.new_list_name(document, code if key == "options" else f"{code} {key}")
            document = draft_editing.edit_question(draft_lists.set_list(document, name, lines), code, **{key: name})
    return document


def question_page(
    workshop: Workshop,
    at: EditorState,
    form: QuestionForm,
    question: QuestionDraft,
    section: SectionDraft,
    theirs: object = None,
) -> Page:
    page = render_template(
        "consultation/designing/edit_question.html",
        workshop=workshop,
        bench=at,
        form=form,
        question=question,
        section=section,
        theirs=theirs,
        kind=Kind(question["type"]),
        kinds=list(Kind),
        is_new=draft_editing.question(at.document, question["code"]) is None,
        faults=[fault for fault in draft_checks.check(at.document) if fault.code == question["code"]],
        offered=composing.choices(at.document, question["code"], language()),
        signs=composing.signs(),
        in_words=expressions_in_words(at, form),
    )
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/check")
@organiser
def check(workshop: Workshop, questionnaire: str) -> dict[str, object]:
    """What is wrong with a condition or limit while it is typed; nothing is kept."""
    at = editor_state(workshop, questionnaire, only_look=True)
    typed = {key: request.form.get(key, "") for key in ("kind", "code", "key", "text", "section", "type")}
    try:
        found = composing.remarks(at.document, **typed)
    except RuleBroken as refusal:
        return {"faults": [{"message": str(refusal.message), "error": True}]}
    words = composing.in_words(at.document, {typed["key"]: typed["text"]}, language()).get(typed["key"], "")
    said = _("In words: %(words)s", words=words) if words else ""
    return {"faults": [{"message": fault.message, "error": fault.is_error} for fault in found], "words": said}


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/questions/<asked>/type")
@organiser
def change_type(workshop: Workshop, questionnaire: str, asked: str) -> HttpResponse:
    at = editor_state(workshop, questionnaire)
    question = draft_editing.question(at.document, asked) or abort(404)
    kind = kind_wanted(request.form.get("type", question["type"]))
    at.keep(draft_editing.change_type(at.document, asked, kind, question_types.keys_of(kind)), "change type", asked)
    return redirect(url_for(".edit_question", slug=workshop.slug, questionnaire=questionnaire, asked=asked))
