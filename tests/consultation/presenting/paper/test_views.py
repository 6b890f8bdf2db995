"""The briefing of a session as page and on paper, the summary, the slides and the codebook, opened again."""

import io
import re
from html import unescape

import docx
import pypdf
import pytest
from sqlalchemy import select

from tests import factories as make
from tests.conftest import SignedIn
from tests.consultation.findings.arranging.test_views import TABLES, hidden
from tests.consultation.findings.test_views import FIRST, version
from tests.consultation.presenting.test_views import taken
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.presenting.models import FileKind, ResultFile
from workshop.platform import files, tasks
from workshop.platform.db import db
from workshop.programme.agenda.models import GuidingQuestion, Session

__all__ = ["taken", "version"]
BRIEFING = "/workshops/w/desk/briefing"


def text_of(content: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())


def made(client: object, address: str, kind: FileKind, language: str = "en") -> bytes:
    """A file asked for on its page, made by the worker, and fetched."""
    client.post(address, data={"kind": kind.value, "language": language})  # type: ignore[attr-defined]
    tasks.run_due()
    file = db.session.scalars(select(ResultFile).where(ResultFile.kind == kind)).one()
    assert file.stored_as, (file.problem, file.task and file.task.error)
    return files.get(file.stored_as)


@pytest.fixture
def session(taken: Snapshot) -> Session:
    found = make.session(workshop=taken.questionnaire.workshop)
    found.questions.append(GuidingQuestion(position=1, text=found.title.having("en", "Who sends, and why?")))
    db.session.add(found)
    db.session.commit()
    return found


def test_a_table_mapped_to_a_session_is_in_its_briefing_once(as_: SignedIn, taken: Snapshot, session: Session) -> None:
    ana = as_("ana")
    typed = hidden(ana.get(f"{TABLES}/E1").text)
    place = f"question-{session.questions[0].id}"
    ana.post(f"{TABLES}/E1", data=typed | {"title-en": "Who sends money", "place": place, "in_summary": "y"})
    page = f"{BRIEFING}/{session.id}"
    assert "No results are for this session yet" in as_("eva").get(page).text, "nothing was shared"
    ana.post(f"{FIRST}/share")
    chair = as_("eva")
    assert f"/briefing/{session.id}" in chair.get(BRIEFING).text, "a link leads there"
    assert page in chair.get(f"/workshops/w/desk/programme/{session.number}").text, (
        "from the session's own briefing too"
    )
    text = chair.get(page).text
    assert text.count("Who sends money") == 1
    assert "Who sends, and why?" in text
    pdf = text_of(made(chair, page, FileKind.BRIEFING))
    assert "Who sends money" in pdf
    assert "n = 60" in pdf
    word = docx.Document(io.BytesIO(made(chair, page, FileKind.BRIEFING_DOCX)))
    assert any("Who sends money" in each.text for each in word.paragraphs)
    assert word.tables
    theirs = db.session.scalars(select(ResultFile)).first()
    assert theirs
    assert as_("ana").get(f"/workshops/w/desk/result-files/{theirs.key}").status_code == 404, "owner only"


@pytest.mark.on_one_database("the same page is set on paper beside any database")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_summary_has_the_tables_the_page_has(as_: SignedIn, taken: Snapshot, language: str) -> None:
    ana = as_("ana")
    typed = hidden(ana.get(f"{TABLES}/B5").text)
    ana.post(f"{TABLES}/B5", data=typed | {"place": ""})  # left out of the summary
    address = f"{FIRST}/files"
    taken.questionnaire.workshop.languages = ["en", "ar"]
    db.session.commit()
    content = made(ana, address, FileKind.SUMMARY, language)
    if language == "en":
        pdf, page = text_of(content), unescape(re.sub(r"<[^>]*>", " ", ana.get(FIRST).text))
        shares = set(re.findall(r"\b\d+%", pdf))
        assert shares
        assert shares <= set(re.findall(r"\b\d+%", page))
        assert "(B5)" not in pdf
        assert "Self-selected." in pdf
    word = docx.Document(io.BytesIO(made(ana, address, FileKind.SUMMARY_DOCX, language)))
    assert len(word.tables) > 10
    assert word.tables[0].columns[0].width > word.tables[0].columns[1].width
    assert not any("B5" in each.text for each in word.paragraphs if each.style and each.style.name == "Heading 2")


@pytest.mark.on_one_database("the same page is set on paper beside any database")
def test_slides_and_codebook_on_paper(as_: SignedIn, taken: Snapshot) -> None:
    ana = as_("ana")
    deck = pypdf.PdfReader(io.BytesIO(made(ana, f"{FIRST}/files", FileKind.DECK)))
    assert len(deck.pages) > 20
    assert deck.pages[0].mediabox.width > deck.pages[0].mediabox.height
    for number, page in enumerate(deck.pages):
        words = page.extract_text()
        assert "Self-selected." in words, "each page can be taken out and still says how to read it"
        assert "n = 60" in words
        assert "Results in March" in words
        assert number == 0 or re.search(r"Table \d+ ", words)
    codebook = text_of(made(ana, f"{FIRST}/files", FileKind.CODEBOOK))
    assert "C1_com" in codebook, "the name that the file for SPSS has"
    assert "not asked" in codebook
    assert "t_language" in codebook, "who answered and how is in the files too"


def test_answers_follow_the_choice_of_each_respondent(as_: SignedIn, taken: Snapshot) -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(made(as_("ana"), f"{FIRST}/files", FileKind.ANSWERS)))
    head, *rows = book.worksheets[1].iter_rows(values_only=True)
    assert {row[0] for row in rows} <= {"With our name", "Without our name"}, "totals only: no row"
    personal = [n for n, question in enumerate(head) if str(question).startswith("A9 ")]
    assert all(row[n] in (None, "") for n in personal for row in rows if row[0] == "Without our name")
    as_("ana").post(f"{FIRST}/share")
    refused = as_("eva").post(f"{FIRST}/files", data={"kind": "answers", "language": "en"})
    assert refused.status_code == 200, "the form is shown again: no such choice"
