"""From a text's rows to its references: every citation found, in the context it stands in, and resolved where it can be.

What a source says of a document beside its text counts as well: the sections that a decision is about, the act that an order is issued under. Such
references stand at the document's first row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from indexers.retsinformation.elis import eli_of_accession
from indexers.retsinformation.plan import Wanted
from vidensplatform.law.citation import Citation, CitationKind
from vidensplatform.law.citations import Citations, Context
from vidensplatform.law.model import ActNumber, DocumentKind, NodeKind, Part, Version
from vidensplatform.law.references import Reference, resolve
from vidensplatform.law.registry import Registry
from vidensplatform.store.units import Row

_OWN_TEXT = (Part.BODY, Part.ANNEX)
_WITH_SECTIONS = (DocumentKind.ACT, DocumentKind.CONSOLIDATED_ACT, DocumentKind.AMENDING_ACT, DocumentKind.ORDER)
_UNDER_ACTS = (DocumentKind.ORDER, DocumentKind.GUIDELINE, DocumentKind.CIRCULAR)
_BY_SUFFIX = {"29": "lovbekendtgørelse", "30": "lov", "05": "bekendtgørelse"}


class Relater:
    """Finds and resolves the references of documents. ``works`` is work id by ELI, kept up to date by the caller."""

    def __init__(self, registry: Registry, works: Mapping[str, str]) -> None:
        self._registry = registry
        self._works = works
        self._citations = Citations(registry)
        self._names = Wanted(registry)

    def of_version(self, version: Version, rows: Sequence[Row], work: str) -> Iterator[tuple[int, Reference]]:
        """(row's ord, reference) for everything that a document refers to: what its source says of it, then its text in reading order."""
        if rows:
            for citation in (*self._about(version), *_concerned(version), *self._titled(version)):
                yield rows[0].ord, resolve(citation, self._works, self._registry)
        yield from self.references(rows, work, version.kind)

    def references(self, rows: Sequence[Row], work: str, kind: DocumentKind) -> Iterator[tuple[int, Reference]]:
        """(row's ord, reference) for every citation in the rows, in reading order.

        Inside the act's own text "stk. 2", "§ 5" and "denne lov" mean the act itself. In an amendment's new text and in the commencement part they
        mean another act, which the words there do not name: they stay unresolved. So it is throughout a document that has no sections of its own,
        as decisions and statements have none.
        """
        order = kind is DocumentKind.ORDER
        has_sections = kind in _WITH_SECTIONS or any(row.node.kind is NodeKind.SECTION for row in rows)
        for row in rows:
            node = row.node
            own = has_sections and node.part in _OWN_TEXT
            context = Context.at(work, node.address, order=order) if own else Context()
            for text in (node.heading, node.text):
                if text:
                    for citation in self._citations.find(text, context):
                        yield row.ord, resolve(citation, self._works, self._registry)

    def _titled(self, version: Version) -> Iterator[Citation]:
        """The acts that the title of an order, guideline or circular names."""
        if version.kind in _UNDER_ACTS:
            for slug in self._names.acts_in(version.title):
                yield Citation(kind=CitationKind.ACT, text=self._registry.name(slug), start=0, end=0, law=slug)

    def _about(self, version: Version) -> Iterator[Citation]:
        """The sections that a decision is about, where its labels name exactly one act that is known ("Paragraf" has none)."""
        laws = [value for name, value in version.metadata if name == "law"]
        if len(laws) != 1 or any(name == "law-unknown" for name, _ in version.metadata):
            return
        for name, value in version.metadata:
            if name == "Paragraf":
                yield from (c for c in self._citations.find(value, Context(law=laws[0])) if c.law and c.address.section)


def _concerned(version: Version) -> Iterator[Citation]:
    """The acts that the source says an order or guideline concerns (``Concerns``, pairs of accession number and title) or belongs to."""
    accession = ""
    for name, value in version.metadata:
        if name == "issued-under" and (found := re.fullmatch(r"lta/(\d{4})/(\d+)", value)):
            yield Citation(kind=CitationKind.ACT, text="", start=0, end=0, act=ActNumber("lov", int(found[2]), None, int(found[1])))
        elif name == "Concerns/Ref_Accn":
            accession = value
        elif name == "Concerns/Ref_Text" and accession:
            if (act := _act_of(accession)) is not None:
                yield Citation(kind=CitationKind.ACT, text=value, start=0, end=len(value), act=act)
            accession = ""


def _act_of(accession: str) -> ActNumber | None:
    eli, kind = eli_of_accession(accession), _BY_SUFFIX.get(accession[-2:])
    if eli is None or kind is None or not eli.startswith("lta/"):
        return None
    _, year, number = eli.split("/")
    return ActNumber(kind, int(number), None, int(year))
