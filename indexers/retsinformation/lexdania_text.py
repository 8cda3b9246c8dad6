"""The body of a LexDania document as provisions: one handler an element, reading order kept, no word lost.

The tree is walked once. Every element has a handler that adds to the node being read; an element nobody knows is kept as text and its
tag noted. Addresses are given in the document's body, its own commencement sections and its amending sections only. Commencement
sections quoted from other acts (``Ikraft``), the new text of an amendment (``AendringNyTekst``) and annexes have empty ones, because
their "§ 3" is not this document's § 3.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from lxml import etree

from indexers.retsinformation.lexdania_markers import item_of, marker_in_text, section_of, section_of_local_id, subsection_of
from indexers.retsinformation.lexdania_node import Node, Place
from indexers.retsinformation.lexdania_words import Words, stray, tidy, tidy_line
from vidensplatform.law.model import NodeKind, Part, Provision

_LOOSE = frozenset({"Exitus", "Linea", "Index", "Table", "Image"})
"""What makes an unmarked subsection where it lies directly in a section."""


def read_text(document: etree._Element) -> tuple[tuple[Provision, ...], tuple[str, ...]]:
    """The provisions of a document, and the tags of elements that were not known (each once, in order).

    ``document`` is the root; its ``Meta`` is passed over. Raises RecursionError for a document nested deeper than any real one: the
    caller's to report.
    """
    reader = _Reader()
    top = Node(NodeKind.TEXT, Place(Part.BODY), paragraphs=0)
    for element in document:
        if element.tag != "Meta":
            reader.read(element, top)
        top.add_paragraph(tidy(stray(element.tail)))
    return top.finish().children, tuple(reader.words.unknown)


class _Reader:
    """The handlers. Each takes an element and the node that it lies in."""

    def __init__(self) -> None:
        self.words = Words()

    def read(self, element: etree._Element, node: Node) -> None:
        """Add what ``element`` holds to ``node``."""
        handler = _HANDLERS.get(str(element.tag))
        if handler is not None:
            handler(self, element, node)
            return
        self.words.unknown[str(element.tag)] = None
        if next(element.iterdescendants(*_HANDLERS), None) is not None:
            self.inside(element, node)  # a wrapper of some newer schema: what it wraps keeps its form
        else:
            words = tidy(" ".join(str(text) for text in element.itertext()))
            if words:
                node.add(Provision(NodeKind.TEXT, node.place.part, node.place.address, text=words))

    def inside(self, element: etree._Element, node: Node) -> None:
        """Add all that lies in ``element``, and text that lies between its children."""
        if element.text and not element.text.isspace():
            node.add_paragraph(tidy(element.text))
        for child in element:
            self.read(child, node)
            if child.tail and not child.tail.isspace():
                node.add_paragraph(tidy(child.tail))

    def filled(self, element: etree._Element, node: Node) -> Provision:
        """``node`` with all that lies in ``element``."""
        self.inside(element, node)
        return node.finish()

    # words

    def marker(self, element: etree._Element, node: Node) -> None:
        node.add_marker(tidy_line(element))

    def line(self, element: etree._Element, node: Node) -> None:
        node.add_paragraph(tidy(self.words.line(element)))

    def paragraph(self, element: etree._Element, node: Node) -> None:
        """``Exitus``: lines and footnotes, interrupted by lists, tables and images."""
        words = [stray(element.text)]
        notes: list[Provision] = []
        for child in element:
            if child.tag == "Linea":
                words.append(self.words.line(child))
            elif child.tag == "Nota":
                notes.append(self.words.footnote(child, node.place))
            else:
                node.add_paragraph(tidy(" ".join(words)), notes)
                words, notes = [], []
                self.read(child, node)
            words.append(stray(child.tail))
        node.add_paragraph(tidy(" ".join(words)), notes)

    def heading(self, element: etree._Element, node: Node) -> None:
        notes: list[Provision] = []
        node.add_heading(self.words.flat(element, node.place, notes), notes)

    def footnote(self, element: etree._Element, node: Node) -> None:
        node.add(self.words.footnote(element, node.place))

    def table(self, element: etree._Element, node: Node) -> None:
        node.add(self.words.table(element, node.place))

    def image(self, element: etree._Element, node: Node) -> None:
        node.add(self.words.image(element, node.place))

    # the act's own structure

    def branch(self, element: etree._Element, node: Node, kind: NodeKind) -> None:
        """A book, division, chapter or group of sections."""
        inner = Node(kind, node.place)
        self.inside(element, inner)
        node.add_branch(inner)

    def section(self, element: etree._Element, node: Node) -> None:
        """``Paragraf``, and ``IkraftCentreretParagraf`` where it is quoted from another act."""
        self._section(element, node, node.place)

    def commencement_section(self, element: etree._Element, node: Node) -> None:
        """``IkraftCentreretParagraf``: directly in an amending act it is that act's own section."""
        self._section(element, node, Place(Part.COMMENCEMENT) if node.place.part is Part.BODY else node.place)

    def _section(self, element: etree._Element, node: Node, place: Place) -> None:
        printed = tidy_line(element.find("Explicatus"))
        forgotten = "" if printed else _forgotten_marker(element)
        number = section_of(printed or forgotten) or (None if printed else section_of_local_id(element.get("localId") or ""))
        inner = Node(NodeKind.SECTION, place.in_section(number))
        unmarked: Node | None = None
        for child in element:
            if child.tag in _LOOSE:
                unmarked = unmarked or _subsection(inner, "")
                self.read(child, unmarked)
            else:
                if unmarked is not None:
                    inner.add(unmarked.finish())
                    unmarked = None
                self.read(child, inner)
            inner.add_paragraph(tidy(stray(child.tail)))
        if unmarked is not None:
            inner.add(unmarked.finish())
        if forgotten and inner.children[0].text.startswith(forgotten):
            inner.marker = forgotten
            inner.children[0] = replace(inner.children[0], text=inner.children[0].text.removeprefix(forgotten).lstrip())
        node.add(inner.finish())

    def subsection(self, element: etree._Element, node: Node) -> None:
        """``Stk``."""
        node.add(self.filled(element, _subsection(node, tidy_line(element.find("Explicatus")))))

    def item(self, element: etree._Element, node: Node) -> None:
        """``Indentatio``: one item of a list."""
        form = str(element.get("formaInd") or "")
        kind, number, letter = item_of(tidy_line(element.find("Explicatus")), form, node.letter)
        node.letter = letter or node.letter
        node.add(self.filled(element, Node(*node.place.of_item(kind, number, letter))))

    # the other parts

    def title(self, element: etree._Element, node: Node) -> None:
        place = node.place if node.place.part is Part.AMENDMENT else Place(Part.TITLE)
        notes: list[Provision] = []
        words = self.words.flat(element, place, notes)
        if words or notes:
            node.add(Provision(NodeKind.TITLE, place.part, text=words, children=tuple(notes)))

    def part(self, element: etree._Element, node: Node, kind: NodeKind, part: Part, paragraphs: int | None) -> None:
        """Preamble, signature, annex or quoted commencement: ``paragraphs`` of it are its text, further ones lie below."""
        inner = Node(kind, Place(part, own=False), paragraphs=paragraphs)
        self.inside(element, inner)
        if not inner.empty:
            node.add(inner.finish())

    def amending_section(self, element: etree._Element, node: Node) -> None:
        """``AendringCentreretParagraf``; one that holds a heading only names the ministry that answers for those below it."""
        marker = tidy_line(element.find("Explicatus"))
        inner = Node(NodeKind.AMENDING_SECTION, replace(node.place, part=Part.AMENDMENT).in_section(section_of(marker)))
        self.inside(element, inner)
        if inner.heading and not (inner.marker or inner.text or inner.closed):
            inner.kind = NodeKind.HEADING
        node.add(inner.finish())

    def amendment(self, element: etree._Element, node: Node) -> None:
        """``AendringsNummer``."""
        kind, number, _ = item_of(tidy_line(element.find("Explicatus")), "Nummer", None)
        _, place = replace(node.place, part=Part.AMENDMENT).of_item(kind, number, None)
        node.add(self.filled(element, Node(NodeKind.AMENDMENT, place)))

    def following_words(self, element: etree._Element, node: Node) -> None:
        """``Rykningsklausul``: what the amendment does to the numbers of those that follow; a node of its own."""
        node.closed = True
        self.inside(element, node)


def _subsection(section: Node, marker: str) -> Node:
    """The node of a section's next subsection.

    Only the first is printed without a marker. A later one without marker goes on with the one before it (a definition set as a
    paragraph, say).
    """
    if marker or section.subsection is None:
        node = Node(NodeKind.SUBSECTION, section.place.in_subsection(subsection_of(marker) if marker else "1"))
    else:
        node = Node(NodeKind.TEXT, section.subsection)
    section.subsection = node.place
    return node


def _forgotten_marker(section: etree._Element) -> str:
    """The marker of a section whose ``Explicatus`` is missing or empty while its text begins "§ 78. "; otherwise ""."""
    first = next((child for child in section if child.tag != "Explicatus"), None)
    line = first.find("Exitus/Linea") if first is not None and first.tag == "Stk" else None
    return marker_in_text(tidy_line(line)) or ""


Handler = Callable[[_Reader, etree._Element, Node], None]

_HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(
        (
            "TitelGruppe",
            "DokumentIndhold",
            "UnderskriftStedDato",
            "Segl",
            "Underskriver",
            "BilagIndhold",
            "TekstGruppe",
            "Index",
            "Aendring",
        ),
        _Reader.inside,
    ),
    **dict.fromkeys(("AendringDefinition", "AendringAktion"), _Reader.inside),
    "Explicatus": _Reader.marker,
    "Linea": _Reader.line,
    "Char": _Reader.line,
    "Exitus": _Reader.paragraph,
    "Rubrica": _Reader.heading,
    "Nota": _Reader.footnote,
    "Table": _Reader.table,
    "Image": _Reader.image,
    "Indentatio": _Reader.item,
    "Bog": partial(_Reader.branch, kind=NodeKind.BOOK),
    "Afsnit": partial(_Reader.branch, kind=NodeKind.DIVISION),
    "Kapitel": partial(_Reader.branch, kind=NodeKind.CHAPTER),
    "ParagrafGruppe": partial(_Reader.branch, kind=NodeKind.GROUP),
    "Paragraf": _Reader.section,
    "Stk": _Reader.subsection,
    "IkraftCentreretParagraf": _Reader.commencement_section,
    "Titel": _Reader.title,
    "UnderTitel": _Reader.title,
    "Indledning": partial(_Reader.part, kind=NodeKind.PREAMBLE, part=Part.PREAMBLE, paragraphs=1),
    "Hymne": partial(_Reader.part, kind=NodeKind.PREAMBLE, part=Part.PREAMBLE, paragraphs=1),
    "UnderskriftGruppe": partial(_Reader.part, kind=NodeKind.SIGNATURE, part=Part.SIGNATURE, paragraphs=1),
    "Bilag": partial(_Reader.part, kind=NodeKind.ANNEX, part=Part.ANNEX, paragraphs=0),
    "Ikraft": partial(_Reader.part, kind=NodeKind.GROUP, part=Part.COMMENCEMENT, paragraphs=None),
    "AendringNyTekst": partial(_Reader.part, kind=NodeKind.NEW_TEXT, part=Part.AMENDMENT, paragraphs=None),
    "AendringCentreretParagraf": _Reader.amending_section,
    "AendringsNummer": _Reader.amendment,
    "Rykningsklausul": _Reader.following_words,
}
