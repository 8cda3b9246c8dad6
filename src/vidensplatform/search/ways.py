"""The ways to a card: through the situations that were recognised or resemble the story, by name, by citation, by words, by the law's text.

Each way is one or more ranked lists with a weight and the reason it gives; :mod:`~vidensplatform.search.ranking` joins them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from vidensplatform.knowledge.loading import Corpus
from vidensplatform.knowledge.model import Duty, Option, Situation
from vidensplatform.search.cards import DUTY, OPTION, PRACTICE, SITUATION, PreparedCards
from vidensplatform.search.documents import RankedUnit, Spot
from vidensplatform.search.likeness import Alike, Likeness
from vidensplatform.search.persons import WORDS_FOR_PERSONS, Person, meant
from vidensplatform.search.ranking import Candidate, RankedList
from vidensplatform.search.situations import Recogniser
from vidensplatform.search.understanding import Understanding

SITUATION_WEIGHT, NAMED, CITED, TEXT, _ALIKE, _LAW, _ADJACENT = 1.0, 1.4, 3.0, 1.0, 0.5, 0.15, 0.25
"""What the ways to a card count for: through a recognised situation, by its name, by a citation, by its text, through a situation that only is
alike, through the text of its provision, as the neighbour of another."""
_CLEARLY_ALIKE, _FAINTLY_ALIKE = 1.0, 0.4
_CLEARLY_ALIKE_TEXT = 2.0
_LEAST_SHARE = 0.5
"""What the faintest recognised situation counts beside the strongest."""
_COMMON = 0.1
BY_CITATION = "henvisning"
"""The source of the list of cards that stand on a section named."""
_URGENT_FACTOR = 1.35
_TEXT_DEPTH = 12
_LEAST_TELLING = 0.3
"""What the words of a text match must say together that say what is needed."""
_TELLING_ALONE = 0.5
"""So much a single telling word must say before it alone makes a situation alike."""
_FILLING_UP = 0.7
"""A card that shares one telling word with a story in which situations are recognised only fills up after their options."""
_EVERYDAY = (
    "bo bor ringe skrive sende hente ligge sidde holde tænke snakke fortælle spise arbejde køre købe "
    "hjem hus morgen aften nat formiddag weekend mandag fredag en to tre fire fem seks syv otte ni ti halv første anden".split()
)
"""Words for what everybody does every day, and for numbers."""


class Ways:
    """The ways to the cards of one corpus."""

    def __init__(self, corpus: Corpus, prepared: PreparedCards, recogniser: Recogniser) -> None:
        self._corpus = corpus
        self._cards = corpus.cards
        self._recogniser = recogniser
        light = {root for word in (*WORDS_FOR_PERSONS, *_EVERYDAY) for root in recogniser.roots_of(word)}
        self.likeness = {kind: Likeness(prepared, kind, recogniser.generic, light) for kind in (SITUATION, OPTION, DUTY, PRACTICE)}
        areas = corpus.cards.areas
        known = corpus.cards
        cards: tuple[Situation | Option | Duty, ...] = (*known.situations.values(), *known.options.values(), *known.duties.values())
        self.for_whom = {card.id: recogniser.persons_of(card, areas) for card in cards}
        self._led_to = Counter(i for s in self._cards.situations.values() for i in (*s.options, *s.duties))

    def through_situations(self, understood: Understanding) -> list[RankedList]:
        """The options of each recognised situation, the surer and the more urgent counting more."""
        best = max((r.strength for r in understood.situations), default=1.0)
        lists = []
        for r in understood.situations:
            situation = self._cards.situations[r.id]
            weight = SITUATION_WEIGHT * (_LEAST_SHARE + (1 - _LEAST_SHARE) * r.strength / best) * (_URGENT_FACTOR if situation.urgent else 1.0)
            words = f" ({', '.join(r.words)})" if r.words else ""
            lists.append(RankedList(r.id, weight, situation.options, f"{situation.title}{words}"))
        return lists

    def through_alike(self, understood: Understanding) -> list[RankedList]:
        """What only resembles the story counts the more, the less was recognised in it."""
        recognised = max((r.strength for r in understood.situations), default=0.0)
        weight = _ALIKE * (2.0 - min(1.0, recognised))
        return [
            RankedList(
                a.id if not recognised else "",
                weight * min(1.0, a.evidence / _CLEARLY_ALIKE),
                tuple(i for i in self._cards.situations[a.id].options if self._meant(i, understood)),
                f"Ligner: {self._cards.situations[a.id].title} ({', '.join(a.words)})",
            )
            for a in understood.alike
            if a.evidence >= _FAINTLY_ALIKE and len(a.words) > 1 and (len(a.telling) > 1 or sum(a.telling) >= _TELLING_ALONE)
        ]

    def by_text(self, understood: Understanding, kind: str) -> list[RankedList]:
        """Cards in which telling words of the story stand, each weighed by how much they say; none for somebody the story does not name."""
        alike = [a for a in self.likeness[kind].of(understood.story) if sum(a.telling) >= _LEAST_TELLING and self._meant(a.id, understood)][
            :_TEXT_DEPTH
        ]

        def weight(a: Alike) -> float:
            fills_up = bool(understood.situations) and len(a.telling) == 1
            return TEXT * min(1.0, a.evidence / _CLEARLY_ALIKE_TEXT) * (_FILLING_UP if fills_up else 1.0)

        return [RankedList("", weight(a), (a.id,), f"Ordene står i kortet: {', '.join(a.words)}") for a in alike if a.evidence >= _FAINTLY_ALIKE]

    def by_name(self, understood: Understanding, kind: str) -> list[RankedList]:
        """Cards that are called by name, and those that a term points at."""
        lists = [RankedList(f"navn:{r.id}", NAMED * min(1.0, r.strength), (r.id,), f"Nævnt: {', '.join(r.words)}") for r in understood.named[kind]]
        for r in understood.terms:
            term = self._cards.terms[int(r.id)]
            ids = term.options if kind == OPTION else term.duties if kind == DUTY else ()
            if ids:
                lists.append(RankedList(f"ord:{term.word}", NAMED * min(1.0, r.strength), ids, f"Ordet »{' '.join(r.words)}«"))
        return lists

    def by_citation(self, spots: list[Spot], ids: Collection[str]) -> list[RankedList]:
        """Cards of ``ids`` that stand on the sections named."""
        found = [card for spot in spots for card in self._corpus.cards_by_section.get(spot, ()) if card in ids]
        return [RankedList(BY_CITATION, CITED, tuple(dict.fromkeys(found)), "Kortet bygger på bestemmelsen")] if found else []

    def by_law(self, units: list[RankedUnit], understood: Understanding) -> RankedList:
        """Options whose provisions the text of the law led to; none for somebody the story does not name."""
        ids = [card for unit in units[:_TEXT_DEPTH] for card in self._corpus.cards_by_section.get(unit.spot, ()) if card in self._cards.options]
        ids = [card for card in ids if self._meant(card, understood)]
        return RankedList("", _LAW, tuple(dict.fromkeys(ids)), "Lovteksten nævner ordene")

    def neighbours(self, candidates: dict[str, Candidate], understood: Understanding) -> dict[str, Candidate]:
        """Neighbours of the best options that no other way led to."""
        best = sorted(candidates.values(), key=lambda c: -c.score)[:5]
        found: dict[str, Candidate] = {}
        for candidate in best:
            option = self._cards.options.get(candidate.id)
            for place, other in enumerate(option.adjacent if option else ()):
                if other in self._cards.options and other not in candidates and other not in found and self._meant(other, understood):
                    score = _ADJACENT * candidate.score / (1 + place)
                    found[other] = Candidate(other, score, [f"Hænger ofte sammen med »{self._cards.options[candidate.id].title}«"])
        return found

    def _meant(self, card: str, understood: Understanding) -> bool:
        return meant(self.for_whom.get(card), understood.persons)

    def fits_the_ages(self, candidate: Candidate, understood: Understanding) -> bool:
        """Whether a card may be about persons of the ages told; one for other ages stays where a section was asked for by its number."""
        for_whom = self.for_whom.get(candidate.id, frozenset())
        other = bool(understood.ages) and Person.RELATIVE not in for_whom and not meant(for_whom, understood.persons)
        return not other or BY_CITATION in candidate.sources

    def favour_telling(self, candidates: Mapping[str, Candidate]) -> None:
        """A card that half of all situations lead to says less about this one than a card that few lead to."""
        for candidate in candidates.values():
            candidate.score *= max(1, self._led_to[candidate.id]) ** -_COMMON
