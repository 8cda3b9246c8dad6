"""How a place is called: ``serviceloven/110/2`` as ``SEL § 110, stk. 2``."""

from __future__ import annotations

from collections.abc import Mapping

from vidensplatform.law.citation_format import format_address
from vidensplatform.law.model import Address


def place_label(reference: str, laws: Mapping[str, str]) -> str:
    """The reference for a reader; ``laws`` names the acts by slug."""
    work, _, path = reference.partition("/")
    place = format_address(Address(*path.split("/")[:4])) if path else ""
    return f"{laws.get(work, work)} {place}".strip()
