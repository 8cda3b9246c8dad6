"""Ankestyrelsens principmeddelelser: which there are (ast.dk's sitemap), and each of them as a :class:`Version` with ``ast/1-26`` for its ELI.

What is concluded, and what is not:

* The field "Paragraf" has no act. It is the act that the labels name, where they name one; where they name several or one that the registry does
  not know, the sections stay open (``about-open``).
* "Tidligere offentliggjort som 20-25, men … genudgivet som 1-26" stands on both pages. :class:`Chains` follows it: one current result is shown.
* A date is the one that the page gives. Status is that of the labels, UNKNOWN where they do not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import unquote, urlsplit

from indexers.ankestyrelsen_page import HOLDING, REISSUE, RULES, Named, Sheet, read_page, read_record
from indexers.danish import danish_date
from indexers.fetch_errors import LayoutChanged
from indexers.fetched import Fetch
from indexers.listing import walk_sitemap
from indexers.markup import is_whole_page
from indexers.source import MAIN, Item, Parts, Plan, ReadState
from vidensplatform.law.citation import Context
from vidensplatform.law.citations import Citations
from vidensplatform.law.model import DocumentKind, NodeKind, Part, Provision, Status, Version
from vidensplatform.law.registry import Registry

SITEMAP: Final = "https://www.ast.dk/sitemap.xml"
PUBLISHER: Final = "Ankestyrelsen"
FEWEST_WORDS: Final = 30

_PATH = re.compile(r"/for-myndigheder/principmeddelelser/(\d{4})/([^/]+)/?")
_NUMBER = r"(?:[A-ZÆØÅ]{1,2}-)?\d{1,3}-\d{2}"
_IN_TITLE = re.compile(rf"\bprincip(?:meddelelse|afgørelse)n?\s+(?:nr\.?\s*)?({_NUMBER})\b", re.IGNORECASE)
_IN_SLUG = re.compile(r"princip(?:meddelelse|afgoerelse)n?-(?:nr-)?((?:[a-z]{1,2}-)?\d{1,3}-\d{2})(?=-|$)")
_REISSUED = re.compile(
    rf"tidligere offentliggjort som (?P<old>{_NUMBER})"
    rf"(?:,? men er (?:den (?P<on>\d{{1,2}}\. \w+ \d{{4}}) )?genudgivet som (?P<new>{_NUMBER}))?",
    re.IGNORECASE,
)
_DISCARDED = re.compile(r"\bKasserede:(.*?)(?=\b(?:Gældende|Brugte?|Anvendte?):|$)", re.DOTALL)
_LISTED_NUMBER = re.compile(rf"(?<![\w-])({_NUMBER}):")
_STATUS = {"gældende": Status.VALID, "historisk": Status.HISTORIC}
_AUTHORITIES = frozenset({"kommunal", "udbetaling danmark", "arbejdsskade", "statslig", "regional"})
_LAW_LABEL = re.compile(r"\w*(?:loven|lovens)|(?:lov|bekendtgørelse|bek\.|forordning|konvention)\b.*|\w+s lov", re.IGNORECASE)
_NAMED_SINCE = 2020
"""From this year on a page without named parts, or without a label for its status, has another layout than the one known."""


def ast_id(number: str) -> str:
    """``ast/1-26`` of "1-26", ``ast/C-22-02`` of "c-22-02"."""
    return f"ast/{number.upper()}"


def year_of(number: str) -> int:
    """2026 of "1-26", 1998 of "A-25-98"."""
    short = int(number.rpartition("-")[2])
    return short + (1900 if short >= 80 else 2000)


class Ankestyrelsen:
    """Ankestyrelsens principmeddelelser, all of them: they are few, and a historic one leads to what replaced it."""

    name = "ankestyrelsen"
    title = PUBLISHER
    erases = False

    def __init__(self, registry: Registry, *, since: int | None = None) -> None:
        self._reader = Reader(registry)
        self._since = since

    def plan(self, fetch: Fetch, state: ReadState, now: datetime) -> Plan:
        """What the sitemap names that is new or has another date. Raises :class:`LayoutChanged` where it names no decisions at all."""
        listed: dict[str, Item] = {}
        for entry in walk_sitemap(fetch, SITEMAP):
            match = _PATH.fullmatch(unquote(urlsplit(entry.url).path))
            if match is None or (self._since is not None and int(match[1]) < self._since):
                continue
            item = Item(_id_of_slug(match[2]), entry.url, entry.changed)
            known = listed.get(item.id)  # one decision may lie under two addresses
            if known is None or (item.changed is not None and (known.changed is None or item.changed > known.changed)):
                listed[item.id] = item
        if not listed:
            raise LayoutChanged(SITEMAP, "Sitemappet nævner ingen principmeddelelser.")
        chosen = [item for item in listed.values() if _is_newer(item, state)]
        vanished = tuple(sorted(i for i, known in state.known.items() if not known.removed and i not in listed))
        notes = (f"{len(vanished)} kendte principmeddelelser står ikke længere i sitemappet; de er beholdt.",) if vanished else ()
        return Plan("sitemap", tuple(chosen), now, vanished, notes)

    def fetch(self, item: Item, fetch: Fetch) -> Parts:
        """The page."""
        return {MAIN: fetch.get(item.url, accept="text/html", check=is_whole_page)}

    def parse(self, parts: Parts, item: Item) -> Version:
        """The decision on the page. Raises :class:`LayoutChanged`."""
        version = self._reader.version(read_page(parts[MAIN].body, item.url))
        if item.id.startswith("ast/") and re.fullmatch(rf"ast/{_NUMBER}", item.id) and version.eli != item.id:
            raise LayoutChanged(item.url, f"Siden er {version.eli}, men adressen siger {item.id}.")
        return version

    def wants(self, version: Version) -> bool:
        """All of them."""
        return True

    def follow(self, version: Version, parts: Parts, fetch: Fetch) -> Iterable[Item]:
        """None: the sitemap names all."""
        return ()

    def gaps(self) -> tuple[str, ...]:
        """None that its plan does not tell of."""
        return ()


def _id_of_slug(slug: str) -> str:
    match = _IN_SLUG.search(slug)
    return ast_id(match[1]) if match else f"ast/side/{slug[:150]}"


def _is_newer(item: Item, state: ReadState) -> bool:
    known = state.known.get(item.id)
    return known is None or known.changed is None or item.changed is None or item.changed > known.changed


# ---- one decision


class Reader:
    """Reads decisions, with the names of one registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._citations = Citations(registry)

    def page(self, data: bytes, url: str) -> Version:
        """The decision on a page of ast.dk. Raises :class:`LayoutChanged`."""
        return self.version(read_page(data, url))

    def record(self, data: bytes, name: str) -> Version:
        """The decision in a JSON record. Raises :class:`LayoutChanged`."""
        return self.version(read_record(data, name))

    def version(self, sheet: Sheet) -> Version:
        """A sheet as a version. Raises :class:`LayoutChanged` where what every decision has is missing."""
        number = self._number(sheet)
        year = year_of(number)
        _check(sheet, year)
        status, metadata = self._conclusions(sheet, number)
        signed = danish_date(sheet.metadata.get("Dato for underskrift", ""))
        published = danish_date(sheet.metadata.get("Offentliggørelsesdato", ""))
        if status is None and year >= _NAMED_SINCE:
            raise LayoutChanged(sheet.url, "Siden siger ikke, om principmeddelelsen er gældende eller historisk (mærkaten mangler).")
        return Version(
            eli=ast_id(number),
            kind=DocumentKind.DECISION,
            title=sheet.title,
            document_type="principmeddelelse",
            number=int(re.sub(r"\D*(\d+)-\d\d$", r"\1", number)),
            year=year,
            short_name=f"PM {number}",
            signed=signed,
            published=published,
            status=status or Status.UNKNOWN,
            ministry=PUBLISHER,
            metadata=tuple(metadata),
            provisions=_provisions(sheet),
        )

    def _number(self, sheet: Sheet) -> str:
        match = _IN_TITLE.search(sheet.title)
        if match is None:
            raise LayoutChanged(sheet.url, "Overskriften har intet nummer på principmeddelelsen.")
        number = match[1].upper()
        in_slug = _IN_SLUG.search(unquote(urlsplit(sheet.url).path))
        if in_slug and in_slug[1].upper() != number:
            raise LayoutChanged(sheet.url, f"Overskriften siger {number}, men adressen siger {in_slug[1].upper()}.")
        return number

    def _conclusions(self, sheet: Sheet, number: str) -> tuple[Status | None, list[tuple[str, str]]]:
        """(status, metadata). What the source says first, what follows from it after."""
        found = [(name, sheet.metadata[name]) for name in ("Journalnummer", "Paragraf") if sheet.metadata.get(name)]
        statuses: set[Status] = set()
        laws: list[str] = []
        unknown: list[str] = []
        for label in sheet.labels:
            folded = label.casefold()
            slug = self._registry.slug_for(label)
            if folded in _STATUS:
                statuses.add(_STATUS[folded])
            elif folded in _AUTHORITIES:
                found.append(("authority", label))
            elif slug is not None:
                laws.append(slug)
                found.append(("label", label))
            elif _LAW_LABEL.fullmatch(label):
                unknown.append(label)
                found.append(("label", label))
            else:
                found.append(("keyword", label))
        laws = list(dict.fromkeys(laws))
        found.extend(("law", slug) for slug in laws)
        found.extend(("law-unknown", label) for label in unknown)
        found.extend(self._sections(sheet.metadata.get("Paragraf", ""), laws, unknown))
        found.extend(_relations(sheet.parts, number))
        found.append(("url", sheet.url))
        return (statuses.pop() if len(statuses) == 1 else None), found

    def _sections(self, field: str, laws: Sequence[str], unknown: Sequence[str]) -> list[tuple[str, str]]:
        """``("about", "serviceloven/109")`` for each section whose act is certain, ``("about-open", "109")`` for the others."""
        law = laws[0] if len(laws) == 1 and not unknown else None
        found: list[tuple[str, str]] = []
        for citation in self._citations.find(field, Context(law=law)):
            if citation.address.section:
                path = citation.address.path + (f"-{citation.through}" if citation.through else "")
                found.append(("about", f"{citation.law}/{path}") if citation.law else ("about-open", path))
        return list(dict.fromkeys(found))


def _check(sheet: Sheet, year: int) -> None:
    names = {part.name for part in sheet.parts}
    if year >= _NAMED_SINCE and HOLDING not in names:
        raise LayoutChanged(sheet.url, f"Siden har ikke delen »{HOLDING}«.")
    if sum(len(part.words.split()) for part in sheet.parts) < FEWEST_WORDS:
        raise LayoutChanged(sheet.url, "Sidens tekst er kortere end nogen principmeddelelse.")
    if not any(sheet.metadata.get(name) for name in ("Dato for underskrift", "Offentliggørelsesdato", "Journalnummer")) and not sheet.labels:
        raise LayoutChanged(sheet.url, "Siden har hverken datoer, journalnummer eller mærkater.")


def _relations(parts: Sequence[Named], number: str) -> list[tuple[str, str]]:
    """What the text says of other decisions: re-issues of the same one, and those that it discards."""
    found: list[tuple[str, str]] = []
    for part in parts:
        for match in _REISSUED.finditer(part.words if part.name == REISSUE else ""):
            old, new = match["old"].upper(), (match["new"] or "").upper()
            on = danish_date(match["on"] or "")
            if old == number and new and new != number:
                found.append(("reissued-as", new))
            elif old != number:
                found.append(("formerly", old))
            if on:
                found.append(("reissued-on", on.isoformat()))
        for match in _DISCARDED.finditer(part.words if part.name == RULES else ""):
            found.extend(("discards", other.upper()) for other in _LISTED_NUMBER.findall(match[1]))
    return list(dict.fromkeys(found))


def _provisions(sheet: Sheet) -> tuple[Provision, ...]:
    title = Provision(NodeKind.TITLE, Part.TITLE, text=sheet.title)
    return (title, *(_provision(part) for part in sheet.parts))


def _provision(part: Named) -> Provision:
    """A named part: below it a node for each of its sections, whose first paragraph is its text and the others its children."""
    inner: list[Provision] = []
    for section in part.sections:
        first, *others = section.paragraphs or [""]
        if section.heading or first:
            more = tuple(Provision(NodeKind.TEXT, text=words) for words in others)
            inner.append(Provision(NodeKind.TEXT, heading=section.heading, text=first, children=more))
    return Provision(NodeKind.HEADING, heading=part.heading or part.name, children=tuple(inner))


# ---- several decisions


@dataclass(frozen=True)
class Chains:
    """Which decision is the current one of those that are the same: ``later`` leads from an id to the one it was re-issued as."""

    later: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, versions: Iterable[Version]) -> Chains:
        """The chains that the metadata of these decisions tells of, from either side."""
        later: dict[str, str] = {}
        for version in versions:
            for name, value in version.metadata:
                if name == "reissued-as":
                    later[version.eli] = ast_id(value)
                elif name == "formerly":
                    later.setdefault(ast_id(value), version.eli)
        return cls(later)

    def current(self, eli: str) -> str:
        """The id that a decision is published under today: itself, where nothing replaced it. A circle ends where it began."""
        seen = {eli}
        while (after := self.later.get(eli)) is not None and after not in seen:
            seen.add(after)
            eli = after
        return eli

    def earlier(self, eli: str) -> tuple[str, ...]:
        """The ids under which a decision was published before."""
        return tuple(sorted(old for old in self.later if old != eli and self.current(old) == eli))


def practice_id(eli: str) -> str:
    """What citations call a decision: ``pm-1-26`` of ``ast/1-26``."""
    return "pm-" + eli.removeprefix("ast/").lower()
