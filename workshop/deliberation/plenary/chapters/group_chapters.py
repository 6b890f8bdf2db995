"""The reports of the break-out groups, in group order. What a rapporteur wrote stays in her words and language.

Points are given by kind and strength, never by person; from which angle they came is left out under the Chatham
House Rule, and so are the places and bodies of practices, which could tell who was in the room.
"""

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.deliberation.capture.attribution import angle_shown
from workshop.deliberation.group_reports.models import GroupReport, KeyPoint
from workshop.deliberation.group_reports.rules import modes_behind, wordings_then
from workshop.platform.db import Words
from workshop.programme.groups.models import Group
from workshop.programme.groups.rules import mode_of
from workshop.secretariat.series.models import MeetingMode

from ..drafting import Draft, Material
from ..multilingual_prose import Prose, Sentence
from .annex import columns
from .opening import heads


def write_groups(draft: Draft, material: Material) -> None:
    for group in material.groups:
        heading = draft.prose()
        topic = heading.original(group.topic)
        draft.heading(_group_title(heading, group, topic))
        report = material.report_of(group)
        if report is None:
            draft.paragraph(
                draft.said(lambda: _("This group had submitted no report when this one was compiled.")),
                draft.cite.group(group),
            )
        else:
            _write_group(draft, report, mode_of(group))
    if not material.groups:
        draft.paragraph(
            draft.said(lambda: _("There were no break-out groups.")), draft.cite.workshop(material.workshop)
        )


def _group_title(prose: Prose, group: Group, topic: str) -> Prose:
    return prose.say(lambda: _("Group %(number)s: %(topic)s", number=group.number, topic=topic))


def _write_group(draft: Draft, report: GroupReport, mode: MeetingMode) -> None:
    _write_facts(draft, report, mode)
    for question in report.group.questions:
        keys = [key for key in report.key_points if key.question is question]
        if keys:
            draft.subheading(draft.quoted(wordings_then(report, question.wordings)[question.id].text))
        for key in keys:
            _write_key_point(draft, key, mode)
    _write_text(draft, report, report.differences, lambda: _("Points of difference"), "differences")
    _write_practices(draft, report, mode)
    _write_lens(draft, report)
    _write_text(draft, report, report.not_covered, lambda: _("Matters not covered"), "not covered")
    if report.quotable and report.quotable_consent:
        prose = draft.prose()
        line = prose.original(report.quotable, report.language)
        prose.say(lambda: _("Said in the group, and quoted with consent: “%(line)s”", line=line))
        draft.paragraph(prose, draft.cite.report(report), key="quote")


def _write_facts(draft: Draft, report: GroupReport, mode: MeetingMode) -> None:
    prose = draft.prose()
    if count := heads(report):
        prose.say(lambda: ngettext("%(num)s person took part.", "%(num)s people took part.", count))
    if report.languages_spoken:
        spoken = prose.original(report.languages_spoken, report.language)
        prose.say(lambda: _("Languages spoken: %(languages)s.", languages=spoken))
    if mode is not MeetingMode.CHATHAM_HOUSE:
        _tell_servants(prose, report)
    if signed := report.signed_at:
        prose.say(lambda: _("The rapporteur signed the report of the group on %(day)s.", day=draft.cite.day(signed)))
    else:
        prose.say(
            lambda: _(
                "The report of the group was not signed when this one was compiled; it is given in its state at "
                "that time."
            )
        )
    draft.paragraph(prose, draft.cite.report(report), key="facts")


def _tell_servants(prose: Prose, report: GroupReport) -> None:
    if report.moderator:
        moderator = prose.original(report.moderator)
        prose.say(lambda: _("Moderator: %(name)s.", name=moderator))
    if report.rapporteur:
        rapporteur = prose.original(report.rapporteur)
        prose.say(lambda: _("Rapporteur: %(name)s.", name=rapporteur))


def _write_key_point(draft: Draft, key: KeyPoint, mode: MeetingMode) -> None:
    prose = draft.prose()
    text = prose.original(key.text, key.report.language)
    angle = angle_shown(key.perspective, modes_behind(key, mode))

    def sentence() -> str:
        kind = str(key.kind.label).lower()
        tags = f"{kind}, {str(angle.label).lower()}" if angle else kind
        return _("%(strength)s (%(kind)s): %(text)s", strength=key.strength.label, kind=tags, text=text)

    draft.paragraph(
        prose.say(sentence),
        draft.cite.report(key.report),
        draft.cite.key_point(key),
        *(draft.cite.point(point) for point in key.points),
    )


def _write_text(draft: Draft, report: GroupReport, text: str, title: Sentence, key: str) -> None:
    """A part of the report that its rapporteur wrote freely."""
    if text:
        draft.subheading(draft.said(title))
        draft.paragraph(draft.quoted(Words({report.language: text})), draft.cite.report(report), key=key)


def _write_lens(draft: Draft, report: GroupReport) -> None:
    """The question every group had to answer: what government policy can do, at home and together."""
    if not (report.lens_national or report.lens_multilateral or report.multilateral_not_discussed):
        return
    draft.subheading(draft.said(lambda: _("The role of government policy")))
    if report.lens_national:
        prose = draft.prose()
        national = prose.original(report.lens_national, report.language)
        prose.say(lambda: _("National policy: %(text)s", text=national))
        draft.paragraph(prose, draft.cite.report(report), key="national")
    if report.lens_multilateral:
        prose = draft.prose()
        multilateral = prose.original(report.lens_multilateral, report.language)
        prose.say(lambda: _("Multilateral policy: %(text)s", text=multilateral))
        draft.paragraph(prose, draft.cite.report(report), key="multilateral")
    elif report.multilateral_not_discussed:
        draft.paragraph(
            draft.said(lambda: _("Multilateral policy was not discussed.")),
            draft.cite.report(report),
            key="multilateral",
        )


def _write_practices(draft: Draft, report: GroupReport, mode: MeetingMode) -> None:
    if not report.practices:
        return
    full = mode is not MeetingMode.CHATHAM_HOUSE
    titles = [lambda: _("Practice"), lambda: _("Why it works")]
    if full:
        titles[1:1] = [lambda: _("Where"), lambda: _("Who")]
    rows = []
    for practice in report.practices:
        texts = [practice.title, practice.place, practice.who, practice.why] if full else [practice.title, practice.why]
        rows.append([Words({report.language: text}) if text else Words() for text in texts])
    caption = draft.each(lambda: _("Practices cited"))
    draft.table(caption, columns(draft, *titles), rows, draft.cite.report(report), key="practices")
