"""What the library answers with: small immutable values, no SQL rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vidensplatform.law.model import Address, DocumentKind, NodeKind, Part, Status


class Outcome(StrEnum):
    """What storing a document did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the bytes of a document came from: a file's name or a URL, and the raw bytes themselves.

    Where a document was put together from several answers, ``sha256`` is over all of them and ``main_sha256`` is that of ``raw``; else it is "".
    """

    name: str
    raw: bytes
    sha256: str
    main_sha256: str = ""


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version without its text. ``current`` says that it is the text shown for its work unless another is asked for."""

    id: int
    eli: str
    work: str
    kind: DocumentKind
    title: str
    popular_title: str
    short_name: str
    signed: date | None
    status: Status
    historic_since: date | None
    current: bool
    revision: int


@dataclass(frozen=True, slots=True)
class StoredProvision:
    """A node of a stored text, with its place. ``version`` is the version's id."""

    version: int
    ord: int
    last: int
    unit: int | None
    kind: NodeKind
    part: Part
    address: Address
    marker: str
    heading: str
    text: str
    sha256: str | None


@dataclass(frozen=True, slots=True)
class ProvisionText:
    """A provision as a reader sees it: the headings above it (outermost first), its own node and those inside it."""

    version: StoredVersion
    above: tuple[StoredProvision, ...]
    nodes: tuple[StoredProvision, ...]

    @property
    def node(self) -> StoredProvision:
        """The provision itself."""
        return self.nodes[0]

    @property
    def headings(self) -> tuple[str, ...]:
        """Markers and headings above the provision, outermost first: "Kapitel 20 Boformer"."""
        return tuple(line for node in self.above if (line := " ".join(p for p in (node.marker, node.heading) if p)))

    def lines(self) -> list[tuple[int, str]]:
        """The text line by line, each with its depth below the provision (0 for itself)."""
        depths: list[tuple[int, int]] = []
        found: list[tuple[int, str]] = []
        for node in self.nodes:
            while depths and depths[-1][0] < node.ord:
                depths.pop()
            line = " ".join(p for p in (node.marker, node.heading, node.text) if p)
            if line:
                found.append((len(depths), line))
            depths.append((node.last, node.ord))
        return found

    @property
    def text(self) -> str:
        """All words, one line a node."""
        return "\n".join(line for _, line in self.lines())


@dataclass(frozen=True, slots=True)
class StoredReference:
    """A reference from one provision to another, in either direction.

    ``source`` is where it stands, ``words`` what is written there, ``target_work`` None where it could not be resolved.
    """

    source_eli: str
    source_work: str
    source: Address
    source_label: str
    words: str
    kind: str
    target_work: str | None
    target: Address
    through: str | None
    act_eli: str | None
    practice: str | None
    law_words: str
    found: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """What the full-text index is built from: a unit of a version with its words."""

    key: int
    version: int
    work: str
    kind: DocumentKind
    part: Part
    current: bool
    title: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the library holds."""

    works: int
    versions: int
    provisions: int
    references: int
    resolved: int
    failures: int


@dataclass(frozen=True, slots=True)
class FailedDocument:
    """A document that could not be read, kept so that it can be tried again."""

    origin: str
    reason: str
    seen_at: str


def iso(day: date | None) -> str | None:
    """A day as it is stored and as JSON has it: ``2026-11-28``."""
    return day.isoformat() if day else None


def joined(parts: Sequence[str]) -> str:
    """Non-empty parts with single spaces."""
    return " ".join(p for p in parts if p)
