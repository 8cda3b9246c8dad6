"""What came back from a source: :class:`Fetched`, and the :class:`Fetch` that brings it, with or without network."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any, Protocol


@dataclass(frozen=True)
class Fetched:
    """An answer: what was asked for, where it came from in the end (after redirects), and what it held.

    ``headers`` have lower-case names. ``body`` is unpacked but otherwise as sent: it may be in any encoding. ``not_modified`` says that the
    source answered "unchanged" and that ``body``, ``headers`` and ``status`` are those of the snapshot. ``fetched_at`` is in UTC.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime
    not_modified: bool = False

    @cached_property
    def sha256(self) -> str:
        """The hash of the body."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def content_type(self) -> str:
        """The media type without its parameters: ``text/html``."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def last_modified(self) -> datetime | None:
        """What the source says of the last change, in UTC, or None."""
        return http_date(self.headers.get("last-modified", ""))


Check = Callable[[Fetched], None]
"""Looks at an answer before it is kept; raises a :class:`FetchError` where it is not what was asked for."""


class Fetch(Protocol):
    """Brings answers. :class:`indexers.fetch.Fetcher` does it over the network, :class:`indexers.snapshots.Offline` from what is kept."""

    def get(
        self, url: str, *, check: Check | None = None, accept: str = "*/*", headers: Mapping[str, str] | None = None, keep: bool = True
    ) -> Fetched:
        """The answer to GET. ``keep=False``: it is neither kept nor asked for conditionally. Raises :class:`FetchError`."""
        ...

    def post(self, url: str, payload: Any, *, check: Check | None = None, headers: Mapping[str, str] | None = None) -> Fetched:
        """The answer to POST of ``payload`` as JSON. Never kept. Raises :class:`FetchError`."""
        ...


def http_date(text: str) -> datetime | None:
    """A date as HTTP writes it, in UTC, or None."""
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
