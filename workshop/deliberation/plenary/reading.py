"""A report as it is read: its chapters, what stands under a paragraph, and what those who work on it are told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from flask_babel import gettext as _
from markupsafe import Markup, escape

from workshop.platform.i18n import direction, language
from workshop.platform.rich_text import as_html

from .evidence.citations import citation_of, explain_source
from .evidence.sources import Current, flagged_sources, is_settled
from .multilingual_prose import with_originals
from .paragraphs import Chapter, Cited, Paragraph


@dataclass
class ReadChapter:
    """A chapter as printed; `number` counts from 1."""

    number: int
    chapter: Chapter
    paragraphs: list[Paragraph]

    @property
    def parts(self) -> list[Paragraph]:
        """The paragraphs that open a section."""
        return [paragraph for paragraph in self.paragraphs if paragraph.heading]


def nowhere(source: Cited) -> None:
    """Where a source can be opened from paper."""


@dataclass
class Reading:
    """Paragraphs with what became of their sources, as one reader may see it; paper knows nothing of that."""

    paragraphs: Sequence[Paragraph]
    current: Current = field(default_factory=lambda: Current(()))
    inside: bool = False  # for those who work on it: which source changed, and how
    address: Callable[[Cited], str | None] = nowhere

    @property
    def chapters(self) -> list[ReadChapter]:
        """The chapters that have something in them, in order."""
        grouped = groupby(self.paragraphs, key=lambda paragraph: paragraph.chapter)
        return [ReadChapter(number, chapter, list(group)) for number, (chapter, group) in enumerate(grouped, 1)]

    def notes(self, paragraph: Paragraph) -> list[str]:
        """What stands under a paragraph that rests on something withdrawn or changed."""
        changed = flagged_sources(paragraph, self.current) if self.current.subjects else []
        if self.inside:
            return [explain_source(source, self.current) for source in changed]
        return [_("A source of this paragraph was withdrawn or has changed since.")] if changed else []

    def waits(self, source: Cited) -> bool:
        """Whether somebody has to decide about this source."""
        return bool(self.current.change(source)) and not is_settled(source, self.current)

    def explained(self, source: Cited) -> str:
        return explain_source(source, self.current)

    cited = staticmethod(citation_of)


def body_of(paragraph: Paragraph) -> Markup:
    """What a paragraph says: a person's words where there are some, else our sentence with the words of others in it."""
    if not paragraph.words:
        return with_originals(paragraph.text, paragraph.originals)
    written, code = paragraph.words.in_(language(), "en")
    made = as_html(written)
    if code == language():
        return made
    around = '<div lang="{}" dir="{}">{}</div>' if made.startswith("<") else '<span lang="{}" dir="{}">{}</span>'
    return Markup(around).format(code, direction(code), made)  # noqa: S704  # one of the two above


def caption_of(paragraph: Paragraph) -> Markup:
    """What stands above a table: its number and what it shows."""
    caption = with_originals(paragraph.table["caption"])
    if not paragraph.table_number:
        return caption
    said = escape(_("Table %(number)s. %(caption)s", number=paragraph.table_number, caption="\ue000"))
    return Markup(said.replace("\ue000", caption))  # noqa: S704  # both are escaped


def missing_languages(paragraph: Paragraph, languages: Sequence[str]) -> list[str]:
    """In which of these languages a person's words are still to be written."""
    return [code for code in languages if paragraph.words and not paragraph.words.get(code)]
