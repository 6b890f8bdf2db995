"""The report of a group as a Word document of a page or two: for reading out, and for those who work on paper.

It says what the page says, and carries no name but those in its text. No database, no request, no clock.
"""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.deliberation.capture.attribution import angle_shown
from workshop.platform.db import Words
from workshop.platform.i18n import language as spoken_language
from workshop.platform.i18n import moment
from workshop.platform.rendering import colon, comma
from workshop.platform.word_document import WordDocument
from workshop.programme.groups.models import GroupQuestionWording
from workshop.secretariat.series.models import MeetingMode

from .models import GroupReport, KeyPoint
from .rules import modes_behind, people_by_category


def as_docx(
    report: GroupReport, wordings: Mapping[int, GroupQuestionWording], mode: MeetingMode, *, at: datetime
) -> bytes:
    return ReportWriter(report, wordings, mode, at=at).whole()


class ReportWriter:
    """One document being written in the language of its reader; what the rapporteur wrote keeps its own."""

    def __init__(
        self, report: GroupReport, wordings: Mapping[int, GroupQuestionWording], mode: MeetingMode, *, at: datetime
    ) -> None:
        self.report, self.wordings, self.mode = report, wordings, mode
        self.group = report.group
        self.reader = spoken_language()
        self.heading = _("Report of group %(number)s to the plenary", number=self.group.number)
        self.word = WordDocument(self.reader, title=self.heading, at=at)

    def whole(self) -> bytes:
        self.word.paragraph(self.heading, style="Title")
        self.in_words(self.group.topic, style="Subtitle")
        self.people()
        for question in self.group.questions:
            self.in_words(self.wordings[question.id].text, style="Heading 1")
            keys = [key for key in self.report.key_points if key.question is question]
            for key in keys:
                self.key_point(key)
            if not keys:
                self.word.paragraph(_("No key point under this question."))
        self.practices()
        self.text(_("Points of difference"), self.report.differences)
        self.lens()
        self.recommendations()
        if self.report.lessons:
            self.word.paragraph(_("Lessons learned"), style="Heading 1")
            for lesson in self.report.lessons:
                self.said(lesson, style="List Bullet")
        self.text(_("Not covered"), self.report.not_covered)
        if self.report.quotable and self.report.quotable_consent:
            self.said(f"“{self.report.quotable}”")
        self.signatures()
        return self.word.content()

    def in_words(self, words: Words, *, style: str) -> None:
        text, code = words.in_(self.reader, "en")
        self.word.paragraph(text, style=style, language=code)

    def said(self, text: str, *, style: str = "Normal") -> None:
        """What the rapporteur wrote, line by line."""
        for line in text.splitlines():
            self.word.paragraph(line, style=style, language=self.report.language)

    def text(self, heading: str, text: str) -> None:
        if text:
            self.word.paragraph(heading, style="Heading 1")
            self.said(text)

    def people(self) -> None:
        counted = people_by_category(self.report)
        if counted:
            total = sum(count for _category, count in counted)
            told = ngettext("%(num)s person took part", "%(num)s people took part", total)
            parts = comma().join(f"{colon(category.label).unescape()} {count}" for category, count in counted)
            self.word.paragraph(f"{told} ({parts}).")
        else:
            self.word.paragraph(_("How many took part is not recorded."))
        if self.mode is MeetingMode.CHATHAM_HOUSE:
            return
        for label, name in ((_("Moderator:"), self.report.moderator), (_("Rapporteur:"), self.report.rapporteur)):
            if name:
                self.word.paragraph(f"{label} {name}")

    def key_point(self, key: KeyPoint) -> None:
        line = self.word.paragraph(style="List Bullet")
        self.word.run(line, f"{colon(key.strength.label).unescape()} ", bold=True)
        self.word.run(line, key.text, language=self.report.language)
        behind = [str(key.kind.label)]
        if key.perspective and angle_shown(key.perspective, modes_behind(key, self.mode)):
            behind.append(str(key.perspective.label))
        behind += [point.label for point in key.points if not point.struck_at]
        self.word.run(line, f" ({', '.join(behind)})", italic=True)

    def practices(self) -> None:
        if self.report.practices:
            self.word.paragraph(_("Practices cited"), style="Heading 1")
        for each in self.report.practices:
            self.said(". ".join(filter(None, (each.title, each.place, each.who, each.why))), style="List Bullet")

    def lens(self) -> None:
        self.word.paragraph(_("The role of government policy"), style="Heading 1")
        for label, text in (
            (_("In national policy:"), self.report.lens_national),
            (_("In multilateral bodies:"), self.report.lens_multilateral),
        ):
            if text:
                line = self.word.paragraph()
                self.word.run(line, f"{label} ", bold=True)
                self.word.run(line, text, language=self.report.language)
        if not self.report.lens_multilateral and self.report.multilateral_not_discussed:
            self.word.paragraph(_("Multilateral bodies were not discussed."))

    def recommendations(self) -> None:
        if self.report.recommendations:
            self.word.paragraph(_("Recommendations offered"), style="Heading 1")
        for each in self.report.recommendations:
            line = self.word.paragraph(style="List Number")
            self.word.run(line, each.action, language=self.report.language)
            offered = "; ".join(filter(None, (each.addressee, each.by_when)))
            self.word.run(line, f" ({offered})", italic=True, language=self.report.language)

    def signatures(self) -> None:
        """Who signed it in which part, never by name: the page inside says who it was."""
        zone = self.group.workshop.zone
        if self.report.signed_at:
            when = moment(self.report.signed_at, zone)
            self.word.paragraph(_("Signed off on %(when)s.", when=when))
        else:
            self.word.paragraph(_("Not signed yet."))
        if self.report.moderator_signed_at:
            when = moment(self.report.moderator_signed_at, zone)
            self.word.paragraph(_("Signed by the moderator on %(when)s.", when=when))
        else:
            self.word.paragraph(_("The moderator has not signed it."))
