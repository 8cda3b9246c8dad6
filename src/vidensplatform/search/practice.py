"""Which practice goes with an answer: few cards, each for a reason that can be said.

Practice is shown where the question cites it, where its own words are said, or where a card that is shown leads to it and the question shares
a telling word with it. A practice that only has a common word of the story is left out; none is an answer too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vidensplatform.knowledge.loading import Corpus
from vidensplatform.knowledge.model import PROVISION, PracticeStatus
from vidensplatform.law.citations import Citation, CitationKind
from vidensplatform.search.answers import CardHit, PracticeHit
from vidensplatform.search.likeness import Alike
from vidensplatform.search.ranking import RankedList, fuse
from vidensplatform.search.understanding import Understanding

_CITED, _NAMED, _LINKED, _BY_WORDS = 3.0, 1.4, 1.0, 1.0
_LEADING_OPTIONS, _LEADING_DUTIES, _SURE = 5, 3, 2
"""How many of the shown cards lead on, and how many of them do so without a word of the question."""
_TWO_WORDS, _RARE_WORD, _SHARED_WORD = 0.9, 0.75, 0.25
_FEW_WORDS, _MOST_SURE = 4, 2
_MOST = 6


class PracticeFinder:
    """Finds practice in one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._cards = corpus.cards.practice
        self._options = corpus.cards.options
        self._duties = corpus.cards.duties
        self._by_section: dict[tuple[str, str], list[str]] = {}
        for practice in self._cards.values():
            for provision in practice.provisions:
                if found := PROVISION.match(provision):
                    law, _, place = found[0].partition("/")
                    self._by_section.setdefault((law, place.partition("/")[0]), []).append(practice.id)

    def find(
        self, understood: Understanding, alike: Sequence[Alike], cited: Iterable[Citation], options: Sequence[CardHit], duties: Sequence[CardHit]
    ) -> list[PracticeHit]:
        """Practice for a question, what still stands first. ``alike``: practice cards that share words with it, most alike first."""
        telling = {a.id: a.telling for a in alike}
        asked = [c.practice for c in cited if c.kind is CitationKind.PRACTICE and c.practice]
        named = [r.id for r in understood.named["practice"] if _says_enough(telling.get(r.id, ()), len(understood.story))]
        led_to = self._linked(options, duties)
        sharing = [card for _, card in led_to if sum(telling.get(card, ())) >= _SHARED_WORD]
        sure = [card for place, card in led_to if place < _SURE and card not in sharing]
        linked = [*sorted(sharing, key=lambda card: -sum(telling[card])), *sure[:_MOST_SURE]]
        by_words = [a.id for a in alike if _says_enough(a.telling, len(understood.story))] if not asked else []  # who cites one asks about that one
        found = fuse(
            RankedList("", weight, tuple(dict.fromkeys(ids)), "")
            for weight, ids in ((_CITED, asked), (_NAMED, named), (_LINKED, linked), (_BY_WORDS, by_words))
        )
        cards = [self._cards[c.id] for c in sorted(found.values(), key=lambda c: (-c.score, c.id)) if c.id in self._cards]
        cards.sort(key=lambda p: p.status is PracticeStatus.HISTORIC)
        return [PracticeHit(p.id, p.label, p.status.value, p.title, p.replaced_by) for p in cards[:_MOST]]

    def _linked(self, options: Sequence[CardHit], duties: Sequence[CardHit]) -> list[tuple[int, str]]:
        """Practice that the shown cards lead to, each with the place of its card; sharing a provision never is sure."""
        found: list[tuple[int, str]] = []
        for place, hit in enumerate(options[:_LEADING_OPTIONS]):
            found += [(place, link.id) for link in self._options[hit.id].practice]
        for hit in duties[:_LEADING_DUTIES]:
            found += [(_SURE, link.id) for link in self._duties[hit.id].practice]
        for hit in (*options[:_LEADING_OPTIONS], *duties[:_LEADING_DUTIES]):
            found += [(_SURE, card) for p in hit.provisions for card in self._by_section.get((p.law, p.section), ())]
        return found


def _says_enough(telling: Sequence[float], words: int) -> bool:
    """Whether the shared words alone are reason to show a practice: two telling ones, or one rare one in a question of few ``words``.

    In a story of many words a single one may be a mere circumstance: who sleeps in his car does not ask about cars.
    """
    return bool(telling) and ((telling[0] >= _RARE_WORD and words <= _FEW_WORDS) or (len(telling) > 1 and telling[0] + telling[1] >= _TWO_WORDS))
