"""Which of several possible amending acts is likely behind a change, by what their titles say they are about.

An amending act says its subject in brackets at the end of its title ("(Ligestilling af krisecentertilbud til mænd m.v.)"). It is set against the
words that came and went, the heading, and the titles of the cards that stand on the section. A word counts by how few other changes between the same
two texts share it. One act is named only where it stands out, and only as likely: no text says so.

Measured on the six chains against whole sections that an amending act put in word for word (``data/amending-acts-2019-2026-json``): the act named
was the right one for 15 of 20 changes, and for 38 more none was named. The numbers below were chosen on these chains.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from vidensplatform.changes.acts import ByAct, subject_of
from vidensplatform.law.diff import Change

_WORD = re.compile(r"[^\W\d_]{6,}")
_SUBJECT = re.compile(r"[^\W\d_]{12,}")
"""Long enough to be a compound, which says what it is about; "personer" and "regler" are in every act."""
_PREFIX = 6
_COMMON = 0.8
"""So much of the shorter word must begin both: Danish compounds carry what they are about first ("krisecentertilbud", "krisecentre")."""
_SHARED = 0.2
_MOST = 6
"""A word that more changes than this have, or a larger share of them, tells nothing."""
_AHEAD = 2.0

_Words = dict[str, frozenset[str]]


def words_of(change: Change, cards: Iterable[str]) -> _Words:
    """The words that a change is about, by their first letters; ``cards`` are the titles of those that stand on its section."""
    changed = (piece for op, piece in change.diff if op != "=")
    return _by_prefix(_WORD.findall(" ".join((*changed, change.old_heading, change.new_heading, *cards)).casefold()))


def _by_prefix(words: Iterable[str]) -> _Words:
    found: dict[str, set[str]] = {}
    for word in words:
        found.setdefault(word[:_PREFIX], set()).add(word)
    return {prefix: frozenset(same) for prefix, same in found.items()}


class Subjects:
    """The changes between two texts, by their words."""

    def __init__(self, changes: Sequence[_Words]) -> None:
        self._changes = changes
        self._held: dict[str, int] = {}

    def likeliest(self, words: _Words, acts: Sequence[ByAct], names: Collection[str]) -> str | None:
        """The ELI of the one act whose subject stands out as that of the change; None where none does.

        ``names`` are those of the amended act: an act that changes it only among "forskellige andre love" is not named.
        """
        subjects = {act.eli: set(_SUBJECT.findall(subject_of(act.title).casefold())) for act in acts if act.eli}
        scores = sorted(((self._score(words, own, subjects), eli) for eli, own in subjects.items()), key=lambda s: (-s[0], s[1]))
        if len(scores) < 2 or scores[0][0] <= 0 or scores[0][0] < _AHEAD * scores[1][0]:
            return None
        title = next(act.title for act in acts if act.eli == scores[0][1]).casefold()
        return scores[0][1] if not names or any(name.casefold() in title for name in names) else None

    def _score(self, words: _Words, subject: set[str], subjects: dict[str, set[str]]) -> float:
        score = 0.0
        for word in subject:
            held = self._count(word)
            telling = held <= min(_MOST, max(2.0, _SHARED * len(self._changes)))
            if telling and _holds(words, word) and sum(word in other for other in subjects.values()) == 1:
                score += 1 / held
        return score

    def _count(self, word: str) -> int:
        if word not in self._held:
            self._held[word] = max(1, sum(_holds(change, word) for change in self._changes))
        return self._held[word]


def _holds(words: _Words, word: str) -> bool:
    return any(_alike(word, other) for other in words.get(word[:_PREFIX], ()))


@lru_cache(maxsize=20_000)
def _alike(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    same = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    return same >= max(_PREFIX, _COMMON * shorter)
