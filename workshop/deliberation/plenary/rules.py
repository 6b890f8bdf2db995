"""What may be done with the report to the plenary. No database, no request, no clock."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop.deliberation.group_reports.models import GroupReport
from workshop.platform.errors import RuleBroken
from workshop.programme.groups.models import Group
from workshop.secretariat.series.models import Role

from .chapters import compile_paragraphs
from .drafting import Material
from .models import SLUG, PlenaryReport
from .multilingual_prose import in_each, join_list

EDITORS = (Role.ORGANISER, Role.CHAIR, Role.RAPPORTEUR)  # who works on the report, and may read it before the public
TITLE = _l("Report to the plenary")


def unsigned_groups(groups: Sequence[Group], reports: Sequence[GroupReport]) -> list[Group]:
    """The groups whose report is missing or not signed."""
    signed = [report.group for report in reports if report.signed_at]
    return [group for group in groups if group not in signed]


def compile_report(
    report: PlenaryReport | None, material: Material, *, after: int, partly: bool, at: datetime
) -> PlenaryReport:
    """The report written anew from what there is: the first edition, or the next one in place of the last.

    `after` is the edition the person saw when asking (0 for none), so that asking twice compiles once; `partly`
    says that missing signatures are known and accepted.
    """
    edition = report.edition if report else 0
    if edition != after:
        raise RuleBroken(
            _("Edition %(edition)s has been compiled in the meantime. It is shown below.", edition=edition)
        )
    missing = unsigned_groups(material.groups, material.reports)
    if missing and not partly:
        numbers = join_list([str(group.number) for group in missing])
        raise RuleBroken(
            _(
                "The report of these groups is not signed: %(groups)s. Nothing was compiled. Wait for the "
                "signatures, or choose to compile anyway.",
                groups=numbers,
            ),
            field="partly",
        )
    if report is None:
        title = in_each(material.workshop.languages, lambda: str(TITLE))
        report = PlenaryReport(workshop=material.workshop, slug=SLUG, title=title, compiled_at=at, edition=0)
    report.edition, report.compiled_at = edition + 1, at
    report.paragraphs = compile_paragraphs(material)
    if report.published_at:
        material.workshop.changed_in_public()
    return report


def publish(report: PlenaryReport, *, at: datetime) -> None:
    """Show the report to everyone."""
    if report.published_at:
        raise RuleBroken(_("The report is public already."))
    report.published_at = at
    report.workshop.changed_in_public()


def withdraw(report: PlenaryReport) -> None:
    """Take the report out of the public's sight; nothing of it is lost."""
    if report.published_at is None:
        raise RuleBroken(_("The report is not public."))
    report.published_at = None
    report.workshop.changed_in_public()


def fingerprint_of_pdf(report: PlenaryReport, language: str, *, flags: str, layout: str) -> str:
    """What a PDF was made of. `flags` tells which paragraphs rest on something changed, `layout` how it is set."""
    facts = f"{report.edition}|{report.compiled_at.timestamp()}|{flags}|{language}|{layout}"
    return hashlib.sha256(facts.encode()).hexdigest()[:32]
