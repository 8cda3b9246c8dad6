"""The full-text index of a library: built from SQLite, stamped, checked at start, rebuilt when its stamp or a checksum does not match.

On disk it is one folder per build beside a small ``current.json`` that names it; the swap to a new build is one rename of that file, so a
program killed half-way leaves the old index in force. The index may be deleted at any time.
"""

from __future__ import annotations

import json
import shutil
import threading
import uuid
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from vidensplatform.errors import EnvironmentError_, IndexUnavailable
from vidensplatform.law.registry import Registry
from vidensplatform.search.analysis import ANALYSIS_VERSION, Analyzer, TokenKind
from vidensplatform.search.engine import SCHEMA_VERSION, Engine, IndexDocument, create, open_existing
from vidensplatform.search.vocabulary import Vocabulary
from vidensplatform.store.library import Library
from vidensplatform.store.records import Unit

_POINTER = "current.json"
_VOCABULARY = "vocabulary.tsv"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an index was built with. Any difference means a new one."""

    engine: str
    schema: int = SCHEMA_VERSION
    analysis: int = ANALYSIS_VERSION


@dataclass(frozen=True, slots=True)
class IndexState:
    """What was found or done: ``action`` is "opened", "updated" or "built"; ``reason`` says why it was built."""

    action: str
    documents: int
    reason: str = ""


class DocumentMaker:
    """Turns units into index documents, and counts the words as it goes."""

    def __init__(self, analyzer: Analyzer, registry: Registry) -> None:
        self._analyzer = analyzer
        self._registry = registry
        self.frequencies: Counter[str] = Counter()

    def __call__(self, unit: Unit) -> IndexDocument:
        """The document of one unit."""
        tokens = self._analyzer.tokens(unit.text)
        name = self._registry.name(unit.work)
        heading = self._analyzer.keys(f"{unit.heading} {name if name != unit.work else unit.title}")
        self.frequencies.update({unit.text[t.start : t.end].lower() for t in tokens if t.kind is TokenKind.WORD and not t.stop})
        return IndexDocument(
            unit.key,
            unit.version,
            unit.work,
            unit.kind.value,
            unit.current,
            tuple(t.lemma for t in tokens if not t.stop),
            tuple(part for t in tokens for part in t.parts),
            tuple(heading),
            tuple(t.exact for t in tokens),
        )


class LawIndex:
    """The index of one library. One thread writes, any may search."""

    def __init__(self, folder: Path, engine_name: str, analyzer: Analyzer, registry: Registry) -> None:
        self._folder = folder
        self._stamp = Stamp(engine_name)
        self._analyzer = analyzer
        self._registry = registry
        self._engine: Engine | None = None
        self._writing = threading.Lock()
        self.vocabulary = Vocabulary({})

    @property
    def engine(self) -> Engine | None:
        """The engine, or None while there is no index yet."""
        return self._engine

    def open(self) -> tuple[bool, str]:
        """Try to open what is on disk. Returns (usable, why not)."""
        try:
            pointer = json.loads((self._folder / _POINTER).read_bytes())
            if pointer["stamp"] != asdict(self._stamp):
                return False, "programmet eller søgemaskinen er en anden end ved sidste opbygning"
            build = self._folder / str(pointer["build"])
            if checksums(build) != pointer["files"]:
                return False, "indekset er beskadiget"
            self._engine = open_existing(self._stamp.engine, build)
            self.vocabulary = Vocabulary.load(build / _VOCABULARY)
        except FileNotFoundError:
            return False, "der var intet indeks"
        except Exception as error:  # any damage whatever means: build it anew
            return False, f"indekset kan ikke åbnes ({type(error).__name__})"
        return True, ""

    def revision(self) -> int:
        """The library's revision that the index holds; -1 where there is none."""
        try:
            return int(json.loads((self._folder / _POINTER).read_bytes())["revision"])
        except (OSError, ValueError, KeyError, TypeError):
            return -1

    def bring_up_to_date(self, library: Library, progress: Callable[[int, str], None] | None = None, *, force: bool = False) -> IndexState:
        """Open, update or build the index so that it holds what the library holds.

        Raises :class:`IndexUnavailable` with the action that mends it where the disk does not let us.
        """
        with self._writing:
            usable, reason = (True, "") if self._engine is not None else self.open()
            if force:
                usable, reason = False, "det blev bedt om"
            try:
                revision = library.revision
                if usable and self._engine is not None:
                    if self.revision() == revision:
                        return IndexState("opened", self._engine.count())
                    return self._update(library, revision, progress)
                return self._build(library, revision, progress, reason)
            except OSError as error:
                raise IndexUnavailable(
                    f"Søgeindekset kan ikke skrives i {self._folder} ({error.strerror}).", "Frigør plads, eller giv adgang til mappen."
                ) from error

    def _documents(self, library: Library, maker: DocumentMaker, after: int, progress: Callable[[int, str], None] | None) -> Iterator[IndexDocument]:
        for done, unit in enumerate(library.units(after_revision=after), 1):
            if progress is not None and done % 500 == 0:
                progress(done, "indekserer")
            yield maker(unit)

    def _build(self, library: Library, revision: int, progress: Callable[[int, str], None] | None, reason: str) -> IndexState:
        self._folder.mkdir(parents=True, exist_ok=True)
        build = self._folder / f"build-{uuid.uuid4().hex[:12]}"
        maker = DocumentMaker(self._analyzer, self._registry)
        engine = create(self._stamp.engine, build)
        try:
            engine.add(self._documents(library, maker, -1, progress))
            vocabulary = Vocabulary(maker.frequencies)
            vocabulary.save(build / _VOCABULARY)
            self._point_to(build, revision)
        except BaseException:
            engine.close()
            shutil.rmtree(build, ignore_errors=True)
            raise
        self._engine, self.vocabulary = engine, vocabulary
        self._sweep(keep=build.name)
        return IndexState("built", engine.count(), reason)

    def _update(self, library: Library, revision: int, progress: Callable[[int, str], None] | None) -> IndexState:
        if self._engine is None:
            raise AssertionError("no index to update")
        after = self.revision()
        build = self._folder / str(json.loads((self._folder / _POINTER).read_bytes())["build"])
        maker = DocumentMaker(self._analyzer, self._registry)
        (self._folder / _POINTER).rename(self._folder / f"{_POINTER}.before")  # killed from here on: built anew at the next start
        self._engine.add(self._documents(library, maker, after, progress), replacing=library.changed_versions(after))
        self.vocabulary = Vocabulary.merged([self.vocabulary.frequencies(), maker.frequencies])
        self.vocabulary.save(build / _VOCABULARY)
        self._point_to(build, revision)
        (self._folder / f"{_POINTER}.before").unlink(missing_ok=True)
        return IndexState("updated", self._engine.count())

    def _point_to(self, build: Path, revision: int) -> None:
        pointer = {"build": build.name, "stamp": asdict(self._stamp), "revision": revision, "files": checksums(build)}
        part = self._folder / f"{_POINTER}.part"
        part.write_text(json.dumps(pointer), encoding="utf-8")
        part.replace(self._folder / _POINTER)

    def _sweep(self, keep: str) -> None:
        for old in self._folder.glob("build-*"):
            if old.name != keep:
                with suppress(OSError):  # another program may still read it
                    shutil.rmtree(old)

    def close(self) -> None:
        """Let go of the files."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None


def checksums(build: Path) -> dict[str, int]:
    """CRC-32 by file name of a build, locks left out."""
    return {p.name: crc32_of(p) for p in sorted(build.iterdir()) if p.is_file() and not p.name.endswith((".lock", "_LOCK", "WRITELOCK"))}


def crc32_of(path: Path) -> int:
    """CRC-32 of a file's bytes."""
    value = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            value = zlib.crc32(block, value)
    return value


def engine_for_cards(engine_name: str, documents: Iterable[IndexDocument]) -> Engine:
    """An index in memory over the cards, made anew at every start.

    Raises :class:`EnvironmentError_` where memory does not suffice.
    """
    try:
        engine = create(engine_name, None)
        engine.add(documents)
    except MemoryError as error:
        raise EnvironmentError_("Der er for lidt hukommelse til at åbne kortene.", "Luk andre programmer.") from error
    return engine
