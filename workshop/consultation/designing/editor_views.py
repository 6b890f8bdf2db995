"""The organisers' editor of a questionnaire: its outline and sections; questions and lists beside it."""

from dataclasses import dataclass
from functools import partial

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires import draft_statements
from workshop.consultation.questionnaires import queries as questionnaires_queries
from workshop.consultation.questionnaires.models import DraftChange, Questionnaire, QuestionnaireVersion
from workshop.consultation.questions import draft_checks, draft_editing, question_texts
from workshop.consultation.questions.question import Kind
from workshop.consultation.questions.questionnaire_document import Document, SectionDraft
from workshop.platform.conflicts import begin_form, open_form
from workshop.platform.db import Words, db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.forms import posted_form
from workshop.platform.i18n import language
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, composing, rules
from .forms import QuestionForm, SectionForm, TextForm

Page = str | HttpResponse | tuple[str, int]
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
    "import": _l("texts imported from %(subject)s"),
    "import questionnaire": _l("read from %(subject)s"),
}


@dataclass
class EditorState:
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
        return set(draft_editing.codes(self.newest.definition)) if self.newest else set()

    def keep(self, document: Document, verb: str, subject: str = "", *, by_link: bool = False) -> bool:
        """Save the document as draft and commit; whether anything changed."""
        who = None if by_link else current_user.id
        change = rules.keep(self.questionnaire, self.newest, document, verb=verb, subject=subject, who=who, at=now())
        if change:
            db.session.add(change)
            db.session.flush()
            db.session.execute(draft_statements.old_changes(self.questionnaire))
        db.session.commit()
        self.document = document
        return change is not None


def editor_state(workshop: Workshop, slug: str, *, only_look: bool = False) -> EditorState:
    """The questionnaire of that name, or 404. Who sends a form holds it, so that no change is written over another."""
    hold = request.method == "POST" and not only_look
    held = (
        questionnaires_queries.lock_questionnaire(workshop, slug)
        if hold
        else questionnaires_queries.questionnaire_of(workshop, slug)
    )
    questionnaire = db.session.scalars(held).one_or_none() or abort(404)
    newest = db.session.scalars(questionnaires_queries.newest_of(questionnaire)).one_or_none()
    g.questionnaire = questionnaire
    return EditorState(questionnaire, newest, rules.working(questionnaire, newest))


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/edit")
@organiser
def edit(workshop: Workshop, questionnaire: str) -> str:
    at = editor_state(workshop, questionnaire)
    change = db.session.scalars(draft_statements.last_change(at.questionnaire)).one_or_none()
    return render_template(
        "consultation/designing/edit.html",
        workshop=workshop,
        bench=at,
        change=change,
        what=sentence_of_change(change),
        faults=draft_checks.check(at.document),
        missing=question_texts.missing(at.document),
        labels=Kind.labels(),
        kinds=list(Kind),
        using=partial(draft_editing.using, at.document),
        in_words=composing.speaker(at.document, language()),
    )


def sentence_of_change(change: DraftChange | None) -> str:
    return str(CHANGES[change.verb]) % {"subject": change.subject} if change and change.verb in CHANGES else ""


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/undo")
@organiser
def undo(workshop: Workshop, questionnaire: str) -> HttpResponse:
    at = editor_state(workshop, questionnaire)
    change = db.session.scalars(draft_statements.last_change(at.questionnaire)).one_or_none()
    with flashing_refusal():
        db.session.delete(rules.undo(at.questionnaire, at.newest, change, request.form.get("change", 0, type=int)))
        flash(_("Undone: %(what)s.", what=sentence_of_change(change)))
        db.session.commit()
    return back(at)


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/arrange")
@organiser
def arrange(workshop: Workshop, questionnaire: str) -> HttpResponse:
    """One button of the outline: "up:B4", "down:B", "remove:B4", or "put" with what and where."""
    at = editor_state(workshop, questionnaire)
    verb, _colon, code = request.form.get("go", "").partition(":")
    with flashing_refusal():
        if verb in {"up", "down"}:
            at.keep(draft_editing.shift(at.document, code, -1 if verb == "up" else 1), "move", code)
        elif verb == "remove":
            at.keep(draft_editing.remove(at.document, code), "remove", code)
            flash(_("%(code)s is removed. “Undo” restores it.", code=code))
            return back(at)
        elif verb == "put":
            code = request.form.get("what", "")
            into, _slash, before = request.form.get("where", "").partition("/")
            at.keep(draft_editing.put(at.document, code, into=into, before=before or None), "move", code)
    return back(at, code)


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/text", methods=["GET", "POST"])
@organiser
def edit_text(workshop: Workshop, questionnaire: str) -> Page:
    at = editor_state(workshop, questionnaire)
    shown = {"title": Words(at.document.get("title", {})), "introduction": Words(at.document.get("introduction", {}))}
    form, theirs = open_form(TextForm, shown, posted_form())
    if theirs is None and form.validate_on_submit():
        changed = at.document | {"title": dict(form.title.data), "introduction": dict(form.introduction.data)}
        at.keep(changed, "text")
        return back(at)
    page = render_template(
        "consultation/designing/edit_text.html", workshop=workshop, bench=at, form=form, theirs=theirs
    )
    return page, 409 if theirs else 200


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/sections/new", methods=["GET", "POST"])
@organiser
def add_section(workshop: Workshop, questionnaire: str) -> Page:
    at = editor_state(workshop, questionnaire)
    form = begin_form(SectionForm, {}, posted_form())
    if form.validate_on_submit() and not compose_condition(at, form):
        document, code = draft_editing.add_section(at.document, form.title.data)
        at.keep(draft_editing.edit_section(document, code, **section_made(form)), "add section", code)
        return back(at, code)
    return section_page(workshop, at, form, None)


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/sections/<code>", methods=["GET", "POST"])
@organiser
def edit_section(workshop: Workshop, questionnaire: str, code: str) -> Page:
    at = editor_state(workshop, questionnaire)
    section = draft_editing.section(at.document, code) or abort(404)
    shown = {
        "title": Words(section["title"]),
        "note": Words(section.get("note", {})),
        "condition": section.get("condition", ""),
    }
    form, theirs = open_form(SectionForm, shown, posted_form())
    if theirs is None and form.validate_on_submit() and not compose_condition(at, form):
        at.keep(draft_editing.edit_section(at.document, code, **section_made(form)), "edit section", code)
        return back(at, code)
    return section_page(workshop, at, form, section, theirs)


def section_page(
    workshop: Workshop, at: EditorState, form: SectionForm, section: SectionDraft | None, theirs: object = None
) -> Page:
    page = render_template(
        "consultation/designing/edit_section.html",
        workshop=workshop,
        bench=at,
        form=form,
        section=section,
        theirs=theirs,
        offered=composing.choices(at.document, section["code"] if section else "", language()),
        signs=composing.signs(),
        in_words=expressions_in_words(at, form),
    )
    return page, 409 if theirs else 200


def expressions_in_words(at: EditorState, form: QuestionForm | SectionForm) -> dict[str, str]:
    """What the expressions of a form mean, by field."""
    texts = {key: form[key].data for key in draft_editing.EXPRESSIONS if key in form and form[key].data}
    return composing.in_words(at.document, texts, language())


def section_made(form: SectionForm) -> dict[str, object]:
    return {
        "title": dict(form.title.data),
        "note": dict(form.note.data),
        "condition": " ".join((form.condition.data or "").split()),
    }


def compose_condition(at: EditorState, form: QuestionForm | SectionForm) -> bool:
    """Whether the button of the helper was pressed: then the condition is written into the form and nothing is saved."""
    if request.form.get("go") != "compose":
        return False
    with form.refusing():
        added = composing.compose(at.document, request.form)
        field = form["required_if" if request.form.get("helper-into") == "required_if" else "condition"]
        field.data = composing.join_conditions(field.data or "", added, request.form.get("helper-joint", "and"))
    return True


def back(at: EditorState, code: str | None = None) -> HttpResponse:
    """To the outline, at the place of what was worked on."""
    slug, name = at.questionnaire.workshop.slug, at.questionnaire.slug
    anchor = f"at-{code}" if code else None
    return redirect(url_for("designing.edit", slug=slug, questionnaire=name, _anchor=anchor))
