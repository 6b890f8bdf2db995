"""What a worker does with a list of recipients, and a request with a short one: say what would become of it, add them."""

from flask_babel import gettext as _

from workshop.consultation.questionnaires.models import Questionnaire, Recipient
from workshop.platform import audit, files, import_steps
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.import_steps import Result
from workshop.platform.intake import ImportReport
from workshop.secretariat.register import queries as register_queries

from . import distribution_file, queries, rules

READ, TAKE = "sending.read_list", "sending.take_list"
Cells = list[list[str]]


@import_steps.reads(READ)
def read_list(*, questionnaire: int, stored: str, filename: str) -> Result:
    """The report, and the same list as text, so that it can be corrected on the page."""
    asked, cells = db.session.get_one(Questionnaire, questionnaire), stored_cells(stored, filename)
    _new, report = merge(asked, cells)
    return {"report": report.packed(), "seen": report.fingerprint(), "text": distribution_file.as_text(cells)}


@import_steps.takes(TAKE)
def take_list(*, questionnaire: int, stored: str, filename: str, seen: str, who: int) -> Result:
    """Add and change what was seen; a second time it is not, as the list of recipients has changed with the first."""
    asked, cells = db.session.get_one(Questionnaire, questionnaire), stored_cells(stored, filename)
    db.session.execute(queries.lock_sending(asked))
    new, report = merge(asked, cells)
    if not report.imported:
        raise RuleBroken(_("No row can be imported: each was rejected. The reasons are listed below."))
    report.refuse_unseen(seen)
    db.session.add_all([*new, audit.record("import recipients", asked.slug, who=who, at=now())])
    return {"report": report.packed()}


def stored_cells(stored: str, filename: str) -> Cells:
    return distribution_file.cells_of(files.get(stored), filename=filename)


def merge(asked: Questionnaire, cells: Cells) -> tuple[list[Recipient], ImportReport]:
    """The list beside what there is, in this session only; the caller commits or forgets it."""
    rows = distribution_file.rows_of(cells, default_language=asked.workshop.languages[0])
    with db.session.no_autoflush:
        before = db.session.scalars(queries.recipients(asked)).all()
        return rules.merge(asked, rows, before=before, register=register())


def register() -> rules.Register:
    return rules.Register(
        db.session.scalars(register_queries.organisations()).all(), db.session.scalars(register_queries.aliases()).all()
    )
