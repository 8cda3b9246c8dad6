"""What a reference leads to, as values."""

from __future__ import annotations

from dataclasses import dataclass

from vidensplatform.changes.records import Pending
from vidensplatform.knowledge.model import Duty, Moved, Option, Practice, Situation
from vidensplatform.law.model import Address, Amendment
from vidensplatform.showing.documents import ShownDocument
from vidensplatform.store.records import ProvisionText, StoredReference
from vidensplatform.store.sources import Freshness

AnyCard = Situation | Option | Duty | Practice


@dataclass(frozen=True, slots=True)
class ShownProvision:
    """A provision with all that belongs to it."""

    label: str
    law: str
    address: Address
    provision: ProvisionText
    references_out: tuple[StoredReference, ...]
    references_in: tuple[StoredReference, ...]
    cards: tuple[str, ...]
    not_incorporated: tuple[Amendment, ...]
    later_amendments: tuple[Amendment, ...]
    moved: tuple[Moved, ...]
    pending: tuple[Pending, ...] = ()
    freshness: Freshness | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reference or an id leads to: a provision, a card, a whole document, or law that moved."""

    provision: ShownProvision | None = None
    card: AnyCard | None = None
    kind: str = ""
    status: str = ""
    moved: tuple[Moved, ...] = ()
    cards: tuple[str, ...] = ()
    as_of_notes: tuple[str, ...] = ()
    document: ShownDocument | None = None
