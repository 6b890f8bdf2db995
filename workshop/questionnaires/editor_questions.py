"""The organisers' editor: one question, its type, and what is wrong with a condition while it is typed."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from workshop.conflicts import opened
from workshop.errors import RuleBroken
from workshop.i18n import language
from workshop.series.models import Workshop
from workshop.series.standing import organiser

from . import checking, composing, drafts, filling, kinds
from .drafts import Document
from .editor import WHERE, Bench, Page, back, bench, composed, sent
from .forms import QuestionForm
from .questions import Kind
from .views import bp


@bp.route(f"{WHERE}/sections/<code>/questions/new", methods=["GET", "POST"])
@organiser
def add_question(workshop: Workshop, questionnaire: str, code: str) -> Page:
    at = bench(workshop, questionnaire)
    section = drafts.section(at.document, code) or abort(404)
    kind = kind_wanted(request.args.get("type", Kind.ONE.value))
    begun = filling.beginning(kind, drafts.next_question_code(at.document, code, at.fixed))
    form, _theirs = opened(
        partial(QuestionForm, kind=kind, lists=list(at.document["lists"])), filling.shown(begun), sent()
    )
    if form.validate_on_submit() and not composed(at, form):
        try:
            made = begun | filling.made(form)
            document = drafts.add_question(at.document, section["code"], made)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            at.keep(with_new_lists(document, made["code"], form), "add question", made["code"])
            return back(at, made["code"])
    return question_page(workshop, at, form, begun, section)


@bp.route(f"{WHERE}/questions/<asked>", methods=["GET", "POST"])
@organiser
def edit_question(workshop: Workshop, questionnaire: str, asked: str) -> Page:
    at, code = bench(workshop, questionnaire), asked
    question = drafts.question(at.document, code) or abort(404)
    section = drafts.section_of(at.document, code) or abort(404)
    make = partial(QuestionForm, kind=Kind(question["type"]), lists=list(at.document["lists"]), fixed=code in at.fixed)
    form, theirs = opened(make, filling.shown(question), sent())
    if theirs is None and form.validate_on_submit() and not composed(at, form):
        values = filling.made(form)
        try:
            document = drafts.edit_question(at.document, code, **values)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            code = values.get("code", code)
            at.keep(with_new_lists(document, code, form), "edit question", code)
            return back(at, code)
    return question_page(workshop, at, form, question, section, theirs)


def kind_wanted(written: str) -> Kind:
    return Kind(written) if written in set(Kind) else abort(404)


def with_new_lists(document: Document, code: str, form: QuestionForm) -> Document:
    """The document with the lists made of the lines typed."""
    for key in (key for key in drafts.LISTS if key in form):
        if lines := filling.from_lines(form[f"new_{key}"].data, document["languages"][0]):
            name = drafts.new_list_name(document, code if key == "options" else f"{code} {key}")
            document = drafts.edit_question(drafts.set_list(document, name, lines), code, **{key: name})
    return document


def question_page(
    workshop: Workshop, at: Bench, form: QuestionForm, question: Mapping[str, Any], section: Mapping[str, Any],
    theirs: Any = None,
) -> Page:  # fmt: skip
    page = render_template(
        "questionnaires/edit_question.html", workshop=workshop, bench=at, form=form, question=question, section=section,
        theirs=theirs, kind=Kind(question["type"]), labels=kinds.LABELS, kinds=list(Kind),
        is_new=drafts.question(at.document, question["code"]) is None,
        faults=[fault for fault in checking.check(at.document) if fault.code == question["code"]],
        offered=composing.choices(at.document, question["code"], language()), signs=composing.signs(),
    )  # fmt: skip
    return page, 409 if theirs else 200


@bp.post(f"{WHERE}/check")
@organiser
def check(workshop: Workshop, questionnaire: str) -> dict[str, Any]:
    """What is wrong with a condition or limit while it is typed; nothing is kept."""
    at = bench(workshop, questionnaire, only_look=True)
    typed = {key: request.form.get(key, "") for key in ("kind", "code", "key", "text", "section", "type")}
    try:
        found = composing.remarks(at.document, **typed)
    except RuleBroken as refusal:
        return {"faults": [{"message": str(refusal.message), "error": True}]}
    return {"faults": [{"message": fault.message, "error": fault.is_error} for fault in found]}


@bp.post(f"{WHERE}/questions/<asked>/type")
@organiser
def change_type(workshop: Workshop, questionnaire: str, asked: str) -> Response:
    at = bench(workshop, questionnaire)
    question = drafts.question(at.document, asked) or abort(404)
    kind = kind_wanted(request.form.get("type", question["type"]))
    at.keep(drafts.change_type(at.document, asked, kind, kinds.keys_of(kind)), "change type", asked)
    return redirect(url_for(".edit_question", slug=workshop.slug, questionnaire=questionnaire, asked=asked))
