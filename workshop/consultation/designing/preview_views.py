"""The questionnaire as a respondent will see it, in any language: answers travel with the page and are kept nowhere."""

import json
from contextlib import nullcontext

from flask import render_template, request
from markupsafe import Markup

from workshop.consultation.answering import question_display, section_paging
from workshop.consultation.answering import rules as answering_rules
from workshop.consultation.questionnaires import queries as questionnaires_queries
from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion, Response
from workshop.consultation.questions import draft_checks, entries, language_names
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.document_checks import DefinitionError
from workshop.consultation.questions.figures import typed_figures
from workshop.consultation.questions.logic import condition_trace
from workshop.consultation.questions.question import Section
from workshop.consultation.questions.questionnaire_document import Document, nothing
from workshop.platform.db import Words, db, now
from workshop.platform.i18n import reading, written_in
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, rules
from .editor_views import EditorState, editor_state

LONGEST = 200_000


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/preview", methods=["GET", "POST"])
@organiser
def preview(workshop: Workshop, questionnaire: str) -> str:
    """One section a page, as when answering. `version` shows a published one; without it the draft."""
    at = editor_state(workshop, questionnaire, only_look=True)
    try:
        definition = Definition.read(wanted_document(at))
    except DefinitionError:
        faults = draft_checks.errors(draft_checks.check(at.document))
        return render_template(
            "consultation/designing/preview_not_yet.html", workshop=workshop, bench=at, faults=faults
        )
    response = response_on_page(definition)
    section = definition.section(request.values.get("section", "")) or definition.sections[0]
    errors: dict[str, str] = {}
    if request.method == "POST":
        section, errors = turn_page(definition, section, response)
    shown_in = language_wanted(definition)
    trace = condition_trace.trace(definition, response.answers)
    with written_in(shown_in) if shown_in else nullcontext():
        drawn = question_display.page(
            definition, section, response, errors, more=request.form.get("go", "").removeprefix("more:"), at=now()
        )
        questions = Markup(  # noqa: S704 - a template of our own, which escapes
            render_template(
                "consultation/designing/_preview_section.html",
                **drawn,
                ends=ends(definition, section, response),
            )
        )
    return render_template(
        "consultation/designing/preview.html",
        workshop=workshop,
        bench=at,
        definition=definition,
        section=section,
        questions=questions,
        shown_in=shown_in,
        trace=trace,
        name_of=language_names.name_of,
        known=drawn["known"],
        decimal_mark=typed_figures.decimal_mark(shown_in or reading()),
        version=request.args.get("version", type=int),
        carried=json.dumps(response.answers, ensure_ascii=False),
        pages=section_paging.pages(definition, response.answers),
    )


def wanted_document(at: EditorState) -> Document:
    number = request.args.get("version", type=int)
    if number is None:
        return at.document
    version = db.first_or_404(
        questionnaires_queries.versions_of(at.questionnaire).where(QuestionnaireVersion.number == number)
    )
    return rules.as_published(at.questionnaire, version)


def language_wanted(definition: Definition) -> str:
    """The language asked for, which may be none of the product's; else the one of the page."""
    wanted = request.values.get("in", "")
    return wanted if wanted in definition.languages else ""


def response_on_page(definition: Definition) -> Response:
    """A response that exists on this page only, with the answers that came along."""
    try:
        answers = json.loads(request.form.get("answers", "{}")[:LONGEST])
    except ValueError:
        answers = {}
    keys = {key for question in definition.answerable for key in question.keys}
    nobodys = Questionnaire(slug="", title=Words())
    version = QuestionnaireVersion(questionnaire=nobodys, number=0, definition=nothing(), published_at=now())
    kept = {key: value for key, value in answers.items() if key in keys} if isinstance(answers, dict) else {}
    return Response(version=version, language="en", begun_at=now(), answers=kept)


def turn_page(definition: Definition, section: Section, response: Response) -> tuple[Section, dict[str, str]]:
    """Take what was typed on the page along, and turn to the next or the one before; faults keep one on the page."""
    go = request.form.get("go", "next")
    typed = {
        question.code: entries.entry_of_form(question, request.form)
        for question in section.questions
        if entries.is_typed(question)
    }
    if go.startswith("clear:"):
        typed[go[6:]] = {}
    typed |= entries.without_dropped_entry(section, go, request.form)
    answering_rules.save(
        response,
        definition,
        {code: entry for code, entry in typed.items() if definition.question(code)},
        language="en",
        at=now(),
    )
    if go == "next" and (wrong := section_paging.check_section(definition, section, response, at=now())):
        return section, wrong
    if go.partition(":")[0] in {"clear", "more", "drop", "find", "stay"}:
        return section, {}
    if go.startswith("to:"):
        return definition.section(go[3:]) or section, {}
    return section_paging.neighbouring_section(
        definition, section, response.answers, -1 if go == "back" else 1
    ) or section, {}


def ends(definition: Definition, section: Section, response: Response) -> dict[str, bool]:
    return {
        "is_first": section_paging.neighbouring_section(definition, section, response.answers, -1) is None,
        "is_last": section_paging.neighbouring_section(definition, section, response.answers, 1) is None,
    }
