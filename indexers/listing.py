"""Lists that sources offer: sitemaps and feeds, read safely whatever encoding they declare, and known by local names alone."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from lxml import etree

from indexers.fetch_errors import LayoutChanged, WrongContent
from indexers.fetched import Fetch, Fetched
from indexers.pace import DENMARK

_XML: Final = "application/xml, text/xml, application/atom+xml"
_MOST_PAGES: Final = 500
_ENDS = re.compile(rb"</(?:[\w.-]+:)?(?:urlset|sitemapindex|feed)\s*>\s*\Z")
_EMPTY_LIST = re.compile(rb"<(?:[\w.-]+:)?(?:urlset|sitemapindex|feed)\b[^>]*/>\s*\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """An address of a sitemap, and when it says the page last changed (UTC)."""

    url: str
    changed: datetime | None


def walk_sitemap(fetch: Fetch, url: str) -> list[Entry]:
    """Every address of a sitemap, over all its pages, in their order and as often as they are named.

    Raises :class:`FetchError` where a page cannot be had (a sitemap with a hole must not be compared with anything) and :class:`LayoutChanged`.
    """
    pages, found = read_sitemap(fetch_list(fetch, url))
    if len(pages) > _MOST_PAGES:
        raise LayoutChanged(url, f"Sitemappet nævner {len(pages)} sider; det er flere, end det kan have.")
    for page in pages:
        more, inner = read_sitemap(fetch_list(fetch, page))
        if more:
            raise LayoutChanged(page, "En side i sitemappet henviser til nye sider.")
        found.extend(inner)
    return found


def read_sitemap(fetched: Fetched) -> tuple[list[str], list[Entry]]:
    """(addresses of further pages, addresses) of one file of a sitemap."""
    pages: list[str] = []
    found: list[Entry] = []
    for element in open_list(fetched, ("sitemapindex", "urlset")):
        values = fields(element)
        if loc := values.get("loc", ""):
            if name_of(element) == "sitemap":
                pages.append(loc)
            else:
                found.append(Entry(loc, when(values.get("lastmod", ""))))
    return pages, found


def fetch_list(fetch: Fetch, url: str) -> Fetched:
    """A sitemap or feed, whole."""
    return fetch.get(url, accept=_XML, check=_is_whole_list)


def when(text: str) -> datetime | None:
    """A time as the lists write it, in UTC; a time without a zone is Danish; None where it cannot be read: no date is made up."""
    try:
        found = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text.strip()))
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=DENMARK)).astimezone(UTC)


def open_list(fetched: Fetched, roots: tuple[str, ...]) -> etree._Element:
    """The root of a sitemap or feed, whatever encoding it declares. Raises :class:`LayoutChanged`."""
    text = _as_text(fetched.body)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise LayoutChanged(fetched.url, "Listen har en DOCTYPE- eller ENTITY-erklæring og afvises af sikkerhedsgrunde.")
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)  # its encoding is not the file's
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise LayoutChanged(fetched.url, "Listen er ikke velformet XML.") from error
    if name_of(root) not in roots:
        raise LayoutChanged(fetched.url, f"Listen begynder med <{name_of(root)}>, ikke med <{roots[0]}>.")
    return root


def _as_text(body: bytes) -> str:
    for bom, codec in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if body.startswith(bom):
            return body[len(bom) :].decode(codec, "replace")
    if body[:2] in (b"<\0", b"\0<"):
        return body.decode("utf-16-le" if body[0] else "utf-16-be", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def _is_whole_list(fetched: Fetched) -> None:
    body = fetched.body.rstrip(b"\0 \r\n\t").replace(b"\0", b"")
    if not _ENDS.search(body, max(0, len(body) - 100)) and not _EMPTY_LIST.search(body):
        page = b"<html" in body[:2000].lower()
        raise WrongContent(fetched.url, "Kilden svarede med en hjemmeside i stedet for listen." if page else "Listen er ikke hel.")


def name_of(element: etree._Element) -> str:
    """The element's local name."""
    return str(element.tag).rpartition("}")[2]


def fields(element: etree._Element) -> dict[str, str]:
    """The element's children by lower-case local name; of a link its address."""
    return dict(_pairs(element))


def _pairs(element: etree._Element) -> Iterator[tuple[str, str]]:
    for child in reversed(element):  # of several with one name the first counts
        yield name_of(child).lower(), (child.text or child.get("href") or "").strip()
