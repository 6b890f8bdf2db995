"""Stylesheets: written in parts for whoever reads them, sent as one without comments and white space.

`css/site.css` belongs to every page, `css/<package>.css` beside it to the pages of that package. A sheet may begin with
what it imports; a browser would follow that as it stands, one request for each.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request
from werkzeug.wrappers import Response as HttpResponse
from whitenoise.compress import Compressor

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

IMPORT = re.compile(r'@import "([\w./-]+)";\n')
PACKING = {"br": Compressor.compress_brotli, "gzip": Compressor.compress_gzip}


def read(folder: Path) -> dict[str, bytes]:
    """Every sheet as it is sent, by its name below `folder`."""
    return {
        path.relative_to(folder).as_posix(): small(join_imports(path)).encode()
        for path in sorted(folder.glob("css/*.css"))
    }


def join_imports(path: Path) -> str:
    """A sheet with what it imports in its place."""
    return IMPORT.sub(lambda found: join_imports(path.parent / found[1]), path.read_text(encoding="utf-8"))


def small(sheet: str) -> str:
    """The same rules in fewer bytes. What stands between quotation marks stays as it is."""
    parts = re.split(r'("[^"]*")', re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    return "".join(part if part.startswith('"') else _squeezed(part) for part in parts).strip()


def _squeezed(part: str) -> str:
    part = re.sub(r"\s+", " ", part)
    part = re.sub(r" ?([{};,>]) ?", r"\1", part).replace(";}", "}")
    part = re.sub(r"(?<=[\w-]): ", ":", part)
    return re.sub(r"(?<![\w.])0\.(?=\d)", ".", part)


def serve(
    inner: "WSGIApplication", sheets: dict[str, bytes], headers: dict[str, str], age: Callable[[str], int]
) -> "WSGIApplication":
    """Answer for the sheets, compressed; pass everything else on. `age` says for how long an address may be kept."""

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").startswith("/static/"):
            return inner(environ, start)
        request = Request(environ)
        body = sheets.get(request.path.removeprefix("/static/"))
        if body is None or request.method not in ("GET", "HEAD"):
            return inner(environ, start)
        response = HttpResponse(mimetype="text/css", headers=headers)
        packing = next((name for name in PACKING if request.accept_encodings[name] > 0), "")
        response.set_data(packed(body, packing))
        response.headers |= {"Content-Encoding": packing} if packing else {}
        response.vary.add("Accept-Encoding")
        response.cache_control.public, response.cache_control.max_age = True, age(request.query_string.decode())
        response.add_etag()
        return response.make_conditional(environ)(environ, start)

    return answer


@cache
def packed(body: bytes, packing: str) -> bytes:
    return PACKING[packing](body) if packing else body
