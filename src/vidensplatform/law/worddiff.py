"""The difference between two wordings, word by word, in which "stk. 2", "nr. 3", "§ 82 a", "1. pkt." and a date are one word.

A change of "stk. 2" to "stk. 3" is then struck out and written whole, as an amending act does ("»stk. 2« ændres til: »stk. 3«",
Justitsministeriets vejledning om lovkvalitet, 3.4.5), and not as a loose figure.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from functools import lru_cache
from sys import intern
from typing import Literal, TypeAlias

from rapidfuzz.distance import LCSseq

from vidensplatform.law.citation_format import MONTHS
from vidensplatform.law.sectiontext import plain

Op = Literal["=", "-", "+"]
Diff = tuple[tuple[Op, str], ...]

# "§ 5 i lov om" is section 5, "§ 26 i, stk. 2" is section 26 i: the letter i is part of the number only where no word follows
_LETTER = r"(?:\s?(?:[a-hj-zæøå]|i(?!\s[^\W\d]))(?![^\W_]))"
_PLACE = rf"\d+{_LETTER}?"
_TOKEN = re.compile(
    rf"""
      §{{1,2}}\s?{_PLACE}
    | (?:stk|nr|pkt|kap|art)\.\s?\d+(?!\w)
    | (?:kapitel|litra|artikel|punkt)\s(?:{_PLACE}|[a-zæøå](?!\w))
    | \d{{1,2}}\.\s?pkt\.
    | \d{{1,2}}\.\s(?:{"|".join(MONTHS)})(?:\s\d{{4}}(?!\d))?
    | \d+\s(?:[a-hj-zæøå]|i(?=[,.;)]))(?![^\W_])
    | \d+(?:[.,/]\d+)*(?:[a-zæøå](?![^\W_]))?
    | (?:jf|nr|stk|pkt|kap|art|kr|pct|ca|evt|hhv|mio|mia|mv)\.
    | [^\W\d_](?:\.[^\W\d_]){{1,3}}\.?
    | [^\W\d_]+(?:['.\-/][^\W\d_]+)*-?
    | \S
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_ISLAND = 3
_SLIGHT = frozenset(
    (
        "af at da de dem den denne der det disse dog efter eller en end er et for fra har hvis i jf. kan med men når og"
        " om på samt sig sin skal som til ved"
    ).split()
)

_Cut: TypeAlias = "tuple[tuple[str, ...], array[int]]"
"""The words of a text, each with a space before it where one stands there, and where each ends."""


def words(text: str) -> list[str]:
    """The words of a text as they are compared: legal numbers and dates whole, punctuation by itself."""
    return [token.lstrip() for token in _cut(plain(text))[0]]


def word_diff(old: str, new: str) -> Diff:
    """What stays ("="), goes ("-") and comes ("+"), in reading order.

    The pieces keep their spaces and line breaks: those of "=" and "-" joined are the words of ``old``, those of "=" and "+" those of ``new``
    (after :func:`~vidensplatform.law.sectiontext.plain`; where only a space became a line break, the new one is shown). Two equal texts give one "=",
    two empty ones nothing.
    """
    before, after = plain(old), plain(new)
    cut_before, cut_after = _cut(before), _cut(after)
    pieces: list[tuple[Op, str]] = []
    for keep, a, b, c, d in _blocks(cut_before[0], cut_after[0]):
        if keep:  # what went before a text's first word takes the space with it
            pieces.append(("=", f"{' ' if a > c == 0 else ''}{_slice(after, cut_after, c, d)}"))
            continue
        pieces += [("-", _slice(before, cut_before, a, b))] if a < b else []
        pieces += [("+", _slice(after, cut_after, c, d))] if c < d else []
    return tuple(pieces)


@lru_cache(maxsize=4096)
def _cut(text: str) -> _Cut:
    """Kept, because a section is cut for several questions and for each text that it is compared with."""
    tokens: list[str] = []
    ends = array("L")
    end = 0
    for match in _TOKEN.finditer(text):
        tokens.append(intern(match.group() if match.start() == end and tokens else f" {match.group()}"))
        end = match.end()
        ends.append(end)
    return tuple(tokens), ends


def _slice(text: str, cut: _Cut, first: int, last: int) -> str:
    return text[cut[1][first - 1] if first else 0 : cut[1][last - 1]]


def _blocks(before: Sequence[str], after: Sequence[str]) -> list[tuple[bool, int, int, int, int]]:
    """Runs that stay or change, alternating. A slight run ("og", "til den") between two changes is no common ground, and joins them."""
    runs: list[tuple[bool, int, int, int, int]] = []
    a = c = 0
    for op in LCSseq.opcodes(before, after):
        if op.tag != "equal":
            continue
        changed = op.src_start > a or op.dest_start > c
        last = op.src_end == len(before) and op.dest_end == len(after)
        if changed and a + c > 0 and not last and _is_slight(before[op.src_start : op.src_end]):
            continue
        if changed:
            runs.append((False, a, op.src_start, c, op.dest_start))
        runs.append((True, op.src_start, op.src_end, op.dest_start, op.dest_end))
        a, c = op.src_end, op.dest_end
    if a < len(before) or c < len(after):
        runs.append((False, a, len(before), c, len(after)))
    return runs


def _is_slight(run: Sequence[str]) -> bool:
    return len(run) <= _LONGEST_ISLAND and all(
        token.lower() in _SLIGHT or not (token[0].isalnum() or token[0] == "§") for token in map(str.lstrip, run)
    )
