"""The organisers' editor of a questionnaire: its outline, sections and questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from workshop.conflicts import opened
from workshop.db import Words, db, now
from workshop.errors import RuleBroken
from workshop.i18n import language
from workshop.series.models import Workshop
from workshop.series.standing import organiser

from . import checking, composing, drafting, drafts, filling, kinds, queries, texts
from .drafts import Document
from .forms import QuestionForm, SectionForm, TextForm
from .models import DraftChange, Questionnaire, QuestionnaireVersion
from .questions import Kind
from .views import bp

Page = str | Response | tuple[str, int]
WHERE = "/workshops/<slug>/desk/questionnaires/<questionnaire>"
CHANGES = {
    "text": _l("title and introduction changed"),
    "languages": _l("languages changed"),
    "add section": _l("section %(subject)s added"),
    "edit section": _l("section %(subject)s changed"),
    "add question": _l("question %(subject)s added"),
    "edit question": _l("question %(subject)s changed"),
    "change type": _l("type of question %(subject)s changed"),
    "move": _l("%(subject)s moved"),
    "remove": _l("%(subject)s removed"),
    "list": _l("list %(subject)s changed"),
    "remove list": _l("list %(subject)s removed"),
    "translate": _l("texts in %(subject)s changed"),
    "import": _l("texts taken from %(subject)s"),
    "import questionnaire": _l("read from %(subject)s"),
}


@dataclass
class Bench:
    """A questionnaire on the desk: its newest version, if it was ever published, and the document being worked on."""

    questionnaire: Questionnaire
    newest: QuestionnaireVersion | None
    document: Document

    @property
    def where(self) -> dict[str, str]:
        """What its addresses are made of."""
        return {"slug": self.questionnaire.workshop.slug, "questionnaire": self.questionnaire.slug}

    @property
    def fixed(self) -> set[str]:
        """Codes that were published and stay."""
        return set(drafts.codes(self.newest.definition)) if self.newest else set()

    def keep(self, document: Document, verb: str, subject: str = "", *, by_link: bool = False) -> bool:
        """Save the document as draft and commit; whether anything changed."""
        who = None if by_link else current_user.id
        change = drafting.keep(self.questionnaire, self.newest, document, verb=verb, subject=subject, who=who, at=now())
        if change:
            db.session.add(change)
            db.session.flush()
            db.session.execute(queries.old_changes(self.questionnaire))
        db.session.commit()
        self.document = document
        return change is not None


def bench(workshop: Workshop, slug: str, *, only_look: bool = False) -> Bench:
    """The questionnaire of that name, or 404. Who sends a form holds it, so that no change is written over another."""
    hold = request.method == "POST" and not only_look
    held = queries.hold(workshop, slug) if hold else queries.one(workshop, slug)
    questionnaire = db.session.scalars(held).one_or_none() or abort(404)
    newest = db.session.scalars(queries.newest_of(questionnaire)).one_or_none()
    g.questionnaire = questionnaire
    return Bench(questionnaire, newest, drafting.working(questionnaire, newest))


def sent() -> Any:
    return request.form if request.method == "POST" else None


@bp.get(f"{WHERE}/edit")
@organiser
def edit(workshop: Workshop, questionnaire: str) -> str:
    at = bench(workshop, questionnaire)
    change = db.session.scalars(queries.last_change(at.questionnaire)).one_or_none()
    return render_template(
        "questionnaires/edit.html", workshop=workshop, bench=at, change=change, what=told(change),
        faults=checking.check(at.document), missing=texts.missing(at.document), labels=kinds.LABELS, kinds=list(Kind),
        using=partial(drafts.using, at.document),
    )  # fmt: skip


def told(change: DraftChange | None) -> str:
    return str(CHANGES[change.verb]) % {"subject": change.subject} if change and change.verb in CHANGES else ""


@bp.post(f"{WHERE}/undo")
@organiser
def undo(workshop: Workshop, questionnaire: str) -> Response:
    at = bench(workshop, questionnaire)
    change = db.session.scalars(queries.last_change(at.questionnaire)).one_or_none()
    try:
        db.session.delete(drafting.undo(at.questionnaire, at.newest, change, request.form.get("change", 0, type=int)))
    except RuleBroken as refusal:
        flash(str(refusal.message))
    else:
        flash(_("Undone: %(what)s.", what=told(change)))
        db.session.commit()
    return back(at)


@bp.post(f"{WHERE}/arrange")
@organiser
def arrange(workshop: Workshop, questionnaire: str) -> Response:
    """One button of the outline: "up:B4", "down:B", "remove:B4", or "put" with what and where."""
    at = bench(workshop, questionnaire)
    verb, _colon, code = request.form.get("go", "").partition(":")
    try:
        if verb in {"up", "down"}:
            at.keep(drafts.shift(at.document, code, -1 if verb == "up" else 1), "move", code)
        elif verb == "remove":
            at.keep(drafts.remove(at.document, code), "remove", code)
            flash(_("%(code)s is removed. “Undo” brings it back.", code=code))
            return back(at)
        elif verb == "put":
            code = request.form.get("what", "")
            into, _slash, before = request.form.get("where", "").partition("/")
            at.keep(drafts.put(at.document, code, into=into, before=before or None), "move", code)
    except RuleBroken as refusal:
        flash(str(refusal.message))
    return back(at, code)


@bp.route(f"{WHERE}/text", methods=["GET", "POST"])
@organiser
def edit_text(workshop: Workshop, questionnaire: str) -> Page:
    at = bench(workshop, questionnaire)
    shown = {key: Words(at.document.get(key, {})) for key in ("title", "introduction")}
    form, theirs = opened(TextForm, shown, sent())
    if theirs is None and form.validate_on_submit():
        changed = at.document | {"title": dict(form.title.data), "introduction": dict(form.introduction.data)}
        at.keep(changed, "text")
        return back(at)
    page = render_template("questionnaires/edit_text.html", workshop=workshop, bench=at, form=form, theirs=theirs)
    return page, 409 if theirs else 200


@bp.route(f"{WHERE}/sections/new", methods=["GET", "POST"])
@organiser
def add_section(workshop: Workshop, questionnaire: str) -> Page:
    at = bench(workshop, questionnaire)
    form, _theirs = opened(SectionForm, {}, sent())
    if form.validate_on_submit() and not composed(at, form):
        document, code = drafts.add_section(at.document, form.title.data)
        at.keep(drafts.edit_section(document, code, **section_made(form)), "add section", code)
        return back(at, code)
    return section_page(workshop, at, form, None)


@bp.route(f"{WHERE}/sections/<code>", methods=["GET", "POST"])
@organiser
def edit_section(workshop: Workshop, questionnaire: str, code: str) -> Page:
    at = bench(workshop, questionnaire)
    section = drafts.section(at.document, code) or abort(404)
    shown = {
        "title": Words(section["title"]),
        "note": Words(section.get("note", {})),
        "condition": section.get("condition", ""),
    }
    form, theirs = opened(SectionForm, shown, sent())
    if theirs is None and form.validate_on_submit() and not composed(at, form):
        at.keep(drafts.edit_section(at.document, code, **section_made(form)), "edit section", code)
        return back(at, code)
    return section_page(workshop, at, form, section, theirs)


def section_page(workshop: Workshop, at: Bench, form: SectionForm, section: Any, theirs: Any = None) -> Page:
    page = render_template(
        "questionnaires/edit_section.html", workshop=workshop, bench=at, form=form, section=section, theirs=theirs,
        offered=composing.choices(at.document, section["code"] if section else "", language()), signs=composing.signs(),
    )  # fmt: skip
    return page, 409 if theirs else 200


def section_made(form: SectionForm) -> dict[str, Any]:
    return {
        "title": dict(form.title.data), "note": dict(form.note.data), "condition": " ".join((form.condition.data or "").split()),
    }  # fmt: skip


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


def composed(at: Bench, form: QuestionForm | SectionForm) -> bool:
    """Whether the button of the helper was pressed: then the condition is written into the form and nothing is saved."""
    if request.form.get("go") != "compose":
        return False
    try:
        added = composing.compose(at.document, request.form)
    except RuleBroken as refusal:
        form.refuse(refusal)
        return True
    before = (form.condition.data or "").strip()
    form.condition.data = f"{before} and {added}" if before else added
    return True


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


def back(at: Bench, code: str | None = None) -> Response:
    """To the outline, at the place of what was worked on."""
    slug, name = at.questionnaire.workshop.slug, at.questionnaire.slug
    anchor = f"at-{code}" if code else None
    return redirect(url_for("questionnaires.edit", slug=slug, questionnaire=name, _anchor=anchor))
