"""Danish lemmas: simplemma's dictionary, opened fast.

simplemma's own dictionary takes 0.6 s to unpack. It can also be kept as a trie on disk, which opens in a few milliseconds; that trie is made
once, beside the other derived files, and swapped in whole so that two programs starting at once never read half of it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import simplemma
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import DefaultDictionaryFactory, DictionaryFactory, TrieDictionaryFactory
from snowballstemmer import stemmer

LANGUAGE = "da"


class Lemmas:
    """Lemmas of single lower-case words.

    ``cache`` is a folder for the trie; None unpacks the dictionary into memory instead.
    """

    def __init__(self, cache: Path | None = None) -> None:
        factory = _factory(cache)
        self._words: Mapping[str, str] = factory.get_dictionary(LANGUAGE)
        self._lemmatizer = simplemma.Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=factory))
        self._stem = stemmer("danish")

    def known(self, word: str) -> bool:
        """Whether the dictionary holds this form."""
        return self._words.get(word) is not None

    def lemma(self, word: str) -> str:
        """The dictionary's lemma of a known form ("børn" -> "barn")."""
        return self._lemmatizer.lemmatize(word, LANGUAGE).lower()

    def stem(self, word: str) -> str:
        """Snowball's stem, for words that no dictionary knows."""
        return str(self._stem.stemWord(word))


def _factory(cache: Path | None) -> DictionaryFactory:
    if cache is None:
        return DefaultDictionaryFactory()
    folder = cache / f"simplemma-{simplemma.__version__}"
    if not (folder / f"{LANGUAGE}.dic").is_file() and not _build(folder):
        return DefaultDictionaryFactory()
    return TrieDictionaryFactory(disk_cache_dir=str(folder))


def _build(folder: Path) -> bool:
    """Make the trie in a folder of its own and move it into place. False where the disk does not let us."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix="dictionary-") as temporary:
            TrieDictionaryFactory(disk_cache_dir=temporary).get_dictionary(LANGUAGE)
            made = Path(temporary) / f"{LANGUAGE}.dic"
            if not made.is_file():
                return False
            folder.mkdir(exist_ok=True)
            shutil.move(made, folder / f"{LANGUAGE}.dic")
    except OSError:
        return False
    return True


@lru_cache(maxsize=4)
def lemmas(cache: Path | None = None) -> Lemmas:
    """The lemmas, opened once a process and cache folder."""
    return Lemmas(cache)
