"""The one object a client holds: it opens library, corpus and index, and answers search, show and status.

A workbench works without a library of law (the cards alone answer) and without an index that is ready (the cards answer meanwhile). Everything
typed stays in memory.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from vidensplatform.changes.facade import Changes
from vidensplatform.changes.records import History
from vidensplatform.knowledge.anchoring import card_status
from vidensplatform.knowledge.loading import Corpus, load
from vidensplatform.knowledge.model import Duty, Option
from vidensplatform.law.citations import Citations
from vidensplatform.law.model import Address
from vidensplatform.search.analysis import Analyzer, analyzer
from vidensplatform.search.answering import Answering, Question
from vidensplatform.search.answers import Answer, ProvisionLink
from vidensplatform.search.cards import prepare
from vidensplatform.search.documents import DocumentSearch
from vidensplatform.search.engines import choose
from vidensplatform.search.index import IndexState, LawIndex, engine_for_cards
from vidensplatform.search.vocabulary import Suggestion, Vocabulary
from vidensplatform.settings import Home, corpus_dir
from vidensplatform.showing.finder import Showing
from vidensplatform.showing.records import AnyCard, Shown
from vidensplatform.store.library import Library
from vidensplatform.store.records import Counts, FailedDocument, StoredVersion
from vidensplatform.store.relating import Unresolved
from vidensplatform.store.sources import SOURCES, Freshness, SourceState


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """How much there is and how fresh it is."""

    home: Path
    engine: str
    counts: Counts | None
    kinds: dict[str, tuple[int, str]]
    failures: tuple[FailedDocument, ...]
    index: str
    cards: dict[str, int]
    anchors: dict[str, int]
    sources: tuple[SourceState, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()


class Workbench:
    """See the module. Close it, or use it in a ``with``."""

    def __init__(self, home: Home, corpus: Corpus, words: Analyzer, library: Library | None, index: LawIndex, engine_name: str) -> None:
        self.home = home
        self.corpus = corpus
        self.analyzer = words
        self.library = library
        self.index = index
        self.engine_name = engine_name
        self.citations = Citations(corpus.registry)
        self._lock = threading.RLock()
        self._texts: dict[tuple[str, Address], tuple[str, str] | None] = {}
        self._prepared = prepare(corpus, words, home.cache if home.folder.exists() else None)
        self._card_engine = engine_for_cards(engine_name, self._prepared.documents)
        self._card_vocabulary = _words_of_cards(corpus)
        self._answering = self._make_answering()
        self.changes = Changes(home, corpus, library, self.text_of, self._provisions_found, self._lock)
        self._showing = Showing(corpus, self.citations, library, self.changes, self.text_of)

    @classmethod
    def open(cls, home: Home, *, engine: str = "auto", corpus: Path | None = None, read_only: bool = False) -> Workbench:
        """Open what is there. The index is opened when it fits; it is not built here (see :meth:`bring_index_up_to_date`).

        Raises :class:`~vidensplatform.errors.VidensplatformError` with the action that mends it.
        """
        name = choose(engine)
        cache = home.cache if home.folder.exists() else None
        words = analyzer(cache)
        cards = load(corpus or corpus_dir(), cache)
        library = Library.open(home.database, read_only=read_only) if home.database.exists() else None
        index = LawIndex(home.index / name, name, words, cards.registry)
        if library is not None:
            index.open(library)
        return cls(home, cards, words, library, index, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all files."""
        self.changes.close()
        self.index.close()
        self._card_engine.close()
        if self.library is not None:
            self.library.close()

    # -- index ---------------------------------------------

    @property
    def index_is_current(self) -> bool:
        """Whether the full-text index holds what the library holds."""
        return self.library is None or self.index.holds(self.library)

    def bring_index_up_to_date(self, progress: Callable[[int, str], None] | None = None, *, force: bool = False) -> IndexState:
        """Update or build the full-text index; searching goes on meanwhile with what was there.

        Raises :class:`~vidensplatform.errors.IndexUnavailable`.
        """
        if self.library is None:
            return IndexState("opened", 0)
        with Library.open(self.library.path, read_only=True) as reader:
            state = self.index.bring_up_to_date(reader, progress, force=force)
        with self._lock:
            self._texts.clear()
            self._answering = self._make_answering()
        return state

    def _make_answering(self) -> Answering:
        documents = None
        vocabulary = self._card_vocabulary
        if self.library is not None and self.index.engine is not None:
            documents = DocumentSearch(self.library, self.index.engine, self.analyzer, self.corpus.registry)
            vocabulary = self.index.vocabulary
        return Answering(
            self.corpus, self._prepared, self._card_engine, self.analyzer, self.citations, self.text_of, documents, vocabulary, self._card_vocabulary
        )

    def check_library(self) -> None:
        """SQLite's integrity check over the whole library, on a connection of its own; it takes a second or two on a large one.

        Raises :class:`~vidensplatform.errors.LibraryDamaged` where it finds something.
        """
        if self.library is not None:
            with Library.open(self.library.path, read_only=True) as library:
                library.demand_whole()

    # -- search --------------------------------------------

    def search(self, question: Question) -> Answer:
        """Answer a question; ``took_ms`` is the time from here to the answer.

        Raises :class:`QueryError` for a query that cannot be read.
        """
        with self._lock:
            began = time.perf_counter()
            answer = self._answering.answer(question, today=date.today())
            if question.as_of is not None:
                answer = replace(answer, as_of_notes=self.changes.limits_of_answer(question.as_of, _places_of(answer)))
            return replace(answer, took_ms=(time.perf_counter() - began) * 1000)

    def _provisions_found(self, text: str) -> set[tuple[str, str]]:
        """The provisions that a saved search stands for: those of the options and duties it finds today, and of the law text."""
        found = _places_of(self._answering.answer(Question(text), today=date.today()))
        return {(law, address.section) for law, address in found if address.section}

    def search_text_only(self, question: Question) -> Answer:
        """What the text of the law alone answers, without the cards; for measuring what the cards are worth."""
        with self._lock:
            return self._answering.text_only(question, today=date.today())

    def suggest(self, beginning: str, limit: int = 8) -> list[Suggestion]:
        """Words that begin so: those of the library by how many provisions hold them, else those of the cards."""
        found = self.index.vocabulary.suggest(beginning, limit) if self.index.engine is not None else []
        return found or self._card_vocabulary.suggest(beginning, limit)

    def text_of(self, law: str, address: Address) -> tuple[str, str] | None:
        """(ELI, hash) of the text that is shown for a provision, or None where the library does not hold it."""
        key = (law, address)
        if key not in self._texts:
            self._texts[key] = self.library.text_sha256(law, address) if self.library is not None else None
        return self._texts[key]

    # -- show ----------------------------------------------

    def card(self, card_id: str) -> AnyCard | None:
        """The card with that id, of whatever kind."""
        return self._showing.card(card_id)

    def card_status(self, card: Option | Duty) -> str:
        """kontrolleret, ændret siden kontrol, or ikke kontrolleret."""
        return card_status(card.basis, self.text_of).value

    def links(self, card: Option | Duty) -> list[ProvisionLink]:
        """The provisions a card stands on, with the status of each."""
        return [self._answering.link(basis) for basis in card.basis]

    def show(self, reference: str, as_of: date | None = None) -> Shown | None:
        """What a citation ("SEL § 110", "PM 1-26"), a path ("serviceloven/110/2") or a card's id leads to; None where there is nothing.

        Raises :class:`QueryError` for a bare section: it is never silently given an act.
        """
        with self._lock:
            return self._showing.show(reference, as_of)

    def history(self, reference: str) -> History | None:
        """A section's history by its citation or path; None where it is no reference to a section.

        Raises :class:`QueryError` for a bare section.
        """
        with self._lock:
            place = self._showing.section_of(reference)
            return self.changes.history(*place) if place else None

    def section_of(self, reference: str) -> tuple[str, str] | None:
        """(act, section) of a citation or path; None where it is none of a section. Raises :class:`QueryError` for a bare section."""
        with self._lock:
            return self._showing.section_of(reference)

    def freshness(self, eli: str) -> Freshness | None:
        """How fresh the document with that ELI is: its source, read up to when. None without a library."""
        with self._lock:
            return self.library.freshness(eli) if self.library is not None else None

    def version_of(self, law: str) -> StoredVersion | None:
        """The text of an act that is shown."""
        return self.library.current(law) if self.library is not None else None

    # -- status --------------------------------------------

    def status(self) -> LibraryStatus:
        """How much there is, how fresh it is, and how the cards stand to the law."""
        cards = self.corpus.cards
        anchors: dict[str, int] = {}
        with_basis: list[Option | Duty] = [*cards.options.values(), *cards.duties.values()]
        for card in with_basis:
            value = self.card_status(card)
            anchors[value] = anchors.get(value, 0) + 1
        return LibraryStatus(
            self.home.folder,
            self.engine_name,
            self.library.counts() if self.library else None,
            self.library.kinds() if self.library else {},
            tuple(self.library.failures()) if self.library else (),
            "ingen lovtekst indlæst" if self.library is None else "klar" if self.index_is_current else "skal opdateres",
            {
                "situationer": len(cards.situations),
                "muligheder": len(cards.options),
                "pligter": len(cards.duties),
                "praksis": len(cards.practice),
                "ord": sum(1 + len(t.also) for t in cards.terms),
            },
            anchors,
            tuple(self.library.source_states() if self.library else map(SourceState, SOURCES)),
            tuple(self.library.unresolved()) if self.library else (),
        )


def _places_of(answer: Answer) -> list[tuple[str, Address]]:
    """The provisions that an answer names: its cards stand on them, or their text was found."""
    cards = [(p.law, Address(p.section, p.subsection)) for card in (*answer.options, *answer.duties) for p in card.provisions]
    return [*cards, *((d.law, Address(d.section)) for d in answer.documents if d.law and d.section)]


def _words_of_cards(corpus: Corpus) -> Vocabulary:
    """The words of the cards' phrases, for suggestions where there is no law text."""
    cards = corpus.cards
    texts = [
        *(w for s in cards.situations.values() for w in (s.title, *s.words)),
        *(w for o in cards.options.values() for w in (o.title, *o.words)),
        *(w for d in cards.duties.values() for w in (d.title, *d.words)),
        *(w for t in cards.terms for w in (t.word, *t.also)),
    ]
    counts: dict[str, int] = {}
    for text in texts:
        for word in {w.strip("»«„“,.;:()").lower() for w in text.split()}:
            if len(word) > 2 and word.isalpha():
                counts[word] = counts.get(word, 0) + 1
    return Vocabulary(counts)
