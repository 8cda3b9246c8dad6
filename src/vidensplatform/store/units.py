"""From the tree of a text to its rows: reading order, extent of every subtree, and the unit that search finds.

A *unit* is what a reader opens: a section, an amendment instruction, an annex, a preamble. A node outside all of these that has words of its own
is a unit by itself, so that every word of a document belongs to exactly one. The instructions of an amending section are units of their own, beside
the words that introduce them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vidensplatform.law.model import NodeKind, Part, Provision
from vidensplatform.law.texthash import provision_sha256

UNIT_KINDS = frozenset(
    {NodeKind.SECTION, NodeKind.AMENDMENT, NodeKind.ANNEX, NodeKind.PREAMBLE, NodeKind.TITLE, NodeKind.SIGNATURE},
)
_HASHED = frozenset({NodeKind.SECTION, NodeKind.SUBSECTION, NodeKind.NUMBER, NodeKind.LETTER})


@dataclass(frozen=True, slots=True)
class Row:
    """One node with its place: ``ord..last`` is its subtree, ``parent`` and ``unit`` are the ``ord`` of others."""

    ord: int
    last: int
    parent: int | None
    unit: int | None
    node: Provision
    sha256: str | None


def rows(provisions: Iterable[Provision]) -> list[Row]:
    """The rows of a text, in reading order, numbered from 0."""
    found: list[Row] = []
    for provision in provisions:
        _add(provision, None, None, found)
    return found


def _add(node: Provision, parent: int | None, unit: int | None, found: list[Row]) -> None:
    ordinal = len(found)
    if node.kind is NodeKind.AMENDMENT or (unit is None and (node.kind in UNIT_KINDS or node.text)):
        unit = ordinal
    hashed = node.part is Part.BODY and node.kind in _HASHED and node.address.section is not None
    found.append(Row(ordinal, ordinal, parent, unit, node, provision_sha256(node) if hashed else None))
    for child in node.children:
        _add(child, ordinal, unit, found)
    first = found[ordinal]
    found[ordinal] = Row(first.ord, len(found) - 1, first.parent, first.unit, first.node, first.sha256)
