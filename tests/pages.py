"""Every page that a test visits is checked as a page."""

import json
from html.parser import HTMLParser

VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
    "rect",
    "path",
}
# What ends a paragraph that is open, so that its own end tag ends nothing.
BLOCKS = {
    "p",
    "div",
    "form",
    "ul",
    "ol",
    "dl",
    "table",
    "section",
    "nav",
    "details",
    "fieldset",
    "h1",
    "h2",
    "h3",
    "h4",
}
NAMELESS_INPUTS = {"hidden", "submit", "button", "image"}


class Page(HTMLParser):
    """Collects what `check` looks at."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.stack: list[str] = []
        self.ids: list[str] = []
        self.references: list[str] = []
        self.labelled: set[str] = set()
        self.controls: list[dict[str, str | None]] = []
        self.headings: list[int] = []
        self.title = ""
        self.required_select = False
        self.lang: str | None = None
        self.links: list[list[str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = dict(attrs)
        if tag in BLOCKS and "p" in self.stack:
            self.faults.append(f"<{tag}> inside a paragraph")
        if tag == "option" and self.required_select:
            if a.get("value") != "":
                self.faults.append("a required <select> that begins with a choice")
            self.required_select = False
        if tag == "select":
            self.required_select = "required" in a and "multiple" not in a
        if tag not in VOID:
            self.stack.append(tag)
        if tag == "html":
            self.lang = a.get("lang")
        if "id" in a:
            self.ids.append(a["id"] or "")
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append(int(tag[1]))
        if tag == "label" and a.get("for"):
            self.labelled.add(a["for"] or "")
        if tag in {"select", "textarea"} or (tag == "input" and a.get("type") not in NAMELESS_INPUTS):
            inside = "label" in self.stack
            self.controls.append(a | {"inside": "yes" if inside else None, "tag": tag})
        if tag == "form" and (a.get("method") or "get").lower() == "post" and "form" in self.stack[:-1]:
            self.faults.append("a form inside a form")
        if tag in {"a", "button"}:
            self.links.append([a.get("aria-label") or ""])
        if tag == "img" and not a.get("alt"):
            self.faults.append(f"image without alt: {a.get('src')}")
        self._check_attributes(tag, a)

    def _check_attributes(self, tag: str, a: dict[str, str | None]) -> None:
        for name in a:
            if name == "style" or name.startswith("on"):
                self.faults.append(f"inline {name} on <{tag}>")
        if tag == "script" and not a.get("src") and a.get("type") != "application/ld+json":  # data, which never runs
            self.faults.append("inline script")
        if tag == "style":
            self.faults.append("inline style sheet")
        for name in ("aria-describedby", "aria-labelledby"):
            self.references.extend((a.get(name) or "").split())

    def _check_data(self, data: str) -> None:
        try:
            json.loads(data)
        except ValueError:
            self.faults.append("a script element whose data is not JSON")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag not in self.stack:
            self.faults.append(f"</{tag}> closes nothing")
            return
        while self.stack and (opened := self.stack.pop()) != tag:
            if opened not in {"li", "p", "td", "th", "tr", "dd", "dt", "option", "tbody", "thead"}:
                self.faults.append(f"<{opened}> is not closed before </{tag}>")
        if tag in {"a", "button"} and not "".join(self.links.pop() if self.links else ["x"]).strip():
            self.faults.append(f"<{tag}> without words")

    def handle_data(self, data: str) -> None:
        if self.stack and self.stack[-1] == "script" and data.strip():
            self._check_data(data)
        if self.stack and self.stack[-1] == "title":
            self.title += data
        if self.links and self.stack and ("a" in self.stack or "button" in self.stack):
            self.links[-1].append(data)


def check(html: str) -> None:
    """Fail with every fault of the page at once."""
    page = Page(html)
    faults = page.faults
    if len(page.title.strip(" –")) < 5:
        faults.append(f"title says nothing: {page.title!r}")
    if not page.lang:
        faults.append("no lang on <html>")
    if page.headings.count(1) != 1:
        faults.append(f"{page.headings.count(1)} h1 headings")
    for before, after in zip(page.headings, page.headings[1:], strict=False):
        if after > before + 1:
            faults.append(f"heading level jumps from {before} to {after}")
    faults.extend(f"id twice: {i}" for i in sorted({i for i in page.ids if page.ids.count(i) > 1}))
    faults.extend(f"reference to a missing id: {r}" for r in page.references if r not in page.ids)
    for control in page.controls:
        named = control["inside"] or control.get("aria-label") or control.get("aria-labelledby")
        if not named and control.get("id") not in page.labelled:
            faults.append(f"no label for {control.get('name') or control.get('id')}")
    assert not faults, "\n".join(faults)
