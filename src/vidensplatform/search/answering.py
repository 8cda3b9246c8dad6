"""From a query to an answer: recognise -> expand -> retrieve -> fuse -> accompany.

Each step is a method that can be read alone; what it found and why goes along into the answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from vidensplatform.knowledge.anchoring import TextLookup
from vidensplatform.knowledge.loading import Corpus
from vidensplatform.knowledge.model import Basis, Moved
from vidensplatform.law.citations import Citation, CitationKind, Citations
from vidensplatform.law.model import Address
from vidensplatform.law.references import resolve
from vidensplatform.search.analysis import Analyzer, TokenKind
from vidensplatform.search.answers import Answer, CardHit, DocumentHit, ProvisionLink
from vidensplatform.search.cards import DUTY, OPTION, PRACTICE, SITUATION, PreparedCards
from vidensplatform.search.documents import DocumentSearch, RankedUnit, Spot
from vidensplatform.search.engine import Engine
from vidensplatform.search.faces import CardFaces
from vidensplatform.search.moved import MovedLaw, new_spots
from vidensplatform.search.practice import PracticeFinder
from vidensplatform.search.query import AnyOf, Node, bag, is_advanced, parse, split_scope
from vidensplatform.search.ranking import Candidate, RankedList, diversify, fuse, normalised
from vidensplatform.search.situations import Recogniser, Revealed
from vidensplatform.search.understanding import Understanding, understand
from vidensplatform.search.vocabulary import Vocabulary
from vidensplatform.search.ways import Ways

_FIRST_OPTIONS, _FIRST_DUTIES = 10, 5
"""What is read first of each column."""
_BEHIND = 8
_TEXT_OF_A_STORY = 0.5
"""In a story the words of the law seldom stand; what is behind the situations counts more than what the words find."""
_FAVOURING = 6
_MOST_DUTIES = 8
_DIGIT = re.compile(r"\d")


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
        card_words: Vocabulary,
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
        self._card_words = card_words
        self._recogniser = Recogniser(analyzer, prepared.patterns, corpus.cards.synonyms)
        self._ways = Ways(corpus, prepared, self._recogniser)
        self._practice = PracticeFinder(corpus)
        self._faces = CardFaces(corpus.registry, lookup)
        self._moved = MovedLaw(self._cards.moved, self._faces.label)

    def answer(self, question: Question, *, today: date) -> Answer:
        """Answer a question. Raises :class:`~vidensplatform.errors.QueryError` for a query in the language that cannot be read."""
        scope, text = split_scope(question.text, self._corpus.registry.slug_for)
        law = question.law or scope
        blank = Answer(question.text, question.as_of or today, self._card_engine.name)
        if not text.strip():
            return blank
        understood = understand(
            self._recogniser,
            self._ways.likeness[SITUATION],
            self._cards,
            text,
            for_whom=self._ways.for_whom,
            without=question.without,
            added=question.added,
        )
        cited = self._cited(text)
        moved = self._moved.asked_for(cited, understood.moved)
        jump, candidates = self._jump(text)
        node = self._law_node(text, understood)
        units = self._rank_units(question, node, law)
        options, further = self._options(law, understood, self._spots(cited, moved), units, question.limit)
        duties = self._duties(understood, self._spots(cited, moved))
        documents = self._documents_of(question, units, node, understood, options, duties, further)
        practice = self._practice.find(understood, self._ways.likeness[PRACTICE].of(understood.story), cited, options, duties)
        known, unknown = self._recogniser.heard(text)
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
            moved=tuple(map(self._moved.hit, moved)),
            understood=known,
            nearby=tuple(dict.fromkeys(near for word in unknown for near in self._card_words.near(word))) if not options else (),
        )

    def text_only(self, question: Question, *, today: date) -> Answer:
        """The units of documents that the query's own words find, and nothing of the cards: the floor that the cards are measured against."""
        node = AnyOf(bag(self._analyzer, question.text))
        units = self._rank_units(question, node, question.law)
        documents = self._documents.show(units, node, question.limit) if self._documents is not None else []
        return Answer(question.text, question.as_of or today, self._card_engine.name, documents=tuple(documents))

    # -- retrieve ------------------------------------------

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

    @staticmethod
    def _spots(cited: list[Citation], moved: list[Moved]) -> list[Spot]:
        """The sections named, and where those of them that moved stand now."""
        return list(dict.fromkeys([*((c.law, c.address.section) for c in cited if c.law and c.address.section), *new_spots(moved)]))

    # -- fuse ----------------------------------------------

    def _options(
        self, law: str | None, understood: Understanding, spots: list[Spot], units: list[RankedUnit], limit: int
    ) -> tuple[list[CardHit], list[str]]:
        """The options shown, and the ids of the next ones."""
        lists = [
            *self._ways.through_situations(understood),
            *self._ways.by_name(understood, OPTION),
            *self._ways.by_citation(spots, self._cards.options),
            *self._ways.through_alike(understood),
            *self._ways.by_text(understood, OPTION),
        ]
        if lists:
            lists.append(self._ways.by_law(units, understood))  # the law's words alone say too little: many a section has a word of any story
        candidates = fuse(lists)
        self._ways.favour_telling(candidates)
        for card, candidate in self._ways.neighbours(candidates, understood).items():
            candidates[card] = candidate
        candidates = {
            i: c
            for i, c in candidates.items()
            if i in self._cards.options
            and self._ways.fits_the_ages(c, understood)
            and (law is None or any(b.law == law for b in self._cards.options[i].basis))
        }
        needs = [r.id for r in understood.situations] + [f"navn:{r.id}" for r in understood.named[OPTION]]
        ordered = diversify(candidates, needs, lambda i: self._cards.options[i].basis[0].law)
        urgent = self._urgent(ordered[:limit], understood)
        first = sorted(ordered[:limit], key=lambda c: c.id not in urgent)  # what helps today stands first among those shown
        hits = [
            self._faces.hit(self._cards.options[c.id], c, score, urgent=c.id in urgent) for c, score in zip(first, normalised(first), strict=True)
        ]
        return hits, [c.id for c in ordered[limit:] if c.sources]

    def _urgent(self, shown: list[Candidate], understood: Understanding) -> set[str]:
        """The options that help today, here: by their card, and because an urgent situation is recognised that they serve, or they are named."""
        needs = {r.id for r in understood.situations if self._cards.situations[r.id].urgent} | {f"navn:{r.id}" for r in understood.named[OPTION]}
        return {c.id for c in shown if self._cards.options[c.id].urgent and needs & c.serves}

    # -- accompany -----------------------------------------

    def _duties(self, understood: Understanding, spots: list[Spot]) -> list[CardHit]:
        standing = [duty for duty in self._cards.duties.values() if duty.always]
        lists = [
            *(RankedList(r.id, r.strength, self._cards.situations[r.id].duties, self._cards.situations[r.id].title) for r in understood.situations),
            *self._ways.by_name(understood, DUTY),
            *self._ways.by_citation(spots, self._cards.duties),
            *self._ways.by_text(understood, DUTY),
        ]
        found = fuse(lists)
        self._ways.favour_telling(found)
        ordered = sorted(
            (
                c
                for c in found.values()
                if c.id in self._cards.duties and not self._cards.duties[c.id].always and self._ways.fits_the_ages(c, understood)
            ),
            key=lambda c: (-c.score, c.id),
        )
        hits = [self._faces.hit(duty, Candidate(duty.id, 1.0, ["Gælder altid, når en borger henvender sig"]), 1.0) for duty in standing]
        shown = ordered[: max(0, _MOST_DUTIES - len(hits))]
        return hits + [self._faces.hit(self._cards.duties[c.id], c, score) for c, score in zip(shown, normalised(shown), strict=True)]

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

    def link(self, basis: Basis) -> ProvisionLink:
        """A basis as it is shown."""
        return self._faces.link(basis)

    def revealed(self, text: str) -> list[Revealed]:
        """Everything the recogniser finds, for showing why."""
        return self._recogniser.recognise(text)
