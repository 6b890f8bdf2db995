"""Answers in words: read, coded, and looked through for campaigns, by those who hold the answers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import Row
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.findings.disclosing.showing import tables_of
from workshop.consultation.findings.queries import in_ledger
from workshop.consultation.findings.result_tables import Tabulation
from workshop.consultation.presenting import quotations
from workshop.consultation.presenting.models import Finding
from workshop.consultation.questionnaires import queries as questionnaires_queries
from workshop.consultation.questionnaires.models import Questionnaire, Response
from workshop.consultation.questionnaires.states import Publication
from workshop.consultation.questions.definition import Definition, read_published
from workshop.consultation.questions.question import Question
from workshop.platform import tasks
from workshop.platform.access import Page, limited
from workshop.platform.db import db, now
from workshop.platform.i18n import language
from workshop.secretariat.series.membership import analyst
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .forms import CodeForm, QuoteForm
from .models import TextCoding
from .suggestions import suggest
from .tasks import FIND

A_PAGE = 40
MOST_COMPARED = 1500  # answers that suggestions are looked for among


def found_question(workshop: Workshop, slug: str, code: str) -> tuple[Questionnaire, Question]:
    """A question answered in words, or 404."""
    asked: Questionnaire = db.one_or_404(questionnaires_queries.questionnaire_of(workshop, slug))
    question = next((each for each in rules.read_questions(definition_of(asked)) if each.code == code), None)
    return asked, question or abort(404)


def definition_of(asked: Questionnaire) -> Definition:
    version = db.session.scalar(queries.newest_version_of(asked.id)) or abort(404)
    return read_published(version.id, version.definition)


@bp.get("/workshops/<slug>/desk/questionnaires/<questionnaire>/texts")
@analyst
def questions(workshop: Workshop, questionnaire: str) -> str:
    """The questions answered in words, and how many answered each."""
    asked: Questionnaire = db.one_or_404(questionnaires_queries.questionnaire_of(workshop, questionnaire))
    found = rules.read_questions(definition_of(asked))
    counts = {each.code: db.session.scalar(queries.how_many_texts(asked, each.code)) for each in found}
    return render_template(
        "consultation/text_answers/questions.html",
        workshop=workshop,
        questionnaire=asked,
        questions=found,
        counts=counts,
        campaigns={each.code: db.session.execute(queries.campaigns_of(asked, each.code)).all() for each in found},
    )


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/texts/campaigns")
@analyst
@limited("6 per minute")
def find_campaigns(workshop: Workshop, questionnaire: str) -> HttpResponse:
    """Have a worker look for letters that many sent."""
    asked: Questionnaire = db.one_or_404(questionnaires_queries.questionnaire_of(workshop, questionnaire))
    tasks.ask(FIND, asked.id, at=now())
    db.session.commit()
    flash(_("The answers are being compared. Reload this page in a moment."))
    return redirect(url_for(".questions", slug=workshop.slug, questionnaire=questionnaire))


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/texts/<question>", methods=["GET", "POST"])
@analyst
def texts(workshop: Workshop, questionnaire: str, question: str) -> Page:
    """The answers to one question, with their codes; a code is added here too."""
    asked, found = found_question(workshop, questionnaire, question)
    codes, form = db.session.scalars(queries.codes_of(asked, question)).all(), CodeForm()
    if form.validate_on_submit():
        with form.refusing():
            db.session.add(rules.add_code(asked, question, (form.name.data or "").strip(), codes, at=now()))
            db.session.commit()
            return redirect(url_for(".texts", slug=workshop.slug, questionnaire=questionnaire, question=question))
    code, campaign, page = (request.args.get(name, type=int) for name in ("code", "campaign", "page"))
    statement = queries.texts(asked.id, question, code=code, campaign=campaign)
    page = max(page or 1, 1)
    rows = db.session.execute(statement.offset((page - 1) * A_PAGE).limit(A_PAGE + 1)).all()
    codings = db.session.execute(queries.codings_of(asked, question)).all()
    given: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for code_id, response_id, coder in codings:
        given[coder][response_id].add(code_id)
    return render_template(
        "consultation/text_answers/texts.html",
        workshop=workshop,
        questionnaire=asked,
        question=found,
        form=form,
        codes=codes,
        rows=rows[:A_PAGE],
        own=given.get(current_user.id, {}),
        tallies=Counter({each.id: len({c.response_id for c in codings if c.code_id == each.id}) for each in codes}),
        agreements=rules.agreements([each.id for each in codes], given),
        names=_names_of(given),
        similar=similar_texts(asked, question, code, given) if code else [],
        may_quote=quotations.may_quote,
        chosen=code,
        campaign=campaign,
        page=page,
        further=len(rows) > A_PAGE,
    )


def similar_texts(
    asked: Questionnaire, question: str, code: int, given: Mapping[int, Mapping[int, set[int]]]
) -> list[Row[int, str, str, Publication]]:
    """Answers that say nearly what those with a code say, and do not have it yet: for a person to look at."""
    coded = {text for coder in given.values() for text, codes in coder.items() if code in codes}
    rows = db.session.execute(queries.texts(asked.id, question).limit(MOST_COMPARED)).all()
    nearest = suggest({row.id: row.text for row in rows}, coded)
    return [row for row in rows if row.id in nearest]


def _names_of(coders: Iterable[int]) -> dict[int, str]:
    """The names of those who coded; an erased account is a former member."""
    return {row[0]: row[1] for row in db.session.execute(queries.coders(set(coders)))}


@bp.route(
    "/workshops/<slug>/desk/questionnaires/<questionnaire>/texts/<question>/<int:response_id>/quote",
    methods=["GET", "POST"],
)
@analyst
def quote(workshop: Workshop, questionnaire: str, question: str, response_id: int) -> Page:
    """Choose words of an answer for a finding, with names masked."""
    asked, found = found_question(workshop, questionnaire, question)
    wanted = queries.texts(asked.id, question).subquery()
    response: Response = db.one_or_404(queries.response_of(wanted, response_id))
    text = str(response.answers[question])
    drafts = {each.key: each for each in db.session.scalars(queries.drafts(asked.id))}
    reader = language()
    form = QuoteForm(
        findings=[(key, f"{each.table}: {each.statement.in_(reader)[0][:100]}") for key, each in drafts.items()],
        data={"excerpt": text, "names": "\n".join(known_names(response_id))},
    )
    if form.validate_on_submit():
        with form.refusing():
            finding = drafts[form.finding.data]
            chosen = quotations.quote(
                finding,
                table_of(finding),
                response,
                question,
                excerpt=form.excerpt.data or "",
                names=[*(form.names.data or "").splitlines(), *known_names(response_id)],
            )
            db.session.add(chosen)
            db.session.commit()
            flash(_("Quote added to the finding."))
            return redirect(url_for("presenting.edit", slug=workshop.slug, key=finding.key))
    return render_template(
        "consultation/text_answers/quote.html",
        workshop=workshop,
        questionnaire=asked,
        question=found,
        response=response,
        text=text,
        may_quote=quotations.may_quote(response.publication),
        form=form,
    )


def known_names(response_id: int) -> list[str]:
    """The names by which whoever gave these answers is known here; they are masked in any case."""
    recipient = db.session.scalars(queries.asked_by_email(response_id)).first()
    if recipient is None:
        return []
    of_organisation = list(recipient.organisation.name.values()) if recipient.organisation else []
    return list(dict.fromkeys(filter(None, [recipient.name, *of_organisation])))


def table_of(finding: Finding) -> Tabulation | None:
    """The table of a finding as it is shown, or would be."""
    earlier = db.session.scalars(in_ledger(finding.snapshot)).all()
    return next((each for each in tables_of(finding.snapshot, earlier) if each.question == finding.table), None)


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/texts/<question>/<int:response_id>/codes")
@analyst
def code_text(workshop: Workshop, questionnaire: str, question: str, response_id: int) -> HttpResponse:
    """Give an answer these codes, in place of those the same coder gave before."""
    asked, _found = found_question(workshop, questionnaire, question)
    wanted = queries.texts(asked.id, question).subquery()
    db.one_or_404(queries.text_by_id(wanted, response_id))
    known = {each.id for each in db.session.scalars(queries.codes_of(asked, question))}
    chosen = known & {int(each) for each in request.form.getlist("codes") if each.isdecimal()}
    db.session.execute(queries.own_codings(asked, question, response_id, current_user.id))
    db.session.add_all(
        TextCoding(code_id=each, response_id=response_id, coder=current_user.id) for each in sorted(chosen)
    )
    db.session.commit()
    flash(_("Codes saved."))
    page = request.form.get("page", type=int)
    return redirect(
        url_for(
            ".texts",
            slug=workshop.slug,
            questionnaire=questionnaire,
            question=question,
            page=page,
            _anchor=f"answer-{response_id}",
        )
    )


@bp.post("/workshops/<slug>/desk/questionnaires/<questionnaire>/texts/<question>/codes/<int:id>/remove")
@analyst
def remove_code(workshop: Workshop, questionnaire: str, question: str, id: int) -> HttpResponse:
    """Remove a code, and with it what was coded with it."""
    asked, _found = found_question(workshop, questionnaire, question)
    db.session.delete(db.one_or_404(queries.code_by_id(asked, question, id)))
    db.session.commit()
    flash(_("Code removed."))
    return redirect(url_for(".texts", slug=workshop.slug, questionnaire=questionnaire, question=question))
