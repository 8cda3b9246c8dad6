"""What Retsinformation says has changed: its sitemap, its Atom feed and its REST service. All three give :class:`Listed` records.

Formats and limits: the page on sources, section 1.1. The feed declares utf-16 but is UTF-8, and its own elements lie in the Atom namespace, so
elements are known here by their local names alone. Dates are those of the *record*: they say nothing about the law's dates.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from indexers.fetch_errors import LayoutChanged, WrongContent
from indexers.fetched import Fetch, Fetched
from indexers.listing import fetch_list, name_of, open_list, walk_sitemap, when
from indexers.listing import fields as fields_of
from indexers.pace import DENMARK
from indexers.retsinformation.elis import SITE, eli_of_accession, eli_of_url
from vidensplatform.errors import QueryError

SITEMAP: Final = f"{SITE}/eli/sitemap.xml"
FEED: Final = f"{SITE}/eli/eli-update-feed.atom"
REST: Final = "https://api.retsinformation.dk/v1/Documents"
REST_DAYS: Final = 10
"""How many days back the REST service answers for."""


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

    Raises :class:`FetchError` where a page cannot be had and :class:`LayoutChanged` where the pages hold few documents or none.
    """
    entries = walk_sitemap(fetch, SITEMAP)
    found = [Listed(eli, entry.changed) for entry in entries if (eli := eli_of_url(entry.url))]
    if len(found) <= len(entries) // 2:
        raise LayoutChanged(SITEMAP, f"Kun {len(found)} af sitemappets {len(entries)} adresser kan læses som dokumenter.")
    return newest(found)


# ---- Atom


def feed(fetch: Fetch) -> list[Listed]:
    """The entries of the Atom feed, as they stand. Raises :class:`FetchError` or :class:`LayoutChanged`."""
    return read_feed(fetch_list(fetch, FEED))


def read_feed(fetched: Fetched) -> list[Listed]:
    """The entries of a feed. One without an ELI is passed over; a feed without any that can be read has changed its layout."""
    found: list[Listed] = []
    for element in open_list(fetched, ("feed",)):
        if name_of(element) != "entry":
            continue
        fields = fields_of(element)
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
    known = [record for record in records if isinstance(record, dict) and (record.get("accessionsnummer") or record.get("href"))]
    if records and not known:
        raise LayoutChanged(fetched.url, "Ingen af tjenestens poster har et nummer, der kan læses.")
    return [listed for record in known if (listed := _rest_record(record))]


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
