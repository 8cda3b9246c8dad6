"""What became of a planned document, and how fresh a source is: what :mod:`indexers.journal` answers with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Done(StrEnum):
    """What became of a planned document."""

    NEW = "ny"
    CHANGED = "ændret"
    UNCHANGED = "uændret"
    REMOVED = "fjernet"
    UNWANTED = "ikke relevant"
    FAILED = "fejlet"


@dataclass(frozen=True, slots=True)
class Ticked:
    """A document of a run that is done."""

    id: str
    url: str
    outcome: Done
    reason: str


@dataclass(frozen=True, slots=True)
class Freshness:
    """How fresh a source is: read up to when, when its last run ended, how many documents are known, which of them failed, and the last failure.

    ``covers`` is up to when its lists told of all changes (:class:`indexers.source.Plan`).
    """

    source: str
    read_to: datetime | None = None
    last_ended: datetime | None = None
    documents: int = 0
    removed: int = 0
    failing: tuple[tuple[str, str], ...] = field(default=())
    unfinished: int = 0
    last_failure: str = ""
    last_failure_at: datetime | None = None
    notes: tuple[str, ...] = ()
    """The gaps and doubts that the last plan noted."""
    covers: datetime | None = None
