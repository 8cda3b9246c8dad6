"""A few words of a text around those that hit, with the hits marked by their places."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from vidensplatform.search.analysis import Analyzer, Token

_READ = 2500
"""So many characters of a text are read for words that hit: a whole long section takes longer than the rest of the answer."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text and the (start, end) of the words in it that hit."""

    text: str
    hits: tuple[tuple[int, int], ...]

    def marked(self, before: str = "«", after: str = "»") -> str:
        """The text with marks around the words that hit."""
        pieces, at = [], 0
        for start, end in self.hits:
            pieces += [self.text[at:start], before, self.text[start:end], after]
            at = end
        return "".join([*pieces, self.text[at:]])


def hits_in(analyzer: Analyzer, text: str, keys: Set[str]) -> list[Token]:
    """The tokens of a text that hit one of the keys by lemma, as written, or by a part of a compound."""
    return analyzer.hits(text, keys)


def snippet(analyzer: Analyzer, text: str, keys: Set[str], length: int = 220) -> Snippet:
    """About ``length`` characters where most different keys stand close together, cut at spaces; the beginning where nothing hits."""
    flat = " ".join(text.split())
    found = hits_in(analyzer, flat[:_READ], keys)
    best_start, best_count = 0, -1
    for first in found:
        window = {t.lemma for t in found if first.start <= t.start < first.start + length}
        if len(window) > best_count:
            best_start, best_count = first.start, len(window)
    start = max(0, best_start - length // 4)
    if start:
        start = flat.rfind(" ", 0, start) + 1
    end = min(len(flat), start + length)
    if end < len(flat):
        end = max(flat.rfind(" ", start, end), start + 1)
    lead = "… " if start else ""
    shown = lead + flat[start:end] + (" …" if end < len(flat) else "")
    shift = len(lead) - start
    return Snippet(shown, tuple((t.start + shift, t.end + shift) for t in found if start <= t.start and t.end <= end))
