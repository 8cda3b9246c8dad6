"""A whole document as ``show`` has it: a decision, a statement, an order, by its citation ("PM 1-26", "FOB 2018-31") or its ELI."""

from __future__ import annotations

from dataclasses import dataclass

from vidensplatform.law.citation_format import practice_label
from vidensplatform.law.model import NodeKind, Part
from vidensplatform.store.library import Library
from vidensplatform.store.practice import eli_of_practice, practice_of_eli
from vidensplatform.store.records import ProvisionText, StoredReference, StoredVersion
from vidensplatform.store.relating import Belonging
from vidensplatform.store.sources import Freshness

_HEADINGS = (NodeKind.BOOK, NodeKind.DIVISION, NodeKind.CHAPTER, NodeKind.GROUP)
_SAID = {
    "Journalnummer": "Journalnummer",
    "Paragraf": "Paragraf",
    "keyword": "Emneord",
    "label": "Love",
    "authority": "Myndighed",
    "bill-status": "Status i Folketinget",
    "updated": "Senest opdateret",
    "pdf": "Kun på tryk",
    "url": "Kilde",
}
"""What of a document's further fields a reader is shown, and under which name."""


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document with what its source says of it and what refers to it.

    ``replaced_by`` is the label of what it is published as today (``PM 1-26``), "" where it is the current one; ``formerly`` are the labels it was
    published under before. ``asked`` is the label that was asked for, where that text is not in the library and the one that replaced it is shown.
    """

    label: str
    text: ProvisionText
    freshness: Freshness
    said: tuple[tuple[str, str], ...]
    replaced_by: str
    formerly: tuple[str, ...]
    references_out: tuple[StoredReference, ...]
    references_in: tuple[StoredReference, ...]
    asked: str = ""
    belonging: tuple[Belonging, ...] = ()
    """What is issued under it, where it is an act."""

    @property
    def contents(self) -> list[str]:
        """The chapters and headings, for a document too long to be shown whole; empty for one that is not divided so."""
        nodes = [node for node in self.text.nodes if node.kind in _HEADINGS and node.part is Part.BODY]
        return [" ".join(words for words in (node.marker, node.heading) if words) for node in nodes]

    @property
    def version(self) -> StoredVersion:
        """The version, without its text."""
        return self.text.version


def document_of_practice(library: Library, practice: str) -> ShownDocument | None:
    """The decision or statement that a citation names; where its text is not here, the one it was published again as."""
    eli = eli_of_practice(practice)
    if eli is None:
        return None
    if (found := document_of_eli(library, eli)) is not None:
        return found
    later = library.reissued_as(eli)
    return document_of_eli(library, later, asked=label_of(eli)) if later else None


def document_of_eli(library: Library, eli: str, *, asked: str = "") -> ShownDocument | None:
    """The document with that ELI, or None where the library does not hold it."""
    version = library.version(eli)
    text = library.whole(version) if version is not None else None
    if version is None or text is None:
        return None
    later = library.reissued_as(eli)
    practice = practice_of_eli(eli)
    said: dict[str, list[str]] = {}
    for name, value in library.metadata(eli):
        if name in _SAID:
            said.setdefault(_SAID[name], []).append(value)
    return ShownDocument(
        practice_label(practice) if practice else version.short_name or version.popular_title or version.title,
        text,
        library.freshness(eli),
        tuple((name, ", ".join(values)) for name, values in said.items()),
        label_of(later) if later else "",
        tuple(label_of(old) for old in library.formerly(eli)),
        tuple(library.references_from(version, text.node.ord, text.nodes[-1].ord)),
        tuple(library.references_to_document(version.work)),
        asked,
        tuple(library.documents_under(version.work)),
    )


def label_of(eli: str) -> str:
    """How a document is cited where only its ELI is known: ``PM 1-26`` of ``ast/1-26``."""
    practice = practice_of_eli(eli)
    return practice_label(practice) if practice else eli
