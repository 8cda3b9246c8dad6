"""Folketingets Ombudsmand: the overviews of the Myndighedsguide, as what they are about and where they stand, not as text.

The overviews are general guidance, which ophavsretsloven § 9 does not clearly free. So what is kept is the title, the numbered outline, "Senest
opdateret", the statements that the page names, an extract of at most :data:`EXTRACT` letters, and the link. The ombudsman's statements themselves are
official documents and come from Retsinformation's collection ``fob``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final
from urllib.parse import urljoin, urlsplit

from indexers.danish import danish_date
from indexers.fetch_errors import FetchError, LayoutChanged
from indexers.fetched import Fetch, Fetched
from indexers.markup import HEADINGS, Block, blocks, is_whole_page, open_page, words_of
from indexers.source import MAIN, Item, Parts, Plan, ReadState
from vidensplatform.errors import DamagedDocument
from vidensplatform.law.citations import Citations
from vidensplatform.law.model import DocumentKind, NodeKind, Part, Provision, Version
from vidensplatform.law.registry import Registry

SITE: Final = "https://www.ombudsmanden.dk"
GUIDE: Final = "/find-viden/myndighedsguiden"
AREAS: Final = ("generel-forvaltningsret", "specifikke-sagsomraader")
KNOWN: Final = tuple(f"{AREAS[0]}/{page}" for page in ("2-notatpligt", "5-vejledning", "7-journalisering", "9-partshoering", "10-begrundelse"))
"""Pages known to exist, asked for where the guide's front pages cannot be read."""
EXTRACT: Final = 300

_PAGE = re.compile(rf"{GUIDE}/({'|'.join(AREAS)})/([^/?#]+)/?")
_UPDATED = re.compile(r"senest opdateret:?\s*(.{4,30})", re.IGNORECASE)
_NUMBERED = re.compile(r"(\d+(?:\.\d+)*)\.?\s+(.+)", re.DOTALL)


class Ombudsmanden:
    """The overviews of the Myndighedsguide."""

    name = "ombudsmanden"
    title = "Folketingets Ombudsmand"
    erases = False

    def __init__(self, registry: Registry) -> None:
        self._citations = Citations(registry)

    def plan(self, fetch: Fetch, state: ReadState, now: datetime) -> Plan:
        """All overviews that the guide's front pages link to: few enough to ask each time whether they changed."""
        found: dict[str, None] = {}
        notes: list[str] = []
        for area in AREAS:
            try:
                page = fetch.get(f"{SITE}{GUIDE}/{area}", accept="text/html", check=is_whole_page)
                links = list(overviews(page))
                if not links:
                    raise LayoutChanged(page.url, "Forsiden henviser ikke til nogen overblik.")
                found.update(dict.fromkeys(links))
            except (FetchError, DamagedDocument) as error:
                notes.append(f"Myndighedsguidens forside ({area}) kunne ikke læses: {error.message}")
        if not found:
            found.update(dict.fromkeys(KNOWN))
        before = [i.removeprefix("ombudsmanden/") for i, known in state.known.items() if not known.removed]
        found.update(dict.fromkeys(page for page in before if page not in found))  # still asked for: a link may only have moved
        items = tuple(Item(f"ombudsmanden/{page}", f"{SITE}{GUIDE}/{page}") for page in found)
        return Plan("forsider", items, now, notes=tuple(notes))

    def fetch(self, item: Item, fetch: Fetch) -> Parts:
        """The page."""
        return {MAIN: fetch.get(item.url, accept="text/html", check=is_whole_page)}

    def parse(self, parts: Parts, item: Item) -> Version:
        """What the page is about. Raises :class:`LayoutChanged` where title, date or outline are missing."""
        page = parts[MAIN]
        title, updated, outline, extract, text = read_overview(page)
        practice = dict.fromkeys(c.practice for c in self._citations.find(text) if c.practice)
        metadata = [("updated", updated.isoformat()), ("url", page.final_url), *(("practice", one) for one in practice)]
        headings = tuple(Provision(NodeKind.HEADING, marker=number, heading=words) for number, words in outline)
        opening = (Provision(NodeKind.TEXT, text=extract),) if extract else ()
        return Version(
            eli=item.id,
            kind=DocumentKind.OTHER,
            title=title,
            document_type="overblik i Myndighedsguiden",
            ministry=self.title,
            metadata=tuple(metadata),
            provisions=(Provision(NodeKind.TITLE, Part.TITLE, text=title), *opening, *headings),
        )

    def wants(self, version: Version) -> bool:
        """All of them."""
        return True

    def follow(self, version: Version, parts: Parts, fetch: Fetch) -> Iterable[Item]:
        """None."""
        return ()

    def gaps(self) -> tuple[str, ...]:
        """None that its plan does not tell of."""
        return ()


def overviews(page: Fetched) -> Iterator[str]:
    """The overviews that a page links to: ``generel-forvaltningsret/2-notatpligt``."""
    for link in open_page(page.body, page.url).iter("a"):
        target = urlsplit(urljoin(page.final_url, link.get("href") or ""))
        match = _PAGE.fullmatch(target.path)
        if match and target.hostname in ("www.ombudsmanden.dk", "ombudsmanden.dk"):
            yield f"{match[1]}/{match[2]}"


def read_overview(page: Fetched) -> tuple[str, date, list[tuple[str, str]], str, str]:
    """(title, date of the last update, outline as (number, heading), extract, all words) of an overview. Raises :class:`LayoutChanged`.

    All words are for finding the statements that the page names; they are not kept.
    """
    root = open_page(page.body, page.url)
    main = next(iter(root.iter("main")), None)
    main = root.find("body") if main is None else main
    title = next((words_of(e) for e in main.iter("h1")), "") if main is not None else ""
    if main is None or not title:
        raise LayoutChanged(page.url, "Siden har ingen overskrift (h1).")
    found = list(blocks(main))
    text = "\n".join(block.words for block in found)
    match = _UPDATED.search(text)
    updated = danish_date(match[1]) if match else None
    if updated is None:
        raise LayoutChanged(page.url, "Siden siger ikke, hvornår den senest er opdateret.")
    outline = [_numbered(block.words) for block in found if block.tag in HEADINGS - {"h1"}]
    if not outline:
        raise LayoutChanged(page.url, "Siden har ingen disposition (overskrifter).")
    return title, updated, outline, _extract(found), text


def _numbered(heading: str) -> tuple[str, str]:
    match = _NUMBERED.fullmatch(heading)
    return (match[1], match[2]) if match else ("", heading)


def _extract(found: list[Block]) -> str:
    """The first paragraph, cut at a word."""
    first = next((b.words for b in found if b.tag == "p" and not _UPDATED.search(b.words) and len(b.words) > 40), "")
    return first if len(first) <= EXTRACT else first[: EXTRACT - 2].rsplit(" ", 1)[0] + " …"
