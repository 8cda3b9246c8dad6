"""The registry's names as two trees of words, read forwards after a place and backwards before it; the longest name wins.

Works on the lower-case form of a :class:`~vidensplatform.law.citation_spans.CleanText`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vidensplatform.law.registry import Registry

#: Titles that begin with another act's title and are acts of their own, which the registry need not name.
_LONGER_TITLES = ("lov om leje af erhvervslokaler m.v.",)
_SHORTENED = frozenset({"mv", "mfl", "mm"})
#: What may stand around a name without being part of it. Danish quotations are written both »so« and «so».
_OPENING = "(«»“”\"'["
CLOSING = " ,.;:)«»“”\"']"


@dataclass(slots=True)
class _Node:
    """What may follow a word, and which act's name ends with the next word (None: an act the registry does not name)."""

    after: dict[str, _Node] = field(default_factory=dict)
    ends: dict[str, str | None] = field(default_factory=dict)


def is_shortened(word: str) -> bool:
    """Whether a word is "m.v." or the like, so that its full stop does not end a sentence."""
    return word.rstrip(CLOSING).replace(".", "") in _SHORTENED


def _inner(word: str) -> str:
    """A word inside a name: "m.v." and "mv." are the same; other punctuation stays, so that a name never runs over a full stop."""
    return word.replace(".", "") if is_shortened(word) and not word.endswith((",", ";", ":")) else word


def _last(word: str) -> str:
    """A word at the end of a name, without the punctuation of the sentence around it."""
    return word.rstrip(CLOSING).replace(".", "")


def _variants(name: str) -> Iterator[str]:
    """Ways in which one name is written: without "(integrationsloven)" or "m.v." at its end, "loven om" and "servicelov"."""
    short = re.sub(r" *\([^)]*\)$", "", name)
    for form in dict.fromkeys((name, short, re.sub(r" +m\.?v\.?$", "", short))):
        yield form
        for indefinite, definite in (("lov", "loven"), ("bekendtgørelse", "bekendtgørelsen")):
            if form.startswith(f"{indefinite} om "):
                yield definite + form.removeprefix(indefinite)
            if " " not in form and form.endswith(definite):
                yield form.removesuffix(definite) + indefinite


class NameTree:
    """Every name of every act in a registry.

    ``abbreviations``: in lower case -> (as the registry writes it, slug).
    """

    def __init__(self, registry: Registry) -> None:
        self.abbreviations: dict[str, tuple[str, str]] = {}
        self._forward = _Node()
        self._backward = _Node()
        for act in registry.acts.values():
            for abbreviation in act.abbreviations:
                self.abbreviations.setdefault(abbreviation.lower(), (abbreviation, act.slug))
        for title in _LONGER_TITLES:
            self._add(title, None)
        for act in registry.acts.values():
            for name in (act.name, act.title, *act.also, act.slug):
                folded = " ".join(name.lower().split())
                if folded not in self.abbreviations:
                    self._add(folded, act.slug)

    def _add(self, name: str, slug: str | None) -> None:
        for form in _variants(name):
            words = form.split()
            _put(self._forward, [*(_inner(w) for w in words[:-1]), _last(words[-1])], slug)
            for ending in ("", "s", "'s", "'"):
                _put(self._backward, [_last(words[-1]) + ending, *(_inner(w) for w in reversed(words[:-1]))], slug)

    def name_after(self, low: str, start: int) -> tuple[int, str | None] | None:
        """(end, slug) of the longest name that begins at ``start``."""
        node, found, at = self._forward, None, start
        while True:
            end = at
            while end < len(low) and low[end] not in " \n":
                end += 1
            word = low[at:end]
            last = _last(word)
            if last and last in node.ends:
                shortened_stop = last in _SHORTENED and word[len(word.rstrip(CLOSING)) :].startswith(".")
                found = (at + len(word.rstrip(CLOSING)) + shortened_stop, node.ends[last])
            following = node.after.get(_inner(word))
            if following is None or low[end : end + 1] != " ":
                return found
            node, at = following, end
            while at < len(low) and low[at] == " ":
                at += 1

    def name_before(self, low: str, end: int, floor: int) -> tuple[int, str | None] | None:
        """(start, slug) of the longest name or genitive that ends at ``end`` and does not begin before ``floor``."""
        node, found, at, first = self._backward, None, end, True
        while at > floor:
            start = max(low.rfind(" ", floor, at) + 1, floor)
            word = low[start:at]
            key = _last(word) if first else _inner(word)
            begun = key.lstrip(_OPENING)
            if begun in node.ends:
                found = (start + len(word) - len(word.lstrip(_OPENING)), node.ends[begun])
            following = node.after.get(key)
            if following is None:
                break
            node, at, first = following, start, False
            while at > floor and low[at - 1] == " ":
                at -= 1
        return found


def _put(root: _Node, words: list[str], slug: str | None) -> None:
    node = root
    for word in words[:-1]:
        node = node.after.setdefault(word, _Node())
    node.ends.setdefault(words[-1], slug)
