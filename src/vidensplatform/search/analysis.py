"""One analysis for everything: index, query, highlighting and recogniser read Danish through this module.

A text becomes tokens. A word's token carries four keys:

* ``exact``: the word as written, folded (lower case; æ, ø, å as ae, oe, aa, so that both spellings meet);
* ``lemma``: its dictionary form, folded (hjælpemidlernes -> hjaelpemiddel). Compounds the dictionary does not hold are cut at a known last
  part (bostøtten -> bo + støtten -> bostoette); what still is unknown is stemmed;
* ``root``: the lemma's stem, which joins derivations (løslade, løsladelse); everyday phrases are recognised by it;
* ``parts``: the lemmas of a compound's parts (boligindskud -> bolig, indskud), because a quarter of the provisions that hold a plain noun
  of social law hold it only inside a compound.

References to sections are tokens of their own ("§ 82 a" -> §82a), and numbers that look like a CPR number give no token at all: nothing typed about
a citizen may end in an index or a suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from vidensplatform.search.dictionary import Lemmas, lemmas

ANALYSIS_VERSION = 1
"""Stamped on every index: another number means that the index is built anew."""


class TokenKind(StrEnum):
    """What a token stands for."""

    WORD = "word"
    NUMBER = "number"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Token:
    """A token and where it stands in the text (``start``, ``end``). ``negator``: "ikke", "uden", "ingen" and their like."""

    kind: TokenKind
    start: int
    end: int
    exact: str
    lemma: str
    root: str
    parts: tuple[str, ...] = ()
    stop: bool = False
    negator: bool = False


_LETTER = "A-Za-zÆØÅæøåÉéÈèÜüÖöÄäÁáÓóÐðÞþ"
_TOKEN = re.compile(
    rf"""
    (?P<cpr>(?<!\d)\d{{6}}[ -]?\d{{4}}(?!\d))
  | (?P<section>§{{1,2}}\s*(?P<digits>\d+)(?:[ \u00a0]{{0,2}}(?P<letter>(?!i\s+[{_LETTER}])[a-zæøå])(?![{_LETTER}0-9]))?)
  | (?P<stk>\b(?P<level>stk|nr|litra|pkt)\.?\s*(?P<level_no>\d+|(?<=litra\ )[a-zæøå](?![{_LETTER}])))
  | (?P<number>\d+(?:[.,]\d+)*)
  | (?P<word>[{_LETTER}][{_LETTER}0-9]*(?:[-'’][{_LETTER}0-9]+)*)
    """,
    re.VERBOSE | re.IGNORECASE,
)

# The commonest function words; written down for this program. Negators are not among them: they carry meaning here.
STOP_WORDS = frozenset(
    """ad af alle alt altså anden andet andre at atter bare begge blev blive bliver blevet da de dem den denne der deres derfor det dette dig
    din dine disse dit dog du efter eftersom eller en end endnu enhver er et ethvert fleste flere for fordi fra før få får fået fik gennem
    gør gøre gjort gjorde ham han hans har havde have haft hen hende hendes her hos hun hvad hvem hver hvert hvilke hvilken hvilket hvis
    hvor hvordan hvorfor hvornår hvorledes i idet igen ind inde ja jeg jer jeres jo kan kunne kom komme kommer lige lade lader man mange med
    meget mellem men mens mere mest mig min mindre mine mit mod må måtte ned netop nogen noget nogle nok nu nå når og også om omkring op os
    over på rigtig samme samt selv ses sig sige siger sin sine sit skal skulle snart som stadig så sådan såvel således tage tager til tit
    under undtagen var ved vel vi vil ville vor vore vores være været ved visse vist ift fx feks mv osv bl herunder bør burde
    ganske ret temmelig via per pr samt ny nye nyt pa sa nar""".split()
)
NEGATORS = {
    "ikke": "ikke", "ik": "ikke", "ikk": "ikke", "ingen": "ikke", "intet": "ikke", "ingenting": "ikke", "uden": "ikke",
    "aldrig": "ikke", "hverken": "ikke", "mangler": "ikke", "mangle": "ikke", "næppe": "ikke",
}  # fmt: skip

_FOLD = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "é": "e", "è": "e", "á": "a", "ó": "o", "’": "'"})
_SPELLINGS = (("ae", "æ"), ("oe", "ø"), ("aa", "å"), ("ä", "æ"), ("ö", "ø"))
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\ufeff]")
_HYPHEN = re.compile("[-'’]")
_SHORTEST_PART = 3
_LINKS = ("", "s", "e")


def fold(word: str) -> str:
    """Lower case, and æ, ø, å written out, so that "hjælp" and "hjaelp" are one."""
    return word.lower().translate(_FOLD)


@dataclass(frozen=True, slots=True)
class _Word:
    exact: str
    lemma: str
    root: str
    parts: tuple[str, ...]
    stop: bool
    negator: bool


@dataclass(frozen=True, slots=True)
class Fields:
    """The keys of a text by field, in reading order, and the different words in it that are no stop words, as written in lower case."""

    lemma: tuple[str, ...]
    parts: tuple[str, ...]
    exact: tuple[str, ...]
    words: frozenset[str]


class Analyzer:
    """Turns Danish text into tokens. ``cache`` is the folder for the dictionary's trie (see :mod:`~vidensplatform.search.dictionary`)."""

    def __init__(self, dictionary: Lemmas) -> None:
        self._dictionary = dictionary
        self._word = lru_cache(maxsize=300_000)(self._analyse_word)
        self._split = lru_cache(maxsize=300_000)(self._split_compound)

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text in order. Offsets are into ``text`` as given."""
        return list(self._tokens(text))

    def keys(self, text: str) -> list[str]:
        """The lemma keys of a text without stop words: what it is about."""
        return [token.lemma for token in self._tokens(text) if not token.stop]

    def fields(self, text: str) -> Fields:
        """What an index keeps of a text: the same keys as :meth:`tokens` gives, without making a token for each word.

        An index holds ten million words; this reads them twice as fast.
        """
        lemmas: list[str] = []
        parts: list[str] = []
        exact: list[str] = []
        words: set[str] = set()
        known = self._word
        for found in _TOKEN.finditer(text):
            if found.lastgroup == "word" and "-" not in (word := found[0]) and "'" not in word and "’" not in word:
                analysed = known(word)
                exact.append(analysed.exact)
                if not analysed.stop:
                    lemmas.append(analysed.lemma)
                    words.add(word)
                parts += analysed.parts
                continue
            for token in self._tokens_of(found):
                exact.append(token.exact)
                if not token.stop:
                    lemmas.append(token.lemma)
                    if token.kind is TokenKind.WORD:
                        words.add(text[token.start : token.end])
                parts += token.parts
        return Fields(tuple(lemmas), tuple(parts), tuple(exact), frozenset(word.lower() for word in words))

    def hits(self, text: str, keys: Set[str]) -> list[Token]:
        """The tokens of a text that are no stop words and stand for one of the keys by lemma, as written, or by a part.

        Most words of a text hit nothing; no token is made for them.
        """
        known = self._word
        hit: list[Token] = []
        missing: set[str] = set()
        for found in _TOKEN.finditer(text):
            word = found[0]
            if word in missing:
                continue
            if found.lastgroup == "word" and "-" not in word:
                analysed = known(word)
                if analysed.stop or not (analysed.lemma in keys or analysed.exact in keys or not keys.isdisjoint(analysed.parts)):
                    missing.add(word)
                    continue
            hit += [t for t in self._tokens_of(found) if not t.stop and (t.lemma in keys or t.exact in keys or not keys.isdisjoint(t.parts))]
        return hit

    def _tokens(self, text: str) -> Iterator[Token]:
        for found in _TOKEN.finditer(text):
            yield from self._tokens_of(found)

    def _tokens_of(self, found: re.Match[str]) -> Iterator[Token]:
        start, end = found.span()
        match found.lastgroup:
            case "word":
                yield from self._word_tokens(found[0], start)
            case "number":
                yield Token(TokenKind.NUMBER, start, end, found[0], found[0], found[0])
            case "section":
                key = f"§{found['digits']}{(found['letter'] or '').lower()}"
                yield Token(TokenKind.SECTION, start, end, key, key, key)
            case "stk":
                key = f"{found['level'].lower()}{found['level_no'].lower()}"
                yield Token(TokenKind.SECTION, start, end, key, key, key)
            case _:
                return  # a number that looks like a CPR number

    def _word_tokens(self, word: str, start: int) -> Iterator[Token]:
        """A word, or the words of a hyphenated one. "e-boks" and "a-kasse" are one word, "ADHD-barn" is two."""
        if "-" not in word and "'" not in word and "’" not in word:
            yield self._token(word, start, start + len(word))
            return
        pieces = _HYPHEN.split(word)
        if any(len(piece) == 1 for piece in pieces):
            yield self._token("".join(pieces), start, start + len(word))
            return
        offset = start
        for piece in pieces:
            yield self._token(piece, offset, offset + len(piece))
            offset += len(piece) + 1

    def _token(self, word: str, start: int, end: int) -> Token:
        known = self._word(word)
        return Token(TokenKind.WORD, start, end, known.exact, known.lemma, known.root, known.parts, known.stop, known.negator)

    def known(self, word: str) -> bool:
        """Whether the dictionary knows this word, in either spelling of æ, ø and å."""
        return self._spelling(word.lower()) is not None

    def _spelling(self, lower: str) -> str | None:
        """The form under which the dictionary knows a word, or None. "hjaelp" is looked up as "hjælp" too."""
        if self._dictionary.known(lower):
            return lower
        danish = lower
        for written, letter in _SPELLINGS:
            danish = danish.replace(written, letter)
        return danish if danish != lower and self._dictionary.known(danish) else None

    def _analyse_word(self, word: str) -> _Word:
        lower = _INVISIBLE.sub("", word).lower()
        if (negator := NEGATORS.get(lower)) is not None:
            return _Word(fold(lower), negator, negator, (), stop=False, negator=True)
        known = self._spelling(lower)
        if known is not None:
            lemma = self._dictionary.lemma(known)
            split = self._split(lemma)
        else:
            split = self._split(lower)
            lemma = lower[: len(lower) - len(split[-1])] + self._dictionary.lemma(split[-1]) if split else self._dictionary.stem(lower)
        inner = (piece for part in split for piece in (part, *self._split(part)))
        parts = tuple(dict.fromkeys(fold(self._dictionary.lemma(piece)) for piece in inner))
        return _Word(fold(lower), fold(lemma), fold(self._dictionary.stem(lemma)), parts, stop=lower in STOP_WORDS, negator=False)

    def _split_compound(self, word: str) -> tuple[str, ...]:
        """The parts of a compound as they stand in it, or () where it is none.

        Danish compounds are head-final and joined bare or with -s- or -e-. The longest known last part wins; what is before it must be
        known too, whole or as a compound.
        """
        for cut in range(2, len(word) - _SHORTEST_PART + 1):
            head = word[cut:]
            if not self._is_part(head) or head in _NO_HEADS:
                continue
            before = word[:cut]
            for link in _LINKS:
                if not before.endswith(link):
                    continue
                stem = before.removesuffix(link)
                if self._is_part(stem):
                    return (stem, head)
                if len(stem) >= 2 * _SHORTEST_PART and (inner := self._split(stem)):
                    return (*inner, head)
        return ()

    def _is_part(self, word: str) -> bool:
        return word in _SHORT_PARTS or (len(word) >= _SHORTEST_PART and word not in _NO_PARTS and self._dictionary.known(word))


_SHORT_PARTS = frozenset({"bo", "el", "øl"})

# Known to the dictionary, but hardly ever a part of a compound: without them "forældre" would hold "ældre" and "bolig" "lig".
_NO_PARTS = frozenset(
    """for fra med ved til den det der ens lig lige elig ing inger ning ninger else elser hed heder ige ere ene ers tet tets ske sker iske skab
    skaber ste ent ant ist ler ner rer ger ter ser des les nes res tes ket kes get ges bet bes sam bar bart som agtig isk eri erier ion
    ioner tion tioner ment menter ans ense ende are ven vis vise løs løse fuld ede rede ret rette over under ind ud op ned und gen mis van
    hen per fore mod sen sene bi led age ale""".split()
)
# Parts that may come first in a compound, but do not end one.
_NO_HEADS = frozenset(
    """bo el øl dom igen ingen ren rens dens ord ager oge tande kane adel evne-r lighed tage tager gøre lede stå ligge sætte""".split()
)


@lru_cache(maxsize=4)
def analyzer(cache: Path | None = None) -> Analyzer:
    """The analyzer, made once a process and cache folder."""
    return Analyzer(lemmas(cache))
