"""What Retsinformation says has changed: its sitemap, its Atom feed and its REST service. All three give :class:`Listed` records.

Formats and limits: the page on sources, section 1.1. The feed declares utf-16 but is UTF-8, and its own elements lie in the Atom namespace, so
elements are known here by their local names alone. Dates are those of the *record*: they say nothing about the law's dates.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from lxml import etree

from indexers.fetch_errors import LayoutChanged, WrongContent
from indexers.fetched import Fetch, Fetched
from indexers.pace import DENMARK
from indexers.retsinformation.elis import SITE, eli_of_accession, eli_of_url
from vidensplatform.errors import QueryError

SITEMAP: Final = f"{SITE}/eli/sitemap.xml"
FEED: Final = f"{SITE}/eli/eli-update-feed.atom"
REST: Final = "https://api.retsinformation.dk/v1/Documents"
REST_DAYS: Final = 10
"""How many days back the REST service answers for."""

_XML = "application/xml, text/xml, application/atom+xml"
_MOST_PAGES = 500
_ENDS = re.compile(rb"</(?:[\w.-]+:)?(?:urlset|sitemapindex|feed)\s*>\s*\Z")
_EMPTY_LIST = re.compile(rb"<(?:[\w.-]+:)?(?:urlset|sitemapindex|feed)\b[^>]*/>\s*\Z")


class Reason(StrEnum):
    """Why a record is named. An empty or unknown reason is UNKNOWN: the document is then looked at."""

    UNKNOWN = "Unknown"
    NEW = "NewDocument"
    METADATA = "DocumentMetadataChanged"
    CONTENT = "DocumentContentChanged"
    BOTH = "DocumentMetadataChangedAndDocumentContentChanged"
    REMOVED = "RemovedDocument"


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as a list names it. ``changed`` (UTC) is None where the list gives no date that can be read."""

    eli: str
    changed: datetime | None = None
    title: str = ""
    reason: Reason = Reason.UNKNOWN


# ---- sitemap


def sitemap(fetch: Fetch) -> list[Listed]:
    """Every document of the sitemap, each once, over all its pages.

    Raises :class:`FetchError` where a page cannot be had (a sitemap with a hole must not be compared with anything) and
    :class:`LayoutChanged` where the pages hold no documents.
    """
    pages, found = read_sitemap(_list(fetch, SITEMAP))
    if len(pages) > _MOST_PAGES:
        raise LayoutChanged(SITEMAP, f"Sitemappet nævner {len(pages)} sider; det er flere, end det kan have.")
    for page in pages:
        more, inner = read_sitemap(_list(fetch, page))
        if more:
            raise LayoutChanged(page, "En side i sitemappet henviser til nye sider.")
        found.extend(inner)
    if not found:
        raise LayoutChanged(SITEMAP, "Sitemappet nævner ingen dokumenter.")
    return newest(found)


def read_sitemap(fetched: Fetched) -> tuple[list[str], list[Listed]]:
    """(addresses of further pages, documents) of one file of the sitemap. Addresses that are no documents are passed over."""
    root = open_list(fetched, ("sitemapindex", "urlset"))
    pages: list[str] = []
    found: list[Listed] = []
    unread = 0
    for element in root:
        fields = _fields(element)
        loc = fields.get("loc", "")
        if _name(element) == "sitemap":
            if loc:
                pages.append(loc)
        elif eli := eli_of_url(loc):
            found.append(Listed(eli, when(fields.get("lastmod", ""))))
        else:
            unread += 1
    if unread > len(found) + len(pages):
        raise LayoutChanged(fetched.url, f"{unread} adresser i sitemappet kan ikke læses som dokumenter.")
    return pages, found


# ---- Atom


def feed(fetch: Fetch) -> list[Listed]:
    """The entries of the Atom feed, as they stand. Raises :class:`FetchError` or :class:`LayoutChanged`."""
    return read_feed(_list(fetch, FEED))


def read_feed(fetched: Fetched) -> list[Listed]:
    """The entries of a feed. One without an ELI is passed over; a feed without any that can be read has changed its layout."""
    found: list[Listed] = []
    for element in open_list(fetched, ("feed",)):
        if _name(element) != "entry":
            continue
        fields = _fields(element)
        eli = eli_of_url(fields.get("id", "")) or eli_of_url(fields.get("link", ""))
        if eli:
            changed = when(fields.get("changedate", "")) or when(fields.get("updated", ""))
            found.append(Listed(eli, changed, fields.get("title", ""), _reason(fields.get("reasonforchange", ""))))
    if not found:
        raise LayoutChanged(fetched.url, "Feedet har ingen poster, der kan læses. Det plejer at række mindst 60 dage tilbage.")
    return found


# ---- REST


def rest(fetch: Fetch, day: date, now: datetime) -> list[Listed]:
    """What the REST service says changed on a day. An empty list is a valid answer.

    Raises :class:`QueryError` for a day outside the ten that it answers for (it would say 400), :class:`FetchError` where it does not answer.
    """
    today = now.astimezone(DENMARK).date()
    if not today - timedelta(days=REST_DAYS) <= day <= today:
        raise QueryError(f"Retsinformations tjeneste svarer kun for de seneste {REST_DAYS} dage, ikke for {day:%d-%m-%Y}.")
    # Yesterday's answer changes no more, today's does; neither is worth a snapshot.
    return read_rest(fetch.get(f"{REST}?date={day.isoformat()}", accept="application/json", check=_is_json, keep=False))


def read_rest(fetched: Fetched) -> list[Listed]:
    """The records of the REST service; those without a number that can be read are passed over."""
    records = _json(fetched)
    if not isinstance(records, list):
        raise LayoutChanged(fetched.url, "Tjenesten svarer ikke med en liste.")
    found = [listed for record in records if isinstance(record, dict) and (listed := _rest_record(record))]
    if records and not found:
        raise LayoutChanged(fetched.url, "Ingen af tjenestens poster har et nummer, der kan læses.")
    return found


def _rest_record(record: dict[str, Any]) -> Listed | None:
    eli = eli_of_accession(str(record.get("accessionsnummer") or "")) or eli_of_url(str(record.get("href") or ""))
    if eli is None:
        return None
    return Listed(eli, when(str(record.get("changeDate") or "")), "", _reason(str(record.get("reasonForChange") or "")))


# ---- what they share


def newest(records: Iterable[Listed]) -> list[Listed]:
    """Each document once: its newest record, with a title and a reason from the others where that one has none. Order of first mention."""
    found: dict[str, Listed] = {}
    for record in records:
        known = found.get(record.eli)
        if known is None:
            found[record.eli] = record
            continue
        late, early = (record, known) if _later(record.changed, known.changed) else (known, record)
        reason = early.reason if late.reason is Reason.UNKNOWN and early.changed == late.changed else late.reason
        found[record.eli] = Listed(late.eli, late.changed or early.changed, late.title or early.title, reason)
    return list(found.values())


def _later(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and (other is None or one > other)


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
    if _name(root) not in roots:
        raise LayoutChanged(fetched.url, f"Listen begynder med <{_name(root)}>, ikke med <{roots[0]}>.")
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


def _list(fetch: Fetch, url: str) -> Fetched:
    return fetch.get(url, accept=_XML, check=_is_whole_list)


def _is_whole_list(fetched: Fetched) -> None:
    body = fetched.body.rstrip(b"\0 \r\n\t").replace(b"\0", b"")
    if not _ENDS.search(body, max(0, len(body) - 100)) and not _EMPTY_LIST.search(body):
        page = b"<html" in body[:2000].lower()
        raise WrongContent(fetched.url, "Kilden svarede med en hjemmeside i stedet for listen." if page else "Listen er ikke hel.")


def _is_json(fetched: Fetched) -> None:
    try:
        json.loads(fetched.body)
    except ValueError:
        raise WrongContent(fetched.url, "Kilden svarede ikke med JSON.") from None


def _json(fetched: Fetched) -> Any:
    try:
        return json.loads(fetched.body)
    except ValueError as error:
        raise LayoutChanged(fetched.url, "Svaret er ikke JSON.") from error


def _reason(text: str) -> Reason:
    folded = text.strip().casefold()
    return next((reason for reason in Reason if reason.casefold() == folded), Reason.UNKNOWN)


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _fields(element: etree._Element) -> dict[str, str]:
    """The element's children by lower-case local name; of a link its address."""
    return dict(_pairs(element))


def _pairs(element: etree._Element) -> Iterator[tuple[str, str]]:
    for child in reversed(element):  # of several with one name the first counts
        yield _name(child).lower(), (child.text or child.get("href") or "").strip()
