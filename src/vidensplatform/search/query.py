"""Queries as typed trees, and the language in which a user may write one.

Everyday text needs no language: all its words are wanted, none is demanded. Who wants more may write ``"samme ordlyd"`` for a phrase of exact words,
AND (OG), OR (ELLER), NOT (IKKE in capitals), parentheses, ``bolig*`` for a beginning, and a scope first: ``sel: bolig``. The operators are
read by Whoosh's query parser; what it finds is turned into our own tree, so that every engine answers the same query.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from vidensplatform.errors import QueryError
from vidensplatform.search.analysis import Analyzer

if TYPE_CHECKING:
    from whoosh.qparser import QueryParser
    from whoosh.query import Query as WhooshQuery

FIELDS = ("lemma", "parts", "heading", "exact")


@dataclass(frozen=True, slots=True)
class Word:
    """One key in one field, weighted."""

    field: str
    key: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Exact words side by side."""

    keys: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these; the more, the better."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of these."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class But:
    """``wanted``, unless ``unwanted``."""

    wanted: Node
    unwanted: Node


Node = Word | Phrase | AnyOf | AllOf | But
NOTHING = AnyOf(())


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must be. Empty sets and None ask for nothing."""

    works: frozenset[str] = field(default=frozenset())
    kinds: frozenset[str] = field(default=frozenset())
    current_only: bool = False
    versions: frozenset[int] | None = None


_OPERATOR = re.compile(r"\"|\b(?:AND|OR|NOT)\b|\w\*")
_DANISH_OPERATOR = re.compile(r"\b(?:OG|ELLER|IKKE)\b")
_SCOPE = re.compile(r"^\s*([^\W\d][\w-]{1,30})\s*:\s*(?=\S)")
_DANISH_OPERATORS = {"OG": "AND", "ELLER": "OR", "IKKE": "NOT"}


def is_advanced(text: str) -> bool:
    """Whether the text uses the query language: quotes, operators in capitals, a beginning with ``*``.

    Parentheses alone are everyday writing, and so is OG where everything is written in capitals.
    """
    return _OPERATOR.search(text) is not None or (_DANISH_OPERATOR.search(text) is not None and text != text.upper())


def split_scope(text: str, slug_for: Callable[[str], str | None]) -> tuple[str | None, str]:
    """``sel: bolig`` -> ("serviceloven", "bolig"). A prefix that is no act's name is left where it is."""
    found = _SCOPE.match(text)
    if found and (slug := slug_for(found[1])) is not None:
        return slug, text[found.end() :]
    return None, text


def word_node(analyzer: Analyzer, text: str, weight: float = 1.0) -> Node:
    """A word (or a few) as written by a user: its lemma anywhere, more in headings, less as a part of a compound."""
    nodes = [
        AnyOf(
            (
                Word("lemma", token.lemma, weight),
                Word("heading", token.lemma, 0.8 * weight),
                Word("parts", token.lemma, 0.4 * weight),
                *(Word("lemma", part, 0.3 * weight) for part in token.parts),
            )
        )
        for token in analyzer.tokens(text)
        if not token.stop and not token.negator
    ]
    return nodes[0] if len(nodes) == 1 else AllOf(tuple(nodes)) if nodes else NOTHING


def bag(analyzer: Analyzer, text: str, weight: float = 1.0) -> tuple[Node, ...]:
    """The words of everyday text, each wanted, none demanded."""
    keys: dict[str, float] = {}
    parts: dict[str, float] = {}
    for token in analyzer.tokens(text):
        if token.stop or token.negator or len(token.lemma) < 2:
            continue
        keys[token.lemma] = weight
        for part in token.parts:
            parts.setdefault(part, 0.3 * weight)
    nodes: list[Node] = []
    for key, value in keys.items():
        nodes += [Word("lemma", key, value), Word("heading", key, 0.8 * value), Word("parts", key, 0.4 * value)]
    nodes += [Word("lemma", key, value) for key, value in parts.items() if key not in keys]
    return tuple(nodes)


@lru_cache(maxsize=1)
def _parser() -> QueryParser:
    """Whoosh's parser. It is imported with the first query in the language: most questions use none."""
    from whoosh.analysis import SpaceSeparatedTokenizer
    from whoosh.fields import TEXT, Schema
    from whoosh.qparser import GroupPlugin, OperatorsPlugin, PhrasePlugin, PrefixPlugin, QueryParser, WhitespacePlugin

    schema = Schema(text=TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True))
    plugins = [
        WhitespacePlugin(),
        PhrasePlugin(),
        PrefixPlugin(),
        GroupPlugin(),
        OperatorsPlugin(Not="NOT ", AndNot=None, AndMaybe=None, Require=None),
    ]
    return QueryParser("text", schema, plugins=plugins)


def parse(text: str, analyzer: Analyzer, beginnings: Callable[[str], Sequence[str]]) -> Node:
    """A query in the language, as a tree. ``beginnings`` gives the commonest words with a beginning.

    Raises :class:`QueryError` in plain words where a quote or parenthesis has no partner.
    """
    if text.count('"') % 2:
        raise QueryError("Der mangler et anførselstegn i søgningen.", 'Skriv fx "midlertidigt ophold".')
    if text.count("(") != text.count(")"):
        raise QueryError("Der mangler en parentes i søgningen.")
    english = re.sub(r"\b(OG|ELLER|IKKE)\b", lambda m: _DANISH_OPERATORS[m[0]], text)
    return _translate(_parser().parse(english), analyzer, beginnings)


def _translate(node: WhooshQuery, analyzer: Analyzer, beginnings: Callable[[str], Sequence[str]]) -> Node:
    from whoosh import query as whoosh_query

    match node:
        case whoosh_query.Prefix():
            words = beginnings(str(node.text))
            return AnyOf(tuple(Word("exact", word) for word in words))
        case whoosh_query.Phrase():
            keys = tuple(token.exact for word in node.words for token in analyzer.tokens(str(word)))
            return Phrase(keys) if len(keys) > 1 else AnyOf(tuple(Word("exact", key) for key in keys))
        case whoosh_query.Term():
            return word_node(analyzer, str(node.text))
        case whoosh_query.Not():
            return But(NOTHING, _translate(node.query, analyzer, beginnings))
        case whoosh_query.And() | whoosh_query.Or():
            parts = [_translate(child, analyzer, beginnings) for child in node.children()]
            wanted = tuple(p for p in parts if not (isinstance(p, But) and p.wanted == NOTHING))
            unwanted = tuple(p.unwanted for p in parts if isinstance(p, But) and p.wanted == NOTHING)
            tree: Node = AllOf(wanted) if isinstance(node, whoosh_query.And) else AnyOf(wanted)
            return But(tree, AnyOf(unwanted)) if unwanted else tree
        case _:
            return NOTHING


def words_of(node: Node) -> set[str]:
    """All keys of a tree that are wanted, for snippets."""
    match node:
        case Word():
            return {node.key}
        case Phrase():
            return set(node.keys)
        case But():
            return words_of(node.wanted)
        case _:
            return set().union(*(words_of(child) for child in node.nodes)) if node.nodes else set()
