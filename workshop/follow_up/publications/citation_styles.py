"""How a publication is cited: in four styles, for BibTeX, for RIS. No database, no request, no clock."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from workshop.platform.search_normalise import words

from .models import Publication, PublicationKind

BIBTEX_KINDS = {
    PublicationKind.REPORT: "techreport",
    PublicationKind.BRIEF: "techreport",
    PublicationKind.PAPER: "misc",
}
RIS_KINDS = {PublicationKind.REPORT: "RPRT", PublicationKind.BRIEF: "RPRT", PublicationKind.PAPER: "GEN"}
LATEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    c: f"\\{c}" for c in "{}&%$#_"
}


@dataclass(frozen=True)
class Reference:
    """What a citation says, in one language."""

    kind: PublicationKind
    authors: Sequence[str]
    issued_on: date
    title: str
    language: str
    address: str
    collection: str = ""
    publisher: str = ""
    place: str = ""
    isbn: str = ""
    issn: str = ""
    symbol: str = ""
    edition: int = 1


def reference(publication: Publication, language: str, address: str) -> Reference:
    """The newest edition, with its title in that language where it is published in it."""
    spoken = [language] if language in publication.languages or not publication.languages else []
    title, code = publication.title.in_(*spoken, *publication.languages)
    subtitle = publication.subtitle.in_(code)[0]
    newest = publication.editions[0] if publication.editions else None
    return Reference(
        kind=publication.kind,
        authors=publication.authors or ([publication.publisher] if publication.publisher else []),
        issued_on=newest.issued_on if newest else publication.issued_on,
        title=f"{title}: {subtitle}" if subtitle else title,
        language=code,
        address=address,
        collection=" ".join(filter(None, (publication.collection, publication.number and f"No. {publication.number}"))),
        publisher=publication.publisher,
        place=publication.publisher_place,
        isbn=publication.isbn,
        issn=publication.issn,
        symbol=publication.symbol,
        edition=newest.number if newest else 1,
    )


def in_styles(one: Reference) -> dict[str, Markup]:
    """The citation by the name of its style."""
    return {"APA": _apa(one), "Chicago": _chicago(one), "UN": _united_nations(one), "Vancouver": _vancouver(one)}


def _apa(one: Reference) -> Markup:
    names = [_initialled(each, dotted=True) for each in one.authors]
    notes = "; ".join(filter(None, (_edition(one), one.collection)))
    return _sentences(
        _list(names, " & ") or None,
        f"({one.issued_on.year})",
        Markup("{}{}").format(_cite(one), f" ({notes})" if notes else ""),
        one.publisher if one.publisher not in one.authors else None,
        address=one.address,
    )


def _chicago(one: Reference) -> Markup:
    names = [one.authors[0], *map(_given_first, one.authors[1:])] if one.authors else []
    published = ": ".join(filter(None, (one.place, one.publisher)))
    return _sentences(
        _list(names, " and ") or None,
        str(one.issued_on.year),
        _cite(one),
        _edition(one) or None,
        one.collection or None,
        published or None,
        address=one.address,
    )


def _united_nations(one: Reference) -> Markup:
    """As in a footnote: given names first, place, publisher and year in brackets."""
    names = _list([_given_first(each) for each in one.authors], " and ")
    imprint = ", ".join(filter(None, (one.place, one.publisher, str(one.issued_on.year))))
    parts = [
        Markup("{}, {}").format(names, _cite(one)) if names else _cite(one),
        _edition(one),
        one.collection,
        one.symbol,
    ]
    said = Markup(", ").join(part for part in parts if part)
    return Markup("{} ({}). Available at {}.").format(said, imprint, one.address)


def _vancouver(one: Reference) -> Markup:
    names = ", ".join(_initialled(each, dotted=False) for each in one.authors)
    published = "; ".join(
        [*filter(None, [": ".join(filter(None, (one.place, one.publisher)))]), str(one.issued_on.year)]
    )
    said = _sentences(names or None, one.title, _edition(one) or None, published, one.collection or None)
    return Markup("{} Available from: {}").format(said, one.address)


def _cite(one: Reference) -> Markup:
    return Markup('<cite lang="{}">{}</cite>').format(one.language, one.title)


def _edition(one: Reference) -> str:
    ending = "th" if one.edition % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(one.edition % 10, "th")
    return f"{one.edition}{ending} ed." if one.edition > 1 else ""


def _sentences(*parts: str | Markup | None, address: str = "") -> Markup:
    """Each with one full stop after it, then the address without."""
    found = [escape(part) for part in parts if part]
    ended = [part if part.endswith((".", "?", "!")) else part + "." for part in found]
    return Markup(" ").join([*ended, *([escape(address)] if address else [])])


def _list(names: Sequence[str], last: str) -> str:
    if len(names) < 2:
        return "".join(names)
    comma = "," if last == " & " or len(names) > 2 else ""
    return f"{', '.join(names[:-1])}{comma}{last}{names[-1]}"


def _parts(name: str) -> tuple[str, str]:
    family, _comma, given = name.partition(",")
    return family.strip(), given.strip()


def _given_first(name: str) -> str:
    family, given = _parts(name)
    return f"{given} {family}".strip()


def _initialled(name: str, *, dotted: bool) -> str:
    """Family name and initials; an organisation as it is."""
    family, given = _parts(name)
    initials = [part[0] for part in re.split(r"[\s\-.]+", given) if part]
    if not initials:
        return family
    return f"{family}, {' '.join(f'{each}.' for each in initials)}" if dotted else f"{family} {''.join(initials)}"


def bibtex(one: Reference) -> str:
    """An entry for LaTeX."""
    first = words(_parts(one.authors[0])[0])[:1] if one.authors else []
    key = "".join([*first, str(one.issued_on.year), *(word for word in words(one.title) if len(word) > 3)][:3])
    fields = {
        "author": " and ".join(_latex(each) if "," in each else f"{{{_latex(each)}}}" for each in one.authors),
        "title": f"{{{_latex(one.title)}}}",
        "year": str(one.issued_on.year),
        "institution" if one.kind in (PublicationKind.REPORT, PublicationKind.BRIEF) else "publisher": _latex(
            one.publisher
        ),
        "address": _latex(one.place),
        "series": _latex(one.collection),
        "edition": str(one.edition) if one.edition > 1 else "",
        "isbn": one.isbn,
        "issn": one.issn,
        "number": _latex(one.symbol),
        "url": one.address,
        "language": one.language,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{BIBTEX_KINDS.get(one.kind, 'book')}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _latex(text: str) -> str:
    return "".join(LATEX.get(letter, letter) for letter in text)


def ris(one: Reference) -> str:
    """A record for reference managers; its lines end as that format asks."""
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in _ris_lines(one) if value or tag == "ER")


def _ris_lines(one: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", RIS_KINDS.get(one.kind, "BOOK")
    for author in one.authors:
        yield "AU", author
    yield "TI", one.title
    yield "PY", str(one.issued_on.year)
    yield "DA", one.issued_on.strftime("%Y/%m/%d")
    yield "PB", one.publisher
    yield "CY", one.place
    yield "T3", one.collection
    yield "ET", str(one.edition) if one.edition > 1 else ""
    yield "SN", one.isbn or one.issn
    yield "M1", one.symbol
    yield "LA", one.language
    yield "UR", one.address
    yield "ER", ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
