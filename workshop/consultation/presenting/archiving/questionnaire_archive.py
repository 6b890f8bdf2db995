"""The archive of a questionnaire: every version counted, the figures as they are shown, and what later packages add."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from workshop.consultation.designing.rules import as_published
from workshop.consultation.findings.disclosing.showing import definition_of, tables_of
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.questionnaires.models import QuestionnaireVersion
from workshop.consultation.questions.definition import Definition
from workshop.consultation.survey_files import exports
from workshop.consultation.survey_files.edition import Edition
from workshop.platform.providers import Provided

from ..crossed_tables import with_crossings
from ..exports.result_sheets import about, as_json, tables_as_csv, tables_as_xlsx

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the same content gives the same file
archive_parts = Provided[[Snapshot, str], Mapping[str, bytes]](
    "What else belongs in the archive of a questionnaire, by name: only what respondents allow to be read."
)


def archive_of(
    snapshot: Snapshot, versions: Sequence[QuestionnaireVersion], ledger: Sequence[Snapshot], language: str
) -> bytes:
    """A zip file; its texts of our own are in the language that is spoken just then."""
    tables = with_crossings(snapshot, tables_of(snapshot, ledger))
    parts: dict[str, bytes] = {}
    for version in versions:
        parts |= _definition(version)
    parts |= {
        "results/tables.xlsx": tables_as_xlsx(tables, snapshot, language),
        "results/tables.csv": tables_as_csv(tables, snapshot, language),
        "results/results.json": as_json(tables, snapshot, definition_of(snapshot)),
    }
    for more in archive_parts(snapshot, language):
        parts |= more
    return _packed({"README.txt": _read_me(snapshot, sorted(parts), language)} | parts)


def _definition(version: QuestionnaireVersion) -> dict[str, bytes]:
    """A version as it was asked: to be imported here again, for other programs, and its texts in all languages."""
    document = as_published(version.questionnaire, version)
    edition = Edition(version.questionnaire, Definition.read(document), document, version.number)
    folder = f"questionnaire/version-{version.number}"
    return {
        f"{folder}.json": exports.own_json(edition),
        f"{folder}-xlsform.xlsx": exports.xlsform(edition),
        f"{folder}-texts.xlsx": exports.write_export(edition, "texts", ""),
    }


def _read_me(snapshot: Snapshot, names: Sequence[str], language: str) -> bytes:
    lines = [f"{label}: {value}" for label, value in about(snapshot, language) if value not in ("", None)]
    told = [
        _("Figures are as they were shown: what was rounded or withheld there is so here."),
        _("Texts of respondents are included only where they allow it, with their name only where they allow that."),
        _("Files in this archive:"),
    ]
    return "\n".join([*lines, "", *told, *(f"- {name}" for name in names), ""]).encode()


def _packed(parts: Mapping[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, EARLIEST), content, zipfile.ZIP_DEFLATED)
    return into.getvalue()
