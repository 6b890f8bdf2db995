"""From the report in work to what everyone reads: draft → review → cleared → released. No database, no request, no clock."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from flask_babel import gettext as _

from workshop.deliberation.plenary.models import PlenaryReport
from workshop.deliberation.plenary.paragraphs import Paragraph
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import MeetingMode

from .models import Corrigendum, Edition, EditionRelease, EditionState, Manifest


def make_edition(
    report: PlenaryReport,
    paragraphs: Sequence[Paragraph],
    manifest: Manifest,
    *,
    last: Edition | None,
    by: int | None,
    at: datetime,
) -> Edition:
    """The report as it stands, frozen. The same text from the same sources is the edition that is there already."""
    if not paragraphs:
        raise RuleBroken(_("The report is empty. Compile it or write something first."))
    content = [each.written() for each in paragraphs]
    digest = digest_of(report.title, content, manifest)
    if last and last.digest == digest:
        raise RuleBroken(_("Nothing has changed since edition %(number)s.", number=last.number))
    return Edition(
        report=report,
        number=last.number + 1 if last else 1,
        title=report.title,
        content=content,
        manifest=manifest,
        digest=digest,
        made_at=at,
        made_by=by,
    )


def digest_of(title: Words, content: object, manifest: object) -> str:
    """The same for the same text made from the same sources."""
    said = json.dumps([title, content, manifest], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def send_to_review(edition: Edition, *, until: datetime, at: datetime) -> None:
    """Circulate it to those who work on the report; silence until the deadline counts as no objection."""
    if edition.state is not EditionState.DRAFT:
        raise RuleBroken(_("Only a draft can be sent to review."))
    if until <= at:
        raise RuleBroken(_("The deadline has passed already. Choose a later one."), field="until")
    edition.state, edition.review_until = EditionState.REVIEW, until


def clear(
    edition: Edition,
    undecided: Collection[object],
    flagged: Collection[object],
    *,
    objections: int = 0,
    by: User,
    at: datetime,
) -> None:
    """The chair, or the secretariat where there is none, stands for the text. `objections` are those not decided about."""
    if edition.state not in (EditionState.DRAFT, EditionState.REVIEW):
        raise RuleBroken(_("This edition is cleared already, or was withdrawn."))
    if edition.state is EditionState.REVIEW and edition.review_until and at < edition.review_until:
        raise RuleBroken(_("The review is not over. The edition can be cleared once its deadline has passed."))
    if objections:
        raise RuleBroken(_("There are objections or requests to take something out. Decide about each of them first."))
    if undecided:
        raise RuleBroken(
            _("The release check has found words that nobody has decided about. Decide about each of them first.")
        )
    if flagged:
        raise RuleBroken(
            _(
                "Some paragraphs are based on sources that were struck, withdrawn, changed or are not signed. Decide about them in the report, then make a new edition."
            )
        )
    edition.state, edition.cleared_by, edition.cleared_at = EditionState.CLEARED, by, at


def release(edition: Edition, languages: Sequence[str], *, by: int, at: datetime) -> None:
    """Show it to everyone in these languages; further languages may follow."""
    if edition.state not in (EditionState.CLEARED, EditionState.RELEASED):
        raise RuleBroken(_("Only an edition that has been cleared can be released."))
    new = [code for code in languages if code not in edition.languages_out]
    if not new:
        raise RuleBroken(_("Choose at least one language in which it is not out yet."), field="languages")
    edition.state = EditionState.RELEASED
    edition.releases += [EditionRelease(language=code, released_at=at, released_by=by) for code in new]
    edition.report.workshop.changed_in_public()


def withdraw(edition: Edition, *, because: str, at: datetime) -> None:
    """Take it out of everyone's sight. Nothing of it is lost; the edition before it is not shown in its place."""
    if edition.state is not EditionState.RELEASED:
        raise RuleBroken(_("This edition is not public."))
    edition.state, edition.withdrawn_at, edition.withdrawn_because = EditionState.WITHDRAWN, at, because
    edition.report.workshop.changed_in_public()


def restore(edition: Edition) -> None:
    """Show it again after all, in the languages it was out in."""
    if edition.state is not EditionState.WITHDRAWN:
        raise RuleBroken(_("This edition was not withdrawn."))
    edition.state, edition.withdrawn_at = EditionState.RELEASED, None
    edition.report.workshop.changed_in_public()


def issue_corrigendum(edition: Edition, text: Words, *, by: int, at: datetime) -> Corrigendum:
    """Say in public what it should have said, once; whatever is found after that makes a new edition."""
    if edition.state is not EditionState.RELEASED:
        raise RuleBroken(_("Only an edition that is public is corrected. Change the text and make a new edition."))
    if edition.corrigendum:
        raise RuleBroken(_("This edition has its corrigendum. For anything else, make a new edition."))
    missing = [code for code in edition.languages_out if not text.get(code)]
    if missing:
        raise RuleBroken(_("Write it in every language in which the edition is public."), field="text")
    edition.report.workshop.changed_in_public()
    return Corrigendum(edition=edition, text=text, issued_at=at, issued_by=by)


def stricter_now(edition: Edition, modes: Mapping[str, MeetingMode]) -> list[str]:
    """The sessions and groups that are more confidential now than when this edition was made: while there are any, it is
    not shown to the public."""
    return [key for key, mode in edition.modes.items() if modes.get(key, mode).is_stricter_than(mode)]
