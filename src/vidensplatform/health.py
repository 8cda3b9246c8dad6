"""``vidensplatform doctor``: what works here, what does not, and what mends it."""

from __future__ import annotations

import importlib
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from vidensplatform.errors import VidensplatformError
from vidensplatform.knowledge.loading import load
from vidensplatform.search.analysis import analyzer
from vidensplatform.search.engines import choose, names
from vidensplatform.search.index import LawIndex
from vidensplatform.settings import Home, corpus_dir
from vidensplatform.store.library import Library

_LEAST_FREE = 500_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing examined. ``action`` is what mends it, empty where nothing needs mending."""

    what: str
    ok: bool
    detail: str
    action: str = ""


def examine(home: Home) -> list[Finding]:
    """Examine program and library. Writes nothing."""
    return [_python(), *_corpus(), _engines(), _qt(), *_home(home), *_library(home)]


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", sys.version_info >= (3, 11), version, "" if sys.version_info >= (3, 11) else "Installér Python 3.11 eller nyere.")


def _corpus() -> Iterator[Finding]:
    try:
        corpus = load(corpus_dir())
    except VidensplatformError as error:
        yield Finding("Kort", False, error.message, error.action)
        return
    cards = corpus.cards
    detail = f"{len(cards.situations)} situationer, {len(cards.options)} muligheder, {len(cards.duties)} pligter"
    yield Finding("Kort", not corpus.faults, detail, f"{len(corpus.faults)} fejl: kør vidensplatform corpus check" if corpus.faults else "")


def _engines() -> Finding:
    here = names()
    action = "" if "tantivy" in here else "Hurtigere søgning i lovtekst: installér vidensplatform[fast]."
    return Finding("Søgemaskiner", True, ", ".join(here), action)


def _qt() -> Finding:
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        return Finding(
            "Vinduet (Qt)",
            False,
            str(error),
            "Installér systemets grafikbiblioteker (Debian: libegl1 libgl1 libxkbcommon0 libfontconfig1 libdbus-1-3).",
        )
    return Finding("Vinduet (Qt)", True, "kan åbnes, når der er en skærm")


def _home(home: Home) -> Iterator[Finding]:
    folder = home.folder
    existing = next((p for p in (folder, *folder.parents) if p.exists()), folder)
    writable = os.access(existing, os.W_OK)
    yield Finding("Mappe", writable, str(folder), "" if writable else "Giv skriveadgang, eller vælg en anden mappe med --home.")
    free = shutil.disk_usage(existing).free
    yield Finding("Diskplads", free > _LEAST_FREE, f"{free / 1e9:.1f} GB fri", "" if free > _LEAST_FREE else "Frigør plads.")


def _library(home: Home) -> Iterator[Finding]:
    if not home.database.exists():
        yield Finding("Bibliotek", True, "ingen lovtekst indlæst; kortene svarer alene", "vidensplatform import MAPPE")
        return
    try:
        with Library.open(home.database, read_only=True) as library:
            wrong = library.check()
            counts = library.counts()
            yield Finding(
                "Bibliotek",
                not wrong,
                f"{counts.versions} tekster, {counts.provisions} bestemmelser" if not wrong else "; ".join(wrong[:3]),
                "Flyt filen til side, og importér igen." if wrong else "",
            )
            if counts.failures:
                yield Finding("Ulæste dokumenter", False, f"{counts.failures} kunne ikke læses", "Se dem med vidensplatform status.")
            yield _sources(library)
            yield _index(home, library)
    except VidensplatformError as error:
        yield Finding("Bibliotek", False, error.message, error.action)


def _sources(library: Library) -> Finding:
    """Which sources were never harvested, and which failed last."""
    states = library.source_states()
    never = [state.title for state in states if state.last_run is None]
    failing = [state.title for state in states if state.failing or state.left_over or (state.last_run and state.read_to is None)]
    told = ["alle hentet" if not never else f"aldrig hentet: {', '.join(never)}", f"med mangler: {', '.join(failing)}" if failing else ""]
    action = "Hent dem med vidensplatform harvest." if never else "Prøv igen med vidensplatform harvest." if failing else ""
    return Finding("Kilder", True, "; ".join(filter(None, told)), action)


def _index(home: Home, library: Library) -> Finding:
    name = choose()
    index = LawIndex(home.index / name, name, analyzer(home.cache if home.cache.exists() else None), load(corpus_dir()).registry)
    usable, why = index.open(library)
    current = usable and index.holds(library)
    index.close()
    detail = "passer med biblioteket" if current else why or "mangler de nyeste dokumenter"
    return Finding("Søgeindeks", current, detail, "" if current else "Det bygges af sig selv; eller kør vidensplatform index.")
