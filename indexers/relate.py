"""From a text's rows to its references: every citation found, in the context it stands in, and resolved where it can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from vidensplatform.law.citations import Citations, Context
from vidensplatform.law.model import DocumentKind, Part
from vidensplatform.law.references import Reference, resolve
from vidensplatform.law.registry import Registry
from vidensplatform.store.units import Row

_OWN_TEXT = (Part.BODY, Part.ANNEX)
_WITHOUT_SECTIONS = (DocumentKind.DECISION, DocumentKind.STATEMENT)


class Relater:
    """Finds and resolves the references of documents. ``works`` is work id by ELI, kept up to date by the caller."""

    def __init__(self, registry: Registry, works: Mapping[str, str]) -> None:
        self._registry = registry
        self._works = works
        self._citations = Citations(registry)

    def references(self, rows: Sequence[Row], work: str, kind: DocumentKind) -> Iterator[tuple[int, Reference]]:
        """(row's ord, reference) for every citation in the rows, in reading order.

        Inside the act's own text "stk. 2", "§ 5" and "denne lov" mean the act itself. In an amendment's new text and in the commencement part they
        mean another act, which the words there do not name: they stay unresolved. So it is throughout a decision or statement, which has no
        sections of its own.
        """
        order = kind is DocumentKind.ORDER
        for row in rows:
            node = row.node
            own = node.part in _OWN_TEXT and kind not in _WITHOUT_SECTIONS
            context = Context.at(work, node.address, order=order) if own else Context()
            for text in (node.heading, node.text):
                if text:
                    for citation in self._citations.find(text, context):
                        yield row.ord, resolve(citation, self._works, self._registry)
