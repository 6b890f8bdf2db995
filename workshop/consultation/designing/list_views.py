"""The organisers' editor: lists of answers that several questions share, and the library of own earlier questions."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires import draft_statements
from workshop.consultation.questionnaires.models import Questionnaire
from workshop.consultation.questions import draft_editing
from workshop.consultation.questions.drafts import draft_lists
from workshop.consultation.questions.question import Kind
from workshop.consultation.questions.questionnaire_document import Document, QuestionDraft
from workshop.platform.conflicts import open_form
from workshop.platform.db import Words, db
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.forms import posted_form
from workshop.platform.i18n import language
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, form_document, rules
from .editor_views import EditorState, Page, back, editor_state
from .forms import ListForm

SHOWN = 40


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/lists")
@organiser
def add_list(workshop: Workshop, questionnaire: str) -> HttpResponse:
    at = editor_state(workshop, questionnaire)
    name = draft_editing.new_list_name(at.document, request.form.get("name", ""))
    at.keep(draft_lists.set_list(at.document, name, []), "list", name)
    return redirect(url_for(".edit_list", slug=workshop.slug, questionnaire=questionnaire, name=name))


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/lists/<name>", methods=["GET", "POST"])
@organiser
def edit_list(workshop: Workshop, questionnaire: str, name: str) -> Page:
    """A list once, for all questions that use it."""
    at = editor_state(workshop, questionnaire)
    if name not in at.document["lists"]:
        abort(404)
    form, theirs = open_form(
        ListForm, {"options": form_document.options_shown(at.document["lists"][name])}, posted_form()
    )
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            changed = list_changed(at, name, form)
            at.keep(changed, "list", name)
            flash(_("The list is saved."))
            return redirect(url_for(".edit_list", slug=workshop.slug, questionnaire=questionnaire, name=name))
    page = render_template(
        "consultation/designing/edit_list.html",
        workshop=workshop,
        bench=at,
        form=form,
        theirs=theirs,
        name=name,
        used=draft_editing.using(at.document, name),
        filtered=any(question.get("filter") for question in draft_editing.questions(at.document))
        or any(option.get("columns") for option in at.document["lists"][name]),
        fixed=fixed_options(at, name),
    )
    return page, 409 if theirs else 200


def list_changed(at: EditorState, name: str, form: ListForm) -> Document:
    """The document with the list as typed. The codes of answers that were published stay as they are."""
    options, renamed = form_document.options_made(form, at.document["languages"][0])
    if bound := renamed.keys() & fixed_options(at, name):
        raise RuleBroken(
            _("The code “%(code)s” is published and cannot be changed: answers are stored under it.", code=min(bound))
        )
    document = draft_lists.set_list(at.document, name, options)
    for old, new in renamed.items():
        document = draft_lists.rename_option(document, name, old, new)
    return document


def fixed_options(at: EditorState, name: str) -> set[str]:
    published = at.newest.definition["lists"].get(name, []) if at.newest else []
    return {option["code"] for option in published}


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/lists/<name>/remove")
@organiser
def remove_list(workshop: Workshop, questionnaire: str, name: str) -> HttpResponse:
    at = editor_state(workshop, questionnaire)
    with flashing_refusal():
        at.keep(draft_lists.remove_list(at.document, name), "remove list", name)
        flash(_("The list %(name)s is removed. “Undo” restores it.", name=name))
    return back(at)


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/sections/<code>/library", methods=["GET", "POST"])
@organiser
def library(workshop: Workshop, questionnaire: str, code: str) -> Page:
    """Questions of all questionnaires this person organises, to be taken into a section."""
    at = editor_state(workshop, questionnaire)
    section = draft_editing.section(at.document, code) or abort(404)
    shelves = [
        (form, rules.working(form, version))
        for form, version in db.session.execute(draft_statements.library(current_user))
    ]
    if request.method == "POST":
        return taken_over(at, code, {str(form.id): document for form, document in shelves})
    wanted = request.args.get("q", "").strip()
    found = [each for form, document in shelves for each in matching(form, document, wanted)]
    return render_template(
        "consultation/designing/library.html",
        workshop=workshop,
        bench=at,
        section=section,
        wanted=wanted,
        found=found[:SHOWN],
        more=max(0, len(found) - SHOWN),
        labels=Kind.labels(),
    )


def matching(form: Questionnaire, document: Document, wanted: str) -> list[QuestionDraft]:
    """The questions of a questionnaire in which all the words stand, in any language."""
    words = wanted.casefold().split()
    found = []
    for question in draft_editing.questions(document):
        text = " ".join((question["code"], *question.get("text", {}).values())).casefold()
        if all(word in text for word in words):
            shown = Words(question.get("text", {})).in_(language(), *document["languages"])[0]
            found.append({"form": form, "code": question["code"], "kind": Kind(question["type"]), "text": shown})
    return found


def taken_over(at: EditorState, section: str, shelves: dict[str, Document]) -> HttpResponse:
    source, _slash, code = request.form.get("take", "").partition("/")
    if source not in shelves or draft_editing.question(shelves[source], code) is None:
        flash(_("This question no longer exists."))
        return back(at, section)
    document, new = draft_editing.take_over(at.document, section, shelves[source], code, at.fixed)
    at.keep(document, "add question", new)
    flash(_("Added as %(code)s, without its conditions.", code=new))
    return back(at, new)
