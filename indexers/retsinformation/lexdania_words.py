"""The words of LexDania elements: what counts as a space, what is invisible, and where one word ends and the next begins.

In ``<Linea>`` the ``<Char>`` elements are pieces of one line: "gen" + "stand" is one word, and the line breaks between the tags are
layout. Lines are separated by a space.
"""

from __future__ import annotations

import re

from lxml import etree

from indexers.retsinformation.lexdania_node import Place
from vidensplatform.law.model import NodeKind, Provision

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
"""Soft hyphen, zero-width space, (non-)joiners, word joiner, byte order mark: the official source has them inside words."""

FLAT = frozenset({"Char", "Exitus", "Explicatus", "Indentatio", "Index", "Linea", "Rubrica", "Table", "Td", "Th", "Titel", "Tr", "UnderTitel"})
"""Elements that are known where words are read on one line."""


def tidy(text: str) -> str:
    """``text`` with invisible characters gone and every run of white space (no-break and typographic spaces too) as one plain space."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def stray(text: str | None) -> str:
    """Text that lies between elements, where there should be none; "" where there is only layout."""
    return "" if text is None or text.isspace() else text


def line_words(line: etree._Element) -> str:
    """The words of a ``Linea``, ``Explicatus`` or other element that holds only text, untidied: its pieces glued as they stand."""
    if not len(line):
        return line.text or ""
    pieces = [stray(line.text)]
    for piece in line:
        pieces.append(line_words(piece) if len(piece) else piece.text or "")
        pieces.append(stray(piece.tail))
    return "".join(pieces)


def tidy_line(line: etree._Element | None) -> str:
    """:func:`line_words`, tidied; "" for no element."""
    return "" if line is None else tidy(line_words(line))


class Words:
    """Reads elements into words, and remembers in ``unknown`` the tags it did not know."""

    def __init__(self) -> None:
        self.unknown: dict[str, None] = {}

    def line(self, line: etree._Element) -> str:
        """The words of a ``Linea``, untidied."""
        for piece in line:
            if piece.tag != "Char":
                self.unknown[str(piece.tag)] = None
        return line_words(line)

    def flat(self, element: etree._Element, place: Place, found: list[Provision]) -> str:
        """All words of ``element`` on one line; its footnotes and images go to ``found``."""
        tag = element.tag
        if tag == "Linea":
            return tidy(self.line(element))
        if tag == "Nota":
            found.append(self.footnote(element, place))
            return ""
        if tag == "Image":
            found.append(self.image(element, place))
            return ""
        if tag not in FLAT:
            self.unknown[str(tag)] = None
        pieces = [element.text or ""]
        for child in element:
            pieces.append(self.flat(child, place, found))
            pieces.append(child.tail or "")
        return tidy(" ".join(pieces))

    def footnote(self, element: etree._Element, place: Place) -> Provision:
        """A ``Nota``, always a leaf: its lists and tables are written out, so that leaving footnotes out leaves all of them out."""
        explicatus = element.find("Explicatus")
        pieces = [element.text or ""]
        inner: list[Provision] = []
        for child in element:
            if child is not explicatus:
                pieces.append(self.flat(child, place, inner))
            pieces.append(child.tail or "")
        pieces.extend(provision.full_text() for provision in inner)
        return Provision(NodeKind.FOOTNOTE, place.part, place.address, tidy_line(explicatus), text=tidy(" ".join(pieces)))

    def image(self, element: etree._Element, place: Place) -> Provision:
        """An ``Image``: the words that stand for it, which are its alternative text, its name or its file."""
        name = element.get("alt") or element.get("name") or element.get("src") or ""
        return Provision(NodeKind.IMAGE, place.part, place.address, text=tidy(str(name)))

    def table(self, element: etree._Element, place: Place) -> Provision:
        """A ``Table``: a line a row, a tab between cells; its footnotes and images lie below it."""
        found: list[Provision] = []
        rows = [row for row in self._rows(element, place, found) if row.strip()]
        return Provision(NodeKind.TABLE, place.part, place.address, text="\n".join(rows), children=tuple(found))

    def _rows(self, element: etree._Element, place: Place, found: list[Provision]) -> list[str]:
        rows = [tidy(stray(element.text))]
        for child in element:
            if child.tag == "Tr":
                cells = [self.flat(cell, place, found) for cell in child]
                loose = tidy(" ".join([stray(child.text), *(stray(cell.tail) for cell in child)]))
                rows.append("\t".join([*cells, loose] if loose else cells).rstrip())
            elif child.find(".//Tr") is not None:  # a group of rows
                self.unknown[str(child.tag)] = None
                rows.extend(self._rows(child, place, found))
            else:
                rows.append(self.flat(child, place, found))
            rows.append(tidy(stray(child.tail)))
        return rows
