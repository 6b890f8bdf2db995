"""An edition as a Word document: a contents field, numbered paragraphs under real headings, tables with repeated heads."""

from flask_babel import gettext as _

from workshop.deliberation.plenary.evidence.citations import citation_of
from workshop.deliberation.plenary.multilingual_prose import spoken_in
from workshop.deliberation.plenary.paragraphs import Paragraph
from workshop.deliberation.plenary.reading import Reading, body_of, caption_of
from workshop.platform.i18n import dates, language, moment, written_in
from workshop.platform.rich_text import parts
from workshop.platform.word_document import WordDocument

from .models import Edition
from .plain_formats import cell_in_words, plain

LISTS = {"-": "List Bullet", "1.": "List Number"}


def as_docx(edition: Edition, language: str) -> bytes:
    with written_in(language), spoken_in(language):
        return _Writer(edition, language).whole()


class _Writer:
    """One document being written."""

    def __init__(self, edition: Edition, language: str) -> None:
        self.edition = edition
        subject = _("Edition %(number)s", number=edition.number)
        self.word = WordDocument(language, title=plain(edition.title), subject=subject, at=edition.made_at)
        self.word.set_apart("Heading 2", above=8)

    def whole(self) -> bytes:
        self._title()
        self.word.paragraph(_("Contents"), style="Heading 1")
        chapters = Reading(self.edition.paragraphs).chapters
        self.word.contents_field([f"{part.number}. {part.chapter.label}" for part in chapters])
        for part in chapters:
            self.word.paragraph(f"{part.number}. {part.chapter.label}", style="Heading 1")
            for each in part.paragraphs:
                self._paragraph(each)
        return self.word.content()

    def _title(self) -> None:
        workshop, edition = self.edition.report.workshop, self.edition
        self.word.paragraph(plain(workshop.series.title))
        self.word.paragraph(plain(edition.title), style="Title")
        self.word.paragraph(plain(workshop.title), style="Subtitle")
        self.word.paragraph(f"{plain(workshop.place)}, {dates(workshop.starts_on, workshop.ends_on)}")
        made = moment(edition.made_at, workshop.zone)
        self.word.paragraph(_("Edition %(number)s, %(when)s.", number=edition.number, when=made))
        if edition.corrigendum:
            self.word.paragraph(_("Corrigendum"), style="Heading 2")
            self.word.paragraph(plain(edition.corrigendum.text))
        if workshop.notice:
            self.word.paragraph(plain(workshop.notice))

    def _paragraph(self, paragraph: Paragraph) -> None:
        if paragraph.heading:
            self.word.paragraph(plain(paragraph.heading, paragraph), style="Heading 2")
        if paragraph.subheading:
            self.word.paragraph(plain(paragraph.subheading, paragraph), style="Heading 3")
        if paragraph.table:
            self._table(paragraph)
        self._text(paragraph)
        if paragraph.sources:
            said = _("Source: %(sources)s.", sources=citation_of(paragraph.sources).striptags())
            self.word.paragraph(said, style="Source")

    def _text(self, paragraph: Paragraph) -> None:
        """The number and what is said; a person's lists and emphasis stay."""
        number = f"{paragraph.number}. " if paragraph.number else ""
        if not paragraph.words:
            if said := str(body_of(paragraph).striptags()):
                line = self.word.paragraph()
                self.word.run(line, number)
                self.word.run(line, said, language=paragraph.text.in_(language(), "en")[1])
            return
        written, code = paragraph.words.in_(language(), "en")
        for part in parts(written):
            line = self.word.paragraph(style=LISTS.get(part.mark, "Normal"))
            if number and not part.mark:
                self.word.run(line, number)
                number = ""
            for run in part.runs:
                self.word.run(line, run.text, language=code, bold=run.bold, italic=run.italic)

    def _table(self, paragraph: Paragraph) -> None:
        table = paragraph.table
        caption = self.word.paragraph(str(caption_of(paragraph).striptags()), style="Caption")
        self.word.keep_with_next(caption)
        made = self.word.table([plain(each) for each in table["columns"]])
        for row in table["rows"]:
            cells = made.add_row().cells
            for cell, content in zip(cells, row, strict=False):
                self.word.paragraph(cell_in_words(content), place=cell)
        self.word.close_table(made)
