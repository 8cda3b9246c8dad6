"""The full-text index of a library: built from SQLite, stamped, checked at start, rebuilt when its stamp or a checksum does not match.

On disk it is one folder per build beside a small ``current.json`` that names it; the swap to a new build is one rename of that file, so a
program killed half-way leaves the old index in force. The index may be deleted at any time.
"""

from __future__ import annotations

import json
import shutil
import uuid
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from vidensplatform.errors import EnvironmentError_, IndexUnavailable
from vidensplatform.law.registry import Registry
from vidensplatform.search.analysis import ANALYSIS_VERSION, Analyzer
from vidensplatform.search.engine import SCHEMA_VERSION, Engine, IndexDocument
from vidensplatform.search.engines import create, open_existing
from vidensplatform.search.vocabulary import Vocabulary
from vidensplatform.store.library import Library
from vidensplatform.store.records import Unit

_POINTER = "current.json"
_VOCABULARY = "vocabulary.tsv"
_LONGEST_WAIT = 600.0


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
        self._last_heading: tuple[str, tuple[str, ...]] = ("", ())

    def __call__(self, unit: Unit) -> IndexDocument:
        """The document of one unit."""
        fields = self._analyzer.fields(unit.text)
        self.frequencies.update(fields.words)
        return IndexDocument(
            unit.key,
            unit.version,
            unit.work,
            unit.kind.value,
            unit.current,
            fields.lemma,
            fields.parts,
            self._heading(unit),
            fields.exact,
        )

    def _heading(self, unit: Unit) -> tuple[str, ...]:
        """The keys of what stands above a unit; neighbours share it, so the last one is remembered."""
        name = self._registry.name(unit.work)
        text = f"{unit.heading} {name if name != unit.work else unit.title}"
        if text != self._last_heading[0]:
            self._last_heading = (text, tuple(self._analyzer.keys(text)))
        return self._last_heading[1]


@dataclass(frozen=True, slots=True)
class _Pointer:
    """What ``current.json`` says: which build is in force, what it was made with, of which library, up to which revision."""

    build: str
    stamp: Stamp
    library: str
    revision: int
    files: dict[str, int]

    @classmethod
    def read(cls, folder: Path) -> _Pointer | None:
        """The pointer on disk, or None where there is none that can be read."""
        try:
            row = json.loads((folder / _POINTER).read_bytes())
            return cls(str(row["build"]), Stamp(**row["stamp"]), str(row["library"]), int(row["revision"]), dict(row["files"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, folder: Path) -> None:
        """Put it into force: one rename."""
        part = folder / f"{_POINTER}.part"
        part.write_text(json.dumps(asdict(self)), encoding="utf-8")
        part.replace(folder / _POINTER)


class LawIndex:
    """The index of one library. One program writes at a time, any may search."""

    def __init__(self, folder: Path, engine_name: str, analyzer: Analyzer, registry: Registry) -> None:
        self._folder = folder
        self._stamp = Stamp(engine_name)
        self._analyzer = analyzer
        self._registry = registry
        self._engine: Engine | None = None
        self._opened: _Pointer | None = None
        self.vocabulary = Vocabulary({})

    @property
    def engine(self) -> Engine | None:
        """The engine, or None while there is no index yet."""
        return self._engine

    def open(self, library: Library) -> tuple[bool, str]:
        """Try to open what is on disk for this library. Returns (usable, why not)."""
        pointer = _Pointer.read(self._folder)
        if pointer is None:
            return False, "der var intet indeks"
        if pointer.stamp != self._stamp:
            return False, "programmet eller søgemaskinen er en anden end ved sidste opbygning"
        if pointer.library != library.identity:
            return False, "indekset hører til et andet bibliotek"
        build = self._folder / pointer.build
        try:
            if checksums(build) != pointer.files:
                return False, "indekset er beskadiget"
            engine, vocabulary = open_existing(self._stamp.engine, build), Vocabulary.load(build / _VOCABULARY)
        except Exception as error:  # any damage whatever means: build it anew
            return False, f"indekset kan ikke åbnes ({type(error).__name__})"
        self._engine, self.vocabulary, self._opened = engine, vocabulary, pointer
        return True, ""

    def revision(self) -> int:
        """The library's revision that the index on disk holds; -1 where there is none."""
        pointer = _Pointer.read(self._folder)
        return pointer.revision if pointer is not None else -1

    def holds(self, library: Library) -> bool:
        """Whether the open index holds what the library holds."""
        return self._opened is not None and (self._opened.library, self._opened.revision) == (library.identity, library.revision)

    def bring_up_to_date(self, library: Library, progress: Callable[[int, str], None] | None = None, *, force: bool = False) -> IndexState:
        """Open, update or build the index so that it holds what the library holds; another program that does so is waited for.

        Raises :class:`IndexUnavailable` with the action that mends it where the disk does not let us.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / "writing.lock", timeout=_LONGEST_WAIT):
                return self._brought_up_to_date(library, progress, force=force)
        except Timeout as error:
            raise IndexUnavailable("Et andet program bygger søgeindekset.", "Vent, til det er færdigt, og prøv igen.") from error
        except OSError as error:
            raise IndexUnavailable(
                f"Søgeindekset kan ikke skrives i {self._folder} ({error.strerror}).", "Frigør plads, eller giv adgang til mappen."
            ) from error

    def _brought_up_to_date(self, library: Library, progress: Callable[[int, str], None] | None, *, force: bool) -> IndexState:
        usable, reason = (self._engine is not None, "") if self._opened == _Pointer.read(self._folder) and self._opened else self.open(library)
        if self._opened is not None and self._opened.library != library.identity:
            usable, reason = False, "indekset hører til et andet bibliotek"
        if force or not usable or self._engine is None or self._opened is None:
            return self._build(library, progress, "det blev bedt om" if force else reason)
        if self.holds(library):
            return IndexState("opened", self._engine.count())
        try:
            return self._update(library, self._engine, self._opened, progress)
        except BaseException:
            # The engine took nothing in, or whole versions that a second try replaces: what was in force is so again.
            before, self._opened = self._opened, None
            self._opened = replace(before, files=checksums(self._folder / before.build))
            self._opened.write(self._folder)
            raise

    def _documents(self, library: Library, maker: DocumentMaker, after: int, progress: Callable[[int, str], None] | None) -> Iterator[IndexDocument]:
        for done, unit in enumerate(library.units(after_revision=after), 1):
            if progress is not None and done % 500 == 0:
                progress(done, "indekserer")
            yield maker(unit)

    def _build(self, library: Library, progress: Callable[[int, str], None] | None, reason: str) -> IndexState:
        revision = library.revision
        build = self._folder / f"build-{uuid.uuid4().hex[:12]}"
        maker = DocumentMaker(self._analyzer, self._registry)
        engine = create(self._stamp.engine, build)
        try:
            engine.add(self._documents(library, maker, -1, progress))
            vocabulary = Vocabulary(maker.frequencies)
            vocabulary.save(build / _VOCABULARY)
            opened = _Pointer(build.name, self._stamp, library.identity, revision, checksums(build))
            opened.write(self._folder)
        except BaseException:
            engine.close()
            shutil.rmtree(build, ignore_errors=True)
            raise
        self._engine, self.vocabulary, self._opened = engine, vocabulary, opened
        self._sweep(keep=build.name)
        return IndexState("built", engine.count(), reason)

    def _update(self, library: Library, engine: Engine, opened: _Pointer, progress: Callable[[int, str], None] | None) -> IndexState:
        revision = library.revision
        build = self._folder / opened.build
        maker = DocumentMaker(self._analyzer, self._registry)
        (self._folder / _POINTER).unlink()  # killed from here on: built anew at the next start
        engine.add(self._documents(library, maker, opened.revision, progress), replacing=library.changed_versions(opened.revision))
        # New words come in; the counts of known ones stay until the next build, for what the replaced texts held is not known any more.
        self.vocabulary = Vocabulary({**maker.frequencies, **self.vocabulary.frequencies()})
        self.vocabulary.save(build / _VOCABULARY)
        self._opened = _Pointer(opened.build, self._stamp, library.identity, revision, checksums(build))
        self._opened.write(self._folder)
        return IndexState("updated", engine.count())

    def _sweep(self, keep: str) -> None:
        for old in self._folder.glob("build-*"):
            if old.name != keep:
                with suppress(OSError):  # another program may still read it
                    shutil.rmtree(old)

    def close(self) -> None:
        """Let go of the files."""
        if self._engine is not None:
            self._engine.close()
        self._engine, self._opened = None, None


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
