"""Nodes under construction: where they stand, and how words find their place in them so that reading order is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from vidensplatform.law.model import Address, NodeKind, Part, Provision


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands: its part and address, and whether what lies inside it may have addresses of its own (``own``)."""

    part: Part
    address: Address = field(default=Address())
    own: bool = True

    def in_section(self, section: str | None) -> Place:
        """The place of a section. A section whose number cannot be read has no address, nor has anything in it."""
        if not self.own:
            return self
        return Place(self.part, Address(section)) if section else Place(self.part, own=False)

    def in_subsection(self, subsection: str | None) -> Place:
        """The place of a subsection of this section; without a number as :meth:`in_section`."""
        if not self.own or self.address.section is None:
            return self
        return Place(self.part, Address(self.address.section, subsection)) if subsection else Place(self.part, own=False)

    def of_item(self, kind: NodeKind, number: str | None, letter: str | None) -> tuple[NodeKind, Place]:
        """The kind and place of a list item here.

        Numbers below numbers and letters below letters have no form in a citation: they are ITEM, with the address of what holds them.
        """
        at = self.address
        if not self.own or at.section is None or kind is NodeKind.TEXT:
            return kind, self
        if number and not at.number and not at.letter:
            return kind, replace(self, address=Address(at.section, at.subsection, number, letter))
        if letter and not number and not at.letter:
            return kind, replace(self, address=Address(at.section, at.subsection, at.number, letter))
        return NodeKind.ITEM, replace(self, own=False)


@dataclass(slots=True)
class Node:
    """A provision that is still being read.

    Words go into ``marker``, ``heading`` and ``text`` as long as nothing follows that must be read after them; from then on the node is
    ``closed`` and further words become nodes below it. ``paragraphs`` limits how many paragraphs make up ``text`` (None: all).
    """

    kind: NodeKind
    place: Place
    marker: str = ""
    heading: str = ""
    text: list[str] = field(default_factory=list)
    children: list[Provision] = field(default_factory=list)
    closed: bool = False
    paragraphs: int | None = None
    subsection: Place | None = None
    """Where the last subsection stood, in a node that holds subsections."""
    letter: str | None = None
    """The letter of the last list item, in a node that holds a list."""

    def add_marker(self, words: str) -> None:
        """The node's marker; if something was read before it, text in its place."""
        if words and (self.marker or self.heading or self.text or self.closed):
            self.add_paragraph(words)
        else:
            self.marker = words or self.marker

    def add_heading(self, words: str, notes: Sequence[Provision] = ()) -> None:
        """The node's heading; if it has one, or text was read before it, a HEADING below it."""
        if words and (self.heading or self.text or self.closed):
            self.add(self._below(NodeKind.HEADING, heading=words, children=notes))
        else:
            self.heading = words or self.heading
            self.children.extend(notes)

    def add_paragraph(self, words: str, notes: Sequence[Provision] = ()) -> None:
        """Words of the node itself, with their footnotes."""
        full = self.closed or (self.paragraphs is not None and len(self.text) >= self.paragraphs)
        if words and full:
            self.add(self._below(NodeKind.TEXT, text=words, children=notes))
            return
        if words:
            self.text.append(words)
        self.children.extend(notes)

    def add(self, provision: Provision) -> None:
        """A node below this one. All but footnotes close it: what is read later stands after them."""
        self.children.append(provision)
        self.closed = self.closed or provision.kind is not NodeKind.FOOTNOTE

    def add_branch(self, inner: Node) -> None:
        """A node that only arranges others: without words of its own it is dropped and its children stand in its place."""
        if inner.marker or inner.heading or inner.text:
            self.add(inner.finish())
        else:
            for child in inner.children:
                self.add(child)

    @property
    def empty(self) -> bool:
        """Whether it holds nothing at all."""
        return not (self.marker or self.heading or self.text or self.children)

    def finish(self) -> Provision:
        """The provision as read."""
        return Provision(self.kind, self.place.part, self.place.address, self.marker, self.heading, " ".join(self.text), tuple(self.children))

    def _below(self, kind: NodeKind, *, heading: str = "", text: str = "", children: Sequence[Provision] = ()) -> Provision:
        return Provision(kind, self.place.part, self.place.address, heading=heading, text=text, children=tuple(children))
