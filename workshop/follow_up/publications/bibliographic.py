"""A publication as machines read it on its page: Dublin Core, schema.org. No database, no request, no clock."""

import json
from collections.abc import Sequence
from functools import partial

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from .citation_styles import Reference
from .models import Publication, PublicationKind

SCHEMA_KINDS = {
    PublicationKind.REPORT: "Report",
    PublicationKind.PAPER: "ScholarlyArticle",
    PublicationKind.BRIEF: "Report",
    PublicationKind.PROCEEDINGS: "Book",
    PublicationKind.HANDBOOK: "Book",
}
compact = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def dublin_core(publication: Publication, one: Reference) -> list[tuple[str, str]]:
    """Name and content of each element, in their order."""
    said: Sequence[tuple[str, str]] = [
        ("DC.title", one.title),
        *(("DC.creator", author) for author in one.authors),
        ("DC.publisher", one.publisher),
        ("DC.date", one.issued_on.isoformat()),
        ("DC.type", publication.kind.value),
        *(("DC.language", code) for code in publication.languages),
        *(("DC.subject", theme) for theme in publication.themes),
        ("DC.description", publication.summary.in_(one.language)[0]),
        ("DC.identifier", one.address),
        ("DC.identifier", f"ISBN {one.isbn}" if one.isbn else ""),
        ("DC.identifier", f"ISSN {one.issn}" if one.issn else ""),
        ("DC.identifier", one.symbol),
        ("DC.relation", one.collection),
        ("DC.source", publication.link),
    ]
    return [(name, content) for name, content in said if content]


def schema_org(publication: Publication, one: Reference) -> Markup:
    """The same as JSON-LD, in which nothing can end the script element around it."""
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": SCHEMA_KINDS[publication.kind],
        "name": one.title,
        "url": one.address,
        "datePublished": one.issued_on.isoformat(),
        "inLanguage": publication.languages,
        "author": [_author(name) for name in one.authors],
        "publisher": {"@type": "Organization", "name": one.publisher} if one.publisher else None,
        "description": publication.summary.in_(one.language)[0],
        "isbn": one.isbn,
        "issn": one.issn,
        "identifier": one.symbol,
        "keywords": publication.themes,
        "numberOfPages": publication.pages,
        "bookEdition": str(one.edition) if one.edition > 1 else None,
        "isPartOf": {"@type": "CreativeWorkSeries", "name": one.collection} if one.collection else None,
        "sameAs": publication.link,
    }
    return htmlsafe_json_dumps({name: value for name, value in data.items() if value}, dumps=compact)


def _author(name: str) -> dict[str, str]:
    family, comma, given = name.partition(",")
    if not comma:
        return {"@type": "Organization", "name": name}
    return {"@type": "Person", "familyName": family.strip(), "givenName": given.strip()}
