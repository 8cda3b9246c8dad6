"""Which section of one text is which of another: by number, and by likeness of words where sections were renumbered or moved.

Likeness is counted over pairs of neighbouring words, where a pair weighs the less the more sections hold it: "kommunalbestyrelsen skal" says
nothing, "personlig assistance" much. Measured on the 87 sections that left serviceloven on 1 January 2024 and that corpus/forwarding.toml says
went to barnets lov, nearly all of them reworded: for 84 the likest section there is one of those it names; for 79 one of them is called likely,
and of the 91 places called likely one is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vidensplatform.law.sectiontext import SectionText
from vidensplatform.law.worddiff import words

SAME = 0.3
"""Sections with the same number that are at least as alike as this are the same section; below it, likeness to others decides first."""
MOVED = 0.35
"""Within one act: of two numbers that only one text has, at least as alike as this is the same section (measured: the lowest true one 0.36)."""
MOVED_FROM_ITS_NUMBER = 0.6
"""The same where a number is in use in both texts, and what stands under it now may be the old section reworded."""
LIKELY = 0.25
"""Across acts: at least as alike as this is likely the section's new place."""
HELD = 0.6
"""Across acts: a section that holds this much of the other one is likely a part of it, or made from it."""
POSSIBLE = 0.1
_SHARE = 0.3
_FEWEST_PAIRS = 8

_Pairs = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two sections are, 0 to 1: ``score`` in all; ``kept`` is the share of the old one found in the new, ``known`` the other way."""

    score: float
    kept: float
    known: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place to which a section may have moved: numbers of the old and the new section, and how alike they are."""

    old: str
    new: str
    likeness: Likeness

    @property
    def likely(self) -> bool:
        """Whether the likeness alone is enough to say so: alike as a whole, or one holds most of the other (a section split up or merged)."""
        return self.likeness.score >= LIKELY or max(self.likeness.kept, self.likeness.known) >= HELD


@dataclass(frozen=True, slots=True)
class Pair:
    """A section in two texts; one side is None where the other text does not have it."""

    old: SectionText | None
    new: SectionText | None


class Weighing:
    """The pairs of words of two texts' sections, weighed by how rare they are in both."""

    def __init__(self, old: Iterable[SectionText], new: Iterable[SectionText]) -> None:
        self._old = {s.section: _pairs(s.text) for s in old}
        self._new = {s.section: _pairs(s.text) for s in new}
        held: Counter[tuple[str, str]] = Counter()
        for pairs in (*self._old.values(), *self._new.values()):
            held.update(pairs.keys())
        self._weight = {pair: 1 / n for pair, n in held.items()}
        self._old_weight = {s: self._weigh(pairs) for s, pairs in self._old.items()}
        self._new_weight = {s: self._weigh(pairs) for s, pairs in self._new.items()}

    def _weigh(self, pairs: _Pairs) -> float:
        return sum(n * self._weight[pair] for pair, n in pairs.items())

    def likeness(self, old: str, new: str) -> Likeness:
        """How alike two sections are, by their numbers."""
        a, b = self._old[old], self._new[new]
        if len(b) < len(a):
            common = sum(min(n, a[pair]) * self._weight[pair] for pair, n in b.items() if pair in a)
        else:
            common = sum(min(n, b[pair]) * self._weight[pair] for pair, n in a.items() if pair in b)
        one, other = self._old_weight[old], self._new_weight[new]
        if not one or not other:
            return Likeness(0.0, 0.0, 0.0)
        return Likeness(2 * common / (one + other), common / one, common / other)

    def comparable(self, old: str, new: str) -> bool:
        """Whether both are long enough for likeness to mean anything: "Loven træder i kraft den 1. juli" is like every other."""
        return min(self._old[old].total(), self._new[new].total()) >= _FEWEST_PAIRS


def _pairs(text: str) -> _Pairs:
    found = [word.casefold() for word in words(text) if word[0].isalnum() or word[0] == "§"]
    return Counter(pairwise(found))


def align(old: Sequence[SectionText], new: Sequence[SectionText]) -> list[Pair]:
    """Every section of two texts of one act, paired with itself in the other. Those without words ("(Ophævet)") count as not there.

    Sections with one number belong together, however much was reworded, unless one of them is found under another number: then that is
    where it went. In the order of the new text, each section that went away after those that stood before it.
    """
    before = {s.section: s for s in old if not s.gone and not s.left_out}
    after = {s.section: s for s in new if not s.gone and not s.left_out}
    unlike = [s for s in before if s in after and before[s].text != after[s].text]
    lone_old = [s for s in before if s not in after]
    lone_new = [s for s in after if s not in before]
    moves: dict[str, str] = {}
    if unlike or (lone_old and lone_new):
        moves = _moves(before, after, unlike, lone_old, lone_new)
    return _in_order(before, after, moves)


def _moves(
    before: dict[str, SectionText], after: dict[str, SectionText], unlike: list[str], lone_old: list[str], lone_new: list[str]
) -> dict[str, str]:
    """Old number -> new number of sections that are found elsewhere."""
    weighing = Weighing((before[s] for s in (*lone_old, *unlike)), (after[s] for s in (*lone_new, *unlike)))
    doubtful = [s for s in unlike if weighing.likeness(s, s).score < SAME]
    sources, targets = [*lone_old, *doubtful], [*lone_new, *doubtful]
    found = [
        (likeness.score, one, other)
        for one in sources
        for other in targets
        if one != other
        and weighing.comparable(one, other)
        and (likeness := weighing.likeness(one, other)).score >= (MOVED if one not in after and other not in before else MOVED_FROM_ITS_NUMBER)
    ]
    moves: dict[str, str] = {}
    taken: set[str] = set()
    for _, one, other in sorted(found, key=lambda f: (-f[0], f[1], f[2])):
        if one not in moves and other not in taken:
            moves[one] = other
            taken.add(other)
    return moves


def _in_order(before: dict[str, SectionText], after: dict[str, SectionText], moves: dict[str, str]) -> list[Pair]:
    came_from = {new: old for old, new in moves.items()}
    partner = {s: came_from.get(s) or (s if s in before and s not in moves else None) for s in after}
    kept = {old for old in partner.values() if old is not None}
    pairs: list[Pair] = []
    waiting = iter(before)
    passed: set[str] = set()
    for number, section in after.items():
        old = partner[number]
        if old == number:
            for earlier in waiting:
                if earlier not in kept:
                    pairs.append(Pair(before[earlier], None))
                passed.add(earlier)
                if earlier == old:
                    break
        pairs.append(Pair(before[old] if old else None, section))
    pairs += [Pair(before[s], None) for s in before if s not in passed and s not in kept]
    return pairs


def moved_across(removed: Sequence[SectionText], other: Sequence[SectionText], *, most: int = 3) -> list[Candidate]:
    """Where sections that left one act may stand in another: for each at most ``most`` candidates, likest first, by the order of ``removed``.

    A section that was split counts for each part that holds much of its own words from it (``likeness.known``), one that was merged where
    much of it is kept. What a curator wrote (``corpus/forwarding.toml``) goes before what is found here.
    """
    weighing = Weighing(removed, other)
    found: list[Candidate] = []
    for one in removed:
        comparable = [o.section for o in other if weighing.comparable(one.section, o.section)]
        candidates = [Candidate(one.section, section, weighing.likeness(one.section, section)) for section in comparable]
        candidates = [c for c in candidates if c.likeness.score >= POSSIBLE or max(c.likeness.kept, c.likeness.known) >= _SHARE]
        found += sorted(candidates, key=lambda c: (-c.likeness.score, c.new))[:most]
    return found


def likely_destinations(candidates: Iterable[Candidate], act: str) -> dict[str, tuple[str, ...]]:
    """From each old section to the provisions of ``act`` (its slug) that it likely moved to, likest first.

    As :func:`~vidensplatform.law.diff.moved_away` takes them.
    """
    found: dict[str, tuple[str, ...]] = {}
    for candidate in candidates:
        if candidate.likely:
            found[candidate.old] = (*found.get(candidate.old, ()), f"{act}/{candidate.new}")
    return found
