"""The report of a group as pages that are made into PDFs: a sheet to hand out, and slides to report from.

They say what the Word document says, under the same rules; slides carry neither names nor the numbers of points.
"""

from collections.abc import Mapping

from flask import render_template

from workshop.deliberation.capture.attribution import angle_shown
from workshop.platform import pdf
from workshop.platform.i18n import language
from workshop.programme.groups.models import GroupQuestionWording
from workshop.secretariat.series.models import MeetingMode

from .models import GroupReport
from .rules import modes_behind, people_by_category

PAGE, SLIDES = "deliberation/group_reports/pdf/page.html", "deliberation/group_reports/pdf/slides.html"
PAGE_STYLES, SLIDE_STYLES = "css/results-paper.css", "css/results-deck.css"
LAID_OUT_BY = ("templates/deliberation/group_reports/pdf/*.html", f"static/{PAGE_STYLES}", f"static/{SLIDE_STYLES}")
Wordings = Mapping[int, GroupQuestionWording]


def page_as_pdf(report: GroupReport, wordings: Wordings, mode: MeetingMode) -> bytes:
    return _made(PAGE, PAGE_STYLES, report, wordings, mode)


def slides_as_pdf(report: GroupReport, wordings: Wordings, mode: MeetingMode) -> bytes:
    return _made(SLIDES, SLIDE_STYLES, report, wordings, mode)


def _made(template: str, styles: str, report: GroupReport, wordings: Wordings, mode: MeetingMode) -> bytes:
    with pdf.Renderer(styles) as renderer:
        page = render_template(
            template,
            report=report,
            group=report.group,
            workshop=report.group.workshop,
            topic=report.group.topic.in_(language(), report.language)[0],
            wordings=wordings,
            mode=mode,
            names_people=mode is not MeetingMode.CHATHAM_HOUSE,
            people=people_by_category(report),
            angles={key.id: angle_shown(key.perspective, modes_behind(key, mode)) for key in report.key_points},
        )
        return renderer.render(page).content
