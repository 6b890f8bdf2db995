"""What the groups recommend, each under its permanent number, and the lessons they drew."""

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.deliberation.group_reports.models import GroupReport, Recommendation
from workshop.platform.db import Words

from ..drafting import Draft, Material
from ..models import recommendation_code
from ..multilingual_prose import NAME
from ..paragraphs import Cell
from .annex import columns


def write_recommendations(draft: Draft, material: Material) -> None:
    offers = [offer for report in material.reports for offer in report.recommendations]
    if offers:
        _write_offers(draft, material, offers)
    else:
        draft.paragraph(
            draft.said(lambda: _("No recommendation was offered.")),
            draft.cite.workshop(material.workshop),
            key="offered",
        )
    lessons = [(report, lesson) for report in material.reports for lesson in report.lessons if lesson]
    if lessons:
        draft.heading(draft.said(lambda: _("Lessons")))
    for report, lesson in lessons:
        _write_lesson(draft, report, lesson)


def _write_offers(draft: Draft, material: Material, offers: list[Recommendation]) -> None:
    sources = [draft.cite.recommendation(offer) for offer in offers]
    prose = draft.said(
        lambda: ngettext(
            "The groups offer %(num)s recommendation.", "The groups offer %(num)s recommendations.", len(offers)
        )
    )
    prose.say(lambda: _("The addressees decide whether to act on them; no one is bound."))
    draft.paragraph(prose, *sources, key="offered")
    titles = (
        lambda: _("No."),
        lambda: _("Recommendation"),
        lambda: _("Offered to"),
        lambda: _("By when"),
        lambda: _("Based on"),
    )
    rows = [_offer_row(material, offer) for offer in offers]
    reports = dict.fromkeys(offer.report for offer in offers)
    draft.table(
        draft.each(lambda: _("Recommendations offered")),
        columns(draft, *titles),
        rows,
        *(draft.cite.report(report) for report in reports),
        *sources,
        key="offered",
    )


def _offer_row(material: Material, offer: Recommendation) -> list[Cell]:
    language = offer.report.language
    texts = [Words({language: text}) if text else Words() for text in (offer.action, offer.addressee, offer.by_when)]
    number = material.numbers_of_recommendations.get(offer.id, 0)
    return [Words({NAME: recommendation_code(material.workshop, number)}), *texts, {"supports": number}]


def _write_lesson(draft: Draft, report: GroupReport, lesson: str) -> None:
    prose = draft.prose()
    text = prose.original(lesson, report.language)
    prose.say(lambda: _("Group %(number)s: %(text)s", number=report.group.number, text=text))
    draft.paragraph(prose, draft.cite.report(report))
