"""Where a link leads, as an internal address: ``card:ID``, ``prov:LAW/110/2``, ``unit:KEY``; ``day:2023-12-31`` is the same place on
another day, ``queue:ID`` an entry of the
consultants' queue. Nothing else is ever followed.

A work's id may itself hold slashes (``lta/2023/1480``), so each part is quoted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, unquote

CARD, PROVISION, UNIT, DAY, QUEUE = "card", "prov", "unit", "day", "queue"
_KINDS = (CARD, PROVISION, UNIT, DAY, QUEUE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read: an address, the day the law text is wanted for, and the words of the question, to be marked."""

    target: str
    as_of: date | None = None
    words: str = ""


def to_card(card_id: str) -> str:
    """The address of a card of whatever kind."""
    return f"{CARD}:{quote(card_id, safe='')}"


def to_provision(work: str, path: str = "") -> str:
    """The address of a provision: the work, and ``110/2`` inside it."""
    return f"{PROVISION}:{quote(work, safe='')}/{quote(path, safe='/')}".rstrip("/")


def to_unit(key: int) -> str:
    """The address of a unit that search found, by its row in the library."""
    return f"{UNIT}:{key}"


def to_reference(reference: str) -> str:
    """The address of what the workbench calls ``serviceloven/110/2``, or of a card by its id."""
    work, slash, path = reference.partition("/")
    return to_provision(work, path) if slash else to_card(reference)


def kind_of(target: str) -> str:
    """CARD, PROVISION, UNIT, DAY or QUEUE; an empty string for anything that is no address of ours."""
    scheme, colon, rest = target.partition(":")
    return scheme if colon and rest and scheme in _KINDS else ""


def card_of(target: str) -> str:
    """The id of a card's address."""
    return unquote(target.partition(":")[2])


def provision_of(target: str) -> tuple[str, str]:
    """(work, path) of a provision's address."""
    work, _, path = target.partition(":")[2].partition("/")
    return unquote(work), unquote(path)


def unit_of(target: str) -> int | None:
    """The row of a unit's address."""
    key = target.partition(":")[2]
    return int(key) if key.isascii() and key.isdigit() else None


def to_day(day: date) -> str:
    """The address of the present place as the law was on that day."""
    return f"{DAY}:{day.isoformat()}"


def day_of(target: str) -> date | None:
    """The day of a day's address."""
    try:
        return date.fromisoformat(target.partition(":")[2])
    except ValueError:
        return None


def to_queue(entry: str) -> str:
    """The address of an entry of the consultants' queue."""
    return f"{QUEUE}:{quote(entry, safe='')}"


def entry_of(target: str) -> str:
    """The id of an entry's address."""
    return unquote(target.partition(":")[2])
