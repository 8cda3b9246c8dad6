"""What makes a corpus wrong, beyond the shape of each card: ids that lead nowhere, sections that do not exist, promises, copied sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from vidensplatform.errors import CardError
from vidensplatform.knowledge.loading import Cards, Corpus
from vidensplatform.knowledge.model import Duty, Option, Practice, Situation, Term, TermKind
from vidensplatform.law.model import Address
from vidensplatform.law.registry import fold_name

COPIED_WORDS = 10
"""So many words in a row that also stand in a document count as copied."""

# The program informs, the municipality decides: no card may say that somebody is entitled to something.
_PROMISE = re.compile(
    r"\b(har (?:altid |også )?(?:ret|krav) (?:på|til)\b|er berettiget til|får bevilget|vil få|garanter|skal have bevilget|får altid)",
    re.IGNORECASE,
)
_PRACTICE_FORM = {
    "principmeddelelse": re.compile(r"^PM (?:[A-Z]{1,2}-)?\d{1,3}-\d{2}$"),
    "ombudsmandsudtalelse": re.compile(r"^FOB \d{4}(?:[-.]\d{1,4}| \d{1,3}-\d{1,3})$"),
    "dom": re.compile(r"^(?:U ?\d{4}\.\d+ ?[A-ZÆØÅ]{0,3}|TFA ?\d{4}[.,]\d+\S*|.*\bdom af \d.*|[BS]S?-?\d+/\d{4}.*)$"),
}
_WORD = re.compile(r"[0-9A-Za-zÆØÅæøåÉéÜüÖöÄä§]+")

TextLookup = Callable[[str, Address], tuple[str, str] | None]


class LawText(Protocol):
    """What checking asks of a library: whether it holds an act at all, and a provision in it."""

    def holds(self, law: str) -> bool:
        """Whether a text of the act is there."""
        ...

    def has(self, law: str, address: Address) -> bool:
        """Whether that text has the provision."""
        ...


def check(corpus: Corpus, law: LawText | None = None, copied: Callable[[str], str | None] | None = None) -> list[CardError]:
    """Everything that is wrong with a corpus, the faults of reading first.

    ``law`` lets sections be looked up; ``copied`` gives, for a text, a run of words that also stands in a document, or None.
    """
    checker = _Checker(corpus, law)
    faults = [
        *corpus.faults,
        *checker.ids(),
        *checker.sections(),
        *checker.reach(),
        *checker.terms(),
        *checker.practice(),
        *checker.wording(),
    ]
    if copied is not None:
        faults += checker.copies(copied)
    return faults


class _Checker:
    def __init__(self, corpus: Corpus, law: LawText | None) -> None:
        self._cards: Cards = corpus.cards
        self._registry = corpus.registry
        self._law = law

    def ids(self) -> Iterator[CardError]:
        """Ids that no card has."""
        cards = self._cards
        for s in cards.situations.values():
            file = f"situations/{s.id}.toml"
            yield from self._unknown(file, "areas", s.areas, cards.areas)
            yield from self._unknown(file, "options", s.options, cards.options)
            yield from self._unknown(file, "duties", s.duties, cards.duties)
            yield from self._unknown(file, "ask", s.ask, cards.situations)
        for o in cards.options.values():
            file = f"options/{o.id}.toml"
            yield from self._unknown(file, "areas", o.areas, cards.areas)
            yield from self._unknown(file, "if_refused", o.if_refused, cards.options)
            yield from self._unknown(file, "adjacent", o.adjacent, {**cards.options, **cards.duties})
            yield from self._unknown(file, "practice", [link.id for link in o.practice], cards.practice)
            if o.complaint:
                yield from self._unknown(file, "complaint", [o.complaint], cards.duties)
            elif not o.no_complaint:
                yield CardError(file, "giver hverken klagevej (complaint) eller grunden til, at der ingen er (no_complaint)")
        for d in cards.duties.values():
            file = f"duties/{d.id}.toml"
            yield from self._unknown(file, "areas", d.areas, cards.areas)
            yield from self._unknown(file, "adjacent", d.adjacent, {**cards.options, **cards.duties})
            yield from self._unknown(file, "practice", [link.id for link in d.practice], cards.practice)
        for number, t in enumerate(cards.terms, 1):
            place = f"terms: »{t.word}« (nr. {number})"
            yield from self._unknown(place, "situations", t.situations, cards.situations)
            yield from self._unknown(place, "options", t.options, cards.options)
            yield from self._unknown(place, "duties", t.duties, cards.duties)

    @staticmethod
    def _unknown(file: str, key: str, ids: Iterable[str], known: Iterable[str]) -> Iterator[CardError]:
        there = set(known)
        for card_id in ids:
            if card_id not in there:
                yield CardError(file, f"intet kort har id »{card_id}«", key)

    def sections(self) -> Iterator[CardError]:
        """Acts the registry does not name, and sections the act's text does not have."""
        for card, basis in self._cards.bases():
            yield from self._section(f"{'options' if isinstance(card, Option) else 'duties'}/{card.id}.toml", "basis", basis.law, basis.address)
        for d in self._cards.duties.values():
            for deadline in d.deadlines:
                law, *rest = deadline.source.split("/")
                yield from self._section(f"duties/{d.id}.toml", "deadlines", law, Address(*rest))
        for p in self._cards.practice.values():
            for provision in p.provisions:
                law, *rest = provision.split("/")
                if self._registry.act(law) is None:
                    yield CardError(f"practice/{p.id}.toml", f"loven »{law}« står ikke i laws.toml", "provisions")
        for m in self._cards.moved:
            for provision in m.new:
                law, *rest = provision.split("/")
                yield from self._section("forwarding.toml", f"{m.old} → {provision}", law, Address(*rest))

    def _section(self, file: str, key: str, law: str, address: Address) -> Iterator[CardError]:
        if self._registry.act(law) is None:
            yield CardError(file, f"loven »{law}« står ikke i laws.toml", key)
        elif self._law is not None and self._law.holds(law) and not self._law.has(law, address):
            yield CardError(file, f"{law} har ingen bestemmelse {address.path} i den tekst, biblioteket viser", key)

    def reach(self) -> Iterator[CardError]:
        """Options that no situation, term or other option leads to."""
        cards = self._cards
        reached = {i for s in cards.situations.values() for i in s.options}
        for option in cards.options.values():
            if option.id not in reached:
                yield CardError(f"options/{option.id}.toml", "ingen situation fører til muligheden")

    def terms(self) -> Iterator[CardError]:
        """A word that two terms explain, or that is said not to mean what it leads to."""
        places: defaultdict[str, list[Term]] = defaultdict(list)
        for term in self._cards.terms:
            for word in {fold_name(w) for w in (term.word, *term.also)}:
                places[word].append(term)
            if term.kind is TermKind.FALSE_FRIEND and not (term.not_to_be_confused and term.note):
                yield CardError(f"terms: »{term.word}«", "en falsk ven skal have not_to_be_confused og note")
            for other in term.not_to_be_confused:
                if fold_name(other) in {fold_name(w) for w in term.legal}:
                    yield CardError(f"terms: »{term.word}«", f"siger både, at det er og ikke er »{other}«")
        for word, terms in sorted(places.items()):
            if len(terms) > 1:
                yield CardError(f"terms: »{word}«", f"forklares {len(terms)} steder: saml dem i ét")

    def practice(self) -> Iterator[CardError]:
        """Numbers in a form their kind does not have."""
        for p in self._cards.practice.values():
            if not _PRACTICE_FORM[p.kind].match(p.label):
                yield CardError(f"practice/{p.id}.toml", f"»{p.label}« er ikke et nummer på en {p.kind}", "label")

    def wording(self) -> Iterator[CardError]:
        """Words that promise."""
        for file, text in self._texts():
            if found := _PROMISE.search(text):
                yield CardError(file, f"lover for meget: »{found[0]}«")

    def copies(self, copied: Callable[[str], str | None]) -> Iterator[CardError]:
        """Sentences that stand word for word in a document."""
        for file, text in self._texts():
            if run := copied(text):
                yield CardError(file, f"står ordret i et dokument: »{run}«")

    def _texts(self) -> Iterator[tuple[str, str]]:
        for folder, table in (
            ("situations", self._cards.situations),
            ("options", self._cards.options),
            ("duties", self._cards.duties),
            ("practice", self._cards.practice),
        ):
            for card in table.values():
                for text in _prose(card):
                    yield f"{folder}/{card.id}.toml", text


def _prose(card: object) -> list[str]:
    match card:
        case Situation():
            return [card.summary, card.question]
        case Option():
            return [card.summary, card.authority, *card.conditions, *card.documentation, *card.drawbacks, card.contested, card.volatile]
        case Duty():
            return [card.summary, *card.steps, *card.faults, card.contested]
        case Practice():
            return [card.holding]
        case _:
            return []


def words_in(text: str) -> list[str]:
    """The words of a text as copying is judged: letters and digits, lower case."""
    return [w.lower() for w in _WORD.findall(text)]


class CopyFinder:
    """Finds runs of words that also stand in known texts."""

    def __init__(self, texts: Iterable[str], length: int = COPIED_WORDS) -> None:
        self._length = length
        self._known: set[int] = set()
        for text in texts:
            words = words_in(text)
            self._known.update(hash(tuple(words[i : i + length])) for i in range(len(words) - length + 1))

    def __call__(self, text: str) -> str | None:
        """A run of ``length`` words of ``text`` that stands in a known text, or None."""
        words = words_in(text)
        for i in range(len(words) - self._length + 1):
            run = tuple(words[i : i + self._length])
            if hash(run) in self._known:
                return " ".join(run)
        return None
