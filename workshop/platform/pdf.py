"""A page and a print stylesheet, made into a tagged PDF by a child process that can reach nothing.

The renderer runs apart because a hostile or huge page may eat memory and time; a limit on the child
keeps the service up. Only own static files can be fetched by name; everything else is refused. The child
is not given our settings either: no secret, no database address.
"""

import contextlib
import gc
import io
import os
import resource
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from weasyprint.urls import URLFetcher, URLFetcherResponse

STATIC = Path(__file__).resolve().parents[2] / "static"
TIME_LIMIT = 100  # seconds; shorter than the lease of a task
MEMORY_LIMIT = 2 * 1024**3  # bytes of address space; a 170-page report needs about 0.6 GB
LONGEST_PAGE = 5_000_000  # characters
DEEPEST_NESTING = 100
WIDEST_SPAN = 50
TAGGED = "pdf/ua-1"
NO_ENGINE, REFUSED = 3, 4  # how the child says what went wrong
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "SSL_CERT_FILE")
PASSED_ON_PREFIXES = ("XDG_", "FONTCONFIG_", "LD_", "DYLD_", "WEASYPRINT_", "PANGO")
MISSING = (
    "PDF export needs the Pango system library. Debian/Ubuntu: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0 fonts-noto-core; macOS: brew install pango. Everything else works without it."
)


class Pdf(NamedTuple):
    content: bytes
    pages: int


class PdfUnavailable(RuntimeError):
    """This machine cannot make PDFs; the message says what to install."""


class PdfFailed(RuntimeError):
    """The page could not be rendered within its limits."""


def engine() -> ModuleType:
    """WeasyPrint, or PdfUnavailable. Its import prints a banner where Pango is missing, which is swallowed."""
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            import weasyprint  # here because the service must start without Pango
    except OSError as error:
        raise PdfUnavailable(MISSING) from error
    loaded: ModuleType = weasyprint
    return loaded


class PdfBusy(PdfFailed):
    """As many pages as may be are being made for people who wait; a moment later there is room."""


class Renderer:
    """One child, for one page. It starts with the `with` and warms up while the page is still being written.

    `stylesheet` is a path below static/; `seconds` and `memory` (bytes) limit the work. Another `module` may do other
    work in the same way. Not `tagged` is only what is joined with others afterwards: joining loses the tags, and making
    them costs a tenth.
    """

    def __init__(
        self,
        stylesheet: str = "css/report.css",
        *,
        seconds: int = TIME_LIMIT,
        memory: int = MEMORY_LIMIT,
        module: str = "workshop.platform.pdf",
        tagged: bool = True,
    ) -> None:
        self.seconds = seconds
        variant = TAGGED if tagged else ""
        self.command = [sys.executable, "-m", module, stylesheet, str(seconds), str(memory), variant]

    def __enter__(self) -> "Renderer":
        pipe = subprocess.PIPE
        self.child = subprocess.Popen(
            self.command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=STATIC.parent, env=surroundings()
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.child.kill()
        self.child.communicate()

    def render(self, html: str) -> Pdf:
        """The page as PDF/UA-1. Raises PdfUnavailable without Pango, PdfFailed when the page passes a limit."""
        if len(html) > LONGEST_PAGE:
            raise PdfFailed(f"The page has {len(html)} characters; at most {LONGEST_PAGE} are made into a PDF.")
        output = self.answer_to(html)
        pages, _newline, content = output.partition(b"\n")
        return Pdf(content, int(pages))

    def answer_to(self, text: str) -> bytes:
        """What the child writes when it is given that text."""
        try:
            output, complaint = self.child.communicate(text.encode(), timeout=self.seconds)
        except subprocess.TimeoutExpired as error:
            raise PdfFailed(f"The page could not be made into a PDF within {self.seconds} seconds.") from error
        code = self.child.returncode
        if code == NO_ENGINE:
            raise PdfUnavailable(MISSING)
        if code != 0:
            words = complaint.decode(errors="replace").strip()[-500:]
            raise PdfFailed(words or f"The renderer ended with code {code}.")
        return output


class WaitedFor(Renderer):
    """A renderer for somebody who waits at the page: only so many at once in a process, so that whoever only reads never
    waits for those who print. Raises PdfBusy at the `with`.
    """

    def __enter__(self) -> "Renderer":
        if not _places.acquire(blocking=False):
            raise PdfBusy("Others are having pages made at this moment.")
        try:
            return super().__enter__()
        except BaseException:
            _places.release()
            raise

    def __exit__(self, *error: object) -> None:
        try:
            super().__exit__(*error)
        finally:
            _places.release()


AT_ONCE = 2  # of the eight requests that a process answers at once
_places = threading.BoundedSemaphore(AT_ONCE)


def render(html: str, *, seconds: int = TIME_LIMIT, memory: int = MEMORY_LIMIT) -> Pdf:
    """A page that is written already; see Renderer."""
    with Renderer(seconds=seconds, memory=memory) as renderer:
        return renderer.render(html)


def surroundings() -> dict[str, str]:
    """What the child may know of our environment: where libraries and fonts are."""
    return {
        name: value for name, value in os.environ.items() if name in PASSED_ON or name.startswith(PASSED_ON_PREFIXES)
    }


def fetcher(weasyprint: ModuleType) -> "URLFetcher":
    """A fetcher that opens own static files and data: images, and refuses the rest of the world."""

    class OwnFilesOnly(weasyprint.urls.URLFetcher):  # type: ignore[misc, name-defined]  # untyped library
        def fetch(self, url: str, headers: object = None) -> "URLFetcherResponse":
            if url.startswith("data:image/"):
                return super().fetch(url, headers)
            path = (STATIC / url.removeprefix("static:").lstrip("/")).resolve()
            if not url.startswith("static:") or not path.is_relative_to(STATIC) or not path.is_file():
                raise ValueError(f"refused: {url[:200]}")
            return weasyprint.urls.URLFetcherResponse(url, path.read_bytes())

    return OwnFilesOnly()


def refuse_monsters(root: "Element") -> None:
    """Raise PdfFailed for a page that nests or spans so far that laying it out would never end."""
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEEPEST_NESTING:
            raise PdfFailed(f"The page nests its parts more than {DEEPEST_NESTING} deep.")
        for element in level:
            for name in ("colspan", "rowspan", "span"):
                wide = element.get(name) or "1"
                if not (wide.isdecimal() and len(wide) < 4 and int(wide) <= WIDEST_SPAN):
                    raise PdfFailed(f"A table of the page has a {name} other than 1 to {WIDEST_SPAN}.")
        level = [child for element in level for child in element]


def limit_self(seconds: int, memory: int) -> None:
    """What this process may use of time and memory from now on; it is ended when it wants more."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _child(stylesheet: str, seconds: int, memory: int, variant: str) -> int:
    """Read a page from standard input, write the number of its sheets and the PDF to standard output."""
    gc.disable()  # a fifth faster, and the process ends with its page
    try:
        weasyprint = engine()
    except PdfUnavailable:
        return NO_ENGINE
    limit_self(seconds, memory)
    own = fetcher(weasyprint)
    sheet = weasyprint.CSS(string=(STATIC / stylesheet).read_text(), base_url="static:/", url_fetcher=own)
    page = weasyprint.HTML(string=sys.stdin.buffer.read().decode(), base_url="static:/", url_fetcher=own)
    try:
        refuse_monsters(page.etree_element)
    except PdfFailed as refusal:
        sys.stderr.write(str(refusal))
        return REFUSED
    document = page.render(stylesheets=[sheet], pdf_variant=variant or None)
    sys.stdout.buffer.write(b"%d\n" % len(document.pages) + document.write_pdf(pdf_variant=variant or None))
    return 0


if __name__ == "__main__":
    sys.exit(_child(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]))
