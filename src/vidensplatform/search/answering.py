"""From a query to an answer: recognise -> expand -> retrieve -> fuse -> accompany.

Each step is a method that can be read alone; what it found and why goes along into the answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from vidensplatform.knowledge.anchoring import TextLookup, anchor_status, card_status
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.knowledge.model import Basis, Duty, Option, PracticeStatus
from vidensplatform.law.citations import Citation, CitationKind, Citations, format_address
from vidensplatform.law.model import Address
from vidensplatform.law.references import resolve
from vidensplatform.search.analysis import Analyzer, TokenKind
from vidensplatform.search.answers import Answer, CardHit, DocumentHit, PracticeHit, ProvisionLink
from vidensplatform.search.cards import DUTY, OPTION, PRACTICE, SITUATION, PreparedCards
from vidensplatform.search.documents import DocumentSearch, RankedUnit, Spot
from vidensplatform.search.engine import Engine
from vidensplatform.search.likeness import Likeness
from vidensplatform.search.query import AnyOf, Filters, Node, Word, bag, is_advanced, parse, split_scope
from vidensplatform.search.ranking import Candidate, RankedList, diversify, fuse, normalised
from vidensplatform.search.situations import Recogniser, Revealed
from vidensplatform.search.understanding import Understanding, understand
from vidensplatform.search.vocabulary import Vocabulary

_SITUATION, _NAMED, _CITED, _TEXT, _ALIKE, _LAW, _ADJACENT = 1.0, 1.4, 3.0, 1.0, 0.5, 0.15, 0.25
"""What the ways to a card count for: through a recognised situation, by its name, by a citation, by its text, through a situation that only is
alike, through the text of its provision, as the neighbour of another."""
_CLEARLY_ALIKE, _FAINTLY_ALIKE = 1.0, 0.4
_CLEARLY_ALIKE_TEXT = 2.0
_LEAST_SHARE = 0.5
"""What the faintest recognised situation counts beside the strongest."""
_COMMON = 0.1
_TEXT_DEPTH = 12
_FIRST_OPTIONS, _FIRST_DUTIES = 10, 5
"""What is read first of each column."""
_BEHIND = 8
_TEXT_OF_A_STORY = 0.7
"""In a story the words of the law seldom stand; what is behind the situations counts more than what the words find."""
_FAVOURING = 6
_URGENT_FACTOR = 1.35
_MOST_DUTIES = 8
_DIGIT = re.compile(r"\d")
_MOST_PRACTICE = 8


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. ``without`` and ``added`` are the chips the user removed and put in."""

    text: str
    limit: int = 10
    as_of: date | None = None
    law: str | None = None
    kinds: frozenset[str] = frozenset()
    include_historic: bool = False
    without: frozenset[str] = frozenset()
    added: frozenset[str] = frozenset()


class Answering:
    """Answers questions over the cards and, where there is one, a library of law."""

    def __init__(
        self,
        corpus: Corpus,
        prepared: PreparedCards,
        card_engine: Engine,
        analyzer: Analyzer,
        citations: Citations,
        lookup: TextLookup,
        documents: DocumentSearch | None,
        vocabulary: Vocabulary,
    ) -> None:
        self._corpus = corpus
        self._cards = corpus.cards
        self._prepared = prepared
        self._card_engine = card_engine
        self._analyzer = analyzer
        self._citations = citations
        self._lookup = lookup
        self._documents = documents
        self._vocabulary = vocabulary
        self._recogniser = Recogniser(analyzer, prepared.patterns, corpus.cards.synonyms)
        self._likeness = {kind: Likeness(prepared, kind, self._recogniser.generic) for kind in (SITUATION, OPTION, DUTY)}
        self._led_to = Counter(i for s in self._cards.situations.values() for i in (*s.options, *s.duties))
        self._labels: dict[tuple[str, Address], str] = {}

    def answer(self, question: Question, *, today: date) -> Answer:
        """Answer a question. Raises :class:`~vidensplatform.errors.QueryError` for a query in the language that cannot be read."""
        scope, text = split_scope(question.text, self._corpus.registry.slug_for)
        law = question.law or scope
        blank = Answer(question.text, question.as_of or today, self._card_engine.name)
        if not text.strip():
            return blank
        understood = understand(self._recogniser, self._likeness[SITUATION], self._cards, text, without=question.without, added=question.added)
        cited = self._cited(text)
        jump, candidates = self._jump(text)
        node = self._law_node(text, understood)
        units = self._rank_units(question, node, law)
        options, further = self._options(text, law, understood, cited, units, question.limit)
        duties = self._duties(text, understood, cited)
        documents = self._documents_of(question, units, node, understood, options, duties, further)
        practice = self._practice(text, understood, cited, options)
        return replace(
            blank,
            recognised=understood.chips,
            options=tuple(options),
            duties=tuple(duties),
            practice=tuple(practice),
            documents=tuple(documents),
            questions=understood.questions,
            did_you_mean=self._did_you_mean(text),
            notes=self._notes(understood),
            jump=jump,
            candidates=candidates,
        )

    def text_only(self, question: Question, *, today: date) -> Answer:
        """The units of documents that the query's own words find, and nothing of the cards: the floor that the cards are measured against."""
        node = AnyOf(bag(self._analyzer, question.text))
        units = self._rank_units(question, node, question.law)
        documents = self._documents.show(units, node, question.limit) if self._documents is not None else []
        return Answer(question.text, question.as_of or today, self._card_engine.name, documents=tuple(documents))

    # -- retrieve ------------------------------------------

    def _card_node(self, text: str) -> Node:
        """The words of a text as the cards are indexed: by root."""
        nodes: dict[tuple[str, str], float] = {}
        for token in self._analyzer.tokens(text):
            if token.stop or token.negator or token.kind is not TokenKind.WORD:
                continue
            for field, weight in (("lemma", 1.0), ("heading", 1.2), ("parts", 0.4)):
                nodes[field, token.root] = max(weight, nodes.get((field, token.root), 0.0))
            for part in token.parts:
                nodes.setdefault(("lemma", part), 0.3)
        return AnyOf(tuple(Word(field, key, weight) for (field, key), weight in nodes.items()))

    def _by_text(self, text: str, kind: str, depth: int = _TEXT_DEPTH) -> list[tuple[str, float]]:
        hits = self._card_engine.search(self._card_node(text), Filters(kinds=frozenset({kind})), depth)
        return [(self._prepared.owners[hit.key][1], hit.score) for hit in hits]

    def _law_node(self, text: str, understood: Understanding) -> Node:
        """What is asked of the law's text: the query's own words, and with less weight the legal words of the terms in it."""
        if is_advanced(text):
            return parse(text, self._analyzer, self._vocabulary.beginnings)
        return AnyOf((*bag(self._analyzer, text), *(n for words in understood.legal_words for n in bag(self._analyzer, words, 0.45))))

    def _rank_units(self, question: Question, node: Node, law: str | None) -> list[RankedUnit]:
        if self._documents is None:
            return []
        return self._documents.rank(
            node, as_of=question.as_of, works=[law] if law else [], kinds=question.kinds, include_historic=question.include_historic
        )

    def _documents_of(
        self,
        question: Question,
        units: list[RankedUnit],
        node: Node,
        understood: Understanding,
        options: list[CardHit],
        duties: list[CardHit],
        further: list[str],
    ) -> list[DocumentHit]:
        """The text of the law: what the words found, and what stands behind the situations but on no card shown first."""
        if self._documents is None:
            return []
        risen = {(p.law, p.section): hit.score for hit in options[:_FAVOURING] for p in hit.provisions}
        on_cards = {(p.law, p.section) for hit in (*options[:_FIRST_OPTIONS], *duties[:_FIRST_DUTIES]) for p in hit.provisions}
        told = bool(understood.situations) and not question.law
        behind = self._documents.sections(self._behind(further, duties[_FIRST_DUTIES:], on_cards), question.as_of) if told else []
        return self._documents.show(
            self._documents.join(units, behind, risen, on_cards if told else (), _TEXT_OF_A_STORY if told else 1.0), node, question.limit
        )

    def _behind(self, options: list[str], duties: list[CardHit], on_cards: Collection[Spot]) -> list[Spot]:
        """The first section that is not on a card yet, of each of the next options and duties in turn."""
        spots: list[Spot] = []
        cards = [self._cards.options[i].basis for i in options[:_BEHIND]]
        others = [self._cards.duties[hit.id].basis for hit in duties]
        for basis in (b for pair in zip_longest(cards, others, fillvalue=()) for b in pair):
            fresh = ((b.law, b.address.section or "") for b in basis)
            spot = next((spot for spot in fresh if spot not in on_cards and spot not in spots), None)
            if spot is not None:
                spots.append(spot)
        return spots

    def _situation_lists(self, understood: Understanding) -> list[RankedList]:
        best = max((r.strength for r in understood.situations), default=1.0)
        lists = []
        for r in understood.situations:
            situation = self._cards.situations[r.id]
            weight = _SITUATION * (_LEAST_SHARE + (1 - _LEAST_SHARE) * r.strength / best) * (_URGENT_FACTOR if situation.urgent else 1.0)
            words = f" ({', '.join(r.words)})" if r.words else ""
            lists.append(RankedList(r.id, weight, situation.options, f"{situation.title}{words}"))
        return lists

    def _alike_lists(self, understood: Understanding) -> list[RankedList]:
        """What only resembles the story counts the more, the less was recognised in it."""
        recognised = max((r.strength for r in understood.situations), default=0.0)
        weight = _ALIKE * (2.0 - min(1.0, recognised))
        return [
            RankedList(
                a.id if not recognised else "",
                weight * min(1.0, a.evidence / _CLEARLY_ALIKE),
                self._cards.situations[a.id].options,
                f"Ligner: {self._cards.situations[a.id].title} ({', '.join(a.words)})",
            )
            for a in understood.alike
            if a.evidence >= _FAINTLY_ALIKE
        ]

    def _text_lists(self, text: str, kind: str) -> list[RankedList]:
        """Cards in which words of the story stand, each weighed by how much they say."""
        alike = self._likeness[kind].of(self._recogniser.story(text))[:_TEXT_DEPTH]
        return [
            RankedList("", _TEXT * min(1.0, a.evidence / _CLEARLY_ALIKE_TEXT), (a.id,), f"Ordene står i kortet: {', '.join(a.words)}")
            for a in alike
            if a.evidence >= _FAINTLY_ALIKE
        ]

    def _named_lists(self, understood: Understanding, kind: str) -> list[RankedList]:
        lists = [RankedList(f"navn:{r.id}", _NAMED * min(1.0, r.strength), (r.id,), f"Nævnt: {', '.join(r.words)}") for r in understood.named[kind]]
        for r in understood.terms:
            term = self._cards.terms[int(r.id)]
            ids = term.options if kind == OPTION else term.duties if kind == DUTY else ()
            if ids:
                lists.append(RankedList(f"ord:{term.word}", _NAMED * min(1.0, r.strength), ids, f"Ordet »{' '.join(r.words)}«"))
        return lists

    def _cited_list(self, cited: list[Citation], ids: Collection[str]) -> list[RankedList]:
        found = [
            card
            for c in cited
            if c.law and c.address.section
            for card in self._corpus.cards_by_section.get((c.law, c.address.section), ())
            if card in ids
        ]
        return [RankedList("henvisning", _CITED, tuple(dict.fromkeys(found)), "Kortet bygger på bestemmelsen")] if found else []

    # -- fuse ----------------------------------------------

    def _options(
        self, text: str, law: str | None, understood: Understanding, cited: list[Citation], units: list[RankedUnit], limit: int
    ) -> tuple[list[CardHit], list[str]]:
        """The options shown, and the ids of the next ones."""
        lists = [
            *self._situation_lists(understood),
            *self._named_lists(understood, OPTION),
            *self._cited_list(cited, self._cards.options),
            *self._alike_lists(understood),
            *self._text_lists(text, OPTION),
            self._law_list(units),
        ]
        candidates = fuse(lists)
        self._favour_telling(candidates)
        for card, candidate in self._adjacent(candidates).items():
            candidates[card] = candidate
        candidates = {
            i: c
            for i, c in candidates.items()
            if i in self._cards.options and (law is None or any(b.law == law for b in self._cards.options[i].basis))
        }
        needs = [r.id for r in understood.situations] + [f"navn:{r.id}" for r in understood.named[OPTION]]
        ordered = diversify(candidates, needs, lambda i: self._cards.options[i].basis[0].law)
        first = self._urgent_first(ordered[:limit], understood)
        hits = [self._hit(self._cards.options[c.id], c, score) for c, score in zip(first, normalised(first), strict=True)]
        return hits, [c.id for c in ordered[limit:] if c.sources]

    def _favour_telling(self, candidates: Mapping[str, Candidate]) -> None:
        """A card that half of all situations lead to says less about this one than a card that few lead to."""
        for candidate in candidates.values():
            candidate.score *= max(1, self._led_to[candidate.id]) ** -_COMMON

    def _urgent_first(self, ordered: list[Candidate], understood: Understanding) -> list[Candidate]:
        """What helps today stands first among those shown, where something recognised is urgent."""
        urgent = {r.id for r in understood.situations if self._cards.situations[r.id].urgent}
        return sorted(ordered, key=lambda c: not (self._cards.options[c.id].urgent and bool(urgent & c.sources)))

    def _law_list(self, units: list[RankedUnit]) -> RankedList:
        """Options whose provisions the text of the law led to."""
        ids = [card for unit in units[:_TEXT_DEPTH] for card in self._corpus.cards_by_section.get(unit.spot, ()) if card in self._cards.options]
        return RankedList("", _LAW, tuple(dict.fromkeys(ids)), "Lovteksten nævner ordene")

    def _adjacent(self, candidates: dict[str, Candidate]) -> dict[str, Candidate]:
        """Neighbours of the best options that no other way led to."""
        best = sorted(candidates.values(), key=lambda c: -c.score)[:5]
        found: dict[str, Candidate] = {}
        for candidate in best:
            option = self._cards.options.get(candidate.id)
            for place, other in enumerate(option.adjacent if option else ()):
                if other in self._cards.options and other not in candidates and other not in found:
                    score = _ADJACENT * candidate.score / (1 + place)
                    found[other] = Candidate(other, score, [f"Hænger ofte sammen med »{self._cards.options[candidate.id].title}«"])
        return found

    # -- accompany -----------------------------------------

    def _duties(self, text: str, understood: Understanding, cited: list[Citation]) -> list[CardHit]:
        standing = [duty for duty in self._cards.duties.values() if duty.always]
        lists = [
            *(RankedList(r.id, r.strength, self._cards.situations[r.id].duties, self._cards.situations[r.id].title) for r in understood.situations),
            *self._named_lists(understood, DUTY),
            *self._cited_list(cited, self._cards.duties),
            *self._text_lists(text, DUTY),
        ]
        found = fuse(lists)
        self._favour_telling(found)
        ordered = sorted(
            (c for c in found.values() if c.id in self._cards.duties and not self._cards.duties[c.id].always),
            key=lambda c: (-c.score, c.id),
        )
        hits = [self._hit(duty, Candidate(duty.id, 1.0, ["Gælder altid, når en borger henvender sig"]), 1.0) for duty in standing]
        shown = ordered[: max(0, _MOST_DUTIES - len(hits))]
        return hits + [self._hit(self._cards.duties[c.id], c, score) for c, score in zip(shown, normalised(shown), strict=True)]

    def _practice(self, text: str, understood: Understanding, cited: list[Citation], options: list[CardHit]) -> list[PracticeHit]:
        linked = [link.id for hit in options[:5] for link in self._cards.options[hit.id].practice]
        named = [r.id for r in understood.named[PRACTICE]]
        by_text = self._by_text(text, PRACTICE, 5)
        asked = [c.practice for c in cited if c.kind is CitationKind.PRACTICE and c.practice]
        found = fuse(
            [
                RankedList("", _CITED, tuple(asked), ""),
                RankedList("", _NAMED, tuple(named), ""),
                RankedList("", _SITUATION, tuple(dict.fromkeys(linked)), ""),
                RankedList("", _TEXT, tuple(card for card, score in by_text if score >= 0.5 * by_text[0][1]), ""),
            ]
        )
        cards = [self._cards.practice[c.id] for c in sorted(found.values(), key=lambda c: (-c.score, c.id)) if c.id in self._cards.practice]
        cards.sort(key=lambda p: p.status is PracticeStatus.HISTORIC)
        return [PracticeHit(p.id, p.label, p.status.value, p.title, p.replaced_by) for p in cards[:_MOST_PRACTICE]]

    # -- citations -----------------------------------------

    def _cited(self, text: str) -> list[Citation]:
        """The references in a text. Each holds a number, so that a story without any is not read for them."""
        return self._citations.find_all_in_query(text) if _DIGIT.search(text) else []

    def _jump(self, text: str) -> tuple[str | None, tuple[str, ...]]:
        """Where a query that is a citation and nothing else leads to; for a bare section the acts it may mean."""
        citation = self._citations.parse_one(text) if _DIGIT.search(text) else None
        if citation is None:
            return None, ()
        if citation.kind is CitationKind.PRACTICE and citation.practice:
            return citation.practice, ()
        if citation.kind is not CitationKind.PROVISION or not citation.address.section:
            return None, ()
        target = resolve(citation, {}, self._corpus.registry).target
        if citation.law:
            return f"{citation.law}/{target.path}", ()
        section = citation.address.section
        with_cards = [law for law, s in self._corpus.cards_by_section if s == section]
        others = [slug for slug in self._corpus.registry.acts if slug not in with_cards and self._lookup(slug, Address(section=section)) is not None]
        return None, tuple(f"{slug}/{target.path}" for slug in dict.fromkeys([*with_cards, *others]))

    # -- show ----------------------------------------------

    def _hit(self, card: Option | Duty, candidate: Candidate, score: float) -> CardHit:
        option = card if isinstance(card, Option) else None
        return CardHit(
            card.id,
            card.title,
            option.obligation.value if option else "skal",
            score,
            tuple(candidate.why),
            card_status(card.basis, self._lookup).value,
            tuple(self.link(basis) for basis in card.basis),
            card.areas,
            option.urgent if option else False,
            card.contested,
            card.volatile,
        )

    def link(self, basis: Basis) -> ProvisionLink:
        """A basis as it is shown: its label, the version it is read in, and its anchor's status."""
        address = basis.address
        shown = self._lookup(basis.law, address)
        return ProvisionLink(
            basis.law,
            address.section or "",
            address.subsection,
            self._label(basis.law, address),
            shown[0] if shown else basis.checked.version if basis.checked else None,
            anchor_status(basis, self._lookup).value,
        )

    def _label(self, law: str, address: Address) -> str:
        key = (law, address)
        if key not in self._labels:
            self._labels[key] = f"{self._corpus.registry.label(law)} {format_address(address)}"
        return self._labels[key]

    def _did_you_mean(self, text: str) -> tuple[str, ...]:
        """The query with unknown words exchanged for the nearest known ones; empty where every word is known."""
        replaced, changed = text, False
        for token in reversed(self._analyzer.tokens(text)):
            if token.kind is not TokenKind.WORD or token.stop or token.negator or token.parts:
                continue
            word = text[token.start : token.end]
            if self._analyzer.known(word) or self._recogniser.rarity(token.root) or word in self._vocabulary:
                continue
            if near := self._vocabulary.nearest(word, 1):
                replaced, changed = replaced[: token.start] + near[0] + replaced[token.end :], True
        return (replaced,) if changed else ()

    def _notes(self, understood: Understanding) -> tuple[str, ...]:
        """What a reader should know about the words used, e.g. false friends."""
        return tuple(dict.fromkeys(term.note for r in understood.terms if (term := self._cards.terms[int(r.id)]).note))

    def revealed(self, text: str) -> list[Revealed]:
        """Everything the recogniser finds, for showing why."""
        return self._recogniser.recognise(text)
