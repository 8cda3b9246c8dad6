"""The words of the library with the number of provisions that hold them: for suggestions while typing and for "mente du …".

Suggestions are terms by document frequency, read from a sorted list: an engine's own prefix search over 100,000 provisions can take seconds.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from vidensplatform.search.analysis import fold

_SHORTEST_MISSPELT = 4


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word as it is written, and in how many provisions it stands."""

    word: str
    documents: int


class Vocabulary:
    """Words with their document frequencies, sorted by their folded form."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        entries = sorted((fold(word), word, count) for word, count in frequencies.items())
        self._folded = [entry[0] for entry in entries]
        self._words = [entry[1] for entry in entries]
        self._counts = [entry[2] for entry in entries]

    def __len__(self) -> int:
        return len(self._words)

    def __contains__(self, word: str) -> bool:
        key = fold(word)
        at = bisect_left(self._folded, key)
        return at < len(self._folded) and self._folded[at] == key

    def _range(self, beginning: str) -> range:
        key = fold(beginning)
        return range(bisect_left(self._folded, key), bisect_left(self._folded, key + "\U0010ffff"))

    def suggest(self, beginning: str, limit: int = 8) -> list[Suggestion]:
        """The commonest words with that beginning, commonest first."""
        if not beginning:
            return []
        best = heapq.nsmallest(limit, self._range(beginning), key=lambda i: (-self._counts[i], self._words[i]))
        return [Suggestion(self._words[i], self._counts[i]) for i in best]

    def beginnings(self, beginning: str, limit: int = 60) -> list[str]:
        """The folded forms of the commonest words with that beginning, for ``bolig*``."""
        return [fold(s.word) for s in self.suggest(beginning, limit)]

    def nearest(self, word: str, limit: int = 3) -> list[str]:
        """Known words that a misspelt one may stand for, nearest and commonest first. Empty for known and for very short words.

        Distance is optimal string alignment over the folded letters: one edit for words below eight letters, two above.
        """
        key = fold(word)
        if len(key) < _SHORTEST_MISSPELT or word in self:
            return []
        allowed = 1 if len(key) < 8 else 2
        found = process.extract(key, self._folded, scorer=OSA.distance, score_cutoff=allowed, limit=40)
        ranked = sorted((distance, self._folded[i][:1] != key[:1], -self._counts[i], i) for _, distance, i in found)
        return list(dict.fromkeys(self._words[i] for _, _, _, i in ranked))[:limit]

    def near(self, word: str, limit: int = 3) -> list[str]:
        """Known words to offer in place of an unknown one: those it may misspell, else those that begin alike."""
        beginning = fold(word)[: max(_SHORTEST_MISSPELT, len(fold(word)) // 2)]
        return self.nearest(word, limit) or ([s.word for s in self.suggest(beginning, limit)] if len(word) >= _SHORTEST_MISSPELT else [])

    def save(self, path: Path) -> None:
        """Write as lines of word, tab, count."""
        lines = (f"{word}\t{count}\n" for word, count in zip(self._words, self._counts, strict=True))
        path.write_text("".join(lines), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        """Read what :meth:`save` wrote. Raises OSError or ValueError when it is damaged."""
        rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
        return cls({word: int(count) for word, count in rows})

    def frequencies(self) -> dict[str, int]:
        """Word -> count."""
        return dict(zip(self._words, self._counts, strict=True))
