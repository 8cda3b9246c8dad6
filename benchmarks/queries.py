"""The questions that are asked: made from the library's own words and the cards' phrases, the same at every run over the same library."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vidensplatform.knowledge.model import Situation
from vidensplatform.search.analysis import Analyzer
from vidensplatform.search.engine import IndexDocument
from vidensplatform.search.query import AnyOf, Node, bag, parse

NUMBER = 60
SITUATION_WORDS = 20
_BANDS = ((2, 9), (10, 99), (100, 999), (1000, 10**9))
_SEED = 2026


@dataclass(frozen=True, slots=True)
class Query:
    """A question as typed, and the tree that every engine is given."""

    text: str
    node: Node


@dataclass(frozen=True, slots=True)
class Queries:
    """All questions, by kind."""

    one_word: tuple[Query, ...]
    three_words: tuple[Query, ...]
    phrases: tuple[Query, ...]
    situations: tuple[Query, ...]
    short: tuple[str, ...]
    typed: tuple[str, ...]

    @property
    def by_kind(self) -> dict[str, tuple[Query, ...]]:
        return {
            "one word": self.one_word,
            "three words (AND)": self.three_words,
            "phrase": self.phrases,
            f"situation of {SITUATION_WORDS} words (OR)": self.situations,
        }


def make(documents: Sequence[IndexDocument], frequencies: dict[str, int], situations: dict[str, Situation], analyzer: Analyzer) -> Queries:
    """At least :data:`NUMBER` different questions of each kind."""
    chance = random.Random(_SEED)
    words = banded(frequencies, analyzer, chance)
    threes = _distinct(lambda: _three(documents, analyzer, chance), analyzer)
    phrases = _distinct(lambda: _phrase(documents, chance), analyzer)
    told = _distinct(lambda: situation(situations, analyzer, chance), analyzer)
    plain = [query.text.replace(" AND ", " ") for query in threes]
    return Queries(tuple(_query(w, analyzer) for w in words), threes, phrases, told, tuple(words + plain), tuple(w for w in words if len(w) >= 3))


def _query(text: str, analyzer: Analyzer) -> Query:
    """The tree that the product makes of a text, without what the cards add."""
    advanced = " AND " in text or '"' in text
    return Query(text, parse(text, analyzer, lambda _: ()) if advanced else AnyOf(bag(analyzer, text)))


def _distinct(make_one: Callable[[], str | None], analyzer: Analyzer) -> tuple[Query, ...]:
    found: dict[str, Query] = {}
    while len(found) < NUMBER:
        text = make_one()
        if text and text not in found:
            found[text] = _query(text, analyzer)
    return tuple(found.values())


def banded(frequencies: dict[str, int], analyzer: Analyzer, chance: random.Random) -> list[str]:
    """Words from rare to common: in equal shares from each band of document frequency."""
    usable = sorted(w for w, n in frequencies.items() if n > 1 and len(w) > 2 and w.isalpha() and bag(analyzer, w))
    bands = sorted(([w for w in usable if low <= frequencies[w] <= high] for low, high in _BANDS), key=len)
    chosen: list[str] = []
    for place, band in enumerate(bands):  # the smallest first, so that the others can fill up for it
        chosen += chance.sample(band, min(len(band), (NUMBER - len(chosen)) // (len(bands) - place)))
    return chosen


def _three(documents: Sequence[IndexDocument], analyzer: Analyzer, chance: random.Random) -> str | None:
    """Three different words that stand in one provision of today's text."""
    document = chance.choice(documents)
    here = sorted({word for word in document.exact if word.isalpha() and len(word) > 3 and bag(analyzer, word)})
    return " AND ".join(chance.sample(here, 3)) if document.current and len(here) >= 3 else None


def _phrase(documents: Sequence[IndexDocument], chance: random.Random) -> str | None:
    """Two to four words as they stand side by side in a provision of today's text."""
    document = chance.choice(documents)
    length = chance.randint(2, 4)
    if not document.current or len(document.exact) < length:
        return None
    at = chance.randrange(len(document.exact) - length + 1)
    words = document.exact[at : at + length]
    return f'"{" ".join(words)}"' if all(word.isalpha() and len(word) > 1 for word in words) else None


def situation(situations: dict[str, Situation], analyzer: Analyzer, chance: random.Random) -> str:
    """Phrases of three situations, until :data:`SITUATION_WORDS` words that carry meaning (stop words are not counted, but stay in)."""
    phrases = [phrase for card in chance.sample(sorted(situations), 3) for phrase in situations[card].words]
    chance.shuffle(phrases)
    text: list[str] = []
    left = SITUATION_WORDS
    for phrase in phrases:
        for word in phrase.split():
            keys = [token for token in analyzer.tokens(word) if not token.stop and not token.negator]
            if left <= 0:
                return " ".join(text)
            text.append(word)
            left -= bool(keys)
    return " ".join(text)
