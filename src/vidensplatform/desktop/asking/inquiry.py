"""What is asked: the words in the box, the chips that were taken away or put in, and the filters. Lives in memory only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from vidensplatform.desktop.operations import Token

if TYPE_CHECKING:
    from vidensplatform.search.answers import Answer, CardHit
    from vidensplatform.workbench import Workbench

_MOST = 20
_SUGGESTIONS = 8


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question as the page holds it. ``removed`` and ``added`` are ids of chips; ``kinds`` empty means every kind of document."""

    text: str = ""
    removed: frozenset[str] = frozenset()
    added: frozenset[str] = frozenset()
    as_of: date | None = None
    kinds: frozenset[str] = frozenset()
    historic: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to ask."""
        return not self.text.strip() and not self.added

    def with_text(self, text: str) -> Inquiry:
        """The same question in other words; a box that was emptied forgets the chips too."""
        return replace(self, text=text) if text.strip() else replace(self, text=text, removed=frozenset(), added=frozenset())

    def without(self, chip: str) -> Inquiry:
        """With that chip taken away."""
        return replace(self, removed=self.removed | {chip}, added=self.added - {chip})

    def plus(self, situation: str) -> Inquiry:
        """With that situation put in by hand."""
        return replace(self, removed=self.removed - {situation}, added=self.added | {situation})

    def restored(self) -> Inquiry:
        """With all chips back that were taken away."""
        return replace(self, removed=frozenset())


def answer(bench: Workbench, inquiry: Inquiry, token: Token) -> Answer:
    """Ask the workbench. In the background.

    A situation put in by hand is asked by its title where the box is empty. Needs that were taken away are no chips any more, and options that
    serve no other need are left out.
    """
    from vidensplatform.search.answering import Question

    token.check()
    cards = bench.corpus.cards
    text = inquiry.text
    if not text.strip():
        text = ", ".join(cards.situations[i].title for i in sorted(inquiry.added) if i in cards.situations)
    terms = {f"ord-{term.word}": str(place) for place, term in enumerate(cards.terms)}
    without = inquiry.removed | {terms[chip] for chip in inquiry.removed if chip in terms}
    found = bench.search(Question(text, _MOST, inquiry.as_of, None, inquiry.kinds, inquiry.historic, without, inquiry.added))
    needs = inquiry.removed & set(cards.areas)
    return replace(
        found,
        recognised=tuple(chip for chip in found.recognised if chip.id not in inquiry.removed),
        options=tuple(serving(found.options, needs)) if needs else found.options,
    )


def serving(options: Iterable[CardHit], removed: frozenset[str] | set[str]) -> Iterable[CardHit]:
    """The options that serve a need that is left."""
    return (hit for hit in options if not hit.areas or not removed.issuperset(hit.areas))


def suggestions(bench: Workbench, beginning: str, token: Token) -> tuple[str, list[str]]:
    """The beginning, and the commonest words that begin so. In the background."""
    token.check()
    return beginning, [found.word for found in bench.suggest(beginning, _SUGGESTIONS)]
