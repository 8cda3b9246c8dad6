"""Tying cards to the law: whether the text a consultant read is still the text that is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from vidensplatform.knowledge.model import Basis
from vidensplatform.law.model import Address

TextLookup = Callable[[str, Address], tuple[str, str] | None]
"""(act, address) -> (ELI, hash) of the text that is shown, or None where the library does not hold it."""


class AnchorStatus(StrEnum):
    """What can be said of a card's basis today. The values are what the program shows."""

    CHECKED = "kontrolleret"
    CHANGED = "ændret siden kontrol"
    UNCHECKED = "ikke kontrolleret"


_WORST_FIRST = (AnchorStatus.CHANGED, AnchorStatus.UNCHECKED, AnchorStatus.CHECKED)


def anchor_status(basis: Basis, lookup: TextLookup) -> AnchorStatus:
    """The status of one basis: checked only when a consultant read it *and* the library shows the same words today."""
    if basis.checked is None:
        return AnchorStatus.UNCHECKED
    shown = lookup(basis.law, basis.address)
    if shown is None:
        return AnchorStatus.UNCHECKED
    return AnchorStatus.CHECKED if shown[1] == basis.checked.text_sha256 else AnchorStatus.CHANGED


def card_status(bases: Iterable[Basis], lookup: TextLookup) -> AnchorStatus:
    """The status of a card: that of its worst basis, a changed one before an unchecked one."""
    found = {anchor_status(basis, lookup) for basis in bases}
    return next((status for status in _WORST_FIRST if status in found), AnchorStatus.UNCHECKED)
