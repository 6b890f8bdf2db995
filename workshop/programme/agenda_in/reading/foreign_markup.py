"""Texts of other programs that carry HTML, as Markdown: words and structure stay, everything else goes."""

import re
from html.parser import HTMLParser

TAG = re.compile(r"</?(?:p|br|ul|ol|li|b|strong|i|em|a|div|span|h[1-6]|blockquote)\b[^>]*>", re.IGNORECASE)
MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
SILENT = {"script", "style", "template", "noscript"}
APART = {"p", "div", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}


class Collector(HTMLParser):
    """Takes the tags of a text and writes Markdown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.silent = 0
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag in APART:
            self.said.append("\n\n")
        elif tag in {"br", "li"}:
            self.said.append("\n- " if tag == "li" else "\n")
        elif tag in MARKS:
            self.said.append(MARKS[tag])
        elif tag == "a":
            address = dict(attrs).get("href") or ""
            self.links.append(address if address.startswith(("https://", "http://")) else "")
            self.said.append("[" if self.links[-1] else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in APART:
            self.said.append("\n\n")
        elif tag in MARKS:
            self.said.append(MARKS[tag])
        elif tag == "a" and self.links:
            address = self.links.pop()
            self.said.append(f"]({address})" if address else "")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(re.sub(r"\s+", " ", data))


def as_markdown(text: str) -> str:
    """The text without HTML; as it is where it has none."""
    if not TAG.search(text):
        return text
    collector = Collector()
    collector.feed(text)
    collector.close()
    lines = [line.strip() for line in "".join(collector.said).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).replace("****", "").strip()
