"""Text that people write with a little markup: paragraphs, lists, emphasis and links in Markdown; never HTML of their own."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

TAGS = {"p", "ul", "ol", "li", "em", "strong", "a", "blockquote", "br"}
MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["heading", "lheading", "image", "code", "fence", "hr"])


def as_html(text: str) -> Markup:
    """Safe HTML. A text of one paragraph comes without an element around it, so that it may stand in another."""
    made = nh3.clean(
        MARKDOWN.render(text), tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}
    )
    made = made.strip()
    if made.startswith("<p>") and made.endswith("</p>") and made.count("<p>") == 1:
        made = made[3:-4]
    return Markup(made)  # noqa: S704  # cleaned just above


def as_words(text: str) -> str:
    """The words alone, a line for each paragraph or list item."""
    return "\n".join("".join(run.text for run in part.runs) for part in parts(text))


@dataclass
class Run:
    """Words set in one way."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass
class Part:
    """A paragraph, or an item of a list: "-" or "1."."""

    mark: str = ""
    runs: list[Run] = field(default_factory=list)


def parts(text: str) -> Iterator[Part]:
    """The paragraphs and list items of a text, for a document that is not HTML."""
    marks = list[str]()
    for token in MARKDOWN.parse(text):
        match token.type:
            case "bullet_list_open":
                marks.append("-")
            case "ordered_list_open":
                marks.append("1.")
            case "bullet_list_close" | "ordered_list_close":
                marks.pop()
            case "inline":
                yield Part(marks[-1] if marks else "", list(_runs(token.children or [])))


def _runs(tokens: list[Token]) -> Iterator[Run]:
    bold = italic = 0
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "softbreak" | "hardbreak":
                yield Run(" ")
            case _ if token.content:
                yield Run(token.content, bold > 0, italic > 0)
