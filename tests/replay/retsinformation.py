"""Retsinformation in rehearsal: sitemap, Atom feed, REST service, documents in their forms, the site's JSON.

As section 1 of the page on sources has it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from replay.server import Answer, Request, Site, not_found

SITE = "https://www.retsinformation.dk"
DENMARK = ZoneInfo("Europe/Copenhagen")
PER_PAGE = 10_000


@dataclass(slots=True)
class Record:
    """A document as the site has it. ``html`` where its XML is metadata only; ``reason`` is the feed's, "" as it sometimes is."""

    eli: str
    xml: bytes
    changed: datetime
    title: str = ""
    reason: str = "NewDocument"
    html: bytes | None = None
    references: object = None
    belonging: dict[int, object] = field(default_factory=dict)

    def field(self, tag: str) -> str:
        found = re.search(rf"<{tag}>([^<]*)</{tag}>".encode(), self.xml)
        return found[1].decode() if found else ""


class Retsinformation:
    """The site and its REST service over one set of documents. Lists can be spoilt: ``vanished`` and ``doubled`` are ELIs."""

    def __init__(self, records: Iterable[Record], *, now: Callable[[], datetime] = lambda: datetime.now(UTC), per_page: int = PER_PAGE) -> None:
        self.records = {record.eli: record for record in records}
        self.now = now
        self.per_page = per_page
        self.feed_days = 60
        self.vanished: set[str] = set()
        self.doubled: list[str] = []
        self._last_call: datetime | None = None

    def sites(self) -> dict[str, Site]:
        return {"www.retsinformation.dk": self.site, "api.retsinformation.dk": self.rest}

    def change(self, eli: str, xml: bytes, reason: str = "DocumentContentChanged") -> None:
        """Other bytes under a known ELI."""
        record = self.records[eli]
        record.xml, record.changed, record.reason = xml, self.now(), reason

    def remove(self, eli: str) -> None:
        """The source withdraws a document: it goes from the sitemap and the site, and the feed says so."""
        self.records[eli].changed, self.records[eli].reason = self.now(), "RemovedDocument"

    @property
    def present(self) -> list[Record]:
        return [r for r in self.records.values() if r.reason != "RemovedDocument" and r.eli not in self.vanished]

    # ---- www.retsinformation.dk

    def site(self, request: Request) -> Answer | None:
        path = request.path
        if path == "/eli/sitemap.xml":
            return self._page(int(request.first("page") or 0)) if request.first("page") else self._index()
        if path == "/eli/eli-update-feed.atom":
            return self._feed()
        if path.startswith("/api/document/"):
            return self._json(path.removeprefix("/api/document/"))
        if match := re.fullmatch(r"/eli/(.+?)/(xml|rawhtml|pdf)", path):
            return self._document(match[1], match[2])
        return None

    def _listed(self) -> list[Record]:
        return [*self.present, *(self.records[eli] for eli in self.doubled)]

    def _index(self) -> Answer:
        pages = range(1, 1 + max(1, -(-len(self._listed()) // self.per_page)))
        inner = "".join(f"<sitemap><loc>{SITE}/eli/sitemap.xml?page={n}</loc></sitemap>" for n in pages)
        return _xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</sitemapindex>')

    def _page(self, number: int) -> Answer:
        chosen = self._listed()[(number - 1) * self.per_page : number * self.per_page]
        inner = "".join(f"<url><loc>{SITE}/eli/{r.eli}</loc><lastmod>{r.changed.isoformat()}</lastmod></url>" for r in chosen)
        return _xml(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</urlset>')

    def _feed(self) -> Answer:
        since = self.now() - timedelta(days=self.feed_days)
        chosen = sorted((r for r in self.records.values() if r.changed >= since), key=lambda r: r.changed, reverse=True)
        entries = "".join(self._entry(r) for r in chosen)
        text = (
            '<?xml version="1.0" encoding="utf-16"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>Retsinformation</title>'
            f"<id>{SITE}/eli/eli-update-feed.atom</id><updated>{self.now().isoformat()}</updated>{entries}</feed>"
        )
        return Answer(text.encode(), "application/atom+xml", changed=max((r.changed for r in chosen), default=self.now()))

    @staticmethod
    def _entry(r: Record) -> str:
        return (
            f"<entry><id>{SITE}/eli/{r.eli}</id><title>{escape(r.title)}</title><updated>{r.changed.isoformat()}</updated>"
            f'<link href="{SITE}/eli/{r.eli}"/>'
            f"<published_in>Lovtidende A</published_in><reasonForChange>{r.reason}</reasonForChange>"
            f"<changeDate>{r.changed.isoformat()}</changeDate><images/></entry>"
        )

    def _document(self, eli: str, form: str) -> Answer | None:
        record = next((r for r in self.present if r.eli == eli), None)
        if record is None:
            return not_found()
        if form == "xml":
            return Answer(record.xml, "application/xml", changed=record.changed)
        if form == "rawhtml" and record.html is not None:
            return Answer(record.html, changed=record.changed)
        return None

    def _json(self, rest: str) -> Answer | None:
        by_number = {r.field("UniqueDocumentId"): r for r in self.present}
        if match := re.fullmatch(r"(\d+)/references/0", rest):
            found: object = by_number[match[1]].references if match[1] in by_number else None
        elif match := re.fullmatch(r"documentLinks/(\d)/(\d+)", rest):
            found = by_number[match[2]].belonging.get(int(match[1])) if match[2] in by_number else None
        else:
            found = None
        return None if found is None else Answer(json.dumps(found, ensure_ascii=False).encode(), "application/json; charset=utf-8")

    # ---- api.retsinformation.dk

    def rest(self, request: Request) -> Answer | None:
        if request.path != "/v1/Documents":
            return None
        local = self.now().astimezone(DENMARK)
        if not clock_time(3, 0) <= local.time() < clock_time(23, 45):
            return Answer(b"Lukket", "text/plain", 503)
        if self._last_call is not None and self.now() - self._last_call < timedelta(seconds=10):
            return Answer(b"", "text/plain", 429, {"Retry-After": "10"})
        self._last_call = self.now()
        day = datetime.strptime(request.first("date") or "", "%Y-%m-%d").date()
        if not local.date() - timedelta(days=10) <= day <= local.date():
            return Answer(b"", status=400)
        chosen = [r for r in self.records.values() if r.changed.astimezone(DENMARK).date() == day]
        return Answer(json.dumps([self._rest_record(n, r) for n, r in enumerate(chosen, 1)]).encode(), "application/json")

    @staticmethod
    def _rest_record(number: int, r: Record) -> dict[str, object]:
        accession = r.field("AccessionNumber")
        return {
            "documentId": number,
            "accessionsnummer": accession,
            "reasonForChange": r.reason or "Unknown",
            "changeDate": r.changed.isoformat(),
            "documentType": {"shortName": r.field("DocumentType").partition(" ")[0], "id": 10},
            "href": f"http://retsinformation.dk/eli/accn/{accession}/xml",
        }


def _xml(text: str) -> Answer:
    return Answer(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode(), "application/xml")
