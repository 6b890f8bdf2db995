"""The archive of a questionnaire: what was asked can be asked again, and no text is in it against its author's will."""

import csv
import io
import zipfile

from sqlalchemy import select

from tests.consultation.findings.test_views import version
from tests.consultation.presenting.test_views import taken
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.presenting.models import FileKind
from workshop.consultation.presenting.tasks import content_of
from workshop.consultation.questionnaires.models import QuestionnaireVersion, Recipient, Response
from workshop.consultation.questionnaires.states import Anonymity, Publication
from workshop.consultation.questions.definition import Definition
from workshop.consultation.survey_files.importing import read_file
from workshop.platform.db import db

__all__ = ["taken", "version"]


def unpacked(snapshot: Snapshot) -> dict[str, bytes]:
    content = content_of(FileKind.ARCHIVE, snapshot, "en")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_questionnaire_in_it_can_be_imported_again(taken: Snapshot, version: QuestionnaireVersion) -> None:
    parts = unpacked(taken)
    read = read_file(parts["questionnaire/version-1.json"], plain_language="en")
    assert Definition.read(read.document).sections == Definition.read(version.definition).sections
    assert read_file(parts["questionnaire/version-1-xlsform.xlsx"], plain_language="en").report.questions == 34
    assert parts["results/tables.csv"]
    assert parts["results/results.json"]
    told = parts["README.txt"].decode()
    assert all(name in told for name in parts if name != "README.txt")


def test_texts_are_in_it_only_as_their_authors_allow(taken: Snapshot, version: QuestionnaireVersion) -> None:
    assert "answers-in-words.csv" not in unpacked(taken), "nobody allowed it"
    named, anonymous, silent = db.session.scalars(select(Response).order_by(Response.id).limit(3)).all()
    for row, choice in ((named, Publication.NAMED), (anonymous, Publication.ANONYMOUS), (silent, Publication.TOTALS)):
        row.publication, row.answers = choice, {**row.answers, "D6": f"words of {choice.value}"}
        asked = Recipient(
            questionnaire=version.questionnaire,
            name=f"Institution {choice.value}",
            email=f"{choice.value}@a.org",
            language="en",
        )
        asked.response = row
        db.session.add(asked)
    db.session.commit()
    rows = list(csv.reader(io.StringIO(unpacked(taken)["answers-in-words.csv"].decode("utf-8-sig"))))
    found = {row[2]: row[4] for row in rows if row[2].startswith("words of")}
    assert found == {"words of named": "Institution named", "words of anonymous": ""}
    version.questionnaire.anonymity = Anonymity.ANONYMOUS
    db.session.commit()
    assert b"Institution" not in unpacked(taken)["answers-in-words.csv"]
