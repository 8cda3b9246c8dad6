"""The cards as search sees them: phrases that reveal something, and the analysed text of every card.

Analysing some thousand phrases takes longer than a start may, so the result is kept as JSON under the corpus' digest and the analysis version.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from vidensplatform.knowledge.loading import Cards, Corpus
from vidensplatform.knowledge.model import Duty, Option, Practice, Situation
from vidensplatform.law.registry import Registry
from vidensplatform.search.analysis import ANALYSIS_VERSION, Analyzer
from vidensplatform.search.engine import IndexDocument

SITUATION, OPTION, DUTY, PRACTICE, TERM, AREA, MOVED = "situation", "option", "duty", "practice", "term", "need", "moved"
_FORMAT = 6
_GRAMMAR = frozenset(
    """i paa en et den det de og at til med for af fra som der han hun vi jeg min mit mine sin sit hans hendes er har ved om""".split()
)

_PARTICLES = frozenset("op ud ned ind over hjem".split())


class Pattern(NamedTuple):
    """A phrase that reveals a card: the roots of its content words (a negator counts as one) with their lemmas, and what it reveals.

    ``target`` is a card's id, for terms and moved law their place in ``Cards.terms`` and ``Cards.moved``.
    """

    kind: str
    target: str
    phrase: str
    roots: tuple[str, ...]
    lemmas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreparedCards:
    """Everything search needs of the cards, analysed. ``documents[n].key`` is n, and ``owners[n]`` its (kind, id)."""

    patterns: tuple[Pattern, ...]
    documents: tuple[IndexDocument, ...]
    owners: tuple[tuple[str, str], ...]


def content_of(analyzer: Analyzer, phrase: str) -> dict[str, str]:
    """The distinct roots of a phrase's content words with their lemmas, in order; negators included, stop words out.

    A phrase that would shrink to one word keeps its light words too ("tager bilen" is not just any car); only the bare grammar goes. One word with
    a negator keeps the particle of its verb ("lukker ikke op" is another thing than "lukker ikke").
    """
    tokens = analyzer.tokens(phrase)
    content = [t for t in tokens if not t.stop or t.negator]
    if sum(not t.negator for t in content) < 2 <= len(content):
        content = [t for t in tokens if not t.stop or t.negator or t.exact in _PARTICLES]
    if len(content) < 2:
        content = [t for t in tokens if not t.stop or t.negator or t.exact not in _GRAMMAR]
    found: dict[str, str] = {}
    for token in content:
        found.setdefault(token.root, token.lemma)
    return found


def roots_of(analyzer: Analyzer, phrase: str) -> tuple[str, ...]:
    """The roots of :func:`content_of`."""
    return tuple(content_of(analyzer, phrase))


def pattern_of(analyzer: Analyzer, kind: str, target: str, phrase: str) -> Pattern:
    """The pattern of a phrase."""
    content = content_of(analyzer, phrase)
    return Pattern(kind, target, phrase, tuple(content), tuple(content.values()))


def prepare(corpus: Corpus, analyzer: Analyzer, cache: Path | None = None) -> PreparedCards:
    """Analyse the cards, or read the analysis kept in ``cache``."""
    path = cache / f"cards-{corpus.digest[:32]}-{_FORMAT}.{ANALYSIS_VERSION}.json" if cache is not None else None
    if path is not None and (stored := _load(path)) is not None:
        return stored
    texts = list(_texts(corpus.cards, corpus.registry))
    prepared = PreparedCards(
        tuple(_patterns(corpus.cards, analyzer)),
        tuple(IndexDocument(n, 0, kind, kind, True, *_fields(analyzer, heading, text)) for n, (kind, _, heading, text) in enumerate(texts)),
        tuple((kind, card_id) for kind, card_id, _, _ in texts),
    )
    if path is not None and not corpus.faults:
        _save(path, prepared)
    return prepared


def _phrases(cards: Cards) -> Iterator[tuple[str, str, str]]:
    for situation in cards.situations.values():
        for phrase in situation.words:
            yield SITUATION, situation.id, phrase
    for option in cards.options.values():
        for phrase in (*option.words, option.title):
            yield OPTION, option.id, phrase
    for duty in cards.duties.values():
        for phrase in (*duty.words, duty.title):
            yield DUTY, duty.id, phrase
    for practice in cards.practice.values():
        for phrase in practice.words:
            yield PRACTICE, practice.id, phrase
    for place, term in enumerate(cards.terms):
        for phrase in (term.word, *term.also):
            yield TERM, str(place), phrase
    for area in cards.areas.values():
        for phrase in area.words:
            yield AREA, area.id, phrase
    for place, moved in enumerate(cards.moved):
        for phrase in moved.words:
            yield MOVED, str(place), phrase


def _patterns(cards: Cards, analyzer: Analyzer) -> Iterator[Pattern]:
    seen: set[tuple[str, str, frozenset[str]]] = set()
    for kind, target, phrase in _phrases(cards):
        pattern = pattern_of(analyzer, kind, target, phrase)
        key = (kind, target, frozenset(pattern.roots))
        if set(pattern.roots) - {"ikke"} and key not in seen:
            seen.add(key)
            yield pattern


def _texts(cards: Cards, registry: Registry) -> Iterator[tuple[str, str, str, str]]:
    """(kind, id, heading, text) of every card that can be found by its text."""
    for s in cards.situations.values():
        yield SITUATION, s.id, _join([s.title, *s.words]), _join([s.title, s.summary, s.question, *s.words])
    for o in cards.options.values():
        laws = [registry.name(b.law) for b in o.basis]
        yield (
            OPTION,
            o.id,
            _join([o.title, *o.words]),
            _join([o.title, o.summary, *o.words, *o.conditions, *o.documentation, o.authority, *laws]),
        )
    for d in cards.duties.values():
        laws = [registry.name(b.law) for b in d.basis]
        yield DUTY, d.id, _join([d.title, *d.words]), _join([d.title, d.summary, *d.words, *d.steps, *d.faults, *laws])
    for p in cards.practice.values():
        yield PRACTICE, p.id, _join([p.label, p.title, *p.words]), _join([p.label, p.title, p.holding, *p.words])


def _join(texts: Iterable[str]) -> str:
    return " . ".join(t for t in texts if t)


def _fields(analyzer: Analyzer, heading: str, text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    tokens = [t for t in analyzer.tokens(text) if not t.stop]
    return (
        tuple(t.root for t in tokens),
        tuple(part for t in tokens for part in t.parts),
        tuple(t.root for t in analyzer.tokens(heading) if not t.stop),
        tuple(t.exact for t in tokens),
    )


def _load(path: Path) -> PreparedCards | None:
    try:
        stored = json.loads(path.read_bytes())
        return PreparedCards(
            tuple(Pattern(kind, target, phrase, tuple(roots), tuple(lemmas)) for kind, target, phrase, roots, lemmas in stored["patterns"]),
            tuple(
                IndexDocument(n, 0, kind, kind, True, *(tuple(field.split()) for field in fields))
                for n, (kind, fields) in enumerate(stored["documents"])
            ),
            tuple((kind, card_id) for kind, card_id in stored["owners"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _save(path: Path, prepared: PreparedCards) -> None:
    data = {
        "patterns": [[p.kind, p.target, p.phrase, p.roots, p.lemmas] for p in prepared.patterns],
        "documents": [[d.kind, [" ".join(field) for field in (d.lemma, d.parts, d.heading, d.exact)]] for d in prepared.documents],
        "owners": prepared.owners,
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob("cards-*.json"):
            old.unlink()
        part = path.with_suffix(".part")
        part.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        part.replace(path)
    except OSError:
        return  # without the cache the next start is slower, nothing else


def title_of(cards: Cards) -> Callable[[str, str], str]:
    """A look-up of a card's title by kind and id."""
    tables: dict[str, dict[str, Situation] | dict[str, Option] | dict[str, Duty] | dict[str, Practice]] = {
        SITUATION: cards.situations,
        OPTION: cards.options,
        DUTY: cards.duties,
        PRACTICE: cards.practice,
    }

    def title(kind: str, card_id: str) -> str:
        if kind == TERM:
            return cards.terms[int(card_id)].word
        if kind == AREA:
            return cards.areas[card_id].title
        return tables[kind][card_id].title

    return title
