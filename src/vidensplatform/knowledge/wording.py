"""How a card may be worded: no promises, no copied sentences. And which of its texts a reader sees at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from vidensplatform.knowledge.loading import Cards
from vidensplatform.knowledge.model import Duty, Option, Practice, Situation

COPIED_WORDS = 10
"""So many words in a row that also stand in a document count as copied."""

# The program informs, the municipality decides: no card may say that somebody is entitled to something.
_PROMISE = re.compile(
    r"\b(?:har (?:altid |også |dog |derfor |fortsat )?(?:ret|krav|retskrav) (?:på|til)\b|(?:er|bliver) (?:altid |også |derfor )?berettiget til"
    r"|(?:får|bliver) (?:altid )?(?:bevilget|tilkendt)|vil (?:altid )?få\b|garanter|skal (?:have |få )?(?:bevilget|tilkendt)\b"
    r"|får altid)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[0-9A-Za-zÆØÅæøåÉéÜüÖöÄä§]+")


def promise(text: str) -> str | None:
    """The words of a text that promise entitlement, or None."""
    found = _PROMISE.search(text)
    return found[0] if found else None


def prose(card: Situation | Option | Duty | Practice) -> list[str]:
    """What the program shows of a card as running text. ``words`` are not among it: they are what people write, not what we say."""
    match card:
        case Situation():
            return [card.title, card.summary, card.question]
        case Option():
            lists = (*card.conditions, *card.documentation, *card.drawbacks)
            own = (card.title, card.summary, card.authority, *lists, card.no_complaint, card.contested, card.volatile)
            return [text for text in (*own, *(basis.note for basis in card.basis)) if text]
        case Duty():
            own = (card.title, card.summary, card.authority, *card.steps, *card.faults, *(d.start for d in card.deadlines))
            return [text for text in (*own, card.contested, card.volatile, *(basis.note for basis in card.basis)) if text]
        case Practice():
            return [card.title, card.holding]


def texts(cards: Cards) -> Iterator[tuple[str, str]]:
    """Every text a reader may see, with the file it stands in."""
    for folder, table in (("situations", cards.situations), ("options", cards.options), ("duties", cards.duties), ("practice", cards.practice)):
        for card in table.values():
            for text in prose(card):
                yield f"{folder}/{card.id}.toml", text
    for term in cards.terms:
        if term.note:
            yield f"terms: »{term.word}«", term.note
    for area in cards.areas.values():
        yield "areas.toml", area.title
        yield "areas.toml", area.question
    for moved in cards.moved:
        yield f"forwarding.toml: {moved.old}", moved.note


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
