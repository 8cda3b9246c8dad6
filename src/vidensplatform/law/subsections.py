"""Which subsections of a section were touched, and which only got another number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from vidensplatform.law.sectiontext import letters
from vidensplatform.law.worddiff import words

_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class SubsectionChange:
    """One subsection: its number before and after, None where it is not there, and whether its words changed."""

    old: str | None
    new: str | None
    reworded: bool = True

    @property
    def only_renumbered(self) -> bool:
        """Whether it has another number and the same words: "stk. 3 bliver herefter stk. 4"."""
        return not self.reworded and self.old != self.new


def subsection_changes(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> tuple[SubsectionChange, ...]:
    """The subsections touched, in the order of the new text with those that went away in between.

    Equal words belong together, in order; what is left between two of them by number, then by likeness (half of the words). Those that keep
    both number and words are left out.
    """
    before, after = [letters(t) for _, t in old], [letters(t) for _, t in new]
    found: list[SubsectionChange] = []
    a = b = 0
    for op in LCSseq.opcodes(before, after):
        if op.tag != "equal":
            continue
        found += _between(old[a : op.src_start], new[b : op.dest_start])
        kept = zip(old[op.src_start : op.src_end], new[op.dest_start : op.dest_end], strict=True)
        found += [SubsectionChange(one, other, reworded=False) for (one, _), (other, _) in kept if one != other]
        a, b = op.src_end, op.dest_end
    return tuple(found + _between(old[a:], new[b:]))


def _between(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> list[SubsectionChange]:
    """Pairs what lies between two subsections that stayed; the likest first, none crossing another."""
    if not old or not new:
        return [SubsectionChange(n, None) for n, _ in old] + [SubsectionChange(None, n) for n, _ in new]
    if len(old) == len(new) == 1:
        return [SubsectionChange(old[0][0], new[0][0])]
    cut_old, cut_new = [words(t) for _, t in old], [words(t) for _, t in new]
    score, i, j = max((LCSseq.normalized_similarity(a, b), -i, -j) for i, a in enumerate(cut_old) for j, b in enumerate(cut_new))
    i, j = -i, -j
    if score < _ALIKE:
        return [SubsectionChange(n, None) for n, _ in old] + [SubsectionChange(None, n) for n, _ in new]
    return [*_between(old[:i], new[:j]), SubsectionChange(old[i][0], new[j][0]), *_between(old[i + 1 :], new[j + 1 :])]
