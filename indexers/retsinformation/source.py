"""Retsinformation as a :class:`indexers.source.Source`: acts, orders, circulars, guidelines, decisions and ombudsman statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from indexers.fetch_errors import FetchError, Missing, NotStored, Rejected, WrongContent
from indexers.fetched import Fetch, Fetched
from indexers.markup import is_whole_page
from indexers.pace import DENMARK
from indexers.retsinformation.elis import url_of
from indexers.retsinformation.feeds import REST_DAYS, Listed, feed, newest, rest, sitemap
from indexers.retsinformation.html import add_text, has_text
from indexers.retsinformation.lexdania import parse
from indexers.retsinformation.links import (
    Belonging,
    document_number,
    fetch_belonging,
    fetch_references,
    read_belonging,
    read_references,
    with_references,
)
from indexers.retsinformation.plan import Wanted, after_a_gap, daily, first_fill, reaches_back
from indexers.source import MAIN, Item, Parts, Plan, ReadState
from vidensplatform.errors import DamagedDocument
from vidensplatform.law.model import DocumentKind, Version

_ENDS = re.compile(rb"</(?:[\w.-]+:)?(?:Dokument|LexDaniaDokument)\s*>\s*\Z")
ISSUED_UNDER = "issued-under"
"""The field of the metadata that holds the ELI of the act that the site ties a document to."""

_ACTS = (DocumentKind.ACT, DocumentKind.CONSOLIDATED_ACT)


class Retsinformation:
    """Retsinformation, for what is ``wanted``.

    ``follow_links`` are the kinds of documents belonging to the registry's acts that are read too. ``cross_check`` is how many days back the REST
    service is asked beside the feed (0: not at all; it takes 10 seconds a day).
    """

    name = "retsinformation"
    title = "Retsinformation"
    erases = False

    def __init__(self, wanted: Wanted, *, follow_links: Sequence[Belonging] = (Belonging.ISSUED_UNDER,), cross_check: int = 2) -> None:
        self._wanted = wanted
        self._follow = tuple(follow_links)
        self._cross_check = min(cross_check, REST_DAYS)
        self._without_lists: set[str] = set()

    def plan(self, fetch: Fetch, state: ReadState, now: datetime) -> Plan:
        """The first fill, the feed's changes, or after a long pause what the sitemap's dates show."""
        notes: list[str] = []
        recent = self._recent(fetch, state, now, notes)
        if state.read_to is None:
            plan = first_fill(sitemap(fetch), self._wanted, recent)
        elif recent and reaches_back(recent, state, now):
            plan = daily(recent, self._wanted, state)
        else:
            plan = after_a_gap(sitemap(fetch), recent, self._wanted, state)
        read_to = min(plan.read_to, now) if plan.read_to else None
        return replace(plan, read_to=read_to, covers=now if recent else read_to, notes=(*plan.notes, *notes))

    def _recent(self, fetch: Fetch, state: ReadState, now: datetime, notes: list[str]) -> list[Listed]:
        """The feed, and what only the REST service names. Either may fail: the sitemap then closes the gap."""
        try:
            named = feed(fetch)
        except (FetchError, DamagedDocument) as error:
            notes.append(f"Feedet kunne ikke læses: {error.message}")
            return []
        if state.read_to is None or not self._cross_check:
            return named
        today = now.astimezone(DENMARK).date()
        checked: list[Listed] = []
        for back in range(self._cross_check):
            try:
                checked.extend(rest(fetch, today - timedelta(days=back), now))
            except (FetchError, DamagedDocument) as error:
                notes.append(f"Krydstjekket mod tjenesten blev ikke gjort: {error.message}")
                break
        only = sorted({record.eli for record in checked} - {record.eli for record in named})
        if only:
            notes.append(f"{len(only)} dokumenter nævnes af tjenesten, men ikke af feedet: {', '.join(only[:5])}.")
        return newest([*named, *checked])

    def fetch(self, item: Item, fetch: Fetch) -> Parts:
        """The XML; the HTML where the XML holds no text; the references where it is one of the registry's acts."""
        main = fetch.get(url_of(item.id, "xml"), accept="application/xml, text/xml", check=is_whole_document)
        parts = {MAIN: main}
        try:
            version = parse(main.body, main.url)
        except DamagedDocument:
            return parts  # told when it is parsed
        if not has_text(version):
            with suppress(Missing, NotStored, Rejected):  # none there: print only, kept as metadata with a link
                parts["html"] = fetch.get(url_of(item.id, "rawhtml"), accept="text/html", check=is_whole_page)
        number = document_number(version)
        if number and version.kind in _ACTS and self._wanted.by_eli(item.id) and (references := fetch_references(number, fetch)):
            parts["references"] = references
        return parts

    def parse(self, parts: Parts, item: Item) -> Version:
        """The document. One that exists only in print is metadata, with ``("pdf", address)``."""
        version = _as_listed(parse(parts[MAIN].body, parts[MAIN].url), item)
        if item.under:
            version = replace(version, metadata=(*version.metadata, (ISSUED_UNDER, item.under)))
        if not has_text(version):
            if "html" in parts:
                version = add_text(version, parts["html"].body, parts["html"].url)
            else:
                version = replace(version, metadata=(*version.metadata, ("pdf", url_of(version.eli, "pdf"))))
        return with_references(version, read_references(parts.get("references")))

    def wants(self, version: Version) -> bool:
        """Whether the document belongs in the library: by what it says, or because the site ties it to one of the acts."""
        return any(name == ISSUED_UNDER for name, _ in version.metadata) or self._wanted.version(version)

    def follow(self, version: Version, parts: Parts, fetch: Fetch) -> Iterable[Item]:
        """The documents that the site ties to one of the registry's acts."""
        number = document_number(version)
        if number is None or version.kind not in _ACTS or version.eli not in self._wanted.registry.by_eli:
            return
        for kind in self._follow:
            links = read_belonging(fetch_belonging(number, kind, fetch))
            if links is None:
                self._without_lists.add(version.eli)
            for link in links or ():
                if link.eli:
                    yield Item(link.eli, url_of(link.eli, "xml"), None, link.title, under=version.eli)

    def gaps(self) -> tuple[str, ...]:
        """The acts for which the site gave no list of what belongs to them."""
        if not self._without_lists:
            return ()
        elis = sorted(self._without_lists)
        some = ", ".join(elis[:5]) + (" …" if len(elis) > 5 else "")
        return (f"Kilden gav ingen liste over det, der hører til {len(elis)} love ({some}); nye bekendtgørelser findes da kun gennem feedet.",)


def _as_listed(version: Version, item: Item) -> Version:
    """The version under the ELI that the source lists it by.

    An accession number tells Lovtidende A from the rest, but not the ombudsman's statements or the older gazettes from ``retsinfo``: there the list
    knows better. A document of another number than the one asked for is refused.
    """
    if version.eli == item.id:
        return version
    collection, _, rest = item.id.partition("/")
    if collection in ("lta", "ft") or version.eli.partition("/")[2] != rest:
        raise DamagedDocument(item.url, f"Kilden svarede med et andet dokument ({version.eli}) end det, der blev bedt om ({item.id}).")
    return replace(version, eli=item.id)


def is_whole_document(fetched: Fetched) -> None:
    """Raises :class:`WrongContent` for anything that does not end as a LexDania document ends: half of one, or a web page with status 200."""
    body = fetched.body.rstrip()
    if not _ENDS.search(body, max(0, len(body) - 100)):
        page = b"<html" in body[:2000].lower()
        reason = "Kilden svarede med en hjemmeside i stedet for dokumentet." if page else "Dokumentet er ikke helt: det ender ikke med </Dokument>."
        raise WrongContent(fetched.url, reason)
