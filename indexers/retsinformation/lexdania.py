"""LexDania 2.1, the XML of Retsinformation: from the bytes of one document to a :class:`Version` with its text.

Public face of the parser. The format as measured on real files: the page on sources, section 1.5.
"""

from __future__ import annotations

from dataclasses import replace

from indexers.retsinformation.lexdania_meta import read_meta
from indexers.retsinformation.lexdania_preamble import read_preamble
from indexers.retsinformation.lexdania_text import read_text
from indexers.retsinformation.lexdania_xml import open_document
from vidensplatform.errors import DamagedDocument
from vidensplatform.law.model import DocumentKind, NodeKind, Part, Provision, Version


def parse(data: bytes, name: str) -> Version:
    """The document in ``data``; ``name`` is what the user knows it by.

    Parsing the same bytes twice gives equal values. Elements that are not known are kept as text and named in ``metadata`` as
    ``("unknown-element", tag)``. A document of before September 2007 has metadata only: its ``provisions`` hold at most the title.

    Raises :class:`DamagedDocument` (file, reason in Danish, place) for truncated, hostile or foreign files.
    """
    root = open_document(data, name)
    version = read_meta(root, name)
    try:
        provisions, unknown = read_text(root)
    except RecursionError as error:
        raise DamagedDocument(name, "Dokumentet er indlejret dybere, end noget rigtigt dokument er.") from error
    version = replace(
        version,
        title=version.title or _printed_title(provisions),
        metadata=version.metadata + tuple(("unknown-element", tag) for tag in unknown),
        provisions=provisions,
    )
    if version.kind is not DocumentKind.CONSOLIDATED_ACT:
        return version
    preamble = read_preamble(_preamble_paragraphs(provisions))
    return replace(version, base=preamble.base, incorporated=preamble.incorporated, not_incorporated=preamble.not_incorporated)


def _printed_title(provisions: tuple[Provision, ...]) -> str:
    return next((p.text for p in provisions if p.kind is NodeKind.TITLE), "")


def _preamble_paragraphs(provisions: tuple[Provision, ...]) -> list[str]:
    """The preamble's paragraphs without footnotes: notes quote amendments, and what they cite is neither base nor incorporated."""
    return [
        node.text
        for provision in provisions
        if provision.part is Part.PREAMBLE
        for node in provision.walk()
        if node.text and node.kind is not NodeKind.FOOTNOTE
    ]
