"""The text of an HTML document of Retsinformation as provisions, in reading order and without losing a word.

The site's own classes (``Kapitel``, ``Paragraf``, ``Stk2``, ``Liste1`` …) say what a paragraph is; where they are missing, as in the oldest
documents, what it begins with does: "§ 4.", "Stk. 2.", "1)". An address is given only where the number stands in the text, and only once: a "§ 3"
that comes a second time is a quotation or a mistake, and has none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from indexers.markup import HEADINGS, Block
from indexers.retsinformation.html_marks import (
    ANNEX,
    CHAPTER,
    DASH,
    DIVISION,
    LETTER,
    NUMBER,
    POINT,
    SECTION,
    SUBSECTION,
    begins_body,
    left_out,
    looks_like_heading,
    named_by_page,
    paragraphs_of,
)
from indexers.retsinformation.lexdania_markers import item_of, section_of, subsection_of
from indexers.retsinformation.lexdania_node import Node, Place
from vidensplatform.law.model import Address, NodeKind, Part, Provision

_LEVELS: Final = {
    NodeKind.BOOK: 1,
    NodeKind.DIVISION: 2,
    NodeKind.ANNEX: 2,
    NodeKind.CHAPTER: 3,
    NodeKind.GROUP: 4,
    NodeKind.HEADING: 4,
    NodeKind.SECTION: 5,
    NodeKind.AMENDING_SECTION: 5,
    NodeKind.SUBSECTION: 6,
    NodeKind.AMENDMENT: 6,
    NodeKind.NUMBER: 7,
    NodeKind.LETTER: 8,
    NodeKind.ITEM: 9,
}


def read_blocks(blocks: Iterable[Block], *, amending: bool) -> tuple[tuple[Provision, ...], list[str]]:
    """(provisions, the section numbers given an address, in order). ``amending``: the sections are those of an amending act."""
    text = [block for block in blocks if not left_out(block)]
    sectioned = any(begins_body(line) for block in text for line in block.lines)
    reader = _Reader(amending, sectioned, begun=not sectioned)
    for block in text:
        reader.read(block)
    reader.close(0)
    return reader.top.finish().children, reader.sections


@dataclass(slots=True)
class _Open:
    """A node under construction and how deep it lies."""

    node: Node
    level: int


@dataclass(slots=True)
class _Reader:
    amending: bool
    sectioned: bool
    """Whether the document has sections or chapters at all; a guideline or letter has headings and paragraphs."""
    top: Node = field(default_factory=lambda: Node(NodeKind.TEXT, Place(Part.BODY), paragraphs=0))
    open: list[_Open] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    part: Part = Part.BODY
    begun: bool = False
    """Whether the body has begun: before it, paragraphs are the preamble."""
    letter: str | None = None

    # ---- nodes

    @property
    def node(self) -> Node:
        return self.open[-1].node if self.open else self.top

    def close(self, level: int) -> None:
        """Finish every open node as deep as ``level`` or deeper."""
        while self.open and self.open[-1].level >= level:
            inner = self.open.pop().node
            self.node.add(inner.finish())

    def start(self, kind: NodeKind, place: Place, marker: str = "", *, paragraphs: int | None = None) -> Node:
        level = _LEVELS[kind]
        self.close(level)
        node = Node(kind, place, marker, paragraphs=paragraphs)
        self.open.append(_Open(node, level))
        return node

    def leaf(self, kind: NodeKind, part: Part, words: str) -> None:
        self.close(0)
        self.top.add(Provision(kind, part, text=words))

    # ---- blocks

    def read(self, block: Block) -> None:
        if block.tag == "table":
            self.body()
            place = self.node.place
            self.node.add(Provision(NodeKind.TABLE, place.part, place.address, text=block.words))
            return
        if block.tag == "hr":
            if "ikraftstreg" in block.classes:
                self.commencement()
            return
        what = named_by_page(block)
        if what is None and not self.sectioned and block.tag in HEADINGS and not self.top.children and not self.open:
            what = "title"
        if what in ("title", "preamble", "signature", "footnote"):
            self.named(what, block.words)
            return
        for line in paragraphs_of(block.lines):
            self.paragraph(line, what, block)

    def named(self, what: str, words: str) -> None:
        if what == "title":
            self.leaf(NodeKind.TITLE, Part.TITLE, words)
        elif what == "preamble":
            self.leaf(NodeKind.PREAMBLE, Part.PREAMBLE, words)
        elif what == "signature":
            self.leaf(NodeKind.SIGNATURE, Part.SIGNATURE, words)
        else:
            number = NUMBER.match(words)
            marker = number[0] if number else ""
            self.close(0)
            self.top.add(Provision(NodeKind.FOOTNOTE, self.part, marker=marker, text=words[len(marker) :].strip()))

    def commencement(self) -> None:
        """From here on other acts' commencement sections are quoted: their "§ 2" is not this document's."""
        self.close(0)
        self.part = Part.COMMENCEMENT

    def body(self) -> None:
        self.begun = True

    def paragraph(self, words: str, what: str | None, block: Block) -> None:
        if self.new_text(words):
            return
        if what == "commencement":
            self.commencement()
            self.top.add(Provision(NodeKind.HEADING, self.part, heading=words))
        elif (match := DIVISION.match(words)) and what in (None, "division"):
            self.branch(NodeKind.DIVISION, words, match.end())
        elif (match := CHAPTER.match(words)) and what in (None, "chapter"):
            self.branch(NodeKind.CHAPTER, words, match.end())
        elif (match := ANNEX.match(words)) and (what == "annex" or (what is None and match.end() == len(words))):
            self.part = Part.ANNEX
            self.branch(NodeKind.ANNEX, words, match.end())
        elif (match := SECTION.match(words)) and what in (None, "section", "centred"):
            self.section(words, match.end(), alone=match.end() == len(words))
        elif (match := SUBSECTION.match(words)) and what in (None, "subsection", "section"):
            self.subsection(words, match.end())
        elif what == "heading" or (what is None and self.awaits_heading() and looks_like_heading(block, words)):
            self.node.add_heading(words)
        elif what == "group" or (what is None and self.begun and looks_like_heading(block, words)):
            kind = NodeKind.GROUP if self.sectioned else NodeKind.HEADING
            self.start(kind, Place(self.part), paragraphs=None if self.sectioned else 1).add_heading(words)
        elif self.item(words, what):
            pass
        else:
            self.text(words, block)

    def new_text(self, words: str) -> bool:
        """In an amendment everything up to the next one, or to the next section of the amending act, is what it says and quotes."""
        section = SECTION.match(words)
        ends = POINT.match(words) or (section is not None and section.end() == len(words))
        if self.node.kind is not NodeKind.AMENDMENT or ends:
            return False
        self.node.add(Provision(NodeKind.NEW_TEXT, Part.AMENDMENT, text=words))
        return True

    def awaits_heading(self) -> bool:
        node = self.node
        return node.kind in (NodeKind.DIVISION, NodeKind.CHAPTER, NodeKind.ANNEX) and not node.heading and not node.closed and not node.text

    def branch(self, kind: NodeKind, words: str, end: int) -> None:
        self.body()
        node = self.start(kind, Place(self.part), words[:end].strip())
        if words[end:].strip():
            node.add_heading(words[end:].strip())

    def section(self, words: str, end: int, *, alone: bool) -> None:
        self.body()
        marker = words[:end].strip()
        if self.amending and not alone:
            self.text(words, None)  # quoted new text: only a section mark that stands alone is the amending act's own
            return
        part = Part.AMENDMENT if self.amending else self.part
        place = Place(part, own=False)
        number = section_of(marker)
        if self.part is Part.BODY and number and number not in self.sections:
            place = Place(part, Address(number))
            self.sections.append(number)
        self.start(NodeKind.AMENDING_SECTION if self.amending else NodeKind.SECTION, place, marker, paragraphs=0)
        self.letter = None
        rest = words[end:].strip()
        if rest:
            self.start(NodeKind.SUBSECTION, place.in_subsection("1"), paragraphs=1).add_paragraph(rest)

    def subsection(self, words: str, end: int) -> None:
        marker = words[:end].strip()
        self.close(_LEVELS[NodeKind.SUBSECTION])
        section = self.node if self.node.kind is NodeKind.SECTION else None
        place = section.place.in_subsection(subsection_of(marker)) if section else Place(self.part, own=False)
        if section is not None and any(child.address == place.address for child in section.children):
            place = Place(self.part, own=False)
        self.start(NodeKind.SUBSECTION, place, marker, paragraphs=1).add_paragraph(words[end:].strip())
        self.letter = None

    def item(self, words: str, what: str | None) -> bool:
        """A list item, where it is one: only inside a section or list."""
        match = NUMBER.match(words) or LETTER.match(words) or DASH.match(words) or (POINT.match(words) if what == "item" or self.amending else None)
        if match is None or not self.begun:
            return False
        marker = match[0].strip()
        if self.amending and marker.endswith("."):
            place = self.node_at(NodeKind.AMENDMENT).place.of_item(NodeKind.NUMBER, marker.rstrip(". "), None)[1]
            self.start(NodeKind.AMENDMENT, place, marker).add_paragraph(words[match.end() :].strip())
            return True
        kind, number, letter = item_of(marker, "Pind" if DASH.fullmatch(marker) else "", self.letter)
        if kind not in _LEVELS:
            return False
        self.letter = letter
        holder = self.node_at(kind)
        if holder.kind is NodeKind.SECTION:
            holder = self.start(NodeKind.SUBSECTION, holder.place.in_subsection("1"))
        kind, place = holder.place.of_item(kind, number, letter)
        self.start(kind, place, marker, paragraphs=1).add_paragraph(words[match.end() :].strip())
        return True

    def node_at(self, kind: NodeKind) -> Node:
        self.close(_LEVELS[kind])
        return self.node

    def text(self, words: str, block: Block | None) -> None:
        if not self.begun and self.part is Part.BODY:
            heading = block is not None and block.tag in HEADINGS
            kind, part = (NodeKind.TITLE, Part.TITLE) if heading and not self.top.children else (NodeKind.PREAMBLE, Part.PREAMBLE)
            self.leaf(kind, part, words)
        elif self.node.kind is NodeKind.SECTION:
            self.start(NodeKind.SUBSECTION, self.node.place.in_subsection("1"), paragraphs=1).add_paragraph(words)
        else:
            self.node.add_paragraph(words)
