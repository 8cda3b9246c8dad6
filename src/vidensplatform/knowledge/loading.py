"""Reading ``corpus/`` into cards. Every fault is collected with its file and place; the good cards are kept.

Reading and validating the TOML of some hundred cards takes most of a second, so the result is kept as JSON under the digest of the files it
was read from, where a cache folder is given. A cache whose digest does not match, or that cannot be read, is made anew.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Strict, ValidationError

from vidensplatform.errors import CardError, EnvironmentError_
from vidensplatform.knowledge.model import Area, Basis, Card, Duty, Moved, Option, Practice, Situation, Synonyms, Term
from vidensplatform.law.registry import Act, Registry

FOLDERS: dict[str, type[Card]] = {"situations": Situation, "options": Option, "duties": Duty, "practice": Practice}
_CACHE_FORMAT = 2
_LINE = re.compile(r"at line (\d+)")
CardT = TypeVar("CardT", bound=BaseModel)


class Cards(BaseModel):
    """All cards that could be read, by id, in the order of their files."""

    model_config = ConfigDict(frozen=True)

    areas: dict[str, Area] = {}
    situations: dict[str, Situation] = {}
    options: dict[str, Option] = {}
    duties: dict[str, Duty] = {}
    practice: dict[str, Practice] = {}
    terms: tuple[Term, ...] = ()
    moved: tuple[Moved, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()

    def bases(self) -> Iterator[tuple[Option | Duty, Basis]]:
        """Every tie of a card to a provision."""
        cards: list[Option | Duty] = [*self.options.values(), *self.duties.values()]
        for card in cards:
            for basis in card.basis:
                yield card, basis


@dataclass(frozen=True)
class Corpus:
    """The cards, the registry of acts, what was wrong, and the digest of the files all this was read from."""

    cards: Cards
    registry: Registry
    faults: tuple[CardError, ...]
    digest: str
    folder: Path

    @cached_property
    def cards_by_section(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Ids of options and duties by (act, section), for "which cards stand on this provision"."""
        found: dict[tuple[str, str], list[str]] = {}
        for card, basis in self.cards.bases():
            ids = found.setdefault((basis.law, basis.address.section or ""), [])
            if card.id not in ids:
                ids.append(card.id)
        return {key: tuple(ids) for key, ids in found.items()}


def files_of(folder: Path) -> list[Path]:
    """The TOML files of a corpus, in a fixed order."""
    found = [*folder.glob("*.toml"), *(p for sub in (*FOLDERS, "terms") for p in (folder / sub).glob("*.toml"))]
    # Editors leave hidden files and dangling links behind while a card is open.
    return sorted((p for p in found if not p.name.startswith(".") and p.is_file()), key=lambda p: (p.parent != folder, p))


def digest_of(folder: Path, files: Iterable[Path]) -> str:
    """SHA-256 over names and contents of the files: changes when any card does."""
    digest = hashlib.sha256(f"{_CACHE_FORMAT}\n".encode())
    for path in files:
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def load(folder: Path, cache: Path | None = None) -> Corpus:
    """Read the corpus in ``folder``. ``cache`` is a folder for the derived JSON, or None for none.

    Raises :class:`EnvironmentError_` when the folder holds no registry of acts at all; faults in cards do not raise.
    """
    if not (folder / "laws.toml").is_file():
        raise EnvironmentError_(f"Der er ingen vidensbase i {folder} (laws.toml mangler).", "Peg på den rigtige mappe.")
    files = files_of(folder)
    digest = digest_of(folder, files)
    if cache is not None and (stored := _from_cache(cache, digest, folder)) is not None:
        return stored
    corpus = _Reader(folder).read(files, digest)
    if cache is not None and not corpus.faults:
        _to_cache(cache, corpus)
    return corpus


class _ActRow(BaseModel):
    """An act as ``laws.toml`` has it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: str
    title: str
    eli: str | None = None
    abbreviations: Annotated[tuple[str, ...], Strict(False)] = ()
    also: Annotated[tuple[str, ...], Strict(False)] = ()
    kind: str = "lov"


class _Reader:
    """Reads file by file and collects what is wrong."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[CardError] = []

    def read(self, files: list[Path], digest: str) -> Corpus:
        tables = {path: table for path in files if (table := self._toml(path)) is not None}
        acts = self._tables(tables.get(self.folder / "laws.toml"), self.folder / "laws.toml")
        registry = Registry.of(act for slug, row in acts if (act := self._act(slug, row)) is not None)
        cards: dict[str, dict[str, Card]] = {name: {} for name in FOLDERS}
        terms: list[Term] = []
        for path, table in tables.items():
            kind = path.parent.name
            if kind in FOLDERS:
                if "id" in table:
                    self._fault(path, "et kort har sit id fra filens navn", "id")
                card = self._validate(FOLDERS[kind], {**table, "id": path.stem}, path)
                if card is not None:
                    cards[kind][path.stem] = card
            elif kind == "terms":
                rows = ((f"[[term]] nr. {n}", row) for n, row in enumerate(self._rows(table, "term", path), 1))
                terms += [t for place, row in rows if (t := self._validate(Term, row, path, place)) is not None]
        areas = self._tables(tables.get(self.folder / "areas.toml"), self.folder / "areas.toml")
        moved_file = self.folder / "forwarding.toml"
        moved = self._rows(tables.get(moved_file, {}), "moved", moved_file)
        synonyms = self._validate(Synonyms, tables.get(self.folder / "synonyms.toml", {}), self.folder / "synonyms.toml")
        return Corpus(
            Cards(
                areas={i: a for i, row in areas if (a := self._validate(Area, {"id": i, **row}, self.folder / "areas.toml", f"[{i}]"))},
                situations={k: v for k, v in cards["situations"].items() if isinstance(v, Situation)},
                options={k: v for k, v in cards["options"].items() if isinstance(v, Option)},
                duties={k: v for k, v in cards["duties"].items() if isinstance(v, Duty)},
                practice={k: v for k, v in cards["practice"].items() if isinstance(v, Practice)},
                terms=tuple(terms),
                moved=tuple(m for n, row in enumerate(moved, 1) if (m := self._validate(Moved, row, moved_file, f"[[moved]] nr. {n}"))),
                synonyms=synonyms.groups if synonyms else (),
            ),
            registry,
            tuple(self.faults),
            digest,
            self.folder,
        )

    def _fault(self, path: Path, reason: str, place: str = "") -> None:
        self.faults.append(CardError(str(path.relative_to(self.folder)), reason, place))

    def _toml(self, path: Path) -> dict[str, object] | None:
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            found = _LINE.search(str(error))
            self._fault(path, f"kan ikke læses som TOML: {error}", f"linje {found[1]}" if found else "")
        except UnicodeDecodeError as error:
            self._fault(path, f"er ikke gemt som UTF-8 (byte {error.start})")
        return None

    def _tables(self, table: dict[str, object] | None, path: Path) -> list[tuple[str, dict[str, object]]]:
        rows: list[tuple[str, dict[str, object]]] = []
        for name, row in (table or {}).items():
            if isinstance(row, dict):
                rows.append((name, row))
            else:
                self._fault(path, "skal være en tabel i kantede parenteser", name)
        return rows

    def _rows(self, table: dict[str, object], key: str, path: Path) -> list[dict[str, object]]:
        rows = table.get(key, [])
        for other in table.keys() - {key}:
            self._fault(path, f"ukendt nøgle; filen rummer kun [[{key}]]", other)
        if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
            return rows
        self._fault(path, f"skal være en liste af tabeller: [[{key}]]", key)
        return []

    def _validate(self, model: type[CardT], row: dict[str, object], path: Path, place: str = "") -> CardT | None:
        try:
            return model.model_validate(row)
        except ValidationError as error:
            for fault in error.errors():
                where = " → ".join(str(part) for part in fault["loc"])
                self._fault(path, _in_danish(fault["type"], fault["msg"], fault.get("input")), " ".join(p for p in (place, where) if p))
            return None

    def _act(self, slug: str, row: dict[str, object]) -> Act | None:
        path = self.folder / "laws.toml"
        try:
            entry = _ActRow.model_validate(row)
        except ValidationError as error:
            for fault in error.errors():
                where = " → ".join(str(part) for part in fault["loc"])
                self._fault(path, _in_danish(fault["type"], fault["msg"], fault.get("input")), f"[{slug}] {where}")
            return None
        return Act(slug=slug, **entry.model_dump())


def _in_danish(kind: str, message: str, value: object) -> str:
    """What pydantic found, in the consultants' language; unknown kinds keep pydantic's own words."""
    known = {
        "missing": "nøglen mangler",
        "extra_forbidden": "ukendt nøgle (stavefejl?)",
        "too_short": "er for kort eller mangler indhold",
        "string_too_short": "er for kort",
        "string_type": "skal være tekst",
        "tuple_type": "skal være en liste",
        "bool_parsing": "skal være true eller false",
        "bool_type": "skal være true eller false",
    }
    if kind in known:
        return known[kind]
    if kind == "string_pattern_mismatch":
        return f"»{value}« har en forkert form"
    if kind in ("enum", "literal_error"):
        return f"»{value}« er ikke en af de tilladte værdier ({message.removeprefix('Input should be ')})"
    return message.removeprefix("Value error, ")


def _cache_file(cache: Path, digest: str) -> Path:
    return cache / f"corpus-{digest[:32]}.json"


def _from_cache(cache: Path, digest: str, folder: Path) -> Corpus | None:
    try:
        stored = json.loads(_cache_file(cache, digest).read_bytes())
        cards = Cards.model_validate(stored["cards"])
        registry = Registry.of(Act(**{**row, "abbreviations": tuple(row["abbreviations"]), "also": tuple(row["also"])}) for row in stored["acts"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Corpus(cards, registry, (), digest, folder)


def _to_cache(cache: Path, corpus: Corpus) -> None:
    acts = [{name: getattr(act, name) for name in Act.__slots__} for act in corpus.registry.acts.values()]
    target = _cache_file(cache, corpus.digest)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        for old in cache.glob("corpus-*.json"):
            old.unlink()
        part = target.with_suffix(".part")
        part.write_text(json.dumps({"cards": corpus.cards.model_dump(mode="json"), "acts": acts}, ensure_ascii=False), encoding="utf-8")
        part.replace(target)
    except OSError:
        return  # a cache that cannot be written only costs time at the next start
