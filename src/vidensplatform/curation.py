"""What a legal consultant does with the cards of a folder: check them against the law in the library, and stamp what was read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vidensplatform.errors import CardError, EnvironmentError_
from vidensplatform.knowledge.against_law import is_repealed
from vidensplatform.knowledge.checking import check
from vidensplatform.knowledge.loading import load
from vidensplatform.knowledge.stamping import stamp
from vidensplatform.knowledge.wording import CopyFinder
from vidensplatform.law.model import Address
from vidensplatform.search.analysis import analyzer
from vidensplatform.settings import Home, corpus_dir
from vidensplatform.store.library import Library
from vidensplatform.update import faults_of_settings


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found."""

    faults: tuple[CardError, ...]
    cards: int
    with_law: bool

    def to_json(self) -> dict[str, Any]:
        """The report as ``vidensplatform corpus check --json`` prints it."""
        return {
            "cards": self.cards,
            "checked_against_law": self.with_law,
            "faults": [{"file": f.file, "place": f.place, "reason": f.reason} for f in self.faults],
        }


class LibraryText:
    """The law in a library, as the check asks for it."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def holds(self, law: str) -> bool:
        """Whether the library shows a text of the act."""
        return self._library.current(law) is not None

    def has(self, law: str, address: Address) -> bool:
        """Whether that text has the provision, and not only its number with the word »(Ophævet)«."""
        said = self.text(law, address)
        return said is not None and not is_repealed(said)

    def text(self, law: str, address: Address) -> str | None:
        """What the provision says, or None where the text does not have it."""
        found = self._library.provision(law, address)
        return found.text if found is not None else None

    def texts(self, laws: Sequence[str]) -> list[str]:
        """The texts of these acts' sections."""
        places = [(law, Address(section=section)) for law in laws for section in self._library.sections(law)]
        return [found.text for law, address in places if (found := self._library.provision(law, address)) is not None]


def check_corpus(home: Home, folder: Path | None = None) -> CheckReport:
    """Check the cards in ``folder`` (or the program's own) against the library of ``home``, where there is one."""
    corpus = load(folder or corpus_dir())
    cards = corpus.cards
    number = len(cards.situations) + len(cards.options) + len(cards.duties) + len(cards.practice) + len(cards.terms)
    if not home.database.exists():
        return CheckReport((*check(corpus, findable=_heard(home)), *faults_of_settings(corpus.folder)), number, with_law=False)
    with Library.open(home.database, read_only=True) as library:
        law = LibraryText(library)
        named = list(dict.fromkeys(basis.law for _, basis in cards.bases()))
        return CheckReport(
            (*check(corpus, law, CopyFinder(law.texts(named)), _heard(home)), *faults_of_settings(corpus.folder)), number, with_law=True
        )


def _heard(home: Home) -> Callable[[str], bool]:
    """Whether the search hears anything in a word or phrase: whether its analysis leaves a key of it."""
    words = analyzer(home.cache)
    return lambda phrase: bool(words.keys(phrase))


def stamp_cards(home: Home, folder: Path | None, ids: Sequence[str], *, renew: bool = False) -> dict[str, list[str]]:
    """Stamp the cards with these ids, or all that have something unstamped. Returns the provisions stamped by card id.

    Raises :class:`EnvironmentError_` where there is no library to read the law in, :class:`CardError` for an unknown id.
    """
    if not home.database.exists():
        raise EnvironmentError_("Der er ingen lovtekst at stemple efter.", "Indlæs den først: vidensplatform import MAPPE")
    root = folder or corpus_dir()
    paths = {p.stem: p for sub in ("options", "duties") for p in sorted((root / sub).glob("*.toml"))}
    for card in ids:
        if card not in paths:
            raise CardError(str(root), f"intet kort har id »{card}«")
    stamped: dict[str, list[str]] = {}
    with Library.open(home.database, read_only=True) as library:
        for card, path in paths.items():
            if (not ids or card in ids) and (provisions := stamp(path, library.text_sha256, date.today(), renew=renew)):
                stamped[card] = provisions
    return stamped
