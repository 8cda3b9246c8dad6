"""Ranking as small steps, each of which can say why: lists from different ways to the same card, fused, diversified.

Fusion is reciprocal-rank fusion (Cormack, Clarke and Büttcher 2009): a card's score is the sum over the lists of ``weight / (K + place)``. It needs
no comparable scores, only places, and so joins the graph of the cards, their text and the text of the law.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

RRF_K = 3.0
"""Small, because the lists are short and their order was thought about."""
_UNCOVERED_BONUS = 1.5
_SERVES = 4
"""A need is served by one of the first so many cards of its list; a card further down may be everybody's."""
_SAME_LAW = 0.97


@dataclass(frozen=True, slots=True)
class RankedList:
    """Cards in an order, how much the list counts, and the reason it gives."""

    source: str
    weight: float
    ids: tuple[str, ...]
    why: str


@dataclass(slots=True)
class Candidate:
    """A card on its way through the ranking."""

    id: str
    score: float = 0.0
    why: list[str] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)
    serves: set[str] = field(default_factory=set)


def fuse(lists: Iterable[RankedList]) -> dict[str, Candidate]:
    """Reciprocal-rank fusion. Reasons stand in the order of how much their list gave."""
    found: dict[str, Candidate] = {}
    gains: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for ranked in lists:
        for place, card in enumerate(ranked.ids):
            gain = ranked.weight / (RRF_K + place)
            candidate = found.setdefault(card, Candidate(card))
            candidate.score += gain
            candidate.sources.add(ranked.source)
            if place < _SERVES:
                candidate.serves.add(ranked.source)
            if ranked.why:
                gains[card][ranked.why] = gains[card].get(ranked.why, 0.0) + gain
    for card, reasons in gains.items():
        found[card].why = sorted(reasons, key=lambda why: -reasons[why])
    return found


def diversify(
    candidates: Mapping[str, Candidate],
    needs: Sequence[str],
    law_of: Callable[[str], str],
    *,
    first: int = 10,
) -> list[Candidate]:
    """Order candidates so that the first ones cover the recognised needs and the laws behind them.

    ``needs`` are sources of the lists that each ask for a place (the recognised situations and terms). Step by step the candidate with the
    highest score is taken, where one that serves a need not yet served counts more, and one of a law already shown counts a little less.
    """
    left = sorted(candidates.values(), key=lambda c: (-c.score, c.id))
    taken: list[Candidate] = []
    uncovered = set(needs)
    laws: Counter[str] = Counter()
    while left and len(taken) < first:
        best = max(
            left[: 6 * first],
            key=lambda c: c.score * (1 + _UNCOVERED_BONUS * bool(uncovered & c.serves)) * _SAME_LAW ** laws[law_of(c.id)],
        )
        left.remove(best)
        taken.append(best)
        uncovered -= best.serves
        laws[law_of(best.id)] += 1
    return taken + left


def normalised(candidates: Sequence[Candidate]) -> list[float]:
    """Scores from 1.0 for the best downwards, never rising again along the shown order."""
    best = max((c.score for c in candidates), default=1.0)
    shown: list[float] = []
    for candidate in candidates:
        value = round(candidate.score / best, 4) if best else 0.0
        shown.append(min(value, shown[-1]) if shown else value)
    return shown
