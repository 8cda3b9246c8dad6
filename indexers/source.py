"""The shape that every source has: list what it offers, fetch a document, parse it.

A source is small and knows no library: it says what to read (:class:`Plan`), brings the bytes (:data:`Parts`) and turns them into a
:class:`Version`. What has been read is told to it (:class:`ReadState`); :mod:`indexers.harvest` runs it and keeps the journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from indexers.fetched import Fetch, Fetched
from vidensplatform.law.model import Version


@dataclass(frozen=True, slots=True)
class Item:
    """A document that a source lists.

    ``id`` is the ELI (``lta/2025/1129``) or one made like it (``ast/1-26``). ``changed`` is what the source says of the record's last change: nothing
    about the law's dates. ``content`` is the record itself where the list already holds all of it. ``removed``: the source says that it withdrew it.
    ``under`` is the ELI of the act that the source ties it to: then it is wanted whatever its text says.
    """

    id: str
    url: str
    changed: datetime | None = None
    title: str = ""
    content: str = ""
    removed: bool = False
    under: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier runs know of a document: its ``changed`` when it was read, whether it was marked as removed, whether it was wanted."""

    changed: datetime | None
    removed: bool = False
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class ReadState:
    """What earlier runs read: up to when, and which documents. Empty before the first."""

    read_to: datetime | None = None
    known: Mapping[str, Known] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will do.

    ``how`` says in Danish by which way it was found. ``items`` are what to fetch (or, where ``removed``, to mark). ``read_to`` is how far the source
    counts as read once all is done: the next plan looks for what is later. ``covers`` is up to when the lists told of all changes, which is later
    than ``read_to`` where nothing happened since; None where it is the same. ``vanished`` are ids known from before that the source no longer
    lists: told, nothing is done to them. ``notes`` are gaps and doubts, in Danish.
    """

    how: str
    items: tuple[Item, ...] = ()
    read_to: datetime | None = None
    vanished: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    covers: datetime | None = None


Parts = Mapping[str, Fetched]
"""The answers that make up a document, the main one under ``"document"``; others as the source names them (``"html"``, ``"references"``)."""

MAIN = "document"


class Source(Protocol):
    """A source of documents."""

    @property
    def name(self) -> str:
        """Its name in the journal: ``retsinformation``."""
        ...

    @property
    def title(self) -> str:
        """Its name in the program."""
        ...

    @property
    def erases(self) -> bool:
        """Whether what the source withdraws must disappear from the library. Otherwise it is marked and kept."""
        ...

    def plan(self, fetch: Fetch, state: ReadState, now: datetime) -> Plan:
        """What there is to read since ``state``. Raises :class:`FetchError` or :class:`LayoutChanged` where the source cannot be listed."""
        ...

    def fetch(self, item: Item, fetch: Fetch) -> Parts:
        """The answers that make up a document. Raises :class:`FetchError`."""
        ...

    def parse(self, parts: Parts, item: Item) -> Version:
        """The document. Raises :class:`DamagedDocument`, or :class:`LayoutChanged` where the page no longer has the shape known."""
        ...

    def wants(self, version: Version) -> bool:
        """Whether the document belongs in the library: asked where the list alone could not tell."""
        ...

    def follow(self, version: Version, parts: Parts, fetch: Fetch) -> Iterable[Item]:
        """Further documents that belong to this one and should be read too."""
        ...

    def gaps(self) -> tuple[str, ...]:
        """What the run met that the source does not give any more, in Danish; asked when it is over."""
        ...
