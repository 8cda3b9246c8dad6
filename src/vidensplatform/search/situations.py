"""Recognising what a story holds: spans of the query -> terms, situations and needs, with the words that revealed them.

A phrase of a card is recognised where all its content words stand close together, in any order and inflection. How much a phrase says is the sum of
how rare its words are among the cards. A word that only matches as a part of a compound, or after a misspelling was mended, says less.
Negations are heard: "drikker ikke" reveals no drinking, while a card's own "ingen penge" asks for its negator.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from vidensplatform.knowledge.model import Area, Duty, Option, Situation
from vidensplatform.search.analysis import STOP_WORDS, Analyzer, Token, TokenKind
from vidensplatform.search.cards import AREA, Pattern
from vidensplatform.search.persons import Person, persons_in, persons_of

Story = list[tuple[str, dict[str, float]]]
"""The content words of a text, each with the roots it can stand for and a factor for each."""

_SLACK = 3
"""How many other content words may stand among those of a phrase."""
_REACH = 4
"""How many words of any kind."""
_BARE_SLACK = 1
"""So many where a phrase has one telling word only: "svarer for hende" is told by its word order, or not at all."""
_PART_FACTOR, _MENDED_FACTOR = 0.55, 0.75
_ONE_WORD_FLOOR = 0.6
"""A phrase of one word was written because the word is telling on its own; it says so much however many other cards use the word."""
_NEGATED_LENGTH = 2
_MAX_PLACES = 4
_SHORTEST_MENDED = 5
_NEGATOR_WEIGHT = 0.2
"""That something is missing says more than that it is spoken of."""
_NEGATOR_REACH = 1
_STEM_FACTOR = 0.6
_SYNONYM_FACTOR = 0.7
_BREAK = re.compile(r"[,.;:!?()\n]")
_SENTENCE_END = re.compile(r"(?<!\d)\.|[;:!?\n]")
_CLAUSES = frozenset("men fordi mens selvom".split())
_CONJUNCTIONS = frozenset("og men fordi at der som saa eller naar hvis for da mens selvom".split())
_NO_MORE = frozenset(("laengere", "mere", "altid", "rigtig"))
_NEGATE_BACKWARDS = ("ikke", "ik", "ikk", "aldrig")
GENERIC_FACTOR = 0.3
# Words for anybody and for doing anything: they stand in phrases, but say little by themselves.
GENERIC_ROOTS = frozenset(
    """mand kvind pig dreng ung gammel borg person herr dam knaegt folk mennesk tid dag gang aar uge maaned ting hjaelp hjaelpe problem
    brug komm tag gaa lav sig spoerg mangl ha vaer bliv faa kan vil skal maa goer giv sid staa maerk foel tro vid tal se hoer find proev
    begynd start stop svaer hel godt god daarlig lang kort stor lille samm sammen altid ofte flere mange meget lidt bare snart nu kommun sag
    situation behov mulig""".split()
)


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in the query: what it reveals, how much it says, and the words that did it."""

    pattern: Pattern
    weight: float
    places: tuple[int, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revealed:
    """A card, term or need revealed by one or more phrases. ``strength`` counts every word of the query once."""

    kind: str
    id: str
    strength: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Slot:
    """A word of the query, the roots it can stand for, each with a factor, its place among the content words, and the clause it stands in."""

    word: str
    lemma: str
    roots: dict[str, float]
    place: int
    clause: int
    negated: bool


class Recogniser:
    """Recognises the phrases of the cards in everyday text."""

    def __init__(self, analyzer: Analyzer, patterns: Sequence[Pattern], synonyms: Iterable[Sequence[str]] = ()) -> None:
        self._analyzer = analyzer
        self._patterns = patterns
        self._by_root: defaultdict[str, list[int]] = defaultdict(list)
        targets: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for number, pattern in enumerate(patterns):
            for root in pattern.roots:
                self._by_root[root].append(number)
                targets[root].add((pattern.kind, pattern.target))
        self._generic = generic = GENERIC_ROOTS | {token.root for word in STOP_WORDS for token in analyzer.tokens(word)}
        all_targets = len({(p.kind, p.target) for p in patterns}) or 1
        self._rarity = {
            root: math.log(1 + all_targets / len(where)) / math.log(1 + all_targets) * (GENERIC_FACTOR if root in generic else 1.0)
            for root, where in targets.items()
        }
        self._roots = sorted(root for root in self._by_root if len(root) >= _SHORTEST_MENDED)
        self._same: defaultdict[str, set[str]] = defaultdict(set)
        self._readings_of = lru_cache(maxsize=50_000)(self._read)
        for group in synonyms:
            roots = {token.root for word in group for token in analyzer.tokens(word)}
            for root in roots:
                self._same[root] |= {other for other in roots if other != root and other in self._by_root}

    def rarity(self, root: str) -> float:
        """How much a root says, from 0 (on every card) to 1 (on one card); 0 for unknown roots."""
        return self._rarity.get(root, 0.0)

    def recognise(self, text: str, *, without: Collection[str] = ()) -> list[Revealed]:
        """What the text reveals, strongest first. ``without`` are ids that the user removed.

        Nothing of the text is kept.
        """
        matches = [match for match in self.matches(text) if match.pattern.target not in without]
        grouped: defaultdict[tuple[str, str], list[Match]] = defaultdict(list)
        for match in matches:
            grouped[match.pattern.kind, match.pattern.target].append(match)
        revealed = [_strength(kind, target, found) for (kind, target), found in grouped.items()]
        return sorted(revealed, key=lambda r: (-r.strength, r.kind, r.id))

    @property
    def generic(self) -> Collection[str]:
        """Roots that say little by themselves."""
        return self._generic

    def persons(self, text: str, told: Iterable[int]) -> frozenset[Person]:
        """Whom the text speaks of, by its words and the ages ``told`` in it."""
        return persons_in(self._analyzer.tokens(text), told)

    def persons_of(self, card: Situation | Option | Duty, areas: dict[str, Area]) -> frozenset[Person]:
        """Whom a card is for."""
        return persons_of(card, areas, self._analyzer)

    def roots_of(self, word: str) -> tuple[str, ...]:
        """The roots of a word or words."""
        return tuple(token.root for token in self._analyzer.tokens(word))

    def story(self, text: str) -> Story:
        """The content words of a text with the roots they can stand for, each with a factor; without those that a negator takes back."""
        tokens = self._analyzer.tokens(text)
        negated = _negated(text, tokens)
        return [
            (text[t.start : t.end], {**dict.fromkeys(t.parts, _PART_FACTOR), **self._readings(t), t.root: 1.0})
            for number, t in enumerate(tokens)
            if t.kind is TokenKind.WORD and not t.stop and not t.negator and number not in negated
        ]

    def heard(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The content words of a text that some phrase holds, and those that none does, as written."""
        known: dict[str, bool] = {}
        for token in self._analyzer.tokens(text):
            if token.kind is TokenKind.WORD and not token.stop and not token.negator:
                known[text[token.start : token.end]] = bool(self._readings(token))
        return tuple(word for word, heard in known.items() if heard), tuple(word for word, heard in known.items() if not heard)

    def matches(self, text: str) -> list[Match]:
        """Every phrase that is found."""
        slots = self._slots(text)
        places: defaultdict[str, list[int]] = defaultdict(list)
        for number, slot in enumerate(slots):
            for root in slot.roots:
                places[root].append(number)
        present = Counter(number for root in places for number in self._by_root.get(root, ()))
        whole = sorted(number for number, roots in present.items() if roots == len(self._patterns[number].roots))
        found = (self._match(self._patterns[number], slots, places) for number in whole)
        return [match for match in found if match is not None]

    def _slots(self, text: str) -> list[_Slot]:
        tokens = self._analyzer.tokens(text)
        negated = _negated(text, tokens)
        slots: list[_Slot] = []
        place, clause = -1, 0
        for number, token in enumerate(tokens):
            place += token.negator or not token.stop
            clause += token.exact in _CLAUSES or (number > 0 and bool(_SENTENCE_END.search(text, tokens[number - 1].end, token.start)))
            readings = self._readings(token) if not token.stop else {token.root: 1.0}
            slots.append(_Slot(text[token.start : token.end], token.lemma, readings, place, clause, number in negated))
        return slots

    def _readings(self, token: Token) -> dict[str, float]:
        """The roots a word can stand for, each with how well: its own or the one it misspells, those of its parts, and those of its synonyms.

        A word for anybody does not say more by way of a synonym: "mand" is no "samlever".
        """
        return self._readings_of(token.exact, token.root, token.parts)

    def _read(self, exact: str, own: str, parts: tuple[str, ...]) -> dict[str, float]:
        readings = self._spelt(exact, own, parts)
        whole = [root for root in readings if root not in parts] or [own]
        for root in whole:
            for other in self._same.get(root, ()):
                says = GENERIC_FACTOR if root in self._generic and other not in self._generic else 1.0
                readings.setdefault(other, says * _SYNONYM_FACTOR * readings.get(root, 1.0))
        return readings

    def _spelt(self, exact: str, own: str, parts: tuple[str, ...]) -> dict[str, float]:
        readings = {root: _PART_FACTOR for part in parts if (root := self._analyzer.tokens(part)[0].root) in self._by_root}
        if own in self._by_root:
            return {**readings, own: 1.0}
        if not readings and len(exact) >= _SHORTEST_MENDED and not self._analyzer.known(exact):
            allowed = 1 if len(own) < 8 else 2
            near = process.extract(own, self._roots, scorer=OSA.distance, score_cutoff=allowed, limit=3)
            if near:
                best = near[0][1]
                return {root: _MENDED_FACTOR for root, distance, _ in near if distance == best and root[0] == own[0]}
        return readings

    def _match(self, pattern: Pattern, slots: Sequence[_Slot], places: dict[str, list[int]]) -> Match | None:
        wanted = [places.get(root, [])[:_MAX_PLACES] for root in pattern.roots]
        if not all(wanted):
            return None
        best: tuple[int, ...] | None = None
        closest = (0.0, 0)
        bare = sum(root not in self._generic and root != "ikke" for root in pattern.roots) <= 1 < len(pattern.roots)
        slack = _BARE_SLACK if bare else _SLACK
        for choice in itertools.product(*wanted):
            if len(set(choice)) < len(choice) or len({slots[number].clause for number in choice}) > 1:
                continue
            if max(choice) - min(choice) >= len(choice) + _REACH:
                continue
            width = _width(choice, slots)
            if not _negates(pattern.roots, choice, slots):
                continue
            if bare and "ikke" not in pattern.roots and list(choice) != sorted(choice):
                continue
            fit = (-sum(slots[number].roots[root] for root, number in zip(pattern.roots, choice, strict=True)), width)
            if width < len(choice) + slack and (best is None or fit < closest):
                best, closest = choice, fit
        if best is None:
            return None
        negated = any(slots[place].negated for place in best)
        if negated and "ikke" not in pattern.roots and len(pattern.roots) <= _NEGATED_LENGTH and pattern.kind != AREA:
            return None
        weight = sum(
            self._rarity[root] * _likeness(slots[place], root, lemma)
            for root, lemma, place in zip(pattern.roots, pattern.lemmas, best, strict=True)
            if root != "ikke"
        )
        if len(pattern.roots) == 1 and pattern.roots[0] not in self._generic:
            weight = max(weight, _ONE_WORD_FLOOR * _likeness(slots[best[0]], pattern.roots[0], pattern.lemmas[0]))
        if "ikke" in pattern.roots and weight:
            weight += _NEGATOR_WEIGHT
        ordered = tuple(sorted(best))
        return Match(pattern, weight or 0.1, ordered, tuple(slots[place].word for place in ordered))


def _likeness(slot: _Slot, root: str, lemma: str) -> float:
    """How much a word stands for a word of a phrase: fully for the same lemma, less where only the stem is shared (fyre and fyr)."""
    factor = slot.roots[root]
    return factor if factor < 1.0 or slot.lemma == lemma else factor * _STEM_FACTOR


def _negated(text: str, tokens: Sequence[Token]) -> set[int]:
    """The places of the words that a negator takes back.

    "uden børn", "ikke længere syg": the next content word of the same clause. "drikker ikke": the word right before. A comma or a conjunction
    ends the clause: "skærer i sig selv og vil ikke i skole" takes back no cutting.
    """
    negated: set[int] = set()
    for number, token in enumerate(tokens):
        if not token.negator:
            continue
        if number and token.exact in _NEGATE_BACKWARDS and not _BREAK.search(text, tokens[number - 1].end, token.start):
            negated.add(number - 1)
        for after in range(number + 1, len(tokens)):
            if tokens[after].exact in _CONJUNCTIONS or _BREAK.search(text, tokens[after - 1].end, tokens[after].start):
                break
            if not tokens[after].stop and tokens[after].exact not in _NO_MORE:
                negated.add(after)
                break
    return {number for number in negated if not tokens[number].negator}


def _negates(roots: Sequence[str], choice: Sequence[int], slots: Sequence[_Slot]) -> bool:
    """Whether the negators of a choice stand by the words they negate in the phrase: "ikke mødt op" is not "mødet, hvor ingen ..."."""
    for number, root in enumerate(roots):
        if root == "ikke":
            beside = [choice[n] for n in (number - 1, number + 1) if 0 <= n < len(choice)]
            if beside and min(abs(slots[choice[number]].place - slots[other].place) for other in beside) > _NEGATOR_REACH:
                return False
    return True


def _width(choice: tuple[int, ...], slots: Sequence[_Slot]) -> int:
    """How many content words lie between the first and the last of a choice."""
    places = [slots[number].place for number in choice]
    return max(places) - min(places)


def _strength(kind: str, target: str, matches: list[Match]) -> Revealed:
    """Phrases of one card together: a word of the query that several phrases use counts once."""
    covered: dict[int, str] = {}
    strength = 0.0
    for match in sorted(matches, key=lambda m: -m.weight):
        fresh = [place for place in match.places if place not in covered]
        strength += match.weight * len(fresh) / len(match.places)
        covered.update(zip(match.places, match.words, strict=True))
    return Revealed(kind, target, round(strength, 4), tuple(covered[place] for place in sorted(covered)))
