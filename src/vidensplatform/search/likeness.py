"""How much a story is like a card when no phrase of it stands there whole: word by word, the rare ones counting most.

The recogniser wants the words of a phrase together. People who tell a story leave words out, put others between them and use the words of the
title or the summary. Each content word of the story that also stands in a card is evidence for it: the fewer cards of its kind share the
word, the more. No word counts twice, and a word for anybody or for doing anything says little. Unlike the score of a search engine the sum means
the same for every story: 1.0 is one word that no other card has.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from vidensplatform.search.cards import PreparedCards
from vidensplatform.search.situations import GENERIC_FACTOR

_IN_TEXT = 0.5
"""A word of the running text says less than one of the title or the phrases, which were written to reveal."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A card that shares words with the story: how much they say, and which.

    ``telling`` are those of the words that say what is needed, with how much each says: not words for anybody or for doing anything.
    """

    id: str
    evidence: float
    words: tuple[str, ...]
    telling: tuple[float, ...] = ()


class Likeness:
    """The words of all cards of one kind, with what each says."""

    def __init__(self, prepared: PreparedCards, kind: str, generic: Collection[str], light: Collection[str] = ()) -> None:
        """``generic`` roots count little as evidence, and neither they nor ``light`` ones tell anything alone."""
        self._light = frozenset((*generic, *light))
        self._says: defaultdict[str, dict[str, float]] = defaultdict(dict)
        number = 0
        for (its_kind, card), document in zip(prepared.owners, prepared.documents, strict=True):
            if its_kind != kind:
                continue
            number += 1
            for root in set(document.lemma):
                self._says[root][card] = _IN_TEXT
            for root in set(document.heading):
                self._says[root][card] = 1.0
        for root, cards in self._says.items():
            rarity = math.log(1 + number / len(cards)) / math.log(1 + number)
            for card in cards:
                cards[card] *= rarity * (GENERIC_FACTOR if root in generic else 1.0)

    def of(self, story: Iterable[tuple[str, Mapping[str, float]]]) -> list[Alike]:
        """The cards that share words with a story, most alike first.

        ``story``: its content words, each with the roots it can stand for and a factor for each
        (:meth:`~vidensplatform.search.situations.Recogniser.story`).
        """
        found: defaultdict[str, dict[str, float]] = defaultdict(dict)
        telling: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for word, roots in story:
            light = any(factor == 1.0 and root in self._light for root, factor in roots.items())
            for root, factor in roots.items():
                for card, says in self._says.get(root, {}).items():
                    known = found[card]
                    if says * factor > known.get(word, 0.0):
                        known[word] = says * factor
                        if not light and root not in self._light:
                            telling[card][word] = says * factor
        alike = [
            Alike(card, sum(words.values()), tuple(_most_first(words))[:4], tuple(sorted(telling[card].values(), reverse=True)))
            for card, words in found.items()
        ]
        return sorted(alike, key=lambda a: (-a.evidence, a.id))


def _most_first(words: Mapping[str, float]) -> Iterable[str]:
    return sorted(words, key=lambda w: -words[w]) if len(words) > 1 else words
