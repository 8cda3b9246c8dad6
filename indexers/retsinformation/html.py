"""Documents of Retsinformation that exist as HTML only, those from before September 2007: from the page to a :class:`Version`.

Their XML is metadata without text (:func:`add_text` joins the two), and the pages of the site as it was before 2020 carry a head with the metadata
(:func:`parse`). A page whose text part cannot be found, or that loses words on the way, is reported as :class:`LayoutChanged`: it is never stored
as if it were empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from lxml import etree

from indexers.fetch_errors import LayoutChanged
from indexers.markup import Block, blocks, has_class, open_page, words_of
from indexers.retsinformation.html_marks import left_out
from indexers.retsinformation.html_text import read_blocks
from indexers.retsinformation.lexdania_meta import kind_of
from indexers.retsinformation.lexdania_preamble import read_preamble
from vidensplatform.law.model import ActNumber, Amendment, DocumentKind, NodeKind, Part, Provision, Status, Version

FEWEST_WORDS = 12
"""Fewer words than any document has: the text part was found, but not the text."""

_TEXT_IDS = ("indhold", "givet", "titel", "indledning", "bilag", "noter")
_SHORT_NAME = re.compile(
    r"(?P<kind>[A-ZÆØÅ]{2,5}\d?H?)(?:\s+[HÆI])?\s+nr\.?\s*(?P<number>\d+)\s+af\s+(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})\s*(?P<status>\w*)"
)
_PUBLISHED = re.compile(r"Offentliggørelsesdato:\s*(\d{1,2})-(\d{1,2})-(\d{4})")
_GAZETTE = frozenset({"LOV", "LBK", "BEK"})
_STATUS = {"gældende": Status.VALID, "historisk": Status.HISTORIC}
_AMENDS = {"LOV": "lov", "BEK": "bekendtgørelse"}
_OWN_NUMBER = re.compile(r"§\s*\d+")


def has_text(version: Version) -> bool:
    """Whether a version holds more than its title."""
    return any(provision.kind is not NodeKind.TITLE for provision in version.provisions)


def add_text(version: Version, data: bytes, name: str) -> Version:
    """``version`` with the text of its HTML. Raises :class:`LayoutChanged`."""
    provisions = _read(open_page(data, name), name, version.kind)
    return _with_preamble(replace(version, provisions=provisions, metadata=(*version.metadata, ("text-source", "html"))))


def parse(data: bytes, name: str) -> Version:
    """The document on a page of the site as it was before 2020. Raises :class:`LayoutChanged`, also for pages that are no documents."""
    root = open_page(data, name)
    short = next((words_of(e) for e in root.iter("span") if has_class(e, "kortnavn")), "")
    match = _SHORT_NAME.match(short)
    if match is None:
        raise LayoutChanged(name, "Siden har intet dokuments hoved (»LBK nr … af …«): den er ikke et dokument, eller dens opbygning er en anden.")
    box = next((e for e in root.iter("div") if has_class(e, "ressort")), None)
    popular, published, ministry = _head(list(blocks(box)) if box is not None else [])
    provisions = _read(root, name, kind_of(match["kind"], ministry))
    title = next((p.text for p in provisions if p.kind is NodeKind.TITLE), "")
    kind = kind_of(match["kind"], ministry, title)
    if kind is DocumentKind.ACT and title.casefold().startswith("lov om ændring af"):
        kind, provisions = DocumentKind.AMENDING_ACT, _read(root, name, DocumentKind.AMENDING_ACT)
    number, year = int(match["number"]), int(match["year"])
    version = Version(
        eli=f"{'lta' if match['kind'] in _GAZETTE else 'retsinfo'}/{year}/{number}",
        kind=kind,
        title=title,
        document_type=match["kind"],
        number=number,
        year=year,
        popular_title=popular,
        short_name=short[: match.end("year")],
        signed=_date(match["year"], match["month"], match["day"]),
        published=published,
        status=_STATUS.get(match["status"].casefold(), Status.UNKNOWN),
        ministry=ministry,
        later_amendments=_later(root),
        metadata=(("text-source", "html"),),
        provisions=provisions,
    )
    if not version.title:
        raise LayoutChanged(name, "Siden har ingen titel.")
    return _with_preamble(version)


def _read(root: etree._Element, name: str, kind: DocumentKind) -> tuple[Provision, ...]:
    found = [block for region in _regions(root, name) for block in blocks(region)]
    text = [block for block in found if not left_out(block)]
    if sum(len(block.words.split()) for block in text) < FEWEST_WORDS:
        raise LayoutChanged(name, "Sidens tekstdel er næsten tom.")
    provisions, sections = read_blocks(found, amending=kind is DocumentKind.AMENDING_ACT)
    written = _letters(block.words for block in text)
    kept = _letters(line for provision in provisions for line in (provision.full_text(),))
    if written != kept:
        raise LayoutChanged(name, "Siden er bygget op, så ord ville gå tabt eller bytte plads.", _first_difference(written, kept))
    in_text = sum(1 for block in text for line in block.lines if _OWN_NUMBER.search(line))
    if kind in (DocumentKind.ACT, DocumentKind.CONSOLIDATED_ACT) and in_text and not sections:
        raise LayoutChanged(name, "Sidens paragraffer kan ikke kendes.")
    return provisions


def _regions(root: etree._Element, name: str) -> list[etree._Element]:
    """The parts of the page that hold the document: by the ids of the old documents, of the old site, or the whole of a fragment."""
    named = [e for e in root.iter() if (e.get("id") or "").lower() in _TEXT_IDS]
    outermost = [e for e in named if not any(a in named for a in e.iterancestors())]
    if any((e.get("id") or "").lower() == "indhold" for e in outermost):
        return outermost
    for wanted in ("maincontent_broedtekst1", "document-content", "restylingroot"):
        for element in root.iter():
            if (element.get("id") or "").lower().endswith(wanted) or has_class(element, wanted):
                return [element]
    body = root.find("body")
    if (
        body is not None
        and root.find("head") is None
        and any(has_class(e, "paragraf", "stk2", "titel2", "indledning2", "kapitel") for e in body.iter("p"))
    ):
        return [body]
    raise LayoutChanged(name, "Siden har ingen tekstdel, der kan kendes (#INDHOLD eller brødtekst).")


def _letters(pieces: object) -> str:
    return "".join("".join(str(piece).split()) for piece in pieces)  # type: ignore[attr-defined]


def _first_difference(one: str, other: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"ved »{one[max(0, at - 20) : at + 20]}«"


def _with_preamble(version: Version) -> Version:
    """For a consolidated act: what its preamble says of its base and of what is worked in."""
    if version.kind is not DocumentKind.CONSOLIDATED_ACT:
        return version
    read = read_preamble([p.text for p in version.walk() if p.part is Part.PREAMBLE and p.text])
    return replace(version, base=read.base, incorporated=read.incorporated, not_incorporated=read.not_incorporated)


def _head(lines: Sequence[Block]) -> tuple[str, date | None, str]:
    """(popular title, date of publication, ministry) of the box beside the old site's text."""
    popular, published, ministry = "", None, ""
    for line in (line for block in lines for line in block.lines):
        if match := _PUBLISHED.search(line):
            published = _date(match[3], match[2], match[1])
        elif line.startswith("(") and line.endswith(")"):
            popular = line[1:-1]
        else:
            ministry = line
    return popular, published, ministry


def _later(root: etree._Element) -> tuple[Amendment, ...]:
    """The later amendments that the old site lists in its box, without their sections."""
    found: list[Amendment] = []
    for box in (e for e in root.iter("div") if has_class(e, "bbdokumentinfo")):
        head = next((words_of(e) for e in box.iter("div") if has_class(e, "head")), "")
        if head.casefold().startswith("senere ændringer til forskriften"):
            for link in box.iter("a"):
                match = _SHORT_NAME.match(words_of(link))
                kind = _AMENDS.get(match["kind"]) if match else None
                if match and kind:
                    signed = _date(match["year"], match["month"], match["day"])
                    act = ActNumber(kind, int(match["number"]), signed, None if signed else int(match["year"]))
                    found.append(Amendment(act, title=" ".join((link.get("title") or "").split())))
    return tuple(found)


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
